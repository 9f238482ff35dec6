"""The expansion screen: one more store, or several: what they would cost and earn, and how sure that is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from chainbrain.changes import Changes
from chainbrain.errors import UserError
from chainbrain.expansion.from_book import BookCash
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.scenario import Scenario
from chainbrain.progress import Report
from ui import figures
from ui.jobs import Failure
from ui.views.base import AppContext, View
from ui.views.expansion.area.page import AreaPage
from ui.views.expansion.experience import experience, store_of
from ui.views.expansion.fields import FIELDS, shown
from ui.views.expansion.form import InputForm
from ui.views.expansion.kept.keeping import Keeping
from ui.views.expansion.kept.pack_button import PackButton
from ui.views.expansion.kept.page import KeptPage
from ui.views.expansion.menu import ScenarioMenu
from ui.views.expansion.one_page import OneStorePage
from ui.views.expansion.pages import Pages
from ui.views.expansion.past.page import PastPage
from ui.views.expansion.programme.limits import LimitsForm
from ui.views.expansion.programme.page import ProgrammePage
from ui.views.expansion.scenario_files import ScenarioFiles
from ui.views.expansion.sites.page import SitesPage
from ui.views.parts.reader import Loader
from ui.widgets import VBox

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


class ExpansionView(View):
    """Holds the pages, and what passes between them: own experience, scenarios, files, the chain's cash."""

    key = "expansion"
    icon_name = "expansion"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template: StoreTemplate | None = None
        self._loader, self._book = Loader(self), Loader(self)
        self.one, self.programme, self.area = OneStorePage(), ProgrammePage(), AreaPage()
        self.sites, self.past, self.kept = SitesPage(), PastPage(), KeptPage()
        self._asking: InputForm | LimitsForm = self.one.form
        self.pages = Pages(
            {
                "one": self.one, "programme": self.programme, "area": self.area, "map": self.sites, "past": self.past,
                "kept": self.kept,
            }
        )  # fmt: skip
        self._keeping = Keeping(self.pages, self.one.form, self.programme, self.kept)
        self.pack, self.files = PackButton(self._keeping.packed), ScenarioFiles(self)
        self.menu = ScenarioMenu(self, lambda: self.programme.form.stores)
        VBox(self).add(self.pages)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._loader.loaded.connect(self._take_experience)
        self._book.loaded.connect(self._take_book_cash)
        self.one.form.book_asked.connect(lambda: self._ask_book(self.one.form))
        self.programme.form.book_asked.connect(lambda: self._ask_book(self.programme.form))
        for part in (self.one, self.programme, self._keeping, self.files):
            part.failed.connect(self._failed)
        self.programme.form.run_asked.connect(self.run)
        self.area.taken.connect(self.take_cannibalisation)
        self._keeping.opened.connect(self.run)
        self.files.one.connect(self._opened)
        self.files.programme.connect(self._opened_programme)
        self.files.saved.connect(self._saved)
        # What a page asked for, such as a name, is of no use on another one.
        self.pages.switch.changed.connect(lambda _key: self.context.hint_over() if self.context is not None else None)
        menu = self.menu
        self.one.runner.refining.connect(menu.stop.setEnabled)
        menu.stop.triggered.connect(lambda _on=False: self.one.runner.cancel())
        menu.run.triggered.connect(lambda _on=False: self.run())
        menu.open.triggered.connect(lambda _on=False: self.files.ask_open(menu.open.text()))
        menu.save.triggered.connect(
            lambda _on=False: self.files.ask_save(menu.save.text(), self.one.form.name, self.scenario_content)
        )
        menu.save_result.triggered.connect(
            lambda _on=False: self.files.ask_save(menu.save_result.text(), self.one.form.name, self.result_content)
        )
        menu.reset.triggered.connect(lambda _on=False: self.one.reset())
        menu.add.triggered.connect(lambda _on=False: self.add_store())
        menu.keep.triggered.connect(lambda _on=False: self.show_page("kept"))
        menu.remove_asked.connect(self.programme.form.remove_store)

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Expansion")

    def subtitle(self) -> str:
        """Return what kind of question is answered."""
        return ""

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return whether one store or several are worked out, and the menu of scenarios."""
        return [self.pages.switch], [self.menu.button, self.pack]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [*self.menu.commands, *self.pack.commands.values()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        for loader in (self._loader, self._book):
            loader.tell(self._failed)
        super().set_workspace(context)
        for page in (self.one, self.sites, self.area, self.past, self.kept):
            page.set_context(context)
        self.pack.context = context
        self._template = None

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the chain's own experience again; inputs somebody changed stay."""
        if self.context is not None:
            self._loader.load(self.context, experience)
            for page in (self.sites, self.area, self.past, self.kept):
                page.refresh()

    def retranslate(self) -> None:
        """Set every text."""
        self.menu.retranslate()

    @property
    def on_programme(self) -> bool:
        """Whether several stores are shown."""
        return self.pages.current == "programme"

    def show_page(self, key: str) -> None:
        """Turn to ``one`` store, to the ``programme`` or to the ``map``."""
        self.pages.show_page(key)

    def take_cannibalisation(self, share: Decimal) -> None:
        """Put a predicted loss of neighbours into the form of one store, as an assumption, and work it out."""
        spec = next(one for one in FIELDS if one.name == "cannibalisation")
        self.one.form.field(spec.name).set_value(shown(spec, share))
        self.show_page("one")
        if self.context is not None:
            said = self.tr("{share} of the new store's sales are now assumed to come from own stores.")
            self.context.notify("timing", said.format(share=figures.percent(share)))
        self.run()

    def add_store(self) -> None:
        """Put the store of the form among those of the programme."""
        scenario = self.one.form.scenario()
        if scenario is None or self.context is None:
            return
        if not scenario.name:
            self.context.notify("timing", self.tr("Give the store a name first."))
            return
        self.programme.form.add_store(store_of(scenario))
        self.context.notify("matched", self.tr("{name} is in the programme.").format(name=scenario.name))

    # Working out.

    def run(self) -> None:
        """Work out what is shown as its form says it; the last good figures stay until then."""
        if self.pages.current == "area":
            self.area.run()
        elif not self.on_programme:
            self.one.run()
        elif self.context is not None:
            self.programme.run(self.context, self._template)

    def _take_experience(self, found: tuple[StoreTemplate, Scenario, tuple[dict[str, object], ...]]) -> None:
        self._template, example, table = found
        self.programme.take_table(table, example)
        self.one.set_experience(self._template, example)

    def _take_book_cash(self, found: BookCash) -> None:
        """Fill in the form that asked: it takes seconds, and another may be looked at by then."""
        self._asking.take_book_cash(found)

    def _ask_book(self, form: InputForm | LimitsForm) -> None:
        if self.context is not None:
            self._asking = form
            self._book.load(self.context, _book_cash)

    def _failed(self, failure: Failure) -> None:
        if self.context is not None:
            self.context.show_failure(failure)

    # Files.

    def open_scenario(self, path: Path) -> None:
        """Show a saved scenario and work it out."""
        self.files.open(path)

    def save_scenario(self, path: Path) -> None:
        """Save the inputs as they stand in the form."""
        self.files.save(path, self.scenario_content())

    def scenario_content(self) -> dict[str, object] | None:
        """The inputs of what is shown as a file has them; nothing where a field is wrong."""
        return self.programme.content() if self.on_programme else self.one.content()

    def result_content(self) -> dict[str, object] | None:
        """The figures of what is shown as a file has them; nothing before there are any."""
        found = self.programme.answer if self.on_programme else self.one.result
        return found.to_mapping() if found is not None else None

    def _opened(self, scenario: Scenario) -> None:
        self.show_page("one")
        self.one.form.set_scenario(scenario)
        self.run()

    def _opened_programme(self, given: dict[str, object]) -> None:
        try:
            self.programme.set_programme(given)
        except UserError as problem:
            self.files.refuse(problem)
            return
        self.show_page("programme")
        self.run()

    def _saved(self, path: Path) -> None:
        if self.context is not None:
            self.context.notify("matched", self.tr("Saved: {path}").format(path=path.name))


def _book_cash(rooms: Rooms, report: Report) -> BookCash:
    return rooms.expansion.book_cash(report)
