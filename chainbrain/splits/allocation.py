"""One sale shared out under the rules, to the cent: what an editor shows while a rule is being written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from chainbrain.money import CENT, from_fen, half_up

UNTAXED: Final = "_untaxed"
"""A base that ends like this is taken without VAT."""
_TAXED: Final = ("gross", "after_refunds", "after_fees", "after_commission")
BASES: Final = (*_TAXED, *(f"{one}{UNTAXED}" for one in _TAXED))
"""What a share is taken of; words under ``split_basis.<key>``."""
WAYS: Final = ("ratio", "fixed", "progressive", "flat")
"""How a rule reckons; words under ``split_way.<key>``. The last two go by the month, not by the sale."""


@dataclass(frozen=True)
class Share:
    """One rule as far as a single sale needs it.

    Attributes:
        name: the agreement; rules of one name that come to the whole share it without rest.
        receiver: who gets it.
        basis: one of ``BASES``.
        way: ``ratio`` or ``fixed``.
        value: a fraction of the base, or yuan of one order.
        category: the group of products of whose part of the base it is; nothing for all of it.
    """

    name: str
    receiver: str
    basis: str
    way: str
    value: Decimal
    category: str | None = None


@dataclass(frozen=True)
class Sale:
    """What came in for one order up to now, in yuan.

    Attributes:
        amount: what the guest paid.
        refunded: what was given back of it, positive.
        fee: the channel's charges that were kept.
        commission: the part of them that is the platform's commission.
        vat: the VAT rate of the store on the day of the sale; nothing where it is not known.
        products: what the order's products come to; nothing where they are not known.
        groups: what of them each group is.
    """

    amount: Decimal
    refunded: Decimal = Decimal(0)
    fee: Decimal = Decimal(0)
    commission: Decimal = Decimal(0)
    vat: Decimal | None = None
    products: Decimal | None = None
    groups: Mapping[str, Decimal] = field(default_factory=dict, hash=False)

    def base(self, basis: str, category: str | None = None) -> Decimal:
        """What a share is taken of; never below nothing. That of a group is its part of it, half up to the cent.

        Raises:
            ValueError: a base without VAT, whose rate is not known, or a group of products that are not.
        """
        whole = self._whole(basis)
        if category is None:
            return whole
        if not self.products or self.products < 0:
            raise ValueError("no products")
        return half_up(whole * self.groups.get(category, Decimal(0)) / self.products)

    def _whole(self, basis: str) -> Decimal:
        left = self.amount - self.refunded
        found = {
            "gross": self.amount,
            "after_refunds": left,
            "after_fees": left - self.fee,
            "after_commission": left - self.commission,
        }[basis.removesuffix(UNTAXED)]
        found = max(found, Decimal(0))
        if not basis.endswith(UNTAXED):
            return found
        if self.vat is None:
            raise ValueError("no VAT rate")
        return without_vat(found, self.vat)


def allocate(sale: Sale, shares: Sequence[Share]) -> tuple[Decimal, ...]:
    """What each share comes to in yuan, in their order; what is left over stays with the store.

    A share is rounded down to the cent (domain rule: splits, section 3). Ratios of one agreement and base that come to
    the whole get what the rounding left by the largest remainder, ties in their order.
    """
    exact = [_exact(sale, share) for share in shares]
    found = [int((one * 100).to_integral_value(ROUND_FLOOR)) for one in exact]
    agreements: dict[tuple[str, str, str | None], list[int]] = defaultdict(list)
    for number, share in enumerate(shares):
        agreements[share.name, share.basis, share.category].append(number)
    for (_, basis, category), members in agreements.items():
        if all(shares[one].way == "ratio" for one in members) and sum(shares[one].value for one in members) == 1:
            left = _floor(sale.base(basis, category)) - sum(found[one] for one in members)
            ranked = sorted(members, key=lambda one: (-(exact[one] * 100 % 1), one))
            for one in ranked[:left]:
                found[one] += 1
    return tuple(from_fen(one) for one in found)


def without_vat(amount: Decimal, rate: Decimal) -> Decimal:
    """An amount without its VAT, half up to the cent as an invoice prints it (domain rule: VAT, section 1)."""
    return half_up(amount / (1 + rate))


def over_cap(amount: Decimal, wanted: Decimal, cap: Decimal) -> Decimal:
    """By how much the parts of one order exceed what may be split of it, in yuan; 0 when they do not."""
    return max(wanted - (amount * cap).quantize(CENT, ROUND_FLOOR), Decimal("0.00"))


def _exact(sale: Sale, share: Share) -> Decimal:
    base = sale.base(share.basis, share.category)
    if share.way == "fixed":
        return min(share.value, base.quantize(CENT, ROUND_FLOOR))
    return base * share.value


def _floor(base: Decimal) -> int:
    return int((base * 100).to_integral_value(ROUND_FLOOR))
