"""Profit within a store's own four walls: a month's receipts less refunds, charges and the costs imported for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.analytics import periods
from chainbrain.analytics.overview import ZERO
from chainbrain.money import half_up

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
        refunds: given back in the month; nothing where the receipts are not known.
        fees: charged by wallets and platforms; nothing where none are known, or bills lack on any day of the month.
        costs: what was imported, by subject.
    """

    store_id: str
    month: date
    receipts: Decimal | None
    refunds: Decimal | None
    fees: Decimal | None
    costs: dict[str, Decimal]

    @property
    def lacking(self) -> tuple[str, ...]:
        """The subjects that nobody entered."""
        return tuple(subject for subject in NEEDED if subject not in self.costs)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Everything without which there is no profit: ``receipts``, ``fees``, and the subjects that lack."""
        sums = (("receipts", self.receipts), ("fees", self.fees))
        return (*(name for name, amount in sums if amount is None), *self.lacking)

    @property
    def profit(self) -> Decimal | None:
        """Receipts less refunds, fees and costs but depreciation; nothing while any of them is unknown."""
        if self.receipts is None or self.refunds is None or self.fees is None or self.lacking:
            return None
        costs = sum((amount for key, amount in self.costs.items() if key != BELOW), ZERO)
        return self.receipts - self.refunds - self.fees - costs

    @property
    def margin(self) -> Decimal | None:
        """The profit as a share of the receipts of its own month; nothing while it is unknown."""
        profit = self.profit
        return half_up(profit / self.receipts, 6) if profit is not None and self.receipts else None


def four_walls(book: Book, after: date, chosen: Sequence[str] | None = None) -> dict[str, FourWall]:
    """The last month with costs of every store that has any, of the months that begin before ``after``."""
    # Most books hold no costs: they need not read payments to learn that.
    if book.one_of("select count(*) from base.store_costs where month < $after", after=after)[0] == 0:
        return {}
    span = periods.known(book)
    found = {}
    for store, month, costs, sold, refunds, missing, unbilled, fees in book.rows(
        "analytics/four_walls", after=after, stores=list(chosen) if chosen is not None else None
    ):
        end = (month + timedelta(days=31)).replace(day=1)
        whole = span is not None and span.first <= month and end <= span.after
        of_subject = {one["subject"]: one["amount"] for one in costs}
        found[store] = FourWall(
            store,
            month,
            sold if whole and not missing else None,
            refunds if whole and not missing else None,
            fees if whole and not unbilled else None,
            of_subject,
        )
    return found
