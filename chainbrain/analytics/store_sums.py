"""What every store sold, was charged and is compared by in a period: the ground of the overview and of the league."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from chainbrain import kept_days
from chainbrain.analytics.periods import Period
from chainbrain.database.statements import statement_text

if TYPE_CHECKING:
    from chainbrain.database.book import Book


class StoreSums(NamedTuple):
    """One store in one period, amounts in yuan: the columns of ``queries/analytics/store_sums.sql``, in their order.

    What begins with ``now`` and ``base`` is of the days that can be compared only. Nothing where nothing is known.
    """

    store_id: str | None
    name: str | None
    city: str | None
    ownership: str | None
    opened_on: date | None
    format: str | None
    city_tier: str | None
    amount: Decimal | None
    orders: int | None
    refunds: Decimal | None
    fees: Decimal | None
    takings: Decimal | None
    now_amount: Decimal | None
    now_orders: int | None
    now_refunds: Decimal | None
    now_fees: Decimal | None
    now_takings: Decimal | None
    base_amount: Decimal | None
    base_orders: int | None
    base_refunds: Decimal | None
    base_fees: Decimal | None
    base_takings: Decimal | None
    compared_days: int
    calendar_days: list[date]
    expected_days: int
    missing_days: int
    part_days: int
    lacking: bool


def store_sums(book: Book, period: Period, stores: Sequence[str] | None = None) -> pl.DataFrame:
    """One row of ``StoreSums`` per store, by its number.

    Whichever stores are looked at, a reader asks for all of them once a period. A row without a name holds charges of
    no known store and nothing else; its number is one that no list knows, or none.
    """
    told = book.told((store_sums, period.first, period.after, period.shift), lambda: _store_sums(book, period))
    return told if stores is None else told.filter(pl.col("store_id").is_in(list(stores)))


def _store_sums(book: Book, period: Period) -> pl.DataFrame:
    days = kept_days.days_from(book, period.first, period.after, period.shift)
    sql = statement_text("analytics/store_sums").replace("{days}", days)
    return book.frame_of(sql, first=period.first, after=period.after, shift=period.shift)
