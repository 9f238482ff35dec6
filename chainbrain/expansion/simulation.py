"""Two thousand possible lives of one store, in whole fen: the spread of payback, present value and deepest point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isqrt
from typing import Final

import numpy as np

from chainbrain.expansion.draws import MILLION, Ints, correlated, normals, uniforms
from chainbrain.expansion.ranges import Ranges
from chainbrain.expansion.scenario import UNCERTAIN, Scenario
from chainbrain.expansion.store_case import discount_factors
from chainbrain.money import fen, from_fen, half_up
from chainbrain.progress import Report

SALES_AND_RAMP: Final = Decimal("0.5")
"""Correlation assumed between mature sales and a fast start: a weak place is usually slow as well."""

_CHUNK: Final = 250
# No store sells three times its plan; the bound also keeps the sums inside 64 bits.
_HIGHEST_LEVEL: Final = 3
_QUANTILES: Final = {"p10": 10, "p30": 30, "p50": 50, "p70": 70, "p90": 90}


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
    """Whether more paths would change the answer: the P50 of the present value after ``paths`` paths.

    ``half_width`` is half the 95 % interval of that P50 (by order statistics), in yuan.
    """

    paths: int
    npv_p50: Decimal
    half_width: Decimal


@dataclass(frozen=True)
class Simulation:
    """What the paths came to.

    Attributes:
        below_floor: share of paths in which the chain's cash falls below the floor in some month, four decimals;
            nothing when no floor was given.
        floor_month: the month in which most of those paths are below it; nothing when none is.
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


@dataclass(frozen=True)
class Paths:
    """Running totals (paths × months from 0), present values and sales (paths × months from 1), in fen."""

    running: Ints
    npv: Ints
    sales: Ints


def simulate(scenario: Scenario, inputs: Ranges, report: Report) -> Simulation:
    """Draw the paths and describe them; the same seed gives the same fen everywhere."""
    drawn = uniforms(scenario.seed, scenario.paths, len(UNCERTAIN))
    weights = discount_weights(scenario)
    parts: list[Paths] = []
    for start in range(0, scenario.paths, _CHUNK):
        report(start, scenario.paths, "expansion.step.paths")
        parts.append(lives(scenario, inputs, drawn[start : start + _CHUNK], weights))
    report(scenario.paths, scenario.paths, "expansion.step.paths")
    paths = Paths(
        np.concatenate([p.running for p in parts]),
        np.concatenate([p.npv for p in parts]),
        np.concatenate([p.sales for p in parts]),
    )
    return _describe(scenario, paths)


