"""The overview: freshness, five figures, what needs a hand, the daily line, every store, money on its way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from ui import figures
from ui.charts.small_multiples import SmallMultiples
from ui.charts.trend import TrendChart
from ui.theme import metrics as m
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.views.base import AppContext, View
from ui.views.listing.window import close_lists, open_list
from ui.views.overview.attention_list import AttentionList
from ui.views.overview.content import freshness_of, multiples_of, trend_of
from ui.views.overview.explain import UnusualWords
from ui.views.overview.figures_strip import strip_items
from ui.views.overview.freshness import FreshnessLine
from ui.views.overview.industry import with_industry
from ui.views.overview.model import OverviewData, load
from ui.views.overview.transit_card import TransitCard
from ui.views.overview.words import attention_words
from ui.views.parts.board import Board, Cell, Column
from ui.views.parts.choices import StoreChoice
from ui.views.parts.export import ExportButton
from ui.views.parts.legend import Legend
from ui.views.parts.period import PeriodChoice
from ui.views.parts.reader import Loader
from ui.views.parts.saved_places import PlacesMenu
from ui.views.parts.scroller import Scroller
from ui.widgets import EmptyState, KpiStrip, Label, TitledCard, VBox

_PERIODS = ("yesterday", "week", "month", "last_12_months")
_COLUMNS, _COLUMNS_FEW, _FEW = 6, 4, 12


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
        self._unusual, self._saved = UnusualWords(self), PlacesMenu(self)
        self._freshness, self._strip, self._attention = FreshnessLine(), KpiStrip(), AttentionList()
        self._attention_card = TitledCard(padding=(0, 0, 0, 0), spacing=0)
        self._attention_scroll = Scroller(self._attention)
        self._attention_empty = EmptyState()
        self._attention_stack = QStackedWidget()
        self._attention_stack.addWidget(self._attention_scroll)
        self._attention_stack.addWidget(self._attention_empty)
        self._claim_words, self._claim = Label(role=Role.SMALL, color="text2"), Label(bold=True, figures=True)
        self._attention_card.head_right.add(self._claim_words, self._claim)
        self._attention_card.add(self._attention_stack)
        self._trend, self._trend_card, self._band = TrendChart(), TitledCard(rule=False), Legend("band_inner")
        self._trend_card.head_right.add(self._band)
        self._trend_card.add(self._trend)
        self._multiples_card = TitledCard(padding=(0, 0, 0, 0), spacing=0)
        self._multiples = SmallMultiples(_COLUMNS)
        self._multiples_scroll = Scroller(self._multiples)
        self._multiples_card.add(self._multiples_scroll)
        self._transit = TransitCard()
        self._board, self._empty = Board(), EmptyState()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._board)
        self._stack.addWidget(self._empty)
        VBox(self).add(self._stack)
        self._board.set_lines(
            (
                (Column((Cell(self._freshness, least=28, gap=0),)),),
                (Column((Cell(self._strip, least=92, flows=True),)),),
                (
                    Column(
                        (
                            Cell(self._attention_card, least=230, grows=296, stacked=self._attention_height),
                            Cell(self._multiples_card, least=330, grows=366, stacked=self._multiples_height),
                        ),
                        share=722,
                    ),
                    Column(
                        (
                            Cell(self._trend_card, least=230, grows=296, stacked=280),
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
        self._stores.changed.connect(self._reload)
        self._refresh_action.triggered.connect(self._reload)
        self._freshness.acted.connect(self._mend)
        self._strip.opened.connect(self._open_figure)
        self._attention.opened.connect(self._open_item)
        self._attention.explained.connect(self._explain)
        self._attention_card.acted.connect(self._show_explained)
        self._trend.day_chosen.connect(self._open_day)
        self._multiples.opened.connect(self._open_store)
        self._multiples_card.acted.connect(lambda: self._go("stores"))
        self._transit.opened.connect(self._open)
        self._empty.acted.connect(self._mend)
        self._attention_empty.acted.connect(self._mend)

    # What the window asks.

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Overview")

    def subtitle(self) -> str:
        """Return the day up to which the figures go."""
        period = self._data.period if self._data else None
        return figures.day_and_weekday(period.last) if period else ""

    def top_bar_widgets(self) -> tuple[list[QWidget], list[QWidget]]:
        """Return period, stores and export."""
        return [], [self._period, self._stores, self._saved, self._export]

    def actions(self) -> list[QAction]:
        """Return the commands of this screen."""
        return [self._refresh_action, *self._saved.commands(), *self._export.commands()]

    def set_workspace(self, context: AppContext) -> None:
        """Take the open book."""
        if self.context is not None:
            self._loader.failed.disconnect()
        close_lists(self)
        super().set_workspace(context)
        self._data = None
        self._stores.choose("")
        self._export.context = context
        self._saved.use(context)
        self._unusual.context = context
        self._loader.failed.connect(context.show_failure)

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the figures again; the old ones stay until the new ones are there."""
        if self.context is None:
            return
        wanted, stores = self._period.wanted, self._stores.stores
        self._loader.load(self.context, lambda rooms, _report: load(rooms, wanted, stores))

    def _reload(self, *_chosen: object) -> None:
        self.refresh()

    def open_with(self, **filters: object) -> None:
        """Apply a store handed over by another screen."""
        if isinstance(filters.get("store"), str):
            self._stores.choose(str(filters["store"]))
            self.refresh()

    def place(self) -> Mapping[str, str]:
        """Return period and store."""
        return {"period": self._period.place, "store": self._stores.store}

    def take_place(self, place: Mapping[str, str]) -> None:
        """Choose period and store again."""
        self._period.take_place(place.get("period", ""))
        self._stores.choose(self._stores.known(place.get("store", "")))
        self.refresh()

    @property
    def data(self) -> OverviewData | None:
        """What is shown, None before the first figures."""
        return self._data

    # What is shown.

    def _attention_height(self) -> float:
        """Return the height at which every item shows, up to ten, in px at 100 %."""
        count = len(self._data.attention.items) if self._data and self._data.attention else 0
        return m.CARD_HEAD + m.ROW_ATTENTION * min(max(count, 3), 10) + 3

    def _multiples_height(self) -> float:
        """Return the height at which every store shows, up to eight lines."""
        count = len(self._data.sparklines) if self._data else 0
        per_line = _COLUMNS if count > _FEW else _COLUMNS_FEW
        return m.CARD_HEAD + 80 * min(max(-(-count // per_line), 1), 8) + 3

    def _show(self, data: OverviewData) -> None:
        self._data = data
        self._stores.set_entries(data.entries)
        self._period.set_shown(data.period, data.span)
        self.retranslate()
        self._board.arrange()

    def retranslate(self) -> None:
        """Set every text."""
        self._refresh_action.setText(self.tr("Read the figures again"))
        self._strip.setAccessibleName(self.tr("Key figures"))
        self._attention.setAccessibleName(self.tr("Needs a hand"))
        self._trend.setAccessibleName(self.tr("Receipts by day"))
        self._multiples.setAccessibleName(self.tr("Stores"))
        data = self._data
        has_data = data is not None and data.period is not None
        self._stack.setCurrentWidget(self._empty if data is not None and not has_data else self._board)
        for widget in (self._period, self._stores, self._export):
            widget.setEnabled(has_data)
        if data is not None and not has_data:
            self._show_empty(data)
        self._show_freshness()
        self._show_attention()
        self._show_trend()
        self._show_stores()
        items = strip_items(data.strip, self._period.current) if data and data.strip else []
        self._strip.set_items(with_industry(items, data.benchmarks if data else (), self._stores.city))

    def _show_empty(self, data: OverviewData) -> None:
        if data.imported and data.stale:
            self._empty.set_texts(
                self.tr("Imported, not reconciled yet"),
                self.tr("The figures stand here as soon as the rows have been matched."),
                self.tr("To reconciliation"),
            )
        else:
            self._empty.set_texts(
                self.tr("No sales yet"),
                self.tr("Drop the files of tills, wallets, platforms and banks; the day's figures then stand here."),
                self.tr("To import"),
            )

    def _show_freshness(self) -> None:
        data = self._data
        if data is None or data.freshness is None:
            self._freshness.set_content("", (), "")
            return
        action = self.tr("Not reconciled since the last import") if data.stale else ""
        if not action and any(line.missing for line in data.freshness.sources):
            action = self.tr("Add files")
        self._freshness.set_content(*freshness_of(data.freshness, self._names), action)

    def _show_attention(self) -> None:
        attention = self._data.attention if self._data else None
        items = attention.items if attention else ()
        note = self.tr("%n item(s), by amount", "", len(items)) if items else ""
        words = self._data.unusual_words if self._data else ()
        self._attention_card.set_title(
            self.tr("Needs a hand"), note, self.tr("%n explained", "", len(words)) if words else ""
        )
        claimable = attention.claimable if attention else None
        self._claim_words.setText(self.tr("to claim back") if claimable else "")
        self._claim.setText(figures.money(claimable, symbol=True) if claimable else "")
        if self._data is not None and self._data.stale:
            self._attention_empty.set_texts(
                self.tr("Not reconciled yet"),
                self.tr("What needs a hand is known once the rows have been matched."),
                self.tr("To reconciliation"),
            )
        else:
            self._attention_empty.set_texts(
                self.tr("Nothing needs a hand"), self.tr("Every row is matched, on its way as agreed, or set apart.")
            )
        self._attention.set_items([attention_words(item, self._names) for item in items])
        shown = self._attention_scroll if items or attention is None else self._attention_empty
        self._attention_stack.setCurrentWidget(shown)

    def _show_trend(self) -> None:
        days = self._data.trend if self._data else ()
        top = max((day.amount for day in days if day.amount is not None), default=0)
        count = len(days)
        if Language.current() == Language.CHINESE and top >= 10_000:
            note = self.tr("in 10,000 yuan, last %n day(s)", "", count)
        else:
            note = self.tr("in yuan, last %n day(s)", "", count)
        self._trend_card.set_title(self.tr("Receipts by day"), note if days else "")
        self._band.set_text(self.tr("expected range 80%"))
        self._trend.set_data(trend_of(days))

    def _show_stores(self) -> None:
        data = self._data
        series = data.sparklines if data else ()
        count = len(series)
        self._multiples_card.set_title(
            self.tr("Each store"),
            self.tr("last 28 days, the most unusual first") if count else "",
            self.tr("list of %n store(s)", "", count) if count else "",
        )
        self._fit_columns(count)
        self._multiples.set_items(multiples_of(series, self._names))
        self._transit.set_transit(data.transit if data else None)

    def _fit_columns(self, count: int) -> None:
        """Few stores get wider cells, so that the card is filled."""
        wanted = _COLUMNS if count > _FEW else _COLUMNS_FEW
        if self._multiples.property("columns") == wanted:
            return
        fresh = SmallMultiples(wanted)
        fresh.setProperty("columns", wanted)
        fresh.setAccessibleName(self.tr("Stores"))
        fresh.opened.connect(self._open_store)
        self._multiples_scroll.setWidget(fresh)
        fresh.setAutoFillBackground(False)
        self._multiples = fresh
        self._board.order_tabs()

    # Where figures lead.

    def _open_figure(self, key: str) -> None:
        if key == "ticket":
            self._go("stores", store=self._stores.store)
            return
        name = {"fees": "payments", "bank": "bank_lines"}.get(key, "orders")
        filters = self._filters()
        if name == "bank_lines":
            # A balance stands after everything that was booked before, whatever the period.
            filters = {key: value for key, value in filters.items() if key == "after"}
        else:
            filters["sold"] = True
        self._open(name, filters)

    def _open_day(self, day: date) -> None:
        self._open("orders", {**self._filters(), "sold": True, "first": day, "after": day + timedelta(days=1)})

    def _open_store(self, store_id: str) -> None:
        self._go("stores", store=store_id)

    def _open_item(self, number: int) -> None:
        attention = self._data.attention if self._data else None
        if attention is None or not 0 <= number < len(attention.items):
            return
        item = attention.items[number]
        if item.view != "reconcile":
            self._go(item.view, **item.filters)
            return
        given = {key: value for key, value in item.filters.items() if key in {"code", "state", "store", "channel"}}
        if item.filters.get("difference"):
            self._go("reconcile", **item.filters)
        else:
            rows = list(item.differences) or None
            self._open("differences", {**given, "ids": rows}, attention_words(item, self._names).title)

    def _explain(self, number: int) -> None:
        attention = self._data.attention if self._data else None
        if self.context is not None and attention is not None:
            self._unusual.ask(attention.items[number], self._names)

    def _show_explained(self) -> None:
        if self.context is not None and self._data is not None:
            self._unusual.show(self._data.unusual_words, self._names)

    @property
    def _names(self) -> dict[str, str]:
        return {entry.store_id: entry.name for entry in self._data.entries} if self._data else {}

    def _mend(self) -> None:
        data = self._data
        to_reconcile = data is not None and (data.stale and (bool(data.period) or data.imported))
        self._go("reconcile" if to_reconcile else "imports")

    def _filters(self) -> dict[str, object]:
        period = self._data.period if self._data else None
        if period is None:
            return {}
        return {"first": period.first, "after": period.after, "store": self._stores.store}

    def _report(self, name: str) -> Mapping[str, object]:
        filters = self._filters()
        if name == "weekly" and self._period.current != "week":
            # Of a day or a month the owner's page is no week: it takes the last whole one.
            filters = {"store": filters.get("store")}
        return {key: value for key, value in filters.items() if value}

    def _open(self, name: str, filters: Mapping[str, object], title: str = "") -> None:
        if self.context is not None:
            open_list(self.context, self, name, filters, title=title)

    def _go(self, view: str, **filters: object) -> None:
        if self.context is not None:
            self.context.navigate(view, **filters)
