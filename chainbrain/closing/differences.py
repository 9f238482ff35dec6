"""The differences that count in a month: as they are, or as they stood when it was locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.closing.months import MonthState, next_month
from chainbrain.database.book import Book


@dataclass(frozen=True)
class Found:
    """One difference that counts in a month; ``prior`` when its day lies in a month closed before it came up."""

    difference_id: str
    code: str
    state: str
    cause: str | None
    store_id: str | None
    channel: str | None
    business_day: date | None
    due_on: date | None
    amount: Decimal
    record_type: str
    record_id: str
    note: str | None
    step: str
    prior: bool


def of_month(book: Book, month: date) -> tuple[Found, ...]:
    """The differences that count in a month."""
    return tuple(Found(*row) for row in book.rows("closing/differences", first=month, after=next_month(month)))


def locked(book: Book, state: MonthState) -> tuple[Found, ...]:
    """The differences of a closed month as they stood when it was locked."""
    return tuple(Found(*row) for row in book.rows("closing/differences_kept", entry=state.entry_id, first=state.month))
