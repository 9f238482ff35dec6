"""Idle money put where it is not needed: the longest lock takes what stays free longest, the next what is left.

After the rule of domain analytics, section 5: ``free(h) = min over t ≤ h of P5(balance_t) − safety``. Products are the
owner's own, their yields assumptions; nothing is recommended.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.cash.outlook import CashDay, CashPath
from chainbrain.errors import UserError
from chainbrain.money import fits, half_up

RISKS: Final = ("R1", "R2", "R3", "R4", "R5")
SHORTEST: Final = 7
"""Even what can be had back at once is only put away when it is not needed for a week."""
_YEAR: Final = 365
_HIGHEST: Final = Decimal(1)
LONGEST: Final = 3650
"""Days that a product may lock money for, or take to give it back."""


@dataclass(frozen=True)
class Product:
    """Where money may be put.

    Attributes:
        lock_days: for how long it is locked; 0 for money that can be asked back at any time.
        lag_days: how many days it takes to come back once it is asked for.
        cap: the most that may be put there, in yuan; nothing for no limit.
        rate: the yield of a year that the owner assumes, as a share.
        risk: one of ``RISKS``.
        said_on: the day on which the owner wrote it down.
    """

    name: str
    lock_days: int
    lag_days: int
    cap: Decimal | None
    rate: Decimal
    risk: str
    said_on: date

    @property
    def days(self) -> int:
        """For how long the money must not be needed."""
        return max(SHORTEST, self.lock_days + self.lag_days)


@dataclass(frozen=True)
class Rung:
    """What one product may take.

    Attributes:
        free: what nobody needs for its days, before longer products took their part.
        amount: what it may take.
        binding: the day on which the balance is lowest until then; nothing where the forecast does not reach so far.
        earned: what the assumed yield would bring over its days, in yuan.
    """

    product: Product
    free: Decimal
    amount: Decimal
    binding: CashDay | None
    earned: Decimal


def ladder(path: CashPath, products: Iterable[Product], safety: Decimal) -> tuple[Rung, ...]:
    """What each product may take of one path, the longest first; of equally long ones that with the higher yield."""
    placed, rungs = Decimal("0.00"), []
    for product in sorted(products, key=lambda one: (-one.days, -one.rate, one.name)):
        if product.days > len(path.days):
            rungs.append(Rung(product, Decimal("0.00"), Decimal("0.00"), None, Decimal("0.00")))
            continue
        within = path.days[: product.days]
        free = path.free(product.days, safety)
        amount = max(free - placed, Decimal("0.00"))
        if product.cap is not None:
            amount = min(amount, product.cap)
        placed += amount
        earned = half_up(amount * product.rate * product.days / _YEAR)
        rungs.append(Rung(product, free, amount, min(within, key=lambda day: (day.p5, day.day)), earned))
    return tuple(rungs)


def checked(product: Product) -> Product:
    """The product as it is written.

    Raises:
        UserError: ``cash.product_name``, ``cash.product_days``, ``cash.product_cap``, ``cash.product_rate`` or
            ``cash.product_risk``.
    """
    name = " ".join(product.name.split())
    if not name:
        raise UserError("cash.product_name")
    for days in (product.lock_days, product.lag_days):
        if not 0 <= days <= LONGEST:
            raise UserError("cash.product_days", value=days, longest=LONGEST)
    if product.cap is not None and (product.cap <= 0 or not fits(product.cap)):
        raise UserError("cash.product_cap", value=str(product.cap))
    if not (product.rate.is_finite() and 0 <= product.rate < _HIGHEST):
        raise UserError("cash.product_rate", value=str(product.rate))
    if product.risk not in RISKS:
        raise UserError("cash.product_risk", value=product.risk)
    return Product(
        name, product.lock_days, product.lag_days, product.cap, half_up(product.rate, 6), product.risk, product.said_on
    )


def total(rungs: Sequence[Rung]) -> Decimal:
    """What all products take together."""
    return sum((rung.amount for rung in rungs), Decimal("0.00"))
