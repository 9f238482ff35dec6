"""The kept stores and their days, each and all together, beside the range to expect: always what they would be anew.

They rest on the daily facts, the stores and the holidays. Every day has a mark over what is read of it; when a mark is
another than it was, that day and the 140 after it (16 weeks to compare with, four of trend) are reckoned anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chainbrain.database.statements import statement_text

if TYPE_CHECKING:
    import polars as pl

    from chainbrain.database.book import Book

ALL: Final = ""
"""The line of all stores together."""
_DAY: Final = timedelta(days=1)
_REACH: Final = timedelta(days=140)
# So many days are reckoned at once: each portion reads 140 days more than it writes.
_PORTION: Final = timedelta(days=120)
_KEPT: Final = (
    "(from base.day_lines where day >= $first and day < $after"
    " and if($lines is null, line <> '', line in (select unnest($lines::varchar[]))))"
)
_ANEW: Final = "base.day_lines_of($first, $after, $by_store, $lines)"


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
    """What a statement reads the days of all stores from that compares [first, after) with the days ``shift`` before.

    It has the columns of ``base.day_sums``, of at least: the days of [first, after), and the full ones before them.
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


def frame(
    book: Book, name: str, first: date, after: date, stores: Sequence[str] | None, *, by_store: bool, **params: object
) -> pl.DataFrame:
    """The result of ``queries/<name>.sql``, where ``{lines}`` are the lines of [first, after).

    A line's day has: line, day, amount, orders, expected, present, low, middle, high; amounts in yuan.

    Args:
        book: the book to read.
        name: the statement.
        first: the first day.
        after: the day after the last.
        stores: only these store numbers; all when left out.
        by_store: one line per store, or one of the stores together.
        params: other values of the statement.
    """
    chosen = list(stores) if stores is not None else None
    known, until = span(book)
    within = known is not None and until is not None and known <= first and after <= until
    # Of some stores together nothing is kept: their ranges are no sum of the stores' own.
    if within and (by_store or chosen is None or len(chosen) == 1):
        lines, params = _KEPT, {**params, "lines": chosen if by_store else chosen or [ALL]}
    else:
        lines, params = _ANEW, {**params, "by_store": by_store, "lines": chosen}
    return book.frame_of(statement_text(name).replace("{lines}", lines), first=first, after=after, **params)
