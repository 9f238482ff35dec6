"""The till side of the work list: sales without a number for which an answer is suggested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.database.book import Book


@dataclass(frozen=True)
class TenderItem:
    """One suggestion at the till that waits for a word.

    Attributes:
        match_id: the suggestion; of several answers the nearest in time.
        stage: why it is suggested, worded under ``proof.<stage>``.
        solutions: number of answers found.
        tender_id: its tender, the first of several.
        tenders: how many tenders it is about; equal rows are one suggestion.
        amount: what the till says was paid, yuan.
        gap: what the wallet says minus that.
        order_no: the till's order number of that tender.
    """

    match_id: str
    stage: str
    solutions: int
    tender_id: str
    tenders: int
    amount: Decimal
    gap: Decimal
    store_id: str | None
    channel: str
    order_no: str | None
    day: date | None

    @property
    def answer(self) -> str:
        """``single`` or ``several``."""
        return "single" if self.solutions == 1 else "several"


def worklist(book: Book, *, first: date | None = None, after: date | None = None) -> tuple[TenderItem, ...]:
    """Suggestions at the till that wait for a word, the oldest first."""
    rows = book.rows("reconciliation/tender_worklist", first=first, after=after)
    return tuple(
        TenderItem(str(match), stage, solutions, str(tender), *rest) for match, stage, solutions, tender, *rest in rows
    )


def states_fees(book: Book, record_id: str) -> bool:
    """Whether the bills behind a payment or payout state fees at all; those that do not cannot be audited."""
    found = book.one("reconciliation/fees_stated", record=record_id)
    return found is None or bool(found[0])
