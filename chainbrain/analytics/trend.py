"""Daily receipts beside what was to be expected, for the chain and for every store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from chainbrain import day_lines
from chainbrain.analytics.completeness import sources_on, store_names
from chainbrain.analytics.periods import Period, ending
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book, Row


@dataclass(frozen=True)
class Expected:
    """The range to expect on one day, in yuan: eight of ten comparable days lay between ``low`` and ``high``.

    Comparable are the last eight ordinary days of the same weekday; all three are moved by the recent trend.
    It is the range of the stores that reported on the day; those that lack are in neither figure.
    """

    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True)
class Day:
    """One day of a series.

    ``amount`` is nothing when no expected store reported (missing is not zero); ``complete`` is false when some lack.
    ``expected`` is nothing on holidays and while there are fewer than four comparable days.
    """

    day: date
    amount: Decimal | None
    orders: int | None
    stores: int
    stores_present: int
    expected: Expected | None

    @property
    def complete(self) -> bool:
        """Whether every expected store reported."""
        return self.stores_present == self.stores

    @property
    def deviation(self) -> Decimal | None:
        """How far a complete day lies from the middle of its range, as a share (−0.214 is −21.4 %)."""
        return _apart(self.amount, self.expected.middle) if self.complete and self.expected else None


@dataclass(frozen=True)
class StoreSeries:
    """One store's last days, oldest first, in columns of one length; ``lacking`` names the sources missing on the last.

    Attributes:
        amounts, low, high: receipts and the range to expect in yuan, to be drawn: no sum is made of them. Receipts are
            nothing where the till file is missing (missing is not zero), the range where it is not known.
        last: receipts of the last day; nothing when it is missing.
        expected: the range of the last day; nothing where it is not known.
    """

    store_id: str
    name: str
    days: tuple[date, ...]
    amounts: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    last: Decimal | None
    expected: Expected | None
    lacking: tuple[str, ...]

    @property
    def deviation(self) -> Decimal | None:
        """How far the last day lies from what was expected; nothing when it is missing or nothing is known."""
        return _apart(self.last, self.expected.middle) if self.expected else None

    @property
    def outside(self) -> bool:
        """Whether the last day lies outside of the range to expect; false where either is not known."""
        if self.last is None or self.expected is None:
            return False
        return not self.expected.low <= self.last <= self.expected.high


def chain(book: Book, period: Period, stores: Sequence[str] | None = None) -> tuple[Day, ...]:
    """The days of a period for all chosen stores together, from the first day on which any should be open."""
    found = day_lines.frame(book, "analytics/day_series", period.first, period.after, stores, by_store=False)
    return tuple(_day(row) for row in found.rows())


def by_store(book: Book, last: date, days: int = 28) -> tuple[StoreSeries, ...]:
    """Every store's days up to ``last``, those farthest from the expected first, incomplete ones at the end."""
    period = ending(last, days)
    flat = day_lines.frame(book, "analytics/day_series", period.first, period.after, None, by_store=True)
    drawn = ("amount", "low", "high")
    found = (
        flat.with_columns(pl.when(pl.col("present") == pl.col("expected")).then("amount").alias("amount"))
        .group_by("line", maintain_order=True)
        .agg(
            "day",
            *(pl.col(name).cast(pl.Float64) for name in drawn),
            *(pl.last(name).alias(f"last_{name}") for name in (*drawn, "middle")),
        )
        .filter(pl.col("day").list.last() == last)
        .rows()
    )
    names = store_names(book)
    lacking: dict[str, list[str]] = {}
    for line in sources_on(book, last):
        if line.lacking:
            lacking.setdefault(line.store.store_id, []).append(line.source)
    series = (
        StoreSeries(
            store,
            names.get(store) or str(store),
            tuple(on),
            tuple(amounts),
            tuple(low),
            tuple(high),
            sold,
            _expected(lowest, middle, highest),
            tuple(lacking.get(store, ())),
        )
        for store, on, amounts, low, high, sold, lowest, highest, middle in found
    )
    return tuple(sorted(series, key=_rank))


def _rank(series: StoreSeries) -> tuple[bool, Decimal, str]:
    distance = series.deviation
    return (bool(series.lacking) or distance is None, -abs(distance or Decimal(0)), series.store_id)


def _apart(amount: Decimal | None, middle: Decimal | None) -> Decimal | None:
    return half_up((amount - middle) / middle, 6) if amount is not None and middle else None


def _day(row: Row) -> Day:
    _, day, amount, orders, expected, present, low, middle, high = row
    nothing = not present
    known = _expected(low, middle, high)
    return Day(day, None if nothing else amount, None if nothing else orders, expected, present, known)


def _expected(low: Decimal | None, middle: Decimal | None, high: Decimal | None) -> Expected | None:
    return Expected(low, middle, high) if low is not None and middle is not None and high is not None else None
