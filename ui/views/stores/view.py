"""The store screen: the league at the left; why it changed and when it is busy at the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.analytics.periods import Period
from chainbrain.changes import Changes
from ui.views.base import AppContext, View
from ui.views.listing.window import close_lists
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.export import ExportButton
from ui.views.parts.no_sales import NoSales
from ui.views.parts.period import PeriodChoice
from ui.views.parts.reader import Loader
from ui.views.parts.saved_places import PlacesMenu
from ui.views.parts.shared_scope import SharedScope
from ui.views.parts.store_choice import StoreChoice
from ui.views.parts.store_picker import learn_sounds
from ui.views.parts.store_scope import StoreScope, reported, say_stores_gone
from ui.views.stores.change_card import ChangeCard
from ui.views.stores.comparing import Comparing
from ui.views.stores.details import Details
from ui.views.stores.leads import Leads
from ui.views.stores.league_card import LeagueCard
from ui.views.stores.model import StoresData, load
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
        self._loader = Loader(self)
        self._period, self._choice = PeriodChoice("month", _PERIODS), StoreChoice()
        self._export = ExportButton(("store-league", "store-sheet", "change", "busy-hours", "industry"), self._report)
        self._saved = PlacesMenu(self)
        self._shared = SharedScope(self, lambda scope: self.open_with(scope=scope))
        self._stores = RankedStores()
        self._details = Details(self._stores, lambda: self._data)
        self._leads = Leads(self, self._stores, self._details, self._shown_period)
        self._board, self._empty = Board(), NoSales()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._board)
        self._stack.addWidget(self._empty)
        self.comparing = Comparing(self._stack, self._board, self._shown_period, self._open_compared)
        VBox(self).add(self._stack)
        self._board.set_lines(
            (
                (
                    Column((Cell(self._stores, least=560, grows=1, stacked=520),), share=53),
                    Column(
                        (
                            Cell(self._details.change, least=300, grows=412, stacked=412),
                            Cell(self._details.rhythm, least=300, grows=384, stacked=384),
                        ),
                        share=47,
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
        self._period.picked.connect(self._reload)
        self._choice.changed.connect(self._narrowed)
        self._choice.picker.sounds_wanted.connect(lambda: learn_sounds(self._choice.picker, self.context))
        self._refresh_action.triggered.connect(self._reload)
        self._stores.store_chosen.connect(self._choose)
        self._details.store_wanted.connect(lambda store: self.open_with(store=store))
        self._details.wrote.connect(self.comparing.wrote)
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
        """Return period, stores and export."""
        return [], [self._period, self._choice, self._saved, self._export]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [self._refresh_action, *self._saved.commands(), *self._export.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        self._loader.tell(context.show_failure)
        close_lists(self)
        super().set_workspace(context)
        self._data, self._wanted = None, ""
        # Nothing of the book before stands under the name of this one.
        self._choice.choose(StoreScope())
        self._choice.set_entries(())
        self._shared.reset()
        self._stores.set_stores(None, None)
        self._details.use(context)
        self.comparing.set_workspace(context)
        self._export.context = self._leads.context = context
        self._saved.use(context)
        self._details.name_store()
        self.retranslate()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the league again; the old one stays until the new one is there."""
        if self.context is not None:
            wanted, scope, store = self._period.wanted, self._choice.scope, self._wanted
            self._loader.load(self.context, lambda rooms, _report: load(rooms, wanted, scope, store))

    def open_with(self, **filters: object) -> None:
        """Show the stores handed over by another screen (``scope``), or choose one (``store``) and explain it."""
        store, scope = filters.get("store"), filters.get("scope")
        if isinstance(scope, StoreScope):
            # One store is looked at among all of them: that is what a league is for.
            self._choice.choose(StoreScope() if scope.store else scope)
            self._wanted = scope.store
            if not scope.store:
                self._stores.choose("")
        if isinstance(store, str) and store:
            self._wanted = store
        if self._wanted or isinstance(scope, StoreScope):
            self.refresh()

    def place(self) -> Mapping[str, str]:
        """Return period, stores, the chosen store, and whether the table, the map or the industry is shown."""
        chosen = {"scope": self._choice.scope.place, "store": self._wanted or self._stores.store}
        return {"period": self._period.place, **chosen, "page": self._stores.page}

    def take_place(self, place: Mapping[str, str]) -> None:
        """Choose period, stores, store and page again."""
        self._period.take_place(place.get("period", ""))
        self._choice.choose(StoreScope.of_place(place.get("scope", "")))
        self._shared.say(self._choice.scope)
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
        return self._details.change

    @property
    def rhythm(self) -> RhythmCard:
        """When it is busy, and of what it is made."""
        return self._details.rhythm

    # What is shown.

    def retranslate(self) -> None:
        """Set every text."""
        self._refresh_action.setText(self.tr("Read the figures again"))
        data = self._data
        has_data = data is not None and data.period is not None
        if data is None or not has_data or not self.comparing.shown:
            self._stack.setCurrentWidget(self._empty if data is not None and not has_data else self._board)
        for widget in (self._period, self._choice, self._export):
            widget.setEnabled(has_data)
        in_part = data is not None and data.stores.in_part
        self._details.name_all(self._choice.words if in_part else "")
        self._stores.name_all(self._choice.words if in_part else "")
        self._empty.set_state(
            unmatched=self._waits_for_reconciliation(),
            note=self.tr("Drop the till files of your stores; they are then ranked and explained here."),
        )

    def _show(self, data: StoresData) -> None:
        self._data, shown = data, data.stores
        self._period.set_shown(data.period, data.span)
        self._choice.set_entries(shown.entries)
        self._choice.choose(shown.scope)
        self._stores.set_stores(data.league, data.sites, data.benchmarks, data.passed_over, shown)
        self.comparing.set_league(data.league)
        if self.context is not None:
            say_stores_gone(self.context, shown.gone, shown.scope)
        if self._wanted:
            self._stores.choose(self._wanted)
            if self.context is not None and self._stores.store != self._wanted:
                words = self.tr("{store} is not among the stores of these days: all are shown instead.")
                self.context.notify("timing", words.format(store=self._wanted))
            self._details.explain_one()
            self._wanted = ""
        else:
            self._details.name_store()
        self.title_changed.emit()
        self.retranslate()
        self._details.load()

    def _open_compared(self, store: str, figure: str, channel: bool) -> None:
        self._leads.open_figure(store, figure, channel=channel)

    def _choose(self, _store: str) -> None:
        # A click is newer than what another screen asked for.
        self._wanted = ""
        self._details.explain_one()
        self.title_changed.emit()
        self._details.load()

    def _shown_period(self) -> Period | None:
        return self._data.period if self._data else None

    def _reload(self, *_chosen: object) -> None:
        self.refresh()

    def _narrowed(self) -> None:
        self._shared.say(self._choice.scope)
        self.refresh()

    def _mend(self) -> None:
        if self.context is not None:
            self.context.navigate("reconcile" if self._waits_for_reconciliation() else "imports")

    def _waits_for_reconciliation(self) -> bool:
        """Whether files are there whose rows were not matched yet; otherwise the till files are what is missing."""
        imported = self._data is not None and self._data.imported
        return imported and self.context is not None and not self.context.info.reconciled

    def _report(self, name: str) -> Mapping[str, object]:
        """The days and stores of a report: a league is of all shown, a change of what is explained."""
        period = self._shown_period()
        every = name == "store-league" or (name == "change" and self._details.change.all_stores)
        days = {"first": period.first, "after": period.after} if period else {}
        filters = {**days, "stores": self._details.shown(all_stores=every)}
        one = bool(self._stores.store) and not every
        return reported(filters, StoreScope() if one or self._data is None else self._data.stores.scope)
