"""What a lease, a staff plan, channels, taxes and loans say about the months of one store, as the owner typed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from chainbrain.expansion.loans import Loan


@dataclass(frozen=True)
class Item:
    """One part of the investment, paid in a month of the life (0 is the one before the doors open); yuan."""

    name: str
    amount: Decimal
    month: int = 0

    def written(self) -> dict[str, object]:
        """As JSON has it."""
        return {"name": self.name, "amount": f"{self.amount:.2f}", "month": self.month}


@dataclass(frozen=True)
class Step:
    """An amount that holds from a month of the life on, until the next step; yuan a month."""

    month: int
    amount: Decimal

    def written(self) -> dict[str, object]:
        """As JSON has it."""
        return {"month": self.month, "amount": f"{self.amount:.2f}"}


@dataclass(frozen=True)
class Crew:
    """The labour of months that sell at least ``sales``; yuan a month."""

    sales: Decimal
    amount: Decimal

    def written(self) -> dict[str, object]:
        """As JSON has it."""
        return {"sales": f"{self.sales:.2f}", "amount": f"{self.amount:.2f}"}


@dataclass(frozen=True)
class Channel:
    """One way to sell: its share of the sales, what it keeps of them, and the days until the rest is in the bank."""

    name: str
    share: Decimal
    commission: Decimal = Decimal(0)
    days: Decimal = Decimal(0)

    def written(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "name": self.name,
            "share": per_cent(self.share),
            "commission": per_cent(self.commission),
            "settlement_days": f"{self.days.normalize():f}",
        }


class Levy(StrEnum):
    """What a tax is taken of; words under ``expansion.levy``."""

    VAT = "vat"
    """Simplified value added tax: inside the prices, nothing in months up to a free amount."""
    SALES = "sales"
    """A share of sales."""
    PROFIT = "profit"
    """A share of what was earned since the opening, above the highest it was before."""


@dataclass(frozen=True)
class Tax:
    """One rule of tax, stated by the owner; nothing stands for no first or last month.

    Attributes:
        surcharge: levied on top, as a share of the VAT.
        free_up_to: months whose sales without VAT do not exceed it bear none of this VAT.
        source: where the owner has it from.
    """

    levy: Levy
    rate: Decimal
    surcharge: Decimal = Decimal(0)
    free_up_to: Decimal | None = None
    first: date | None = None
    last: date | None = None
    source: str = ""

    def holds(self, month: date | None) -> bool:
        """Whether it holds in a month; without dates it always does."""
        if month is None:
            return True
        return (self.first is None or self.first <= month) and (self.last is None or month <= self.last)

    def written(self) -> dict[str, object]:
        """As JSON has it."""
        found: dict[str, object] = {"tax": self.levy.value, "rate": per_cent(self.rate)}
        if self.surcharge:
            found["surcharge"] = per_cent(self.surcharge)
        if self.free_up_to is not None:
            found["free_up_to"] = f"{self.free_up_to:.2f}"
        for name, month in (("from", self.first), ("to", self.last)):
            if month is not None:
                found[name] = f"{month:%Y-%m}"
        return {**found, "source": self.source}


@dataclass(frozen=True)
class Credit:
    """A loan for the store, drawn with the investment; what is owed when the life ends is repaid then."""

    name: str
    loan: Loan

    def flows(self, life: int) -> list[Decimal]:
        """What it brings and takes in months 0 … life."""
        parts = self.loan.schedule()
        found = [self.loan.received, *(-one.amount for one in parts[:life])]
        if len(parts) > life:
            found[life] -= parts[life - 1].owed
        return found + [Decimal(0)] * (life + 1 - len(found))

    def costs(self, life: int) -> list[Decimal]:
        """Fees and interest in months 0 … life."""
        found = [self.loan.fees, *(one.interest for one in self.loan.schedule()[:life])]
        return found + [Decimal(0)] * (life + 1 - len(found))

    def written(self) -> Mapping[str, object]:
        """As JSON has it."""
        loan = self.loan
        return {
            "name": self.name,
            "amount": f"{loan.amount:.2f}",
            "annual_rate": per_cent(loan.rate),
            "months": loan.months,
            "repayment": loan.repayment.value,
            "fee": per_cent(loan.fee),
            "fee_amount": f"{loan.fee_amount:.2f}",
        }


def per_cent(value: Decimal) -> str:
    """A share as people write it: 0.62 is ``62%``, 0.065 is ``6.5%``."""
    return f"{(value * 100).normalize():f}%"
