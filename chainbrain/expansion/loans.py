"""Loans: what is repaid month by month, and what they really cost in a year.

The true rate follows announcement 2021 No. 3 of the People's Bank of China: all costs charged to the borrower over the
principal really outstanding, annualised; a simple rate is labelled as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from enum import StrEnum
from typing import Any, Final

from chainbrain.errors import UserError
from chainbrain.expansion import fields
from chainbrain.expansion.rates import TrueRate, internal_rate
from chainbrain.money import half_up

LARGEST: Final = Decimal(10_000_000_000)
LONGEST: Final = 360
_PRECISE: Final = Context(prec=40)


class Repayment(StrEnum):
    """How a loan is repaid."""

    EQUAL_INSTALMENTS = "equal_instalments"
    """等额本息: the same amount every month."""
    EQUAL_PRINCIPAL = "equal_principal"
    """等额本金: the same principal every month, interest on what is left."""
    INTEREST_FIRST = "interest_first"
    """先息后本: interest every month, the principal at the end."""
    FLAT = "flat"
    """等本等息: the same principal every month, interest on the original amount to the end."""


@dataclass(frozen=True)
class Instalment:
    """One month's payment in yuan and what is still owed after it."""

    number: int
    principal: Decimal
    interest: Decimal
    owed: Decimal

    @property
    def amount(self) -> Decimal:
        """Principal and interest."""
        return self.principal + self.interest


@dataclass(frozen=True)
class Loan:
    """One offer.

    Attributes:
        rate: nominal interest a year as a fraction; for ``flat`` on the original principal.
        fee: charged at the start as a share of the amount (deducted, or for a guarantee); ``fee_amount`` in yuan.
    """

    amount: Decimal
    rate: Decimal
    months: int
    repayment: Repayment = Repayment.EQUAL_INSTALMENTS
    fee: Decimal = Decimal(0)
    fee_amount: Decimal = Decimal(0)

    @classmethod
    def parse(cls, given: Mapping[str, object], before: str = "") -> Loan:
        """Read an offer as it stands in JSON; ``before`` is the path of the field it stands in.

        Raises:
            UserError: as ``Scenario.parse``.
        """
        for name in given:
            if name not in _READ:
                raise UserError("expansion.field_unknown", field=f"{before}{name}", known=", ".join(_READ))
        for name in ("amount", "annual_rate", "months"):
            if given.get(name) is None:
                raise UserError("expansion.field_missing", field=f"{before}{name}")
        kind = given.get("repayment")
        kind = Repayment.EQUAL_INSTALMENTS.value if kind is None else kind
        if kind not in tuple(Repayment):
            raise fields.refuse(f"{before}repayment", kind)
        read: dict[str, Any] = {
            "amount": fields.amount(f"{before}amount", given["amount"], LARGEST, Decimal(1)),
            "rate": fields.share(f"{before}annual_rate", given["annual_rate"]),
            "months": fields.whole(f"{before}months", given["months"], 1, LONGEST),
            "repayment": Repayment(str(kind)),
        }
        if given.get("fee") is not None:
            read["fee"] = fields.share(f"{before}fee", given["fee"])
        if given.get("fee_amount") is not None:
            read["fee_amount"] = fields.amount(f"{before}fee_amount", given["fee_amount"], LARGEST)
        loan = cls(**read)
        if loan.fees >= loan.amount:
            raise fields.refuse(f"{before}fee", given.get("fee", given.get("fee_amount")))
        return loan

    @property
    def fees(self) -> Decimal:
        """What is charged at the start."""
        return half_up(self.amount * self.fee) + self.fee_amount

    @property
    def received(self) -> Decimal:
        """What is left of the amount after the fees."""
        return self.amount - self.fees

    @property
    def interest(self) -> Decimal:
        """All interest to the end."""
        return sum((one.interest for one in self.schedule()), Decimal(0))

    def schedule(self) -> tuple[Instalment, ...]:
        """Every instalment, each half up to the cent; the last one absorbs the difference, so that nothing is owed."""
        with localcontext(_PRECISE):
            monthly = self.rate / 12
            level = annuity(self.amount, monthly, self.months)
        owed, part = self.amount, half_up(self.amount / self.months)
        made: list[Instalment] = []
        for number in range(1, self.months + 1):
            base = self.amount if self.repayment is Repayment.FLAT else owed
            interest = half_up(base * monthly)
            match self.repayment:
                case Repayment.EQUAL_INSTALMENTS:
                    principal = level - interest
                case Repayment.INTEREST_FIRST:
                    principal = Decimal("0.00")
                case _:
                    principal = part
            # Of a small amount, parts that were rounded up have repaid it before the last month.
            principal = owed if number == self.months else min(principal, owed)
            owed -= principal
            made.append(Instalment(number, principal, interest, owed))
        return tuple(made)

    def flows(self) -> tuple[Decimal, ...]:
        """What comes in at the start and goes out every month."""
        return (self.received, *(-one.amount for one in self.schedule()))

    def true_rate(self) -> TrueRate:
        """The rate with all fees in it, over what is really owed."""
        return internal_rate(self.flows())


def annuity(amount: Decimal, monthly: Decimal, months: int) -> Decimal:
    """The level instalment that repays an amount, half up to the cent."""
    with localcontext(_PRECISE):
        if monthly == 0:
            return half_up(amount / months)
        grown = (1 + monthly) ** months
        return half_up(amount * monthly * grown / (grown - 1))


_READ: Final = ("amount", "annual_rate", "months", "repayment", "fee", "fee_amount")
