"""Many lives of one store at once, in whole fen: the roundings are those of whole numbers on every computer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

import numpy as np

from chainbrain.expansion.draws import MILLION, Ints
from chainbrain.expansion.lease_plan import Levied, Plan, in_fen, in_millionths, part_of
from chainbrain.expansion.store_case import last_investment
from chainbrain.expansion.terms import Levy
from chainbrain.money import fen, half_up

_HALF: Final = MILLION // 2


@dataclass(frozen=True)
class Lives:
    """Cash by path and month (0 is the investment), present values, and sales of months 1 … life; fen."""

    flows: Ints
    npv: Ints
    sales: Ints

    @cached_property
    def running(self) -> Ints:
        """The cash added up."""
        return np.cumsum(self.flows, axis=1)


def lives(plan: Plan, values: Mapping[str, Ints]) -> Lives:
    """What comes of drawn inputs, one path per entry.

    Args:
        plan: the months of the lease.
        values: by name of the input: fen, millionths, or months of delay.
    """
    scenario = plan.scenario
    level, delay = values["mature_monthly_sales"], values["delay_months"]
    share = plan.lacking[None, :] * values["ramp"][:, None]
    _divide(share)
    np.subtract(MILLION, share, out=share)
    np.maximum(share, 0, out=share)
    waiting = bool(delay.any())
    if waiting:
        share = _shifted(share, delay)
    share *= level[:, None]
    sales = _divide(share)

    eaten = part(values["cannibalisation"] * int(half_up(scenario.contribution * MILLION, 0)))
    kept = values["gross_margin"] - values["other_variable"] - values["platform"] - eaten
    flows = np.empty((len(level), len(plan.fixed)), dtype=np.int64)
    cash = flows[:, 1:]
    np.multiply(sales, kept[:, None], out=cash)
    _divide(cash)
    cash -= _labour(plan, values["labour"], sales, delay if waiting else None)
    cash -= _following(plan.rent, plan.rent_follows, values["rent"] - fen(scenario.rent))
    invested = _invested(plan, values["capex"])
    for levied in plan.levies:
        if levied.levy is not Levy.PROFIT:
            cash -= _on_sales(levied, sales)
    for levied in plan.levies:
        if levied.levy is Levy.PROFIT:
            cash -= _on_profit(plan, levied, cash, invested)
    if scenario.settlement_days:
        _wait(cash, sales, MILLION - values["platform"], scenario.settlement_days)
    flows[:, 0] = 0
    flows -= invested
    flows += plan.fixed
    return Lives(flows, present_values(plan, flows), sales)


def present_values(plan: Plan, flows: Ints) -> Ints:
    """What flows are worth today: two limbs, since fen times a factor of twelve digits does not fit into 64 bits."""
    worth: Ints = flows @ plan.high + (flows @ plan.low) // MILLION
    return part(worth)


def months_to_payback(plan: Plan, flows: Ints) -> Ints:
    """The month of payback as in ``store_case``; the life and one more where there is none."""
    own = np.cumsum(flows - plan.loans, axis=1)
    reached = own >= 0
    reached[:, : last_investment(plan.scenario)] = False
    months: Ints = np.where(reached.any(axis=1), reached.argmax(axis=1), own.shape[1]).astype(np.int64)
    return months


def part(product: Ints) -> Ints:
    """Divide by a million, half up."""
    return (product + _HALF) // MILLION


def _divide(product: Ints) -> Ints:
    """The same in place, for the arrays that cost the time."""
    product += _HALF
    product //= MILLION
    return product


def _shifted(share: Ints, delay: Ints) -> Ints:
    """The ramp begins so many months later; nothing is sold before."""
    months = np.arange(share.shape[1]) - delay[:, None]
    moved = np.take_along_axis(share, np.maximum(months, 0), axis=1)
    moved[months < 0] = 0
    return moved


def _labour(plan: Plan, drawn: Ints, sales: Ints, delay: Ints | None) -> Ints:
    scenario, more = plan.scenario, drawn - fen(plan.scenario.labour)
    found = _following(plan.labour, plan.labour_follows, more)
    if scenario.labour_by_sales:
        found = np.broadcast_to(found, sales.shape).copy()
        levels = np.array([fen(crew.sales) for crew in scenario.labour_by_sales], dtype=np.int64)
        amounts = in_fen([crew.amount for crew in scenario.labour_by_sales])
        follows = in_millionths([part_of(crew.amount, scenario.labour) for crew in scenario.labour_by_sales])
        which = np.searchsorted(levels, sales, side="right") - 1
        by_crew = amounts[None, :] + part(more[:, None] * follows[None, :])
        at = np.take_along_axis(by_crew, np.maximum(which, 0), axis=1)
        found = np.where(which >= 0, at, found)
    if delay is None:
        return found
    idle = part(drawn * int(half_up(scenario.labour_while_waiting * MILLION, 0)))
    opened = np.arange(1, sales.shape[1] + 1)[None, :] > delay[:, None]
    return np.where(opened, found, idle[:, None])


def _following(planned: Ints, follows: Ints, more: Ints) -> Ints:
    """Planned amounts with what a draw lies above or below the plan, one row where no path differs."""
    if not more.any():
        return planned[None, :]
    return planned[None, :] + part(more[:, None] * follows[None, :])


def _invested(plan: Plan, drawn: Ints) -> Ints:
    planned = int(plan.invested.sum())
    if not planned or not (drawn != planned).any():
        return plan.invested[None, :]
    # Each part in proportion; what rounding leaves is in the largest.
    largest = int(plan.invested.argmax())
    found = np.zeros((len(drawn), len(plan.invested)), dtype=np.int64)
    for month in np.flatnonzero(plan.invested):
        found[:, month] = part(drawn * int(plan.invested[month] * MILLION // planned))
    found[:, largest] += drawn - found.sum(axis=1)
    return found


def _on_sales(levied: Levied, sales: Ints) -> Ints:
    if levied.levy is Levy.SALES:
        return part(sales * levied.rate)
    whole = MILLION + levied.rate
    tax = (sales * levied.rate + whole // 2) // whole
    without = sales - tax
    free = (levied.free_up_to >= 0) & (without <= levied.free_up_to)
    return np.where(free, 0, part(tax * (MILLION + levied.surcharge)))


def _on_profit(plan: Plan, levied: Levied, cash: Ints, invested: Ints) -> Ints:
    life, spent = plan.scenario.life_months, invested.sum(axis=1)
    written_off = spent[:, None] * np.arange(1, life + 1) // life
    earned = np.cumsum(cash, axis=1) - written_off - np.cumsum(plan.costs)[1:]
    earned[:, -1] -= fen(plan.scenario.closing_cost)
    highest = np.maximum(np.maximum.accumulate(earned, axis=1), 0)
    grown = np.diff(highest, axis=1, prepend=0)
    return part(grown * levied.rate)


def _wait(cash: Ints, sales: Ints, paid_out: Ints, days: Decimal) -> None:
    tenths = int(days * 10)
    waits = (part(sales * paid_out[:, None]) * tenths + 150) // 300
    waits[:, -1] = 0
    cash -= np.diff(waits, axis=1, prepend=0)
