"""What the lines of credit of a programme really cost, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from chainbrain.expansion.programme.inputs import Programme
from chainbrain.expansion.rates import TrueRate


@dataclass(frozen=True)
class Offer:
    """One line of credit, drawn or not.

    Attributes:
        received: what is paid out, in yuan.
        costs: all fees and interest to the end.
        rate: the true rate with all costs in it.
    """

    name: str
    received: Decimal
    costs: Decimal
    rate: TrueRate

    def to_mapping(self) -> Mapping[str, object]:
        """As JSON writes it: both rates of a year, since a simple one has to be named as such."""
        return {
            "name": self.name,
            "received": f"{self.received:.2f}",
            "costs": f"{self.costs:.2f}",
            "simple_rate": per_year(self.rate.nominal),
            "compound_rate": per_year(self.rate.effective),
        }


def offers(programme: Programme) -> tuple[Offer, ...]:
    """Every line of credit that the programme may draw."""
    return tuple(
        Offer(line.name, line.loan.received, line.loan.fees + line.loan.interest, line.loan.true_rate())
        for line in programme.funding
    )


def per_year(rate: Decimal) -> str:
    """A rate to a ten-thousandth of a per cent."""
    return f"{rate * 100:.4f}%"
