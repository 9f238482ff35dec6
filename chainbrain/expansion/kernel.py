"""Many lives of one store at once, in whole fen: the roundings are those of whole numbers on every computer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
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


def lives(plan: Plan, values: Mapping[str, Ints], with_sales: bool = True) -> Lives:
    """What comes of drawn inputs, one path per entry.

    Args:
        plan: the months of the lease.
        values: by name of the input: fen, millionths, or months of delay.
        with_sales: without them the sales of the answer may be empty, which saves time.
    """
    scenario = plan.scenario
    level, delay = values["mature_monthly_sales"], values["delay_months"]
    # Only the months of the ramp differ; the rest of a life sells what the last of them sells.
    share = part(plan.lacking[None, :] * values["ramp"][:, None])
    growing = part(level[:, None] * np.maximum(MILLION - share, 0))
    eaten = part(values["cannibalisation"] * int(half_up(scenario.contribution * MILLION, 0)))
    kept = values["gross_margin"] - values["other_variable"] - values["platform"] - eaten
    nothing = np.zeros(len(level), dtype=np.int64)
    if with_sales or plan.asks_sales:
        sales = _stretched(growing, delay, nothing, np.empty((len(level), scenario.life_months), dtype=np.int64))
    else:
        sales = np.empty((0, 0), dtype=np.int64)
    # What is the same in every month is taken off before the months are laid out.
    rent = values["rent"] if plan.same_rent else nothing
    labour, idle = (values["labour"], _idle(plan, values["labour"])) if plan.same_labour else (nothing, nothing)
    flows = np.empty((len(level), len(plan.fixed)), dtype=np.int64)
    flows[:, 0] = 0
    growing = part(growing * kept[:, None]) - (rent + labour)[:, None]
    cash = _stretched(growing, delay, -(rent + idle), flows[:, 1:])
    if not plan.same_labour:
        _pay_labour(plan, cash, values["labour"], sales, delay)
    if not plan.same_rent:
        _pay(cash, plan.rent, plan.rent_follows, values["rent"] - fen(scenario.rent))
    invested = _invested(plan, values["capex"])
    for levied in plan.levies:
        if levied.levy is not Levy.PROFIT:
            cash -= _on_sales(levied, sales)
    for levied in plan.levies:
        if levied.levy is Levy.PROFIT:
            cash -= _on_profit(plan, levied, cash, invested)
    if scenario.settlement_days:
        _wait(cash, sales, MILLION - values["platform"], scenario.settlement_days)
    if invested.shape[1] == 1:
        flows[:, :1] -= invested
    else:
        flows -= invested
    grown = int(delay.max(initial=0)) + growing.shape[1]
    worth = _worth_of_grown(plan, flows, grown) if plan.same_months and invested.shape[1] == 1 else None
    for month in np.flatnonzero(plan.fixed):
        flows[:, month] += plan.fixed[month]
    return Lives(flows, present_values(plan, flows) if worth is None else worth, sales)


def present_values(plan: Plan, flows: Ints) -> Ints:
    """What flows are worth today: two limbs, since fen times a factor of twelve digits does not fit into 64 bits."""
    worth: Ints = flows @ plan.high + (flows @ plan.low) // MILLION
    return part(worth)


def _worth_of_grown(plan: Plan, flows: Ints, grown: int) -> Ints:
    """The same before what is fixed is in the flows, where every month from ``grown`` on brings as much as that one."""
    last = min(grown, plan.scenario.life_months)
    high, low = (np.append(limb[:last], limb[last:].sum()) for limb in (plan.high, plan.low))
    upper = flows[:, : last + 1] @ high + int(plan.fixed @ plan.high)
    lower = flows[:, : last + 1] @ low + int(plan.fixed @ plan.low)
    return part(upper + lower // MILLION)


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


def _stretched(growing: Ints, delay: Ints, closed: Ints, out: Ints) -> Ints:
    """The months of the ramp over a whole life: ``closed`` before the doors open, the last one to the end."""
    life, steps = out.shape[1], growing.shape[1]
    counts = np.bincount(delay)
    usual = int(counts.argmax())
    # All as if they were as late as most of them; of the others only the months until everyone is grown differ.
    out[:, :usual] = closed[:, None]
    out[:, usual : usual + steps] = growing[:, : life - usual]
    out[:, usual + steps :] = growing[:, -1:]
    for months in np.flatnonzero(counts):
        if months == usual:
            continue
        late = np.flatnonzero(delay == months)
        until = min(max(int(months), usual) + steps, life)
        grown = growing[late]
        first = np.empty((len(late), until), dtype=np.int64)
        first[:, :months] = closed[late, None]
        first[:, months : months + steps] = grown[:, : until - months]
        first[:, months + steps :] = grown[:, -1:]
        out[late, :until] = first
    return out


def _pay_labour(plan: Plan, cash: Ints, drawn: Ints, sales: Ints, delay: Ints) -> None:
    scenario, more = plan.scenario, drawn - fen(plan.scenario.labour)
    idle = _idle(plan, drawn)
    before = {int(months): np.flatnonzero(delay == months) for months in np.unique(delay) if months}
    kept = {months: cash[late, :months] - idle[late, None] for months, late in before.items()}
    if scenario.labour_by_sales:
        cash -= _by_sales(plan, more, sales)
    else:
        _pay(cash, plan.labour, plan.labour_follows, more)
    for months, late in before.items():
        cash[late, :months] = kept[months]


def _idle(plan: Plan, drawn: Ints) -> Ints:
    """The labour of a month before the doors open."""
    return part(drawn * int(half_up(plan.scenario.labour_while_waiting * MILLION, 0)))


def _by_sales(plan: Plan, more: Ints, sales: Ints) -> Ints:
    """The labour of every month by what it sells; below the lowest level that of the plan."""
    crews, base = plan.scenario.labour_by_sales, plan.scenario.labour
    amounts = in_fen([base, *(crew.amount for crew in crews)])
    follows = in_millionths([part_of(one, base) for one in (base, *(crew.amount for crew in crews))])
    which = np.searchsorted(in_fen([crew.sales for crew in crews]), sales, side="right")
    return np.take_along_axis(amounts[None, :] + part(more[:, None] * follows[None, :]), which, axis=1)


def _pay(cash: Ints, planned: Ints, follows: Ints, more: Ints) -> None:
    """Planned amounts, and what a draw lies above or below the plan as far as each month goes with it."""
    cash -= planned
    if not more.any():
        return
    begins = [0, *(np.flatnonzero(np.diff(follows)) + 1).tolist(), len(follows)]
    for first, after in pairwise(begins):
        if follows[first]:
            cash[:, first:after] -= part(more * follows[first])[:, None]


def _invested(plan: Plan, drawn: Ints) -> Ints:
    """By path and month; one column where everything is paid before the first month."""
    planned = int(plan.invested.sum())
    if not plan.invested[1:].any():
        return drawn[:, None]
    if not (drawn != planned).any():
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
