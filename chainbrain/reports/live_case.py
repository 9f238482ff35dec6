"""The planned case of one store as a banker checks it: what is typed in, and what follows from it month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any, Final

from chainbrain.money import CENT

SHARES: Final = (
    "gross_margin", "other_variable", "platform", "discount_rate", "cannibalisation", "contribution",
)  # fmt: skip
AMOUNTS: Final = ("capex", "deposit", "mature_monthly_sales", "rent", "labour")


@dataclass(frozen=True)
class Month:
    """One month as the formulas of the workbook work it out; ``other`` is what they do not know, yuan.

    ``sales``, ``margin`` and the rest are exact, not rounded; ``cash`` is their sum.
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

    @property
    def cash(self) -> Decimal:
        """All of the month."""
        return self.margin + self.rent + self.labour + self.invested + self.other


@dataclass(frozen=True)
class LiveCase:
    """A planned case: its inputs as fractions and yuan, its months, and what the program says of it.

    Attributes:
        name: what the store is called.
        inputs: amounts and shares by the names of ``AMOUNTS`` and ``SHARES``.
        told: the program's figures: npv, irr (a fraction), trough, payback_month, total, break_even_sales.
    """

    name: str
    inputs: Mapping[str, Decimal]
    ramp: tuple[Decimal, ...]
    life: int
    rent_free: int
    months: tuple[Month, ...]
    told: Mapping[str, Any]

    @property
    def with_other(self) -> bool:
        """Whether something is in the cash that the formulas do not know: taxes, loans, steps of the rent ..."""
        return any(month.other for month in self.months)


def of_figures(name: str, scenario: Mapping[str, Any], base: Mapping[str, Any]) -> LiveCase:
    """The case of one store from its inputs and its base case, as the JSON of a result has both."""
    inputs = {key: Decimal(str(scenario[key])) for key in AMOUNTS} | {key: share(scenario[key]) for key in SHARES}
    ramp = tuple(share(step) for step in scenario["ramp"])
    life, rent_free = int(scenario["life_months"]), int(scenario["rent_free_months"])
    months = []
    with localcontext(prec=50):
        kept = (
            inputs["gross_margin"] - inputs["other_variable"] - inputs["platform"]
            - inputs["cannibalisation"] * inputs["contribution"]
        )  # fmt: skip
        for month in base["months"]:
            number = int(month["number"])
            step = ramp[min(number, len(ramp)) - 1] if number else Decimal(0)
            sales = inputs["mature_monthly_sales"] * step
            due = number > rent_free
            paid = -(inputs["capex"] + inputs["deposit"]) if number == 0 else Decimal(0)
            back = inputs["deposit"] if number == life else Decimal(0)
            made = Month(
                number, str(month["month"] or number), step, sales, sales * kept,
                -inputs["rent"] if due else Decimal(0), -inputs["labour"] if number else Decimal(0), paid + back,
                Decimal(0),
            )  # fmt: skip
            months.append((made, Decimal(month["cash"]) - made.cash))
    # Below a cent it is what the program rounded away.
    other = any(abs(rest) >= CENT for _, rest in months)
    rate = base.get("irr")
    return LiveCase(
        name, inputs, ramp, life, rent_free,
        tuple(Month(**{**vars(made), "other": rest.quantize(CENT) if other else Decimal(0)}) for made, rest in months),
        {
            "npv": base["npv"], "irr": None if rate is None else share(rate), "trough": base["trough"],
            "payback_month": base["payback_month"], "total": base["total"],
            "break_even_sales": base["break_even_sales"],
        },
    )  # fmt: skip


def share(text: Any) -> Decimal:
    """A share as JSON writes it: ``62%``."""
    return Decimal(str(text).rstrip("%")) / 100
