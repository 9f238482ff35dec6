"""Profit within a store's own four walls: a month's receipts less charges and the costs that were imported for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.analytics import periods, stores
from chainbrain.analytics.overview import ZERO
from chainbrain.analytics.periods import Period

if TYPE_CHECKING:
    from chainbrain.database.book import Book

NEEDED: Final = ("rent", "wages", "utilities", "materials")
"""Without any of these nothing is called a profit."""
BELOW: Final = "depreciation"
"""No cash leaves for it: it is told, and not taken off."""


@dataclass(frozen=True)
class FourWall:
    """One store's month, in yuan.

    Attributes:
        receipts: of the month; nothing where till files lack or the book holds a part of the month only.
        fees: charged by wallets and platforms; nothing where none are known.
        costs: what was imported, by subject.
    """

    store_id: str
    month: date
    receipts: Decimal | None
    fees: Decimal | None
    costs: dict[str, Decimal]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The subjects that nobody entered."""
        return tuple(subject for subject in NEEDED if subject not in self.costs)

    @property
    def profit(self) -> Decimal | None:
        """Receipts less fees and costs but depreciation; nothing while any of them is unknown."""
        if self.receipts is None or self.fees is None or self.lacking:
            return None
        return self.receipts - self.fees - sum((a for key, a in self.costs.items() if key != BELOW), ZERO)


def four_walls(book: Book, after: date, chosen: Sequence[str] | None = None) -> dict[str, FourWall]:
    """The last month with costs of every store that has any, of the months that begin before ``after``."""
    span = periods.known(book)
    rows = book.rows("analytics/store_costs", after=after, stores=list(chosen) if chosen is not None else None)
    costs: dict[tuple[str, date], dict[str, Decimal]] = {}
    for store, month, subject, amount in rows:
        costs.setdefault((store, month), {})[subject] = amount
    found = {}
    for month in sorted({month for _, month in costs}):
        end = (month + timedelta(days=31)).replace(day=1)
        whole = span is not None and span.first <= month and end <= span.after
        of_month = [store for store, its in costs if its == month]
        sold = {row.store_id: row for row in stores.league(book, Period(month, end), of_month).rows} if whole else {}
        for store in of_month:
            row = sold.get(store)
            complete = row is not None and not row.missing_days
            receipts = row.receipts if row is not None and complete else None
            found[store] = FourWall(store, month, receipts, row.fees if row else None, costs[store, month])
    return found
