"""How far each store and month is on its way to nothing open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.database.book import Book

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Progress:
    """One store in one month, or several together.

    Attributes:
        store_id: the store; None for what belongs to no store (a company's bank account), or to several.
        month: first day of the month; None for several.
        found: items that there were to settle.
        settled: those a person or a rule has settled.
        open: those that are left.
        open_amount: what is open about them, absolute yuan.
    """

    store_id: str | None
    month: date | None
    found: int = 0
    settled: int = 0
    open: int = 0
    open_amount: Decimal = ZERO

    @property
    def done(self) -> bool:
        """Whether there was something to settle and nothing is left."""
        return self.found > 0 and self.open == 0


def progress(book: Book, first: date | None = None, after: date | None = None) -> tuple[Progress, ...]:
    """Every store and month that has something to settle, the newest month first; of a period only."""
    return tuple(Progress(*row) for row in book.rows("reconciliation/progress", first=first, after=after))


def together(parts: Iterable[Progress], store_id: str | None = None, month: date | None = None) -> Progress:
    """Add several up."""
    chosen = list(parts)
    return Progress(
        store_id,
        month,
        sum(one.found for one in chosen),
        sum(one.settled for one in chosen),
        sum(one.open for one in chosen),
        sum((one.open_amount for one in chosen), ZERO),
    )
