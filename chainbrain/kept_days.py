"""What is kept of stores and days, so that no screen works it out: stores, contracts, sums of a day, lines to expect.

All of it always is what it would be anew. Every day has two marks, over what its lines and what its sums are made of;
when a mark is another than it was, the day is summed up anew, and it and the 140 after it (16 weeks to compare with,
four of trend) have their lines reckoned anew.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_DAY: Final = timedelta(days=1)
_REACH: Final = timedelta(days=140)
# So many days are reckoned at once: each portion reads 140 days more than it writes.
_PORTION: Final = timedelta(days=120)


def keep(book: Book) -> None:
    """Reckon anew what moved since the last time; inside the transaction that moved it."""
    # Everything below asks which stores there are.
    book.run("facts/known")
    first, after = span(book)
    if first is None or after is None:
        for kept in ("day_lines", "day_sums", "day_marks"):
            book.execute(f"delete from base.{kept}")
        return
    book.run("facts/marks", first=first, after=after)
    moved, last, line_moved, line_last = book.one("facts/marks_moved", first=first, after=after) or (None,) * 4
    # Without any day that moved there is none to rewrite. The sums first: the lines are reckoned of their states.
    until = moved and last + _DAY
    book.run("facts/marks_kept", first=first, after=after, moved=moved or after, until=until or after)
    if line_moved is not None:
        begin, end = max(first, line_moved), min(after, line_last + _REACH + _DAY)
        while begin < end:
            portion = min(begin + _PORTION, end)
            book.run("facts/lines", first=begin, after=portion)
            begin = portion


def span(book: Book) -> tuple[date | None, date | None]:
    """The first day that is kept and the day after the last; nothing for a book without sales and till files."""
    first, after, _ = book.told(_span, lambda: _span(book))
    return first, after


def days_from(book: Book, first: date, after: date, shift: int) -> str:
    """What a statement that compares [first, after) with the days ``shift`` before reads the days of all stores from.

    What is named has the columns of ``base.day_sums`` and at least the days of [first, after) and, before them, every
    day on which a store is full. The statement's parameters are called ``$first``, ``$after`` and ``$shift``.
    """
    kept, until, known = book.told(_span, lambda: _span(book))
    if kept is not None and until is not None and known is not None:
        begin = kept - _REACH
        # Nothing is full before anything is known. To ask the files of days that are not kept takes long even for none.
        if begin <= first and after <= until and begin <= max(first - timedelta(days=shift), known):
            return "base.day_sums"
    return "base.day_sums_in($first - $shift, $after)"


def _span(book: Book) -> tuple[date | None, date | None, date | None]:
    first, after, known = book.one_of("select first_day, after_day, known_from from base.day_lines_span")
    return first, after, known
