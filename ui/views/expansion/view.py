"""The expansion screen: one more store, or several: what they would cost and earn, and how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from chainbrain.changes import Changes
from chainbrain.errors import UserError
from chainbrain.expansion.field_names import worded
from chainbrain.expansion.from_book import BookCash
from chainbrain.expansion.own_stores import StoreTemplate
from chainbrain.expansion.result import ScenarioResult
from chainbrain.expansion.scenario import Scenario
from chainbrain.progress import Report
from ui import figures
from ui.jobs import Failure
from ui.theme.translator import Language
from ui.views.base import AppContext, View
from ui.views.expansion import files
from ui.views.expansion.area.page import AreaPage
from ui.views.expansion.experience import experience, store_of
from ui.views.expansion.fields import FIELDS, shown
from ui.views.expansion.form import InputForm
from ui.views.expansion.kept.keeping import Keeping
from ui.views.expansion.kept.pack_button import PackButton
from ui.views.expansion.kept.page import KeptPage
from ui.views.expansion.live import LiveRun
from ui.views.expansion.pages import Pages, one_store
from ui.views.expansion.past.page import PastPage
from ui.views.expansion.programme.page import ProgrammePage
from ui.views.expansion.result_cards import FanCard, RangesCard, TornadoCard
from ui.views.expansion.sites.page import SitesPage
from ui.views.expansion.verdict import ConditionsCard, VerdictCard
from ui.views.parts.reader import Loader
from ui.widgets import DropDownButton, VBox

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

_JSON = "*.json"


class ExpansionView(View):
    """Simulates one store, or a programme of several, and shows the ranges of what may come."""

    key = "expansion"
    icon_name = "expansion"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._template: StoreTemplate | None = None
        self._example: Scenario | None = None
        self._result: ScenarioResult | None = None
        self._loader, self._runner, self._book = Loader(self), LiveRun(self), Loader(self)
        self._form, self._verdict = InputForm(), VerdictCard()
        self._ranges, self._conditions = RangesCard(), ConditionsCard()
        self._fan, self._tornado = FanCard(), TornadoCard()
        one = one_store(self._form, self._verdict, (self._ranges, self._conditions), (self._fan, self._tornado))
        self._programme, self._sites, self._area, self._kept = ProgrammePage(), SitesPage(), AreaPage(), KeptPage()
        self._past = PastPage()
        self._pages = Pages(
            {
                "one": one, "programme": self._programme, "area": self._area, "map": self._sites, "past": self._past,
                "kept": self._kept,
            }
        )  # fmt: skip
        self._keeping = Keeping(self._pages, self._form, self._programme, self._kept)
        self._pack = PackButton(self._keeping.packed)
        VBox(self).add(self._pages)
        self._menu_button = DropDownButton()
        self._run_action, self._open_action, self._save_action = QAction(self), QAction(self), QAction(self)
        self._save_result_action, self._reset_action = QAction(self), QAction(self)
        self._add_action, self._keep_action = QAction(self), QAction(self)
        self._stop_action, self._remove_menu = QAction(self), QMenu(self)
        self._stop_action.setEnabled(False)
        self._run_action.setShortcut("F9")
        self._menu_button.menu().addActions(
            [
                self._keep_action,
                self._open_action,
                self._save_action,
                self._save_result_action,
                self._reset_action,
                self._add_action,
                self._stop_action,
            ]
        )
        self._menu_button.menu().addMenu(self._remove_menu)
        self.addAction(self._run_action)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._loader.loaded.connect(self._take_experience)
        self._runner.loaded.connect(self._show)
        self._runner.busy.connect(self._form.set_running)
        self._form.run_asked.connect(self.run)
        self._form.stop_asked.connect(self._runner.cancel)
        self._form.edited.connect(self._mark_edited)
        self._form.book_asked.connect(self._ask_book)
        self._programme.form.book_asked.connect(self._ask_book)
        self._book.loaded.connect(self._take_book_cash)
        self._runner.due.connect(self._run_live)
        self._runner.refining.connect(self._stop_action.setEnabled)
        self._stop_action.triggered.connect(lambda _on=False: self._runner.cancel())
        self._run_action.triggered.connect(lambda _on=False: self.run())
        self._open_action.triggered.connect(lambda _on=False: self._ask_open())
        self._save_action.triggered.connect(lambda _on=False: self._ask_save(self._scenario_content))
        self._save_result_action.triggered.connect(lambda _on=False: self._ask_save(self._result_content))
        self._reset_action.triggered.connect(lambda _on=False: self._reset())
        self._add_action.triggered.connect(lambda _on=False: self.add_store())
        self._remove_menu.aboutToShow.connect(self._list_stores)
        self._programme.form.run_asked.connect(self.run)
        self._programme.failed.connect(self._failed)
        self._area.taken.connect(self.take_cannibalisation)
        self._keep_action.triggered.connect(lambda _on=False: self.show_page("kept"))
        self._keeping.opened.connect(self.run)
        self._keeping.failed.connect(self._failed)

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Expansion")

    def subtitle(self) -> str:
        """Return what kind of question is answered."""
        return ""

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return whether one store or several are worked out, and the menu of scenarios."""
        return [self._pages.switch], [self._menu_button, self._pack]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [
            self._run_action,
            self._open_action,
            self._save_action,
            self._save_result_action,
            self._reset_action,
            self._add_action,
            self._keep_action,
            *self._pack.commands.values(),
        ]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        for loader in (self._loader, self._runner, self._book):
            if self.context is not None:
                loader.failed.disconnect()
            loader.failed.connect(self._failed)
        super().set_workspace(context)
        self._sites.set_context(context)
        self._area.set_context(context)
        self._kept.set_context(context)
        self._past.set_context(context)
        self._pack.context = context
        self._template = self._example = self._result = None

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the chain's own experience again; inputs somebody changed stay."""
        if self.context is not None:
            self._loader.load(self.context, experience)
            self._sites.refresh()
            self._area.refresh()
            self._kept.refresh()
            self._past.refresh()

    def retranslate(self) -> None:
        """Set every text."""
        self._menu_button.setText(self.tr("Scenario"))
        self._run_action.setText(self.tr("Work out again"))
        self._open_action.setText(self.tr("Open scenario…"))
        self._save_action.setText(self.tr("Save scenario…"))
        self._save_result_action.setText(self.tr("Save result…"))
        self._reset_action.setText(self.tr("Back to the figures of own stores"))
        self._add_action.setText(self.tr("Add this store to the programme"))
        self._keep_action.setText(self.tr("Keep and compare scenarios…"))
        self._stop_action.setText(self.tr("Stop working out the rest of the paths"))
        self._remove_menu.setTitle(self.tr("Take out of the programme"))

    @property
    def form(self) -> InputForm:
        """The inputs."""
        return self._form

    @property
    def result(self) -> ScenarioResult | None:
        """What is shown, None before the first result."""
        return self._result

    @property
    def verdict(self) -> VerdictCard:
        """The sentence that answers the screen."""
        return self._verdict

    @property
    def running(self) -> bool:
        """Whether figures are being worked out."""
        return self._runner.running

    @property
    def programme(self) -> ProgrammePage:
        """The page of several stores."""
        return self._programme

    @property
    def area(self) -> AreaPage:
        """The page of a trade area."""
        return self._area

    @property
    def sites(self) -> SitesPage:
        """The page of the map."""
        return self._sites

    @property
    def kept(self) -> KeptPage:
        """The page of kept scenarios."""
        return self._kept

    @property
    def past(self) -> PastPage:
        """The page of past openings."""
        return self._past

    @property
    def pack(self) -> PackButton:
        """The button of the board pack."""
        return self._pack

    @property
    def on_programme(self) -> bool:
        """Whether several stores are shown."""
        return self._pages.current == "programme"

    def show_page(self, key: str) -> None:
        """Turn to ``one`` store, to the ``programme`` or to the ``map``."""
        self._pages.show_page(key)

    def take_cannibalisation(self, share: Decimal) -> None:
        """Put a predicted loss of neighbours into the form of one store, as an assumption, and work it out."""
        spec = next(one for one in FIELDS if one.name == "cannibalisation")
        self._form.field(spec.name).set_value(shown(spec, share))
        self.show_page("one")
        if self.context is not None:
            said = self.tr("{share} of the new store's sales are now assumed to come from own stores.")
            self.context.notify("timing", said.format(share=figures.percent(share)))
        self.run()

    def add_store(self) -> None:
        """Put the store of the form among those of the programme."""
        scenario = self._form.scenario()
        if scenario is None or self.context is None:
            return
        if not scenario.name:
            self.context.notify("timing", self.tr("Give the store a name first."))
            return
        self._programme.form.add_store(store_of(scenario))
        self.context.notify("matched", self.tr("{name} is in the programme.").format(name=scenario.name))

    def _list_stores(self) -> None:
        self._remove_menu.clear()
        for name in self._programme.form.stores:
            self._remove_menu.addAction(name, partial(self._programme.form.remove_store, name))

    # Working out.

    def run(self) -> None:
        """Work out what is shown as its form says it; the last good figures stay until then."""
        if self._pages.current == "area":
            self._area.run()
            return
        if self.on_programme:
            if self.context is not None:
                self._programme.run(self.context, self._template)
            return
        scenario = self._form.scenario()
        if scenario is not None and self.context is not None:
            self._runner.run(self.context, scenario, self._template)

    def open_scenario(self, path: Path) -> None:
        """Show a saved scenario and work it out."""
        try:
            programme = files.read_programme(path)
            scenario = None if programme is not None else files.read(path)
            if programme is not None:
                self._programme.set_programme(programme)
        except UserError as problem:
            self._failed(Failure.of(worded(problem, Language.current())))
            return
        if programme is not None:
            self.show_page("programme")
            self.run()
            return
        assert scenario is not None
        self.show_page("one")
        self._form.set_scenario(scenario)
        self.run()

    def save_scenario(self, path: Path) -> None:
        """Save the inputs as they stand in the form."""
        self._save(path, self._scenario_content)

    def _take_experience(self, found: tuple[StoreTemplate, Scenario, tuple[dict[str, object], ...]]) -> None:
        first = self._example is None
        untouched = first or self._untouched()
        self._template, self._example, table = found
        self._form.set_own_experience(self._template, self._example)
        self._programme.take_table(table, self._example)
        if untouched:
            self._form.set_scenario(self._example)
            self.run()

    def _untouched(self) -> bool:
        return self._example is not None and not self._form.changed_since(self._example)

    def _show(self, result: ScenarioResult) -> None:
        self._result = result
        self._verdict.set_result(result, self._form.changed_since(result.scenario))
        for card in (self._ranges, self._conditions, self._fan, self._tornado):
            card.set_result(result)

    def _run_live(self) -> None:
        """Work out what was typed, when it can be read; what cannot be is said only when somebody asks."""
        scenario = self._form.scenario(quiet=True)
        if scenario is not None and self.context is not None:
            self._runner.run(self.context, scenario, self._template)

    def _take_book_cash(self, found: BookCash) -> None:
        """Fill in the form that is shown."""
        (self._programme.form if self.on_programme else self._form).take_book_cash(found)

    def _ask_book(self) -> None:
        if self.context is not None:
            self._book.load(self.context, _book_cash)

    def _mark_edited(self) -> None:
        self._runner.soon()
        if self._result is not None:
            self._verdict.set_result(self._result, edited=self._form.changed_since(self._result.scenario))

    def _failed(self, failure: Failure) -> None:
        if self.context is not None:
            self.context.show_failure(failure)

    def _reset(self) -> None:
        if self._example is not None:
            self._form.set_scenario(self._example)
            self.run()

    # Files.

    def _ask_open(self) -> None:
        chosen, _filter = QFileDialog.getOpenFileName(self, self._open_action.text(), "", _JSON)
        if chosen:
            self.open_scenario(Path(chosen))

    def _ask_save(self, content: Callable[[], dict[str, object] | None]) -> None:
        start = f"{self._form.name or self.tr('Scenario')}.json"
        chosen, _filter = QFileDialog.getSaveFileName(self, self._save_action.text(), start, _JSON)
        if chosen:
            self._save(Path(chosen).with_suffix(".json"), content)

    def _save(self, path: Path, content: Callable[[], dict[str, object] | None]) -> None:
        written = content()
        if written is None:
            return
        try:
            files.save(path, written)
        except UserError as problem:
            self._failed(Failure.of(problem))
            return
        if self.context is not None:
            self.context.notify("matched", self.tr("Saved: {path}").format(path=path.name))

    def _scenario_content(self) -> dict[str, object] | None:
        if self.on_programme:
            return self._programme.content()
        scenario = self._form.scenario()
        return scenario.to_mapping() if scenario is not None else None

    def _result_content(self) -> dict[str, object] | None:
        if self.on_programme:
            answer = self._programme.answer
            return answer.to_mapping() if answer is not None else None
        return self._result.to_mapping() if self._result is not None else None


def _book_cash(rooms: Rooms, report: Report) -> BookCash:
    return rooms.expansion.book_cash(report)
