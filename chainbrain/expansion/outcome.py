"""What the paths of one store came to: ranges, months, the chain's cash, and whether more paths would change them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Range:
    """P10, P50 and P90 of an amount in yuan: one path in ten lies below ``p10``, one in ten above ``p90``."""

    p10: Decimal
    p50: Decimal
    p90: Decimal


@dataclass(frozen=True)
class PaybackRange:
    """Months to payback, fastest tenth first; nothing stands for "not within the life".

    ``within_life`` is the share of paths that pay back at all, with four decimals.
    """

    p10: int | None
    p50: int | None
    p90: int | None
    within_life: Decimal


@dataclass(frozen=True)
class FanMonth:
    """Where the running total stands in one month (0 is the investment): five quantiles in yuan."""

    number: int
    p10: Decimal
    p30: Decimal
    p50: Decimal
    p70: Decimal
    p90: Decimal


@dataclass(frozen=True)
class MonthRange:
    """What one month of the life (from 1) sells and brings by itself, to hold against what really came; yuan."""

    number: int
    sales: Range
    cash: Range


@dataclass(frozen=True)
class Convergence:
    """Whether more paths would change the answer: the present value after ``paths`` paths, in yuan.

    ``half_width`` is half the 95 % interval of its P50 (by order statistics); ``mean_error`` the standard error of its
    mean.
    """

    paths: int
    npv_p50: Decimal
    half_width: Decimal
    npv_mean: Decimal
    mean_error: Decimal


@dataclass(frozen=True)
class Simulation:
    """What the paths came to.

    Attributes:
        below_floor: share of paths in which the chain's cash falls below the floor in some month, four decimals;
            nothing when no floor was given.
        floor_month: the month in which most of those paths are below it; nothing when none is.
        chain: the chain's cash with the store month by month, where the scenario says how it goes on without.
        half_changes: how far P10, P50 and P90 of the present value move from the first half of the paths to all of
            them, the furthest of the three as a share of the distance between P10 and P90; four decimals.
    """

    paths: int
    seed: int
    npv: Range
    trough: Range
    payback: PaybackRange
    loses_money: Decimal
    below_floor: Decimal | None
    floor_month: int | None
    fan: tuple[FanMonth, ...]
    months: tuple[MonthRange, ...]
    convergence: tuple[Convergence, ...]
    chain: tuple[FanMonth, ...] = ()
    half_changes: Decimal = Decimal(0)
