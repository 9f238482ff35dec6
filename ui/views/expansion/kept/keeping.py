"""From the forms to the kept scenarios and back."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chainbrain.errors import UserError
from chainbrain.expansion.kept import Kept, Kind, scenario_of
from ui.jobs import Failure
from ui.views.expansion.form import InputForm
from ui.views.expansion.kept.pack_button import WorkOut
from ui.views.expansion.kept.page import KeptPage
from ui.views.expansion.pages import Pages
from ui.views.expansion.programme.page import ProgrammePage


class Keeping(QObject):
    """``opened`` when a kept scenario stands in its form again, ``failed(Failure)`` when it cannot."""

    opened = Signal()
    failed = Signal(object)

    def __init__(self, pages: Pages, form: InputForm, programme: ProgrammePage, kept: KeptPage) -> None:
        super().__init__(pages)
        self._pages, self._form, self._programme, self._kept = pages, form, programme, kept
        kept.keep_asked.connect(self.keep)
        kept.open_asked.connect(self.open)

    def keep(self, name: str) -> None:
        """Work out what stands in the form that was looked at last, and keep it under a name."""
        asked = self.asked()
        if asked is not None:
            self._kept.keep(name, asked[1])

    def open(self, one: Kept) -> None:
        """Put a kept scenario back into its form."""
        try:
            if one.kind is Kind.PROGRAMME:
                self._programme.set_programme(one.given["programme"])
            else:
                self._form.set_scenario(scenario_of(one))
        except UserError as problem:
            self.failed.emit(Failure.of(problem))
            return
        self._pages.show_page(one.kind.value)
        self.opened.emit()

    def asked(self) -> tuple[str, WorkOut] | None:
        """The name of what stands in the form, and what works it out; nothing where a field is wrong."""
        given: dict[str, object]
        if self._pages.last_form == "programme":
            programme = self._programme.form.programme()
            given, name = {"programme": programme}, str(programme.get("name") or self.tr("Several stores"))
        else:
            scenario = self._form.scenario()
            if scenario is None:
                self._pages.show_page("one")
                return None
            given, name = scenario.to_mapping(), scenario.name or self.tr("One store")
        return name, lambda workspace, report: workspace.expansion.work_out(given, None, report)

    def packed(self) -> tuple[str, WorkOut | None] | None:
        """What the board pack is of: the kept scenario that is shown, otherwise what stands in the form."""
        if self._pages.current != "kept":
            return self.asked()
        one = self._kept.current
        return None if one is None else (one.name, None)
