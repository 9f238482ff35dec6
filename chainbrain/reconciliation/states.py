"""Lays the differences over the rows, writes every row's state once per leg, and holds law 1 against the result."""

from __future__ import annotations

from datetime import datetime

from chainbrain.database.book import Book
from chainbrain.reconciliation import scope


class LawBrokenError(RuntimeError):
    """Some row has no state, or several, at a leg that applies to it: a bug, nothing is kept."""


def write(book: Book, now: datetime) -> None:
    """Write states, differences and matches.

    Raises:
        LawBrokenError: Σ states is not Σ rows.
    """
    book.run("reconciliation/orders")
    book.run("reconciliation/final")
    book.run("reconciliation/standing")
    broken = book.rows("reconciliation/law")
    if broken and book.one_of("select bank_rests()")[0]:
        # What holds may have been written into by something else.
        raise scope.UnsureError("states")
    if broken:
        raise LawBrokenError(f"states and rows disagree: {broken}")
    scope.sure(book, "scope_unsure_states")
    known = book.one_of("select exists (from base.matches)")[0]
    merge = "merge_first" if not known else "merge" if book.one_of("select whole_run()")[0] else "merge_scope"
    book.run(f"reconciliation/{merge}", now=now)
