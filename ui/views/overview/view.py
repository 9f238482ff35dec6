"""The overview: freshness, five figures, what needs a hand, the daily line, every store, money on its way."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from ui import figures
from ui.views.base import AppContext, View
from ui.views.listing.window import close_lists
from ui.views.overview.attention_card import AttentionCard
from ui.views.overview.content import freshness_of
from ui.views.overview.each_store_card import EachStoreCard
from ui.views.overview.figures_foot import FiguresBlock, FiguresFoot
from ui.views.overview.figures_strip import strip_items
from ui.views.overview.freshness import FreshnessLine
from ui.views.overview.industry import with_industry
from ui.views.overview.leads import Leads
from ui.views.overview.model import OverviewData, load
from ui.views.overview.transit_card import TransitCard
from ui.views.overview.trend_card import TrendCard
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.export import ExportButton
from ui.views.parts.no_sales import NoSales
from ui.views.parts.passed_over import passed_over_words
from ui.views.parts.period import PeriodChoice
from ui.views.parts.reader import Loader
from ui.views.parts.saved_places import PlacesMenu
from ui.views.parts.shared_scope import SharedScope
from ui.views.parts.store_choice import StoreChoice
from ui.views.parts.store_picker import learn_sounds
from ui.views.parts.store_scope import StoreScope, kept_scope, reported, say_stores_gone
from ui.widgets import KpiStrip, VBox

_PERIODS = ("yesterday", "week", "month", "last_12_months")


class OverviewView(View):
    """Shows the chain on one page; every figure opens its rows."""

    key = "overview"
    icon_name = "home"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: OverviewData | None = None
        self._loader = Loader(self)
        self._period, self._stores = PeriodChoice("yesterday", _PERIODS), StoreChoice()
        self._export = ExportButton(("overview", "weekly", "in-transit", "differences", "completeness"), self._report)
        self._shared = SharedScope(self, lambda scope: self.open_with(scope=scope))
        self._leads, self._saved = Leads(self, lambda: self._data), PlacesMenu(self)
        self._freshness, self._strip, self._attention = FreshnessLine(), KpiStrip(), AttentionCard()
        self._foot = FiguresFoot()
        self._trend, self._each_store, self._transit = TrendCard(), EachStoreCard(), TransitCard()
        self._board, self._empty = Board(), NoSales()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._board)
        self._stack.addWidget(self._empty)
        VBox(self).add(self._stack)
        self._board.set_lines(
            (
                (Column((Cell(self._freshness, least=28, gap=0),)),),
                (Column((Cell(FiguresBlock(self._strip, self._foot), least=92, flows=True),)),),
                (
                    Column(
                        (
                            Cell(self._attention, least=230, grows=296, stacked=self._attention.full_height),
                            Cell(self._each_store, least=330, grows=366, stacked=self._each_store.full_height),
                        ),
                        share=722,
                    ),
                    Column(
                        (
                            Cell(self._trend, least=230, grows=296, stacked=280),
                            Cell(self._transit, least=330, grows=366, stacked=self._transit.full_height),
                        ),
                        share=454,
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
        self._stores.changed.connect(self._chosen)
        self._stores.picker.sounds_wanted.connect(lambda: learn_sounds(self._stores.picker, self.context))
        self._refresh_action.triggered.connect(self._reload)
        self._freshness.acted.connect(self._mend)
        leads = self._leads
        self._strip.opened.connect(leads.open_figure)
        self._foot.opened.connect(leads.open_paid)
        self._attention.list.opened.connect(leads.open_item)
        self._attention.list.explained.connect(leads.explain)
        self._attention.acted.connect(leads.show_explained)
        self._attention.mend_wanted.connect(self._mend)
        self._trend.day_chosen.connect(leads.open_day)
        self._each_store.opened.connect(leads.open_store)
        self._each_store.acted.connect(lambda: leads.go("stores", scope=leads.scope))
        self._each_store.refitted.connect(self._board.order_tabs)
        self._transit.opened.connect(leads.open)
        self._empty.acted.connect(self._mend)

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Overview")

    def subtitle(self) -> str:
        """Return the days of the figures."""
        period = self._data.period if self._data else None
        if period is None:
            return ""
        return figures.day_and_weekday(period.last) if period.days == 1 else figures.days(period.first, period.last)

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return period, stores and export."""
        return [], [self._period, self._stores, self._saved, self._export]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [self._refresh_action, *self._saved.commands(), *self._export.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        close_lists(self)
        super().set_workspace(context)
        self._data = None
        self._stores.choose(StoreScope())
        self._stores.set_entries(())
        self._shared.reset()
        self._export.context = context
        self._saved.use(context)
        self._leads.use(context)
        self._loader.tell(context.show_failure)
        # Nothing of the book before stands under the name of this one.
        self.retranslate()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the figures again; the old ones stay until the new ones are there."""
        if self.context is None:
            return
        wanted, scope = self._period.wanted, self._stores.scope
        self._loader.load(self.context, lambda rooms, _report: load(rooms, wanted, scope))

    def _reload(self, *_chosen: object) -> None:
        self.refresh()

    def _chosen(self) -> None:
        self._shared.say(self._stores.scope)
        self.refresh()

    def open_with(self, **filters: object) -> None:
        """Show the stores handed over by another screen."""
        store, scope = filters.get("store"), filters.get("scope")
        if isinstance(store, str) and store:
            scope = StoreScope.some((store,))
        if isinstance(scope, StoreScope):
            self._stores.choose(scope)
            self.refresh()

    def place(self) -> Mapping[str, str]:
        """Return period and stores."""
        scope = self._stores.scope
        return {"period": self._period.place, "store": scope.store, "scope": scope.place}

    def take_place(self, place: Mapping[str, str]) -> None:
        """Choose period and stores again."""
        self._period.take_place(place.get("period", ""))
        self._stores.choose(kept_scope(place))
        self._shared.say(self._stores.scope)
        self.refresh()

    @property
    def data(self) -> OverviewData | None:
        """What is shown, None before the first figures."""
        return self._data

    # What is shown.

    def _show(self, data: OverviewData) -> None:
        self._data = data
        self._stores.set_entries(data.stores.entries)
        self._stores.choose(data.stores.scope)
        if self.context is not None:
            say_stores_gone(self.context, data.stores.gone, data.stores.scope)
        self._period.set_shown(data.period, data.span)
        self.retranslate()
        self._board.arrange()

    def retranslate(self) -> None:
        """Set every text."""
        self._refresh_action.setText(self.tr("Read the figures again"))
        self._strip.setAccessibleName(self.tr("Key figures"))
        data = self._data
        has_data = data is not None and data.period is not None
        self._stack.setCurrentWidget(self._empty if data is not None and not has_data else self._board)
        for widget in (self._period, self._stores, self._export):
            widget.setEnabled(has_data)
        self._empty.set_state(
            unmatched=data is not None and data.imported and data.stale,
            note=self.tr("Drop the files of tills, wallets, platforms and banks; the day's figures then stand here."),
        )
        self._show_freshness()
        self._attention.set_data(data, self._leads.names)
        self._trend.set_days(data.trend if data else ())
        self._show_stores()
        self._transit.set_transit(data.transit if data else None, in_part=data is not None and data.stores.in_part)
        items = strip_items(data.strip, self._period.current, data.stores.in_part) if data and data.strip else []
        self._strip.set_items(with_industry(items, data.benchmarks if data else (), self._stores.city))
        compared = passed_over_words(data.period, data.passed_over) if data and data.period else ""
        self._foot.set_content(data.prepaid if data else None, compared)

    def _show_freshness(self) -> None:
        data = self._data
        if data is None or data.freshness is None:
            self._freshness.set_content("", (), "")
            return
        action = self.tr("Not reconciled since the last import") if data.stale else ""
        if not action and any(line.missing for line in data.freshness.sources):
            action = self.tr("Add files")
        self._freshness.set_content(*freshness_of(data.freshness, self._leads.names), action)

    def _show_stores(self) -> None:
        data, names = self._data, self._leads.names
        if data is not None and data.growth and data.period is not None:
            self._each_store.set_growth(data.sparklines, data.growth, data.period, names)
        else:
            self._each_store.set_series(data.sparklines if data else (), names)

    def _mend(self) -> None:
        data = self._data
        to_reconcile = data is not None and (data.stale and (bool(data.period) or data.imported))
        self._leads.go("reconcile" if to_reconcile else "imports")

    def _report(self, name: str) -> Mapping[str, object]:
        filters = self._leads.filters
        data = self._data
        if name == "in-transit" and data is not None and data.transit is not None:
            # The card reaches back over a month where the figures above are of fewer days.
            filters = {"first": data.transit.period.first, "after": data.transit.period.after}
        if name == "differences":
            # What needs a hand is open whichever day it is of.
            filters = {"state": "open", "stores": filters.get("stores")}
        if name == "weekly" and self._period.current != "week":
            # Of a day or a month the owner's page is no week: it takes the last whole one.
            filters = {"stores": filters.get("stores")}
        return reported(filters, self._leads.scope)
