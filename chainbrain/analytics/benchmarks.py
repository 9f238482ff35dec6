"""A store's own figures beside what sources say of the industry; nothing is averaged, and nothing is made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.analytics.stores import LeagueRow
    from chainbrain.database.book import Book

METRICS: Final = (
    "take_rate", "ticket", "refund_rate", "rent_ratio", "labour_ratio", "materials_ratio", "utilities_ratio",
    "four_wall_margin",
)  # fmt: skip
"""What can be worked out of a store; shares but ``ticket``, which is yuan."""
_COSTS: Final = {
    "rent_ratio": "rent", "labour_ratio": "wages", "materials_ratio": "materials", "utilities_ratio": "utilities",
}  # fmt: skip


@dataclass(frozen=True)
class Benchmark:
    """One figure of an industry: quartiles (low and high may be missing), who says so, and of which day that is."""

    metric: str
    trade: str | None
    city: str | None
    period: str | None
    low: Decimal | None
    median: Decimal
    high: Decimal | None
    source: str
    dated: date


@dataclass(frozen=True)
class Own:
    """A store's own figure.

    Attributes:
        value: the figure; nothing when it cannot be known.
        lacks: why not: ``sales``, ``fees``, ``costs`` (none of that kind for a whole month), ``stores`` (of a
            whole chain that is not worked out).
        month: the month it is of, where it is not the period's.
    """

    metric: str
    value: Decimal | None
    lacks: str = ""
    month: date | None = None


@dataclass(frozen=True)
class Compared:
    """A figure with everything that is known of the industry; ``benchmarks`` empty: no industry data."""

    own: Own
    benchmarks: tuple[Benchmark, ...]


def standing(book: Book) -> tuple[Benchmark, ...]:
    """Every figure of an industry in the book, of each source the newest."""
    return tuple(Benchmark(*row) for row in book.rows("analytics/benchmarks"))


def position(value: Decimal, one: Benchmark) -> str:
    """Where a figure stands: ``below`` the lower quartile, ``above`` the upper, ``inside``; of a median alone
    ``under``, ``over`` or ``at`` it.
    """
    if one.low is not None and value < one.low:
        return "below"
    if one.high is not None and value > one.high:
        return "above"
    if one.low is not None and one.high is not None:
        return "inside"
    return "under" if value < one.median else "over" if value > one.median else "at"


def compared(row: LeagueRow, known: Sequence[Benchmark]) -> tuple[Compared, ...]:
    """Each figure of a store (or the total of the chain) beside the industry's of its city, or of no city.

    Figures of another city say nothing about the store and are left out.
    """
    return tuple(
        Compared(
            own(row, metric),
            tuple(one for one in known if one.metric == metric and one.city in {None, row.city}),
        )
        for metric in METRICS
    )


def own(row: LeagueRow, metric: str) -> Own:
    """One figure of a store; ``refund_rate`` is refunds by receipts before them, ratios are of a month's receipts."""
    if metric in _COSTS or metric == "four_wall_margin":
        return _of_month(row, metric)
    if not row.known:
        return Own(metric, None, "sales")
    if metric == "take_rate":
        return Own(metric, row.take_rate, "" if row.take_rate is not None else "fees")
    value = row.ticket
    if metric == "refund_rate":
        value = half_up(row.refunds / row.receipts, 6) if row.receipts > 0 else None
    return Own(metric, value, "" if value is not None else "sales")


def _of_month(row: LeagueRow, metric: str) -> Own:
    if not row.store_id:
        return Own(metric, None, "stores")
    wall = row.four_wall
    if wall is None:
        return Own(metric, None, "costs")
    if wall.receipts is None or wall.receipts <= 0:
        return Own(metric, None, "sales", wall.month)
    if metric == "four_wall_margin":
        return Own(metric, wall.margin, "" if wall.margin is not None else "costs", wall.month)
    cost = wall.costs.get(_COSTS[metric])
    if cost is None:
        return Own(metric, None, "costs", wall.month)
    return Own(metric, half_up(cost / wall.receipts, 6), "", wall.month)
