"""What every store sold, was charged and is compared by in a period: the ground of the overview and of the league."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from chainbrain import day_lines
from chainbrain.analytics.periods import Period
from chainbrain.database.statements import statement_text

if TYPE_CHECKING:
    from chainbrain.database.book import Book


def by_store(book: Book, period: Period, stores: Sequence[str] | None = None) -> pl.DataFrame:
    """One row per store, by its number; the columns are those of ``queries/analytics/by_store.sql``, amounts in yuan.

    Whichever stores are looked at, a reader asks for all of them once a period. Charges of no known store have a row
    without a name, in which nothing but them is.
    """
    told = book.told((by_store, period.first, period.after, period.shift), lambda: _by_store(book, period))
    return told if stores is None else told.filter(pl.col("store_id").is_in(list(stores)))


def _by_store(book: Book, period: Period) -> pl.DataFrame:
    days = day_lines.days_from(book, period.first, period.after, period.shift)
    sql = statement_text("analytics/by_store").replace("{days}", days)
    return book.frame_of(sql, first=period.first, after=period.after, shift=period.shift)
