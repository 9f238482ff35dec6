"""What may no longer be said or taken back because a closed month stands on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from chainbrain.closing.months import closed_up_to
from chainbrain.database.book import Book
from chainbrain.errors import UserError

# Entries whose rows say where old rows belong, or how their money comes: a closed month was reckoned by them.
_ATTRIBUTING: Final = frozenset({"place", "habit"})
# Under what name entries tell the day from which they count.
_DATED: Final = ("valid_from", "day", "first")


def word(book: Book, subject_type: str, subject_ids: Sequence[str], records: Sequence[str] = ()) -> None:
    """See that a word on differences, matches or a group of records is about an open month.

    What was found in a closed month stays as it was locked. What was still on its way to the bank then was carried into
    the next month and can be spoken about there.

    Args:
        book: the book.
        subject_type: ``difference`` or ``match``.
        subject_ids: their ids.
        records: the records that somebody puts together or takes apart.

    Raises:
        UserError: ``close.subject_closed`` with the month.
    """
    after = closed_up_to(book)
    if after is None:
        return
    if subject_type == "difference":
        found = book.one("closing/guard_difference", subjects=list(subject_ids))
    else:
        found = book.one("closing/guard_match", subjects=list(subject_ids), records=list(records), after=after)
    if found is not None and found[0] is not None:
        raise UserError("close.subject_closed", month=f"{found[0]:%Y-%m}")


def entry(book: Book, entry_id: int, kind: str, facts: Mapping[str, Any], *, again: bool = False) -> None:
    """See that taking an entry back, or doing it again, moves no closed month.

    Raises:
        UserError: ``close.entry_closed`` with the month, ``close.subject_closed`` for a decision.
    """
    after = closed_up_to(book)
    if after is None:
        return
    if kind == "decide":
        subjects = book.rows_of(
            "select subject_type, cast(subject_id as varchar) from base.decisions where entry_id = $entry",
            entry=entry_id,
        )
        for subject_type in {one for one, _ in subjects}:
            word(book, subject_type, [one for of, one in subjects if of == subject_type])
        kept = book.rows_of(
            "select max(c.month) from base.month_decisions d join base.standing_closes c on c.entry_id = d.entry_id "
            "where d.decision_entry = $entry",
            entry=entry_id,
        )[0][0]
        if kept is not None:
            raise UserError("close.entry_closed", entry=entry_id, month=f"{kept:%Y-%m}")
        return
    held = _held(book, entry_id, kind, facts, after, again=again)
    if held is not None:
        raise UserError("close.entry_closed", entry=entry_id, month=f"{held:%Y-%m}")


def day(book: Book, first: date | None) -> None:
    """See that something new that counts from a day on, or without one always, leaves every closed month as it is.

    Raises:
        UserError: ``close.day_closed`` with the first closed month that it would move, and the first open day.
    """
    after = closed_up_to(book)
    if after is not None and (first is None or first < after):
        (held,) = book.one_of(
            "select min(month) from base.standing_closes where month + interval 1 month > $first",
            first=first or date.min,
        )
        raise UserError("close.day_closed", month=f"{held:%Y-%m}", first=after)


def place(book: Book, entry_id: int) -> None:
    """See that the words of an entry on where rows belong move none that a closed month counted.

    Raises:
        UserError: ``close.day_closed`` with the first closed month that they would move, and the first open day.
    """
    after = closed_up_to(book)
    if after is None:
        return
    found = book.one("closing/guard_place", entry=entry_id)
    if found is not None and found[0] is not None:
        raise UserError("close.day_closed", month=f"{found[0]:%Y-%m}", first=after)


def _held(book: Book, entry_id: int, kind: str, facts: Mapping[str, Any], after: date, *, again: bool) -> date | None:
    """The closed month that stands on an entry."""
    if kind == "import":
        # Doing an import again brings late rows, which count in the next open month.
        found = None if again else book.one("closing/guard_import", entry=entry_id, after=after)
        month: date | None = found[0] if found is not None else None
        return month
    last_close = book.one_of("select max(month), max(entry_id) from base.standing_closes")
    if kind in _ATTRIBUTING:
        # One that was written after the close says nothing that was locked.
        return last_close[0] if entry_id < last_close[1] or again else None
    dated = next((facts[name] for name in _DATED if facts.get(name)), None)
    if dated is None:
        # A rule of splits that holds always.
        return last_close[0] if kind == "split_rule" and entry_id < last_close[1] else None
    first = date.fromisoformat(str(dated))
    return first.replace(day=1) if first < after and kind != "festival" else None
