"""Where the figures of the overview lead: lists of their rows, and other screens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget

from ui.theme.translator import translate
from ui.views.base import AppContext
from ui.views.listing.window import open_list
from ui.views.overview.explain import UnusualWords
from ui.views.overview.model import OverviewData
from ui.views.overview.words import attention_words
from ui.views.parts.store_scope import StoreScope

_DEPOSIT = "D09"
_HANDED_ON = frozenset({"code", "state", "store", "channel"})


class Leads:
    """Opens what a figure was made from, above the screen.

    Args:
        above: the widget above which lists open.
        data: what is shown; nothing before the first figures.
    """

    def __init__(self, above: QWidget, data: Callable[[], OverviewData | None]) -> None:
        self._context: AppContext | None = None
        self._above, self._data = above, data
        self._unusual = UnusualWords(above)

    def use(self, context: AppContext) -> None:
        """Take the open book."""
        self._context = self._unusual.context = context

    @property
    def filters(self) -> dict[str, object]:
        """The days and the stores on screen."""
        data = self._data()
        period = data.period if data else None
        return {"first": period.first, "after": period.after, "stores": data.stores.numbers} if data and period else {}

    @property
    def scope(self) -> StoreScope:
        """The stores on screen."""
        data = self._data()
        return data.stores.scope if data else StoreScope()

    @property
    def names(self) -> dict[str, str]:
        """Short names of the stores by number."""
        data = self._data()
        return data.stores.names if data else {}

    def open_figure(self, key: str) -> None:
        """Open the rows of a key figure; a quotient leads to the stores that it is made of."""
        if key == "ticket":
            self.go("stores", scope=self.scope)
            return
        name, title = {"fees": "payments", "bank": "bank_lines", "refunds": "refunds"}.get(key, "orders"), ""
        filters = self.filters
        if name == "bank_lines":
            # A balance stands after everything that was booked before, whatever the period.
            filters = {key: value for key, value in filters.items() if key == "after"}
            title = translate("Bank lines; with the opening balances they make the balance")
        elif name != "refunds":
            filters["sold"] = True
        self.open(name, filters, title)

    def open_paid(self, method: str) -> None:
        """Open what of the receipts was paid by one means."""
        self.open("tenders", {**self.filters, "channel": method, "sold": True})

    def open_day(self, day: date) -> None:
        """Open the orders of a day."""
        self.open("orders", {**self.filters, "sold": True, "first": day, "after": day + timedelta(days=1)})

    def open_store(self, store_id: str) -> None:
        """Go to a store."""
        self.go("stores", store=store_id)

    def open_item(self, number: int) -> None:
        """Open what needs a hand, by its line."""
        data = self._data()
        attention = data.attention if data else None
        if attention is None or not 0 <= number < len(attention.items):
            return
        item = attention.items[number]
        if item.view != "reconcile":
            self.go(item.view, **item.filters)
            return
        given = {key: value for key, value in item.filters.items() if key in _HANDED_ON}
        if item.filters.get("difference"):
            self.go("reconcile", **item.filters)
        else:
            rows, title = list(item.differences) or None, attention_words(item, self.names).title
            if item.code == _DEPOSIT:
                # Who paid and what for says more of a deposit than our code.
                self.open("unknown_deposits", {"code": item.code, "ids": rows}, title)
            else:
                self.open("differences", {**given, "ids": rows}, title)

    def explain(self, number: int) -> None:
        """Ask why a line is as it is, so that it needs no hand any more."""
        data = self._data()
        attention = data.attention if data else None
        if self._context is not None and attention is not None:
            self._unusual.ask(attention.items[number], self.names)

    def show_explained(self) -> None:
        """Show what was explained."""
        data = self._data()
        if self._context is not None and data is not None:
            self._unusual.show(data.unusual_words, self.names)

    def open(self, name: str, filters: Mapping[str, object], title: str = "") -> None:
        """Open a list."""
        if self._context is not None:
            open_list(self._context, self._above, name, filters, title=title)

    def go(self, view: str, **filters: object) -> None:
        """Go to another screen."""
        if self._context is not None:
            self._context.navigate(view, **filters)
