"""A person's word on differences and matches: append-only, the last one of a subject counts."""

from __future__ import annotations

from collections.abc import Sequence
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


def write(book: Book, entry_id: int, subject_type: str, subject_ids: Sequence[str], verdict: str, note: str) -> None:
    """Write one decision per subject; the caller reconciles afterwards.

    Raises:
        UserError: ``decide.verdict`` for a verdict that the subject does not know, ``decide.unknown`` for subjects that
            are not in the book.
    """
    if verdict not in VERDICTS.get(subject_type, ()):
        raise UserError("decide.verdict", subject=subject_type, verdict=verdict)
    wanted = pl.DataFrame({"subject_id": list(subject_ids)}, schema={"subject_id": pl.String})
    with book.loaded("deciding", wanted):
        unknown = book.one_of(
            f"select count(*) from deciding where subject_id not in (select cast({subject_type}_id as varchar) from base.{subject_type}es)"
            if subject_type == "match"
            else f"select count(*) from deciding where subject_id not in (select cast({subject_type}_id as varchar) from base.{subject_type}s)"
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
