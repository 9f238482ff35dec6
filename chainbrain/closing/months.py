"""Which months a book has, which of them are closed, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from chainbrain.database.book import Book
from chainbrain.errors import UserError

OPEN, CLOSED, REOPENED = "open", "closed", "reopened"


@dataclass(frozen=True)
class MonthState:
    """One month.

    Attributes:
        month: its first day.
        state: ``open``, ``closed``, or ``reopened`` when it was closed before and is open now.
        version: how often it was closed; 0 for never.
        signed_by: who signed the latest version; nothing when it was never closed.
        signed_at: when.
        reason: why it was signed although something was missing or, for a reopened month, why it was opened again.
        accepted: what was missing then, as keys of the steps.
        entry_id: the history entry of the latest close.
    """

    month: date
    state: str
    version: int = 0
    signed_by: str | None = None
    signed_at: datetime | None = None
    reason: str | None = None
    accepted: tuple[str, ...] = ()
    entry_id: int | None = None

    @property
    def closed(self) -> bool:
        """Whether it is locked now."""
        return self.state == CLOSED

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return next_month(self.month)

    @property
    def days(self) -> int | None:
        """How many days after its end it was signed; nothing while it is open."""
        return (self.signed_at.date() - self.after).days + 1 if self.closed and self.signed_at else None


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def last_month(month: date) -> date:
    """The first day of the month before."""
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def months(book: Book) -> tuple[MonthState, ...]:
    """Every month from which the book has rows, the earliest first."""
    return tuple(
        MonthState(month, state, version or 0, who, at, reason, tuple(accepted or ()), entry)
        for month, state, version, who, at, reason, accepted, entry in book.rows("closing/months")
    )


def state_of(book: Book, month: date) -> MonthState:
    """One month.

    Raises:
        UserError: ``close.no_data`` when the book has nothing of it.
    """
    first = month.replace(day=1)
    found = next((one for one in months(book) if one.month == first), None)
    if found is None:
        raise UserError("close.no_data", month=f"{month:%Y-%m}")
    return found


def closed_up_to(book: Book) -> date | None:
    """The first day that is not locked; nothing when no month is closed."""
    found = book.one_of("select max(month) from base.standing_closes")[0]
    return next_month(found) if found else None


def signer(book: Book) -> str | None:
    """Who signed last, to be proposed the next time; nothing before the first close."""
    found = book.rows_of("select signed_by from base.month_closes order by entry_id desc limit 1")
    return str(found[0][0]) if found else None
