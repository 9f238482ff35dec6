"""What is known of a row that has no match: what a payout is made of, and which row a duplicate repeats."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from chainbrain.database.book import Book
from chainbrain.reconciliation.evidence import Line, expected_of


@dataclass(frozen=True)
class Expected:
    """A payout or withdrawal that should arrive.

    Attributes:
        lines: takings, refunds and charges; the last line is what should arrive, their sum.
        number: what its file calls it.
        file: where it stands.
        line: in which row; None where a payout is made of many.
    """

    lines: tuple[Line, ...]
    number: str
    file: str
    line: int | None


def expected(book: Book, record_id: str) -> Expected | None:
    """What a payout or withdrawal is made of; None for any other record."""
    row = book.one("reconciliation/expected_record", record=record_id)
    if row is None:
        return None
    *member, number, file, line = row
    return Expected(tuple(expected_of(book, tuple(member))), number or "", file or "", line)


def moved(book: Book) -> dict[str, tuple[Decimal, str]]:
    """Per difference of a sale that was paid in another store: how much, and in which."""
    return {str(key): (amount, store or "") for key, amount, store in book.rows("reconciliation/moved")}


def twins(book: Book, record_id: str) -> tuple[tuple[str, str], ...]:
    """The matched rows that a duplicate repeats, each with its match."""
    return tuple((str(record), str(match)) for record, match in book.rows("reconciliation/twins", record=record_id))
