"""When the stores are busy: the average hour of every weekday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.analytics.overview import ZERO
from chainbrain.analytics.periods import Period
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Hour:
    """One weekday (1 is Monday) and hour of the day: yuan and orders of the average such day."""

    weekday: int
    hour: int
    receipts: Decimal
    orders: Decimal


@dataclass(frozen=True)
class HeatMap:
    """All hours with sales; averages in yuan a day. ``weekday_totals`` maps 1–7 to the whole average day."""

    period: Period
    hours: tuple[Hour, ...]
    weekday_totals: dict[int, Decimal]
    weekday_average: Decimal | None
    weekend_average: Decimal | None

    @property
    def busiest(self) -> Hour | None:
        """The hour with the highest average receipts; the earlier one when two are equal."""
        return max(self.hours, key=lambda h: (h.receipts, -h.weekday, -h.hour), default=None)

    @property
    def first_hour(self) -> int:
        """The first hour of the day with sales on any weekday."""
        return min((h.hour for h in self.hours), default=0)

    @property
    def last_hour(self) -> int:
        """The last hour of the day with sales on any weekday."""
        return max((h.hour for h in self.hours), default=23)


def heatmap(book: Book, period: Period, stores: Sequence[str] | None = None) -> HeatMap:
    """Average the hours of a period by weekday, over the days on which any chosen store sold.

    Args:
        book: the book to read.
        period: the days to average.
        stores: only these store numbers, added up; all when left out.
    """
    rows = book.rows(
        "analytics/heatmap", first=period.first, after=period.after, stores=list(stores) if stores is not None else None
    )
    hours = tuple(
        Hour(weekday, hour, half_up(amount / days), half_up(Decimal(orders) / days))
        for weekday, hour, amount, orders, days in rows
    )
    sums: dict[int, Decimal] = {}
    days_of: dict[int, int] = {}
    for weekday, _, amount, _, days in rows:
        sums[weekday] = sums.get(weekday, ZERO) + amount
        days_of[weekday] = days
    return HeatMap(
        period=period,
        hours=hours,
        weekday_totals={weekday: half_up(amount / days_of[weekday]) for weekday, amount in sums.items()},
        weekday_average=_average(sums, days_of, range(1, 6)),
        weekend_average=_average(sums, days_of, range(6, 8)),
    )


def _average(sums: dict[int, Decimal], days_of: dict[int, int], weekdays: range) -> Decimal | None:
    days = sum(days_of.get(weekday, 0) for weekday in weekdays)
    return half_up(sum((sums.get(weekday, ZERO) for weekday in weekdays), ZERO) / days) if days else None
