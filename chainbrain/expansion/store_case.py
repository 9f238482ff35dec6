"""The planned case of one store: months, break-even, trough, payback, present value, and what must be true for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal, localcontext
from functools import lru_cache
from itertools import accumulate
from typing import Final

from chainbrain.expansion import schedule
from chainbrain.expansion.cash_flow import PRECISE, Flow, flows, kept_share, vat_of
from chainbrain.expansion.rates import TrueRate, internal_rate
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.schedule import month_of
from chainbrain.expansion.terms import Levy, Tax
from chainbrain.money import CENT, half_up

PARTS: Final = ("margin", "rent", "labour", "tax", "waiting", "invested", "loans")
"""What the cash of a month is made of, by the names of its fields."""


@dataclass(frozen=True)
class CaseMonth:
    """One month; number 0 is the investment before the doors open. Yuan, half up to the cent, running total exact.

    The parts are those of ``cash_flow.Flow`` and add up to ``cash``; what rounding leaves is in ``margin``.
    """

    number: int
    month: date | None
    sales: Decimal
    cash: Decimal
    cumulative: Decimal
    margin: Decimal
    rent: Decimal
    labour: Decimal
    tax: Decimal
    waiting: Decimal
    invested: Decimal
    loans: Decimal


@dataclass(frozen=True)
class StoreCase:
    """What one scenario comes to when everything goes as planned; amounts in yuan.

    Attributes:
        months: the investment and every month of the life.
        break_even_sales: the least monthly sales at which the rent and labour of the first mature month are just
            earned, with taxes on sales; nothing when every sale loses money.
        trough: the deepest point of the running total, where it lies, zero at best.
        payback_month: the first month, once all of the investment is paid, in which the running total without what
            loans bring and take is no longer negative: a loan pays for a store, it does not earn it back. Nothing when
            not within life.
        npv: present value of all months at the discount rate.
        npv_without_loans: the same without loans, what the store by itself is worth.
        total: the undiscounted sum.
    """

    months: tuple[CaseMonth, ...]
    break_even_sales: Decimal | None
    trough: Decimal
    trough_month: int
    payback_month: int | None
    npv: Decimal
    npv_without_loans: Decimal
    total: Decimal

    def rate_of_return(self) -> TrueRate:
        """The internal rate of return of the planned months.

        Raises:
            UserError: ``rates.none`` or ``rates.several``; then no rate speaks for the case.
        """
        return internal_rate([month.cash for month in self.months])


@lru_cache(maxsize=64)
def discount_factors(annual_rate: Decimal, months: int) -> tuple[Decimal, ...]:
    """(1 + rate)^(−t/12) for t = 0 … months, to 40 digits and more."""
    with localcontext(PRECISE):
        # One root, then multiplications: a power per month would give nothing more and cost ten times the time.
        monthly = (1 + annual_rate) ** (Decimal(-1) / 12)
        factors = [Decimal(1)]
        for _ in range(months):
            factors.append(factors[-1] * monthly)
        return tuple(factors)


def present_value(scenario: Scenario, gap: Decimal = Decimal(1)) -> Decimal:
    """What the planned months are worth today, half up to the cent."""
    return half_up(_worth(scenario, [flow.cash for flow in flows(scenario, gap)]))


def store_case(scenario: Scenario, gap: Decimal = Decimal(1)) -> StoreCase:
    """Compute the planned case exactly; nothing is rounded before the result.

    Args:
        scenario: the inputs.
        gap: multiplies the gap between the ramp and mature sales; 1 is the plan.
    """
    made = flows(scenario, gap)
    with localcontext(PRECISE):
        running = list(accumulate(flow.cash for flow in made))
        npv = _worth(scenario, [flow.cash for flow in made])
        # Taxes on profit know the interest: without loans they are others.
        alone = flows(replace(scenario, financing=()), gap) if scenario.financing else made
        npv_alone = _worth(scenario, [flow.cash for flow in alone])
        earned = list(accumulate(flow.cash - flow.loans for flow in made))
    trough = min(running)
    return StoreCase(
        months=tuple(_month(scenario, t, flow, running[t]) for t, flow in enumerate(made)),
        break_even_sales=_break_even(scenario),
        trough=half_up(min(trough, Decimal(0))),
        trough_month=running.index(trough),
        payback_month=paid_back(earned, last_investment(scenario)),
        npv=half_up(npv),
        npv_without_loans=half_up(npv_alone),
        total=half_up(running[-1]),
    )


def last_investment(scenario: Scenario) -> int:
    """The month in which the last part of the investment is paid; before it nothing has come back."""
    return max((item.month for item in scenario.capex_items), default=0)


def paid_back(running: list[Decimal], since: int) -> int | None:
    """The first month, of those after the investment, in which the running total is not negative."""
    return next((t for t, total in enumerate(running) if t >= since and total >= 0), None)


def _worth(scenario: Scenario, cash: list[Decimal]) -> Decimal:
    factors = discount_factors(scenario.discount_rate, scenario.life_months)
    with localcontext(PRECISE):
        return sum((flow * factor for flow, factor in zip(cash, factors, strict=True)), Decimal(0))


def _month(scenario: Scenario, number: int, flow: Flow, running: Decimal) -> CaseMonth:
    cash = half_up(flow.cash)
    parts = {name: half_up(getattr(flow, name)) for name in PARTS[1:]}
    margin = cash - sum(parts.values(), Decimal(0))
    month = month_of(scenario.opening_month, number)
    return CaseMonth(number, month, half_up(flow.sales), cash, half_up(running), margin, **parts)


def _break_even(scenario: Scenario) -> Decimal | None:
    """The least sales that earn rent and labour: the line is tried between all levels at which labour or VAT jumps."""
    life = scenario.life_months
    number = min(scenario.delay + len(scenario.ramp), life) - 1
    rent = schedule.rents(replace(scenario, rent_free_months=0))[number]
    planned, rule = schedule.crews(scenario)[number], schedule.taxes(scenario, Levy.VAT)[number]
    other = schedule.taxes(scenario, Levy.SALES)[number]
    with localcontext(PRECISE):
        kept = kept_share(scenario) - (other.rate if other else 0)
        levels = [Decimal(0), *(crew.sales for crew in scenario.labour_by_sales)]
        if rule is not None and rule.free_up_to is not None:
            levels.append(rule.free_up_to * (1 + rule.rate) + CENT)
        levels = sorted(set(levels))
        for n, level in enumerate(levels):
            after = levels[n + 1] if n + 1 < len(levels) else None
            share = kept - (vat_of(rule, level) / level if level else _share(rule))
            if share <= 0:
                continue
            found = max((rent + schedule.labour_at(scenario, planned, level)) / share, level)
            if after is None or found < after:
                return half_up(found)
    return None


def _share(rule: Tax | None) -> Decimal:
    """The VAT of a month that sells next to nothing, as a share of its sales."""
    return vat_of(rule, Decimal(1))


def up(value: Decimal) -> Decimal:
    """Not below nothing, rounded up to the cent."""
    return max(value, Decimal(0)).quantize(CENT, rounding=ROUND_CEILING)
