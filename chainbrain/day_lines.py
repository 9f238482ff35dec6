"""The lines of every store, and of all together: each day beside the range to expect (``kept_days`` keeps them)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from chainbrain.database.statements import statement_text
from chainbrain.kept_days import span

if TYPE_CHECKING:
    import polars as pl

    from chainbrain.database.book import Book

ALL: Final = ""
"""The line of all stores together."""
_KEPT: Final = (
    "(from base.day_lines where day >= $first and day < $after"
    " and if($lines is null, line <> '', line in (select unnest($lines::varchar[]))))"
)
_ANEW: Final = "base.day_lines_of($first, $after, $by_store, $lines)"


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
