"""Describes the paths of one store: quantiles by rank, chances, and how settled they are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import isqrt
from typing import Final

import numpy as np

from chainbrain.expansion import kernel
from chainbrain.expansion.draws import Ints
from chainbrain.expansion.lease_plan import Plan
from chainbrain.expansion.outcome import Convergence, FanMonth, MonthRange, PaybackRange, Range, Simulation
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.schedule import month_of
from chainbrain.money import fen, from_fen, half_up

_SIZES: Final = (250, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000)
_ENDS: Final = (10, 50, 90)
_QUANTILES: Final = {"p10": 10, "p30": 30, "p50": 50, "p70": 70, "p90": 90}


def describe(plan: Plan, found: kernel.Lives) -> Simulation:
    """Say what the paths came to."""
    scenario, running, count = plan.scenario, found.running, len(found.npv)
    life = scenario.life_months
    payback = kernel.months_to_payback(plan, found.flows)
    fast, middle, slow = (_month(value, life) for value in at_ranks(np.sort(payback), (10, 50, 90)))
    trough = np.minimum(running.min(axis=1), 0)
    cash = _chain(scenario, running)
    below, month = _below_floor(scenario, running if cash is None else cash)
    sizes = sorted({size for size in _SIZES if size < count} | {count})
    return Simulation(
        paths=count,
        seed=scenario.seed,
        npv=_range(found.npv),
        trough=_range(trough),
        payback=PaybackRange(fast, middle, slow, within_life=_share(int((payback <= life).sum()), count)),
        loses_money=_share(int((found.npv < 0).sum()), count),
        below_floor=below,
        floor_month=month,
        fan=_fan(running),
        months=_months(found),
        convergence=tuple(_convergence(found.npv[:size]) for size in sizes),
        chain=() if cash is None else _fan(cash),
        half_changes=_half_changes(found.npv),
    )


def _chain(scenario: Scenario, running: Ints) -> Ints | None:
    """The chain's cash with the store by path and month."""
    if scenario.chain is None:
        return None
    first = month_of(scenario.opening_month, 0)
    paths, months = running.shape
    return running + scenario.chain.paths(scenario.seed, paths, months, first)


def _below_floor(scenario: Scenario, cash: Ints) -> tuple[Decimal | None, int | None]:
    if scenario.cash_floor is None or scenario.opening_cash is None:
        return None, None
    before = 0 if scenario.chain is not None else fen(scenario.opening_cash)
    under = cash + before < fen(scenario.cash_floor)
    share = _share(int(under.any(axis=1).sum()), len(cash))
    return share, int(under.sum(axis=0).argmax()) if under.any() else None


def _fan(cash: Ints) -> tuple[FanMonth, ...]:
    columns = by_month(cash, tuple(_QUANTILES.values()))
    return tuple(FanMonth(t, *(from_fen(value) for value in column)) for t, column in enumerate(columns))


def _months(found: kernel.Lives) -> tuple[MonthRange, ...]:
    sales, cash = by_month(found.sales, _ENDS), by_month(found.flows[:, 1:], _ENDS)
    return tuple(
        MonthRange(t, Range(*map(from_fen, one)), Range(*map(from_fen, other)))
        for t, (one, other) in enumerate(zip(sales, cash, strict=True), 1)
    )


def by_month(values: Ints, percents: Sequence[int]) -> list[list[int]]:
    """Quantiles by rank of every month (a column of paths)."""
    # One month at a time needs no second array of all; a whole sort of numbers beats placing five ranks among them.
    return [at_ranks(np.sort(month), percents) for month in values.T]


def _ranks(count: int, percents: Sequence[int]) -> list[int]:
    return [max(-(-count * percent // 100) - 1, 0) for percent in percents]


def at_ranks(ordered: Ints, percents: Sequence[int]) -> list[int]:
    """Quantiles by rank, without interpolation: the k-th of n with k = n·p rounded up."""
    return [int(ordered[rank]) for rank in _ranks(len(ordered), percents)]


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
    # Whole numbers of any size: squares of fen do not fit into 64 bits, and floats differ between computers.
    total, squares = int(npv.sum()), sum(value * value for value in npv.tolist())
    deviations = squares - total * total // count
    error = isqrt(max(deviations, 0) // max((count - 1) * count, 1))
    return Convergence(
        count,
        from_fen(at_ranks(ordered, (50,))[0]),
        half_up(width / 2),
        half_up(Decimal(total) / count / 100),
        from_fen(error),
    )


def _half_changes(npv: Ints) -> Decimal:
    half, whole = (at_ranks(np.sort(values), (10, 50, 90)) for values in (npv[: len(npv) // 2], npv))
    if whole[2] == whole[0]:
        return Decimal(0)
    furthest = max(abs(one - other) for one, other in zip(half, whole, strict=True))
    return half_up(Decimal(furthest) / (whole[2] - whole[0]), 4)
