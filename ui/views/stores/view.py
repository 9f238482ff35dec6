"""The store screen: the league at the left; why it changed and when it is busy at the right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.analytics.periods import Period
from chainbrain.changes import Changes
from ui.theme.translator import Language
from ui.views.base import AppContext, View
from ui.views.listing.window import close_lists
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.export import ExportButton
from ui.views.parts.names import short_names
from ui.views.parts.no_sales import NoSales
from ui.views.parts.period import PeriodChoice
from ui.views.parts.reader import Loader
from ui.views.parts.saved_places import PlacesMenu
from ui.views.stores.change_card import ChangeCard
from ui.views.stores.comparing import Comparing
from ui.views.stores.leads import Leads
from ui.views.stores.league_card import LeagueCard
from ui.views.stores.model import StoresData, load, load_change, load_rhythm
from ui.views.stores.ranked import RankedStores
from ui.views.stores.rhythm_card import RhythmCard
from ui.widgets import VBox

_PERIODS = ("yesterday", "week", "month", "last_28", "last_12_months")


class StoresView(View):
    """Ranks the stores of a period and explains the chosen one."""

    key = "stores"
    icon_name = "stores"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: StoresData | None = None
        self._wanted = ""
        self._loader, self._change_loader, self._rhythm_loader = Loader(self), Loader(self), Loader(self)
        self._period = PeriodChoice("month", _PERIODS)
        self._export = ExportButton(("store-league", "store-sheet", "change", "busy-hours", "industry"), self._report)
        self._saved = PlacesMenu(self)
        self._stores, self._change, self._rhythm = RankedStores(), ChangeCard(), RhythmCard()
        self._leads = Leads(self, self._stores, self._change, self._rhythm, self._shown_period)
        self._board, self._empty = Board(), NoSales()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._board)
        self._stack.addWidget(self._empty)
        self.comparing = Comparing(self._stack, self._board, self._shown_period, self._open_compared)
        VBox(self).add(self._stack)
        self._board.set_lines(
            (
                (
                    Column((Cell(self._stores, least=560, grows=1, stacked=520),), width=584),
                    Column(
                        (
                            Cell(self._change, least=300, grows=412, stacked=412),
                            Cell(self._rhythm, least=300, grows=384, stacked=384),
                        )
                    ),
                ),
            )
        )
        self._refresh_action = QAction(self)
        self._refresh_action.setShortcut("F5")
        self.addAction(self._refresh_action)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self._loader.loaded.connect(self._show)
        self._change_loader.loaded.connect(self._change.set_explanation)
        self._rhythm_loader.loaded.connect(self._rhythm.set_rhythm)
        self._period.picked.connect(self._reload)
        self._refresh_action.triggered.connect(self._reload)
        self._stores.store_chosen.connect(self._choose)
        self._change.scope_changed.connect(lambda _all: self._load_change())
        self._change.by_changed.connect(lambda _by: self._load_change())
        self._rhythm.tab_changed.connect(lambda _tab: self._load_rhythm())
        self._rhythm.opening.store_chosen.connect(lambda store: self.open_with(store=store))
        self._rhythm.opening.export_wanted.connect(self._write_openings)
        self._empty.acted.connect(self._mend)
        self.league.compare_wanted.connect(lambda chosen: self.comparing.compare(chosen, self.league.compare))
        self._stores.map_card.panel.mend.connect(self._mend)
        self._stores.map_card.panel.wrote.connect(self.comparing.wrote)

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Stores")

    def subtitle(self) -> str:
        """Return how many stores are ranked, or what kind of store the chosen one is."""
        league = self._data.league if self._data else None
        if league is None:
            return ""
        return self._stores.about or self.tr("%n store(s)", "", len(league.rows))

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return period and export."""
        return [], [self._period, self._saved, self._export]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [self._refresh_action, *self._saved.commands(), *self._export.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        for loader in (self._loader, self._change_loader, self._rhythm_loader):
            loader.tell(context.show_failure)
        close_lists(self)
        super().set_workspace(context)
        self._data, self._wanted = None, ""
        # Nothing of the book before stands under the name of this one.
        self._stores.set_stores(None, None)
        self._change.set_explanation(None)
        self._rhythm.set_rhythm(None)
        self.comparing.set_workspace(context)
        self._export.context = self._leads.context = context
        self._saved.use(context)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the league again; the old one stays until the new one is there."""
        if self.context is not None:
            wanted = self._period.wanted
            self._loader.load(self.context, lambda rooms, _report: load(rooms, wanted))

    def open_with(self, **filters: object) -> None:
        """Choose a store handed over by another screen, and explain it."""
        store = filters.get("store")
        if not isinstance(store, str) or not store:
            return
        self._wanted = store
        if self._data is not None and self._data.league is not None:
            self._show(self._data)

    def place(self) -> Mapping[str, str]:
        """Return period, store, and whether the table, the map or the industry is shown."""
        return {"period": self._period.place, "store": self._wanted or self._stores.store, "page": self._stores.page}

    def take_place(self, place: Mapping[str, str]) -> None:
        """Choose period, store and page again."""
        self._period.take_place(place.get("period", ""))
        self._stores.show_page(place.get("page", ""))
        self._wanted = place.get("store", "")
        if not self._wanted:
            self._stores.choose("")
        self.refresh()

    @property
    def data(self) -> StoresData | None:
        """What is shown, None before the first figures."""
        return self._data

    @property
    def league(self) -> LeagueCard:
        """The league."""
        return self._stores.league

    @property
    def stores(self) -> RankedStores:
        """The league and the map."""
        return self._stores

    @property
    def change(self) -> ChangeCard:
        """Why it changed."""
        return self._change

    @property
    def rhythm(self) -> RhythmCard:
        """When it is busy, and of what it is made."""
        return self._rhythm

    # What is shown.

    def retranslate(self) -> None:
        """Set every text."""
        self._refresh_action.setText(self.tr("Read the figures again"))
        data = self._data
        has_data = data is not None and data.period is not None
        if data is None or not has_data or not self.comparing.shown:
            self._stack.setCurrentWidget(self._empty if data is not None and not has_data else self._board)
        self._period.setEnabled(has_data)
        self._export.setEnabled(has_data)
        self._empty.set_state(
            unmatched=self._waits_for_reconciliation(),
            note=self.tr("Drop the till files of your stores; they are then ranked and explained here."),
        )

    def _show(self, data: StoresData) -> None:
        self._data = data
        self._period.set_shown(data.period, data.span)
        self._stores.set_stores(data.league, data.sites, data.benchmarks, data.passed_over)
        self.comparing.set_league(data.league)
        if self._wanted:
            self._stores.choose(self._wanted)
            if self.context is not None and self._stores.store != self._wanted:
                words = self.tr("{store} is not among the stores of these days: all are shown instead.")
                self.context.notify("timing", words.format(store=self._wanted))
            self._name_store()
            self._change.show_one()
            self._wanted = ""
        else:
            self._name_store()
        self.retranslate()
        self._load_change()
        self._load_rhythm()

    def _open_compared(self, store: str, figure: str, channel: bool) -> None:
        self._leads.open_figure(store, figure, channel=channel)

    def _write_openings(self, path: Path) -> None:
        found, language = self._rhythm.opening.found, Language.current()
        if self.context is not None:
            self.context.read(
                lambda rooms: rooms.reports.write_openings(found, path, language),
                lambda _rows: self.comparing.wrote(path),
            )

    def _choose(self, _store: str) -> None:
        self._name_store()
        # What is explained is what was chosen; all of them are one click away.
        self._change.show_one()
        self._load_change()
        self._load_rhythm()

    def _name_store(self) -> None:
        store = self._stores.store
        rows = self._data.league.rows if self._data and self._data.league else ()
        names = short_names(row.name for row in rows)
        name = next((names[row.name] for row in rows if row.store_id == store), "")
        self._change.set_short_names(names)
        self._change.set_store(name)
        self._rhythm.set_store(name)
        self.title_changed.emit()

    def _load_change(self) -> None:
        period = self._shown_period()
        if self.context is not None and period is not None:
            store = "" if self._change.all_stores else self._stores.store
            by = self._change.by
            self._change_loader.load(self.context, lambda rooms, _report: load_change(rooms, period, store, by))

    def _load_rhythm(self) -> None:
        period = self._shown_period()
        if self.context is not None and period is not None:
            store, by = self._stores.store, self._rhythm.by
            self._rhythm_loader.load(self.context, lambda rooms, _report: load_rhythm(rooms, period, store, by))

    def _shown_period(self) -> Period | None:
        return self._data.period if self._data else None

    def _reload(self, *_chosen: object) -> None:
        self.refresh()

    def _mend(self) -> None:
        if self.context is not None:
            self.context.navigate("reconcile" if self._waits_for_reconciliation() else "imports")

    def _waits_for_reconciliation(self) -> bool:
        """Whether files are there whose rows were not matched yet; otherwise the till files are what is missing."""
        imported = self._data is not None and self._data.imported
        return imported and self.context is not None and not self.context.info.reconciled

    def _filters(self) -> Mapping[str, object]:
        period = self._shown_period()
        return {"first": period.first, "after": period.after} if period else {}

    def _report(self, name: str) -> Mapping[str, object]:
        of_one = {"change": not self._change.all_stores, "store-league": False}
        chosen = of_one.get(name, True)
        store = self._stores.store if chosen else ""
        return {**self._filters(), "store": store} if store else self._filters()
