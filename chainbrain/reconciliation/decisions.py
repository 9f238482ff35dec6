"""A person's word on differences and matches: append-only, the last one of a subject counts."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from chainbrain import clock, facts
from chainbrain.database.book import Book
from chainbrain.database.lock import who
from chainbrain.errors import UserError
from chainbrain.reconciliation import groups
from chainbrain.reconciliation.groups import Member

VERDICTS: Final = {
    "difference": ("explain", "exclude", "timing", "reopen"),
    "match": ("accept", "reject", "match", "unmatch", "split"),
}
"""What can be said. A difference: explain writes it off with a reason, timing expects it on a day. A match: ``match``
puts members together, ``unmatch`` takes a confirmed one apart, ``split`` takes members out of it."""

WITH_REASON: Final = ("explain", "exclude")
"""What takes money out of what is open for good stands on its reason."""

_TABLES: Final = {"difference": "base.differences", "match": "base.matches"}


@dataclass(frozen=True)
class Decision:
    """What a person says.

    Attributes:
        subject_type: ``difference`` or ``match``.
        subject_ids: their ids as text; none for ``match``, one for ``split``.
        verdict: one of ``VERDICTS``.
        note: why, in the person's words.
        members: of ``match`` the whole group, of ``split`` what is taken out.
        expected_on: of ``timing`` the day on which it is expected.
    """

    subject_type: str
    subject_ids: tuple[str, ...]
    verdict: str
    note: str = ""
    members: tuple[Member, ...] = ()
    expected_on: date | None = None

    def facts(self) -> dict[str, object]:
        """What the history keeps of it."""
        facts: dict[str, object] = {
            "subject": self.subject_type,
            "verdict": self.verdict,
            "count": len(self.members) or len(self.subject_ids),
            "note": self.note,
        }
        if self.expected_on is not None:
            facts["expected_on"] = self.expected_on
        return facts


def write(book: Book, entry_id: int, word: Decision) -> None:
    """Write one decision per subject; the caller reconciles afterwards.

    Raises:
        UserError: ``decide.verdict`` for a verdict that the subject does not know, ``decide.unknown`` for subjects that
            are not in the book, ``decide.note_missing`` for what has no reason and needs one, ``decide.day_elsewhere``
            for a day that belongs to no timing, ``decide.day_past`` for one that is over, ``decide.not_confirmed`` for
            taking apart what does not hold, and what ``groups`` says of a group.
    """
    if word.verdict not in VERDICTS.get(word.subject_type, ()):
        raise UserError("decide.verdict", subject=word.subject_type, verdict=word.verdict)
    if word.verdict in WITH_REASON and not word.note.strip():
        raise UserError("decide.note_missing", verdict=word.verdict)
    if word.expected_on is not None and word.verdict != "timing":
        raise UserError("decide.day_elsewhere", verdict=word.verdict)
    if word.expected_on is not None and word.expected_on < clock.today():
        # Nothing arrives on a day that is over; it would be overdue the moment it is written down.
        raise UserError("decide.day_past", day=word.expected_on)
    if word.verdict == "match":
        _say(book, entry_id, word, [groups.put_together(book, entry_id, word.members, word.note.strip())])
    elif word.verdict == "split":
        if len(word.subject_ids) != 1:
            raise UserError("decide.split_one")
        left = groups.without(book, word.subject_ids[0], word.members)
        _say(book, entry_id, word, word.subject_ids, "reject")
        rest = groups.put_together(book, entry_id, left, word.note.strip())
        _say(book, entry_id, word, [rest], "match")
    else:
        _known(book, word)
        _say(book, entry_id, word, word.subject_ids, "reject" if word.verdict == "unmatch" else word.verdict)
    if word.subject_type == "match":
        groups.hold_apart(book, entry_id)


def told(book: Book, word: Decision) -> dict[str, object]:
    """What the history keeps of a word: what was said, and what it is about while that still stands there."""
    ids = () if word.members else word.subject_ids
    lines = [one.record_id for one in word.members if one.record_type == "bank_line"]
    with _subjects(book, ids):
        found = book.one("reconciliation/decided_about", subject=word.subject_type, lines=lines)
    amount, store, code = found or (None, None, None)
    about = {"amount": None if amount is None else f"{amount:.2f}", "store": store, "code": code}
    return word.facts() | {name: value for name, value in about.items() if value is not None}


def apply_lightly(book: Book, word: Decision) -> bool:
    """Show a decision at once where it moves nothing but its own rows; says whether that was enough.

    Explaining an open difference changes its own state only; leaving out a one-sided one moves its own row; accepting
    suggestions that have no rivals settles their rows. Anything else (rivals fall away, rows fall back) needs a run.
    """
    name = {"explain": "decide_explain", "accept": "decide_accept"}.get(word.verdict, "decide_one_sided")
    if word.subject_type == "match" and word.verdict != "accept":
        return False
    with _subjects(book, word.subject_ids):
        if book.one(f"reconciliation/{name}_check") is None:
            return False
        book.run(f"reconciliation/{name}")
        # What came short on a payout is money on its way until somebody writes it off; a deposit may clear an opening.
        short = book.one("reconciliation/decides_short") is not None
    facts.said(book, money_moved=short or word.verdict == "accept")
    return True


def unknown(book: Book, subject_type: str, subject_ids: Sequence[str]) -> tuple[str, ...]:
    """Those of the ids that name no difference or match of the book."""
    with _subjects(book, subject_ids):
        found = book.rows_of(
            "select distinct subject_id from deciding where subject_id not in "
            f"(select cast({subject_type}_id as varchar) from {_TABLES[subject_type]}) order by 1"
        )
    return tuple(number for (number,) in found)


def _known(book: Book, word: Decision) -> None:
    strangers = unknown(book, word.subject_type, word.subject_ids)
    if strangers:
        raise UserError("decide.unknown", subject=word.subject_type, count=len(strangers))
    if word.verdict == "unmatch":
        with _subjects(book, word.subject_ids):
            loose = book.rows_of(
                "select subject_id from deciding where subject_id not in "
                "(select cast(match_id as varchar) from base.matches where state = 'confirmed') order by 1 limit 1"
            )
        if loose:
            raise UserError("decide.not_confirmed", match=loose[0][0])


def _say(book: Book, entry_id: int, word: Decision, subject_ids: Sequence[str], verdict: str | None = None) -> None:
    with _subjects(book, subject_ids):
        book.run(
            "reconciliation/decide",
            entry_id=entry_id,
            now=datetime.now().replace(microsecond=0),
            who=who(),
            subject_type=word.subject_type,
            verdict=verdict or word.verdict,
            note=word.note.strip() or None,
            expected_on=word.expected_on,
        )


def _subjects(book: Book, subject_ids: Sequence[str]) -> AbstractContextManager[None]:
    return book.loaded("deciding", pl.DataFrame({"subject_id": list(subject_ids)}, schema={"subject_id": pl.String}))
