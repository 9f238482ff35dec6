"""Idle money put where it is not needed: the longest lock takes what stays free longest, the next what is left.

After the rule of domain analytics, section 5: ``free(h) = min over t ≤ h of P5(balance_t) − safety``. Products are the
owner's own, their yields assumptions; nothing is recommended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash.ladder_terms import EVERY_DAY, Product, Stay, Terms
from chainbrain.cash.outlook import CashDay, CashPath
from chainbrain.errors import UserError
from chainbrain.money import fits, half_up

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Whole = npt.NDArray[np.int64]

RISKS: Final = ("R1", "R2", "R3", "R4", "R5")
_YEAR: Final = 365
_HIGHEST: Final = Decimal(1)
LONGEST: Final = 3650
"""Days that a product may lock money for, or take to give it back."""


@dataclass(frozen=True)
class Rung:
    """What one product may take.

    Attributes:
        free: what nobody needs for its days, before longer products took their part.
        amount: what it may take.
        binding: the day on which the balance is lowest until then; nothing where the forecast does not reach so far.
        earned: what the assumed yield would bring over its days, in yuan.
        stay: from when to when the money would be away.
    """

    product: Product
    free: Decimal
    amount: Decimal
    binding: CashDay | None
    earned: Decimal
    stay: Stay


def ladder(
    path: CashPath,
    products: Iterable[Product],
    safety: Decimal,
    terms: Terms = EVERY_DAY,
    used: Mapping[str, Whole] | None = None,
    *,
    ordered: Mapping[str, int] | None = None,
) -> tuple[Rung, ...]:
    """What each product may take of one path, the longest first; of equally long ones that with the higher yield.

    ``used`` is how many yuan of each cap are taken on each day, ``ordered`` how many of each daily cap on the first.
    """
    first = path.days[0].day
    stays = [(terms.shortest(product, terms.order_on(product, first)), product) for product in products]
    placed, rungs = Decimal("0.00"), []
    for stay, product in sorted(stays, key=lambda one: (-(one[0].back_on - first).days, -one[1].rate, one[1].name)):
        away = (stay.back_on - first).days
        if away > len(path.days):
            rungs.append(Rung(product, Decimal("0.00"), Decimal("0.00"), None, Decimal("0.00"), stay))
            continue
        within = path.days[:away]
        free = path.free(away, safety)
        amount = max(free - placed, Decimal("0.00"))
        taken = used.get(product.name) if used else None
        lies = Decimal(int(taken[:away].max())) if taken is not None else Decimal(0)
        today = Decimal((ordered or {}).get(product.name, 0) if stay.put_on == first else 0)
        for cap, taken_of_it in ((product.cap, lies), (product.daily_cap, today)):
            if cap is not None:
                amount = min(amount, max(cap - taken_of_it, Decimal(0)))
        if product.least is not None or product.step is not None:
            amount = Decimal(product.order(int(amount)))
        placed += amount
        earned = half_up(amount * product.rate * stay.bears / _YEAR)
        rungs.append(Rung(product, free, amount, min(within, key=lambda day: (day.p5, day.day)), earned, stay))
    return tuple(rungs)


def checked(product: Product) -> Product:
    """The product as it is written.

    Raises:
        UserError: ``cash.product_name``, ``cash.product_days``, ``cash.product_cap``, ``cash.product_least``,
            ``cash.product_rate`` or ``cash.product_risk``.
    """
    name = " ".join(product.name.split())
    if not name:
        raise UserError("cash.product_name")
    for days in (product.lock_days, product.lag_days):
        if not 0 <= days <= LONGEST:
            raise UserError("cash.product_days", value=days, longest=LONGEST)
    for cap in (product.cap, product.daily_cap, product.least, product.step):
        if cap is not None and (cap <= 0 or not fits(cap)):
            raise UserError("cash.product_cap", value=str(cap))
    least = product.least
    if least is not None and any(cap is not None and cap < least for cap in (product.cap, product.daily_cap)):
        raise UserError("cash.product_least", least=f"{least:.2f}")
    if not (product.rate.is_finite() and 0 <= product.rate < _HIGHEST):
        raise UserError("cash.product_rate", value=str(product.rate))
    if product.risk not in RISKS:
        raise UserError("cash.product_risk", value=product.risk)
    return replace(product, name=name, rate=half_up(product.rate, 6))


def hour_of(text: str) -> time | None:
    """An hour as it is typed, such as 15:00 or 9:30; nothing for anything else."""
    found = re.fullmatch(r"([01]?\d|2[0-3])[:：]([0-5]\d)", text.strip(), flags=re.ASCII)
    return time(int(found[1]), int(found[2])) if found else None


def total(rungs: Sequence[Rung]) -> Decimal:
    """What all products take together."""
    return sum((rung.amount for rung in rungs), Decimal("0.00"))