def lives(scenario: Scenario, inputs: Ranges, uniform: Ints, weights: tuple[Ints, Ints]) -> Paths:
    """The running totals and present values of one life per row of draws (columns in the order of ``UNCERTAIN``)."""
    normal = {name: normals(uniform[:, column]) for column, name in enumerate(UNCERTAIN)}
    # A high level of sales goes with a small gap, hence the minus.
    normal["ramp"] = -correlated(normal["mature_monthly_sales"], normal["ramp"], SALES_AND_RAMP)

    def draw(name: str, unit: int) -> Ints:
        return inputs.values(name, uniform[:, UNCERTAIN.index(name)], normal[name], unit)

    planned = fen(scenario.mature_monthly_sales)
    level = np.minimum(draw("mature_monthly_sales", 100), _HIGHEST_LEVEL * planned)
    gap = draw("ramp", MILLION)
    steps = [scenario.ramp[min(t, len(scenario.ramp)) - 1] for t in range(1, scenario.life_months + 1)]
    lacking = np.array([int(half_up((1 - step) * MILLION, 0)) for step in steps], dtype=np.int64)
    ramp = np.maximum(MILLION - _part(gap[:, None] * lacking[None, :]), 0)
    sales = _part(level[:, None] * ramp)

    contribution = int(half_up(scenario.contribution * MILLION, 0))
    eaten = _part(draw("cannibalisation", MILLION) * contribution)
    kept = draw("gross_margin", MILLION) - draw("other_variable", MILLION) - draw("platform", MILLION) - eaten
    due = np.arange(1, scenario.life_months + 1) > scenario.rent_free_months
    cash = _part(sales * kept[:, None]) - draw("labour", 100)[:, None] - draw("rent", 100)[:, None] * due[None, :]
    deposit = fen(scenario.deposit)
    cash[:, -1] += deposit
    flows = np.concatenate([-(draw("capex", 100) + deposit)[:, None], cash], axis=1)
    high, low = weights
    # Two limbs, because fen times a factor with twelve digits does not fit into 64 bits.
    npv = _part((flows * high).sum(axis=1) + (flows * low).sum(axis=1) // MILLION)
    return Paths(np.cumsum(flows, axis=1), npv, sales)


def _part(product: Ints) -> Ints:
    """Divide by a million, half up."""
    return (product + MILLION // 2) // MILLION


def discount_weights(scenario: Scenario) -> tuple[Ints, Ints]:
    """The discount factors of every month in two limbs of millionths."""
    whole = [
        int(half_up(f * MILLION * MILLION, 0)) for f in discount_factors(scenario.discount_rate, scenario.life_months)
    ]
    high, low = zip(*(divmod(value, MILLION) for value in whole), strict=True)
    return np.array(high, dtype=np.int64), np.array(low, dtype=np.int64)


def _describe(scenario: Scenario, paths: Paths) -> Simulation:
    life, count = scenario.life_months, scenario.paths
    reached = paths.running >= 0
    payback = np.where(reached.any(axis=1), reached.argmax(axis=1), life + 1).astype(np.int64)
    fast, middle, slow = (_month(value, life) for value in at_ranks(np.sort(payback), (10, 50, 90)))
    trough = np.minimum(paths.running.min(axis=1), 0)
    below, month = _below_floor(scenario, paths.running)
    months = np.sort(paths.running, axis=0)
    sizes = sorted({size for size in (250, 500, 1_000, 2_000, 5_000, 10_000) if size < count} | {count})
    return Simulation(
        paths=count,
        seed=scenario.seed,
        npv=_range(paths.npv),
        trough=_range(trough),
        payback=PaybackRange(fast, middle, slow, within_life=_share(int((payback <= life).sum()), count)),
        loses_money=_share(int((paths.npv < 0).sum()), count),
        below_floor=below,
        floor_month=month,
        fan=tuple(
            FanMonth(t, *(from_fen(value) for value in at_ranks(months[:, t], tuple(_QUANTILES.values()))))
            for t in range(life + 1)
        ),
        months=_months(paths),
        convergence=tuple(_convergence(paths.npv[:size]) for size in sizes),
    )


def _months(paths: Paths) -> tuple[MonthRange, ...]:
    sales, cash = np.sort(paths.sales, axis=0), np.sort(np.diff(paths.running, axis=1), axis=0)
    return tuple(
        MonthRange(
            t + 1,
            *(Range(*(from_fen(value) for value in at_ranks(one[:, t], (10, 50, 90)))) for one in (sales, cash)),
        )
        for t in range(sales.shape[1])
    )


def _below_floor(scenario: Scenario, running: Ints) -> tuple[Decimal | None, int | None]:
    if scenario.cash_floor is None or scenario.opening_cash is None:
        return None, None
    under = running + fen(scenario.opening_cash) < fen(scenario.cash_floor)
    share = _share(int(under.any(axis=1).sum()), scenario.paths)
    return share, int(under.sum(axis=0).argmax()) if under.any() else None


def at_ranks(ordered: Ints, percents: Sequence[int]) -> list[int]:
    """Quantiles by rank, without interpolation: the k-th of n with k = n·p rounded up."""
    count = len(ordered)
    return [int(ordered[max(-(-count * percent // 100) - 1, 0)]) for percent in percents]


def _range(values: Ints) -> Range:
    return Range(*(from_fen(value) for value in at_ranks(np.sort(values), (10, 50, 90))))


def _month(value: int, life: int) -> int | None:
    return value if value <= life else None


def _share(part: int, whole: int) -> Decimal:
    return half_up(Decimal(part) / whole, 4)


def _convergence(npv: Ints) -> Convergence:
    ordered, count = np.sort(npv), len(npv)
    # Ranks n/2 ± 0.98·√n hold the true median in 95 of 100 cases.
    reach = (98 * isqrt(count * 10_000) // 100 + 99) // 100
    low, high = max(count // 2 - reach - 1, 0), min(count // 2 + reach, count - 1)
    width = from_fen(int(ordered[high])) - from_fen(int(ordered[low]))
    return Convergence(count, from_fen(at_ranks(ordered, (50,))[0]), half_up(width / 2))
