"""The stores of a period, as a ranked table or on a map; both show the same choice."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget

from chainbrain.analytics.benchmarks import Benchmark
from chainbrain.analytics.periods import PassedOver
from chainbrain.analytics.stores import League, LeagueRow
from chainbrain.expansion.sites import Sites
from ui.theme import metrics as m
from ui.views.parts.names import short_names
from ui.views.parts.store_scope import ALL_STORES, ShownStores
from ui.views.stores.benchmark_card import BenchmarkCard
from ui.views.stores.league_card import LeagueCard
from ui.views.stores.league_columns import said_of
from ui.views.stores.map_card import StoresMapCard
from ui.widgets import Segmented


class RankedStores(QStackedWidget):
    """``store_chosen`` carries a number, empty for all; ``figure_opened(store, column)`` asks for rows."""

    store_chosen = Signal(str)
    figure_opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.league, self.map_card, self.benchmarks = LeagueCard(), StoresMapCard(), BenchmarkCard()
        self._shown: League | None = None
        self._known: tuple[Benchmark, ...] = ()
        self._all = ""
        self._names: dict[str, str] = {}
        self._switches: list[Segmented] = []
        for card in (self.league, self.map_card, self.benchmarks):
            switch = Segmented(height=m.CONTROL_SMALL)
            switch.changed.connect(self.show_page)
            card.head_right.add(switch)
            self._switches.append(switch)
            self.addWidget(card)
        self.league.store_chosen.connect(self._from_league)
        self.map_card.store_chosen.connect(self._from_map)
        self.league.figure_opened.connect(self.figure_opened)
        self.map_card.store_opened.connect(lambda store: self.figure_opened.emit(store, self.map_card.figure))
        for card in (self.league, self.map_card, self.benchmarks):
            card.order_tabs()
        self.retranslate()

    @property
    def page(self) -> str:
        """``table``, ``map`` or ``industry``."""
        return self._switches[0].current

    @property
    def store(self) -> str:
        """The number of the chosen store, empty for all."""
        return self.league.store

    @property
    def about(self) -> str:
        """Short name, city, format and tier of the chosen store, empty for all."""
        rows = self._shown.rows if self._shown is not None else ()
        row = next((one for one in rows if one.store_id == self.store), None)
        if row is None:
            return ""
        name = self._names.get(row.store_id) or short_names(one.name for one in rows)[row.name]
        return " · ".join(part for part in (name, row.city, said_of(row)) if part)

    @property
    def wall_month(self) -> date | None:
        """The month of the total's four-wall margin; nothing where there is none."""
        shown = self._shown
        return shown.wall_month if shown is not None and shown.margin is not None else None

    def row(self, store_id: str) -> LeagueRow | None:
        """The figures of a store, of all of them by an empty number."""
        shown = self._shown
        if shown is None:
            return None
        return next((one for one in shown.rows if one.store_id == store_id), shown.total if not store_id else None)

    def set_stores(
        self,
        league: League | None,
        sites: Sites | None,
        known: tuple[Benchmark, ...] = (),
        passed: tuple[PassedOver, ...] = (),
        shown: ShownStores = ALL_STORES,
    ) -> None:
        """Show other figures, of the ``shown`` stores, which are called by their names among all.

        The chosen store stays chosen when it is still there.
        """
        self._shown, self._known = league, known
        self._names = shown.names
        self.league.set_league(league, passed, shown.names)
        self.map_card.set_stores(league, sites, shown.numbers)
        self.map_card.choose(self.store)
        self._set_benchmarks()

    def name_all(self, words: str) -> None:
        """Say what all shown stores are called; empty when they are all of the chain."""
        self._all = words
        self._set_benchmarks()

    def choose(self, store_id: str) -> None:
        """Choose a store without telling anyone; empty chooses all."""
        self.league.choose(store_id)
        self.map_card.choose(store_id)
        self._set_benchmarks()

    def show_page(self, key: str) -> None:
        """Turn to the ``table``, the ``map`` or the ``industry``."""
        key = key if key in ("table", "map", "industry") else "table"
        for switch in self._switches:
            switch.set_current(key)
        self.setCurrentWidget({"map": self.map_card, "industry": self.benchmarks}.get(key, self.league))

    def retranslate(self) -> None:
        """Set every text."""
        for switch in self._switches:
            switch.set_options(
                (("table", self.tr("Table")), ("map", self.tr("Map")), ("industry", self.tr("Industry")))
            )
            switch.setAccessibleName(self.tr("Stores as a table, on a map or beside the industry"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _set_benchmarks(self) -> None:
        league, store = self._shown, self.store
        rows = league.rows if league is not None else ()
        row = next((one for one in rows if one.store_id == store), league.total if league is not None else None)
        self.benchmarks.set_row(row, row.name if row is not None and store else self._all, self._known)

    def _from_league(self, store: str) -> None:
        self.map_card.choose(store)
        self._set_benchmarks()
        self.store_chosen.emit(store)

    def _from_map(self, store: str) -> None:
        self.league.choose(store)
        self._set_benchmarks()
        self.store_chosen.emit(store)
