"""Daily receipts beside what was to be expected, for the chain and for every store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

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
        if self.amount is None or not self.complete or self.expected is None or not self.expected.middle:
            return None
        return half_up((self.amount - self.expected.middle) / self.expected.middle, 6)


@dataclass(frozen=True)
class StoreSeries:
    """One store's last days, oldest first; ``lacking`` names the sources missing on the last day."""

    store_id: str
    name: str
    days: tuple[Day, ...]
    lacking: tuple[str, ...]

    @property
    def deviation(self) -> Decimal | None:
        """How far the last day lies from what was expected; nothing when it is missing or nothing is known."""
        return self.days[-1].deviation if self.days else None


def chain(book: Book, period: Period, stores: Sequence[str] | None = None) -> tuple[Day, ...]:
    """The days of a period for all chosen stores together, from the first day on which any should be open."""
    return tuple(_day(row) for row in _rows(book, period, stores, by_store=False))


def by_store(book: Book, last: date, days: int = 28, stores: Sequence[str] | None = None) -> tuple[StoreSeries, ...]:
    """Every store's days up to ``last``, those farthest from the expected first, incomplete ones at the end."""
    period = ending(last, days)
    series: dict[str, list[Day]] = {}
    for row in _rows(book, period, stores, by_store=True):
        series.setdefault(row[0], []).append(_day(row))
    names = store_names(book)
    lacking: dict[str, list[str]] = {}
    for line in sources_on(book, last):
        if line.lacking:
            lacking.setdefault(line.store.store_id, []).append(line.source)
    found = [
        StoreSeries(store, names.get(store, store), tuple(line), tuple(lacking.get(store, ())))
        for store, line in series.items()
        if line[-1].day == last
    ]
    return tuple(sorted(found, key=_rank))


def _rank(series: StoreSeries) -> tuple[bool, Decimal, str]:
    distance = series.deviation
    return (bool(series.lacking) or distance is None, -abs(distance or Decimal(0)), series.store_id)


def _day(row: Row) -> Day:
    _, day, amount, orders, expected, present, low, middle, high = row
    known = Expected(low, middle, high) if middle is not None else None
    nothing = not present
    return Day(day, None if nothing else amount, None if nothing else orders, expected, present, known)


def _rows(book: Book, period: Period, stores: Sequence[str] | None, *, by_store: bool) -> list[Row]:
    # As columns first: thousands of decimals one by one took a sixth of the whole statement.
    chosen = list(stores) if stores is not None else None
    return book.frame(
        "analytics/day_series", first=period.first, after=period.after, by_store=by_store, stores=chosen
    ).rows()
