"""What each merchant number took in a month, what of it arrived at the bank and what is still open (到账核对表)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain import facts

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Arrival:
    """One merchant number in one month: opening + gross − refunds − fees + other − received = closing, in yuan.

    What cannot be known is nothing: ``received`` without a bank statement, or without a ledger or payouts to hold
    against it; ``opening`` and ``closing`` once a month before is not known.

    Attributes:
        merchant: the number as it is compared, ``-`` for what cannot be told apart by number.
        store_id: the store, when the number serves exactly one; ``store`` is its name.
        stores: how many stores it serves.
        coming: of what is still open what is not due yet, or has no day on which it is due.
        late: of it what was due and did not arrive; below zero where deposits beyond an opening are more than that.
        short: of it what payouts lacked when they arrived; nobody is to wait for it.
        unsettled: what is still open, added up row by row on its own: coming + late + short.
        unexplained: closing less what is still open; anything but zero is to be looked into.
        remarks: keys of the vocabulary that say what is not known.
    """

    month: date
    channel: str
    merchant: str
    store_id: str | None
    store: str | None
    stores: int
    opening: Decimal | None
    gross: Decimal
    refunds: Decimal
    fees: Decimal
    other: Decimal
    received: Decimal | None
    closing: Decimal | None
    coming: Decimal | None
    late: Decimal | None
    short: Decimal | None
    unsettled: Decimal | None
    unexplained: Decimal | None
    remarks: tuple[str, ...]


def arrivals(
    book: Book,
    first: date | None = None,
    after: date | None = None,
    *,
    stores: Sequence[str] | None = None,
    channel: str | None = None,
    merchant: str | None = None,
) -> tuple[Arrival, ...]:
    """All merchant numbers month by month; the months of ``first`` to the one before ``after``."""
    rows = facts.rows_with_flows(
        book,
        "analytics/arrivals",
        first=first,
        after=after,
        stores=None if stores is None else list(stores),
        channel=channel,
        merchant=merchant,
    )
    return tuple(Arrival(*[*row[:-1], tuple((row[-1] or "").splitlines())]) for row in rows)
