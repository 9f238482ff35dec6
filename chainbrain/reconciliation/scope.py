"""Which rows a reconciliation has to look at: those that were touched, with everything that shares a number with them.

A row's partner depends on the rows that bear its numbers, on what is open around it, and on what is known of its till,
merchant and channel as a whole. The first two are brought into scope; the last is kept from one run to the next, and
where it may have become another, everything is matched anew. So the result is always that of a full run.
"""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Final

import polars as pl

from chainbrain.database.book import Book
from chainbrain.database.statements import QUERIES

# Of more of the book than this everything is looked at: it takes no longer.
MOST: Final = 0.4
ROUNDS: Final = 40


class UnsureError(Exception):
    """The rows in scope do not tell whether others would be matched otherwise; ``reason`` says what about."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def survey(book: Book) -> None:
    """Count the rows of every file and note what decides about all of them; before ``touched`` and ``remember``."""
    for step in ("scope_files", "scope_known", "scope_same", "bank_ground"):
        book.run(f"reconciliation/{step}")


def everything(book: Book) -> None:
    """Put every row in scope."""
    book.run("reconciliation/scope_all")


def touched(book: Book) -> int:
    """Put what was touched in scope, with its components; returns how many rows that are.

    Raises:
        UnsureError: ``first``, ``rows_gone``, ``split_payouts``, ``too_much``, or the name of what decides about rows
            all over the book and has changed.
    """
    before: dict[str, str] = dict(
        book.rows_of("select split_part(key, ':', 1), key from base.reconciled_facts where kind = 'same'")
    )
    if not before:
        raise UnsureError("first")
    if book.rows_of("select 1 from base.reconciled_files anti join r_files using (file_id, rows_there) limit 1"):
        raise UnsureError("rows_gone")
    now = _same(book)
    changed = next((name for name in sorted(before) if before[name] != now[name]), None)
    if changed is not None:
        raise UnsureError(changed)
    book.run("reconciliation/scope_seeds")
    if book.one("reconciliation/scope_handed_on") is not None:
        raise UnsureError("split_payouts")
    book.execute(f"create or replace temp macro bank_rests() as {book.one('reconciliation/bank_rests') == (True,)}")
    _with_what_goes_along(book)
    for _ in range(ROUNDS):
        _within(book)
        if book.one("reconciliation/scope_cash_here") == (True,):
            book.run("reconciliation/scope_cash")
        book.run("reconciliation/scope_round")
        if not book.one_of("select exists (from r_fresh)")[0]:
            break
    else:
        raise UnsureError("too_much")
    book.run("reconciliation/scope_close")
    return _within(book)


def _with_what_goes_along(book: Book) -> None:
    for step in ("scope_places", "scope_days"):
        book.run(f"reconciliation/{step}")
    asked = ("r_asked_tenders", "r_counted_days", "r_new_till_days")
    if any(book.one_of(f"select exists (from {name})")[0] for name in asked):
        book.run("reconciliation/scope_whole_days")
    for step in ("scope_with_them", "scope_places", "scope_first"):
        book.run(f"reconciliation/{step}")


def sure(book: Book, *names: str) -> None:
    """See that nothing out of scope would be matched otherwise; nothing to see where everything is in scope.

    Raises:
        UnsureError: it might.
    """
    if book.one_of("select whole_run()")[0]:
        return
    for name in names:
        found = book.one(f"reconciliation/{name}")
        if found is not None:
            raise UnsureError(str(found[0]))


def moved_some(book: Book) -> bool:
    """Whether money on its way is another only at some numbers, which then stand in ``moved_numbers``."""
    book.run("reconciliation/moved_numbers")
    return book.one("reconciliation/money_elsewhere_rests") == (True,)


def remember(book: Book) -> None:
    """Keep what this reconciliation went by."""
    book.run("reconciliation/scope_remember")
    says = _same(book) | {"files_owned": _same(book)["files_now"].replace("files_now", "files_owned")}
    same = pl.DataFrame({"kind": "same", "key": [says[name] for name in sorted(says) if name != "files_now"]})
    book.append("base.reconciled_facts", same)


def _within(book: Book) -> int:
    found, total = book.one("reconciliation/scope_extent") or (0, 0)
    if found > total * MOST:
        raise UnsureError("too_much")
    return int(found)


def _same(book: Book) -> dict[str, str]:
    """What decides about rows all over the book, by name; the statements themselves are part of it."""
    says = {name: f"{name}:{value}" for name, value in book.rows_of("from r_same")}
    return {**says, "program": f"program:{_statements()}"}


@cache
def _statements() -> str:
    digest = hashlib.sha256()
    for folder in ("attribution", "reconciliation"):
        for path in sorted((QUERIES / folder).glob("*.sql")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
