"""The exact cash of one store month by month, and what follows from it: break-even, trough, payback, present value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Context, Decimal, localcontext
from typing import Final

from chainbrain.expansion.rates import TrueRate, internal_rate
from chainbrain.expansion.scenario import Scenario
from chainbrain.money import CENT, half_up

_PRECISE: Final = Context(prec=50)


@dataclass(frozen=True)
class CaseMonth:
    """One month; number 0 is the investment before the doors open. Yuan, half up to the cent, running total exact."""

    number: int
    month: date | None
    sales: Decimal
    cash: Decimal
    cumulative: Decimal


@dataclass(frozen=True)
class StoreCase:
    """What one scenario comes to when everything goes as planned; amounts in yuan.

    Attributes:
        months: the investment and every month of the life.
        break_even_sales: monthly sales at which rent and labour are just earned; nothing when every sale loses money.
        trough: the deepest point of the running total, where it lies, zero at best.
        payback_month: the first month in which the running total is no longer negative; nothing when not within life.
        npv: present value of all months at the discount rate.
        total: the undiscounted sum.
    """

    months: tuple[CaseMonth, ...]
    break_even_sales: Decimal | None
    trough: Decimal
    trough_month: int
    payback_month: int | None
    npv: Decimal
    total: Decimal

    def rate_of_return(self) -> TrueRate:
        """The internal rate of return of the planned months.

        Raises:
            UserError: ``rates.none`` or ``rates.several``; then no rate speaks for the case.
        """
        return internal_rate([month.cash for month in self.months])


@dataclass(frozen=True)
class MustBeTrue:
    """The mature monthly sales that the plan stands on, rounded up to the cent; nothing when no sales would do."""

    npv_is_zero: Decimal | None
    pays_back_within_life: Decimal | None


def discount_factors(annual_rate: Decimal, months: int) -> tuple[Decimal, ...]:
    """(1 + rate)^(−t/12) for t = 0 … months, to 40 digits and more."""
    with localcontext(_PRECISE):
        # One root, then multiplications: a power per month would give nothing more and cost ten times the time.
        monthly = (1 + annual_rate) ** (Decimal(-1) / 12)
        factors = [Decimal(1)]
        for _ in range(months):
            factors.append(factors[-1] * monthly)
        return tuple(factors)


def ramp_share(scenario: Scenario, number: int, gap: Decimal = Decimal(1)) -> Decimal:
    """Share of mature sales in month ``number`` (from 1) when the gap to maturity is ``gap`` times the planned one."""
    planned = scenario.ramp[min(number, len(scenario.ramp)) - 1]
    return max(1 - (1 - planned) * gap, Decimal(0))


def kept_share(scenario: Scenario) -> Decimal:
    """What the chain keeps of one yuan sold in the new store, after what own stores lose by it."""
    return scenario.own_contribution - scenario.cannibalisation * scenario.contribution


def fixed_cost(scenario: Scenario, number: int) -> Decimal:
    """Rent and labour of month ``number`` (from 1); no rent is due in the first months where the lease says so."""
    return scenario.labour + (scenario.rent if number > scenario.rent_free_months else Decimal(0))


def store_case(scenario: Scenario, gap: Decimal = Decimal(1)) -> StoreCase:
    """Compute the planned case exactly; nothing is rounded before the result.

    Args:
        scenario: the inputs.
        gap: multiplies the gap between the ramp and mature sales; 1 is the plan.
    """
    with localcontext(_PRECISE):
        kept, fixed = kept_share(scenario), scenario.rent + scenario.labour
        sales = [
            scenario.mature_monthly_sales * ramp_share(scenario, t, gap) for t in range(1, scenario.life_months + 1)
        ]
        flows = [
            -(scenario.capex + scenario.deposit),
            *(month * kept - fixed_cost(scenario, t) for t, month in enumerate(sales, 1)),
        ]
        flows[-1] += scenario.deposit
        running: list[Decimal] = []
        for flow in flows:
            running.append(flow + (running[-1] if running else 0))
        factors = discount_factors(scenario.discount_rate, scenario.life_months)
        npv = sum((flow * factor for flow, factor in zip(flows, factors, strict=True)), Decimal(0))
        break_even = half_up(fixed / kept) if kept > 0 else None
    trough = min(running)
    return StoreCase(
        months=tuple(
            CaseMonth(
                t,
                month_of(scenario.opening_month, t),
                half_up(([Decimal(0), *sales])[t]),
                half_up(flows[t]),
                half_up(running[t]),
            )
            for t in range(len(flows))
        ),
        break_even_sales=break_even,
        trough=half_up(min(trough, Decimal(0))),
        trough_month=running.index(trough),
        payback_month=next((t for t, total in enumerate(running) if total >= 0), None),
        npv=half_up(npv),
        total=half_up(running[-1]),
    )


def must_be_true(scenario: Scenario) -> MustBeTrue:
    """The least mature sales with which the plan holds, all else as planned; exact, since cash is linear in sales."""
    with localcontext(_PRECISE):
        kept = kept_share(scenario)
        factors = discount_factors(scenario.discount_rate, scenario.life_months)
        invested = scenario.capex + scenario.deposit
        cost, earned = invested - scenario.deposit * factors[-1], Decimal(0)
        total_cost, total_share = invested, Decimal(0)
        within_life: Decimal | None = None
        for t in range(1, scenario.life_months + 1):
            share = ramp_share(scenario, t) * kept
            cost += fixed_cost(scenario, t) * factors[t]
            earned += share * factors[t]
            total_cost += fixed_cost(scenario, t) - (scenario.deposit if t == scenario.life_months else 0)
            total_share += share
            if total_share > 0 and (within_life is None or total_cost / total_share < within_life):
                within_life = total_cost / total_share
        return MustBeTrue(_up(cost / earned) if earned > 0 else None, None if within_life is None else _up(within_life))


def _up(value: Decimal) -> Decimal:
    return max(value, Decimal(0)).quantize(CENT, rounding=ROUND_CEILING)


def month_of(opening: date | None, number: int | None) -> date | None:
    """The calendar month of a month number of the life: 1 is the opening month, 0 the one before."""
    if opening is None or number is None:
        return None
    months = opening.year * 12 + opening.month - 2 + number
    return date(months // 12, months % 12 + 1, 1)
