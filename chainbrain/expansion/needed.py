"""What must be true: the mature sales that the plan stands on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.expansion import drawing, kernel
from chainbrain.expansion.bounds import LARGEST_MONTH
from chainbrain.expansion.cash_flow import PRECISE, flows, linear
from chainbrain.expansion.lease_plan import Plan
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.store_case import discount_factors, last_investment, up
from chainbrain.money import fen, from_fen

if TYPE_CHECKING:
    from collections.abc import Callable

    from chainbrain.expansion.draws import Ints

Flags = npt.NDArray[np.bool_]

_TRIED: Final = 200
"""Levels of sales looked at in one round; each round looks between two of them, until they are a fen apart."""


@dataclass(frozen=True)
class MustBeTrue:
    """The mature monthly sales that the plan stands on, rounded up to the cent; nothing when no sales would do."""

    npv_is_zero: Decimal | None
    pays_back_within_life: Decimal | None


def must_be_true(scenario: Scenario) -> MustBeTrue:
    """The least mature sales with which the plan holds, all else as planned.

    Exact where cash goes with sales in a straight line. Staff that goes by sales and taxes with steps bend the line:
    then the lives of many levels are compared, in whole fen, and the answer is the level above which it always holds.
    """
    return _on_a_line(scenario) if linear(scenario) else _among_levels(scenario)


def _on_a_line(scenario: Scenario) -> MustBeTrue:
    own = replace(scenario, financing=())
    cost = flows(replace(scenario, mature_monthly_sales=Decimal(0)))
    alone = flows(replace(own, mature_monthly_sales=Decimal(0)))
    one = flows(replace(own, mature_monthly_sales=Decimal(1)))
    since = last_investment(scenario)
    with localcontext(PRECISE):
        factors = discount_factors(scenario.discount_rate, scenario.life_months)
        shares = [with_one.cash - without.cash for with_one, without in zip(one, alone, strict=True)]
        lost = -sum((flow.cash * factor for flow, factor in zip(cost, factors, strict=True)), Decimal(0))
        earned = sum((share * factor for share, factor in zip(shares, factors, strict=True)), Decimal(0))
        total_cost, total_share = Decimal(0), Decimal(0)
        within_life: Decimal | None = None
        for t, (flow, share) in enumerate(zip(alone, shares, strict=True)):
            total_cost -= flow.cash
            total_share += share
            if t >= max(since, 1) and total_share > 0:
                needed = total_cost / total_share
                within_life = needed if within_life is None else min(needed, within_life)
        return MustBeTrue(up(lost / earned) if earned > 0 else None, None if within_life is None else up(within_life))


def _among_levels(scenario: Scenario) -> MustBeTrue:
    plan = Plan.of(scenario)

    def worth(levels: Ints) -> Flags:
        return kernel.lives(plan, drawing.planned_values(scenario, levels)).npv >= 0

    def back(levels: Ints) -> Flags:
        lives = kernel.lives(plan, drawing.planned_values(scenario, levels))
        return kernel.months_to_payback(plan, lives.flows) <= scenario.life_months

    top = min(max(scenario.mature_monthly_sales * 20, Decimal(1_000_000)), LARGEST_MONTH)
    return MustBeTrue(_least(worth, fen(top)), _least(back, fen(top)))


def _least(holds: Callable[[Ints], Flags], top: int) -> Decimal | None:
    """The level from which it holds at every level tried above, to the fen."""
    low, high = 0, top
    while True:
        levels = np.unique(np.linspace(low, high, _TRIED).round().astype(np.int64))
        fails = np.flatnonzero(~holds(levels))
        if len(fails) == 0:
            return from_fen(int(levels[0]))
        last = int(fails[-1])
        if last == len(levels) - 1:
            return None
        low, high = int(levels[last]), int(levels[last + 1])
        if high - low == 1:
            return from_fen(high)
