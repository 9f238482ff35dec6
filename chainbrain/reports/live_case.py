"""The planned case of one store as a banker checks it: what is typed in, and what follows from it month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from chainbrain.expansion.cash_flow import flows
from chainbrain.expansion.scenario import Scenario
from chainbrain.expansion.schedule import month_of
from chainbrain.expansion.store_case import last_investment

SHARES: Final = (
    "gross_margin", "other_variable", "platform", "discount_rate", "cannibalisation", "contribution",
)  # fmt: skip
AMOUNTS: Final = ("capex", "deposit", "mature_monthly_sales", "rent", "labour")


@dataclass(frozen=True)
class Month:
    """One month, exact, in yuan: what comes in above and what goes out below nothing.

    ``other`` is taxes and what waits on its way to the bank; ``cash`` is the sum of all.
    """

    number: int
    label: str
    ramp: Decimal
    sales: Decimal
    margin: Decimal
    rent: Decimal
    labour: Decimal
    invested: Decimal
    other: Decimal
    loans: Decimal

    @property
    def cash(self) -> Decimal:
        """All of the month."""
        return self.alone + self.loans

    @property
    def alone(self) -> Decimal:
        """All of it without loans: a loan pays for a store, it does not earn it back."""
        return self.margin + self.rent + self.labour + self.invested + self.other


@dataclass(frozen=True)
class LiveCase:
    """A planned case: its inputs as fractions and yuan, its months, and what the program says of it.

    Attributes:
        name: what the store is called.
        inputs: amounts and shares by the names of ``AMOUNTS`` and ``SHARES``.
        delay: months of the lease before the doors open.
        since: the month of the last investment; before it nothing has come back.
        fixed: parts that stand as the program's figures since the plain formula is not theirs: steps of a rent, say.
        told: the program's figures: npv, irr (a fraction), trough, payback_month, total, break_even_sales.
    """

    name: str
    inputs: Mapping[str, Decimal]
    ramp: tuple[Decimal, ...]
    life: int
    rent_free: int
    delay: int
    since: int
    months: tuple[Month, ...]
    fixed: frozenset[str]
    told: Mapping[str, Any]

    @property
    def plain(self) -> bool:
        """Whether everything follows from the inputs by formulas."""
        return not self.fixed and not any(month.other or month.loans for month in self.months)


def of_figures(name: str, scenario: Mapping[str, Any], base: Mapping[str, Any]) -> LiveCase:
    """The case of one store from its inputs and its base case, as the JSON of a result has both.

    Raises:
        UserError: what ``Scenario.parse`` refuses, of inputs that another version kept.
    """
    plan = Scenario.parse(scenario)
    delay, life = plan.delay, plan.life_months
    months = []
    for number, flow in enumerate(flows(plan)):
        when = month_of(plan.opening_month, number)
        step = plan.ramp[min(number - delay, len(plan.ramp)) - 1] if number > delay else Decimal(0)
        months.append(
            Month(
                number, f"{when:%Y-%m}" if when else str(number), step, flow.sales, flow.margin, flow.rent,
                flow.labour, flow.invested, flow.tax + flow.waiting, flow.loans,
            )
        )  # fmt: skip
    plainly = {
        "rent": [-plan.rent if number > max(plan.rent_free_months, 0) else Decimal(0) for number in range(life + 1)],
        "labour": [-plan.labour if number > delay else Decimal(0) for number in range(life + 1)],
        "invested": [
            -(plan.capex + plan.deposit), *[Decimal(0)] * (life - 1), plan.deposit,
        ],
    }  # fmt: skip
    fixed = {
        part
        for part, values in plainly.items()
        if any(getattr(one, part) != plain for one, plain in zip(months, values, strict=True))
    }
    rate = base.get("irr")
    return LiveCase(
        name, {key: Decimal(getattr(plan, key)) for key in (*AMOUNTS, *SHARES)}, plan.ramp, life, plan.rent_free_months,
        delay, last_investment(plan), tuple(months), frozenset(fixed),
        {
            "npv": base["npv"], "irr": None if rate is None else Decimal(rate.rstrip("%")) / 100,
            "trough": base["trough"], "payback_month": base["payback_month"], "total": base["total"],
            "break_even_sales": base["break_even_sales"],
        },
    )  # fmt: skip
