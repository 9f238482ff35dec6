"""How the receipts divide: by sales channel, by daypart, by means of payment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.analytics.overview import ZERO, ticket
from chainbrain.analytics.periods import Change, Period
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Part:
    """One part of the receipts, in yuan; ``share`` of the whole is between 0 and 1.

    ``change`` covers the days that can be compared; means of payment have none.
    """

    key: str
    receipts: Decimal
    orders: int
    ticket: Decimal | None
    refunds: Decimal
    share: Decimal | None
    change: Change


@dataclass(frozen=True)
class Paid:
    """The orders that were paid for, each once, and their ``receipts`` in yuan."""

    orders: int
    receipts: Decimal


@dataclass(frozen=True)
class Mix:
    """All parts, the largest first; they add up to ``total``.

    By ``method`` the total is what the tills say was paid: a tender rung twice or short shows as the distance to the
    receipts, which are the orders. ``paid`` tells it then; an order paid in two ways stands in two parts, so ``orders``
    is the number of orders, not the sum of the parts.
    """

    by: str
    parts: tuple[Part, ...]
    total: Decimal
    paid: Paid | None = None

    @property
    def apart(self) -> Decimal:
        """By how much more, or less where it is negative, was paid than the orders came to; in yuan."""
        return self.total - self.paid.receipts if self.paid is not None else ZERO

    @property
    def orders(self) -> int:
        """How many orders there are, each once."""
        return self.paid.orders if self.paid is not None else sum(part.orders for part in self.parts)


def mix(book: Book, period: Period, by: str = "channel", stores: Sequence[str] | None = None) -> Mix:
    """Divide the receipts of a period.

    Args:
        book: the book to read.
        period: the business days to add up; compared with ``period.base``.
        by: ``channel`` (where it was sold), ``daypart``, or ``method`` (how it was paid; refunds by the sale's day).
        stores: only these store numbers; all when left out.
    """
    chosen = list(stores) if stores is not None else None
    paid = None
    if by == "method":
        ((orders, receipts),) = book.rows(
            "analytics/sold_in_all", first=period.first, after=period.after, stores=chosen
        )
        paid = Paid(int(orders), receipts)
        rows = book.rows("analytics/methods", first=period.first, after=period.after, stores=chosen)
    else:
        rows = book.rows(
            "analytics/mix", first=period.first, after=period.after, shift=period.shift, by=by, stores=chosen
        )
    total = sum((row[1] for row in rows), ZERO)
    parts = tuple(
        Part(
            key,
            amount,
            int(orders),
            ticket(amount, orders),
            refunds,
            half_up(amount / total, 6) if total else None,
            Change(now, base),
        )
        for key, amount, orders, refunds, now, base in rows
    )
    return Mix(by, parts, total, paid)
