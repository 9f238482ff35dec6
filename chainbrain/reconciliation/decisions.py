"""A person's word on differences and matches: append-only, the last one of a subject counts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Final

import polars as pl

from chainbrain.database.book import Book
from chainbrain.database.lock import who
from chainbrain.errors import UserError

VERDICTS: Final = {
    "difference": ("explain", "exclude", "timing", "reopen"),
    "match": ("accept", "reject"),
}


def write(book: Book, entry_id: int, subject_type: str, subject_ids: Sequence[str], *, verdict: str, note: str) -> None:
    """Write one decision per subject; the caller reconciles afterwards.

    Raises:
        UserError: ``decide.verdict`` for a verdict that the subject does not know, ``decide.unknown`` for subjects that
            are not in the book.
    """
    if verdict not in VERDICTS.get(subject_type, ()):
        raise UserError("decide.verdict", subject=subject_type, verdict=verdict)
    table = {"difference": "base.differences", "match": "base.matches"}[subject_type]
    with _subjects(book, subject_ids):
        unknown = book.one_of(
            "select count(*) from deciding "
            f"where subject_id not in (select cast({subject_type}_id as varchar) from {table})"
        )[0]
        if unknown:
            raise UserError("decide.unknown", subject=subject_type, count=int(unknown))
        book.run(
            "reconciliation/decide",
            entry_id=entry_id,
            now=datetime.now().replace(microsecond=0),
            who=who(),
            subject_type=subject_type,
            verdict=verdict,
            note=note or None,
        )


def apply_lightly(book: Book, subject_type: str, subject_ids: Sequence[str], verdict: str) -> bool:
    """Show a decision at once where it moves nothing but its own rows; says whether that was enough.

    Explaining a difference changes its own state only; leaving out a one-sided one moves its own row; accepting
    suggestions that have no rivals settles their rows. Anything else (rivals fall away, rows fall back) needs a run.
    """
    with _subjects(book, subject_ids):
        if subject_type == "difference" and verdict == "explain":
            book.run("reconciliation/decide_explain")
            return True
        name = {"difference": "decide_one_sided", "match": "decide_accept"}[subject_type]
        if verdict == "reject" or book.one(f"reconciliation/{name}_check") is None:
            return False
        book.run(f"reconciliation/{name}")
        return True


def _subjects(book: Book, subject_ids: Sequence[str]) -> AbstractContextManager[None]:
    return book.loaded("deciding", pl.DataFrame({"subject_id": list(subject_ids)}, schema={"subject_id": pl.String}))
