"""The exact cash of one store month by month; nothing is rounded here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from typing import Final

from chainbrain.expansion import schedule
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.terms import Levy, Tax

PRECISE: Final = Context(prec=50)
_MONTH: Final = Decimal(30)


@dataclass(frozen=True)
class Flow:
    """One month in yuan, what comes in above and what goes out below nothing.

    Attributes:
        margin: what stays of the sales before rent and labour, less what own stores lose.
        tax: VAT, taxes on sales and on profit.
        waiting: what of the sales is not in the bank yet, less what was waiting before.
        invested: capex, deposit and the cost of closing.
        loans: received, repaid, and what they charge.
    """

    sales: Decimal
    margin: Decimal
    rent: Decimal
    labour: Decimal
    tax: Decimal
    waiting: Decimal
    invested: Decimal
    loans: Decimal

    @property
    def cash(self) -> Decimal:
        """All of it together."""
        return self.margin + self.rent + self.labour + self.tax + self.waiting + self.invested + self.loans


def ramp_share(scenario: Scenario, number: int, gap: Decimal = Decimal(1)) -> Decimal:
    """Share of mature sales in month ``number`` (from 1) when the gap to maturity is ``gap`` times the planned one."""
    selling = number - scenario.delay
    if selling < 1:
        return Decimal(0)
    planned = scenario.ramp[min(selling, len(scenario.ramp)) - 1]
    return max(1 - (1 - planned) * gap, Decimal(0))


def kept_share(scenario: Scenario) -> Decimal:
    """What the chain keeps of one yuan sold in the new store, after what own stores lose by it."""
    return scenario.own_contribution - scenario.cannibalisation * scenario.contribution


def vat_of(tax: Tax | None, sales: Decimal) -> Decimal:
    """The VAT inside the sales of a month, with what is levied on top of it."""
    if tax is None:
        return Decimal(0)
    without = sales / (1 + tax.rate)
    if tax.free_up_to is not None and without <= tax.free_up_to:
        return Decimal(0)
    return without * tax.rate * (1 + tax.surcharge)


def flows(scenario: Scenario, gap: Decimal = Decimal(1)) -> list[Flow]:
    """Months 0 (the investment) … life.

    Args:
        scenario: the inputs.
        gap: multiplies the gap between the ramp and mature sales; 1 is the plan.
    """
    with localcontext(PRECISE):
        life, kept = scenario.life_months, kept_share(scenario)
        rents, crews, invested = schedule.rents(scenario), schedule.crews(scenario), schedule.investments(scenario)
        loans, costs = schedule.loan_flows(scenario), schedule.loan_costs(scenario)
        vat, on_sales, on_profit = (schedule.taxes(scenario, levy) for levy in Levy)
        idle = schedule.waiting_labour(scenario)
        on_the_way = (1 - scenario.platform) * scenario.settlement_days / _MONTH
        zero = Decimal(0)
        made = [Flow(zero, zero, zero, zero, zero, zero, -(invested[0] + scenario.deposit), loans[0])]
        waited, earned, highest = zero, -costs[0], zero
        written_off = sum(invested, zero) / life
        for t in range(1, life + 1):
            sales = scenario.mature_monthly_sales * ramp_share(scenario, t, gap)
            labour = schedule.labour_at(scenario, crews[t - 1], sales) if t > scenario.delay else idle
            taken = vat_of(vat[t - 1], sales)
            if (rule := on_sales[t - 1]) is not None:
                taken += sales * rule.rate
            leaving = invested[t]
            if t == life:
                leaving += scenario.closing_cost - scenario.deposit
            last = scenario.closing_cost if t == life else zero
            earned += sales * kept - rents[t - 1] - labour - taken - written_off - last - costs[t]
            if (rule := on_profit[t - 1]) is not None:
                taken += max(earned - highest, zero) * rule.rate
            highest = max(highest, earned)
            waits = sales * on_the_way if t < life else zero
            made.append(Flow(sales, sales * kept, -rents[t - 1], -labour, -taken, waited - waits, -leaving, loans[t]))
            waited = waits
    return made


def linear(scenario: Scenario) -> bool:
    """Whether cash goes with mature sales in a straight line."""
    bent = any(tax.levy is Levy.PROFIT or tax.free_up_to is not None for tax in scenario.taxes)
    return not bent and not scenario.labour_by_sales
