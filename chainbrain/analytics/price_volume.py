"""The rule of price, volume and mix: exact to the cent, whatever the order of the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from chainbrain.analytics.overview import ZERO
from chainbrain.money import half_up


@dataclass(frozen=True)
class Group:
    """One channel, daypart or group of products in two periods, before and now.

    ``receipts`` are yuan; ``orders`` is what they are divided by: orders, or the quantity of products that was sold.
    """

    key: str
    orders0: int | Decimal
    receipts0: Decimal
    orders1: int | Decimal
    receipts1: Decimal

    @property
    def change(self) -> Decimal:
        """What it contributes to the change, in yuan."""
        return self.receipts1 - self.receipts0

    @property
    def by_orders(self) -> Decimal | None:
        """What more or fewer orders at the ticket before contribute; nothing where it is new or gone."""
        if not self.orders0 or not self.orders1:
            return None
        return cents(Fraction(self.orders1 - self.orders0) * Fraction(self.receipts0) / Fraction(self.orders0))

    @property
    def by_ticket(self) -> Decimal | None:
        """What another ticket of the orders now contributes; with ``by_orders`` the whole change to the cent."""
        return None if self.by_orders is None else self.change - self.by_orders


@dataclass(frozen=True)
class PriceVolumeMix:
    """A change divided by the rule of price, volume and mix, in yuan; the five add up to the change exactly.

    Attributes:
        volume: more or fewer orders, each at the average ticket before.
        mix: orders moving between dear and cheap channels.
        price: the same channels at other tickets.
        gained: receipts of channels that had no orders before.
        lost: receipts, as a minus, of channels that have none now.
    """

    volume: Decimal
    mix: Decimal
    price: Decimal
    gained: Decimal
    lost: Decimal

    @property
    def total(self) -> Decimal:
        """The whole change."""
        return self.volume + self.mix + self.price + self.gained + self.lost


def price_volume_mix(groups: Sequence[Group]) -> PriceVolumeMix:
    """Divide the change of all groups together; groups new or gone have no second price and stay outside the three.

    Computed in fractions; volume and mix are rounded half up to the cent and price takes the rest, so nothing is lost.
    """
    both = [group for group in groups if group.orders0 and group.orders1]
    gained = sum((g.receipts1 - g.receipts0 for g in groups if not g.orders0), ZERO)
    lost = sum((g.receipts1 - g.receipts0 for g in groups if g.orders0 and not g.orders1), ZERO)
    change = sum((g.receipts1 - g.receipts0 for g in both), ZERO)
    orders0 = sum((Fraction(g.orders0) for g in both), Fraction(0))
    orders1 = sum((Fraction(g.orders1) for g in both), Fraction(0))
    if not orders0:
        return PriceVolumeMix(ZERO, ZERO, ZERO, gained, lost)
    ticket0 = Fraction(sum((g.receipts0 for g in both), ZERO)) / orders0
    volume = cents((orders1 - orders0) * ticket0)
    mixed = cents(
        sum(
            (
                (Fraction(g.orders1) - orders1 * Fraction(g.orders0) / orders0)
                * Fraction(g.receipts0)
                / Fraction(g.orders0)
                for g in both
            ),
            Fraction(0),
        )
    )
    return PriceVolumeMix(volume, mixed, change - volume - mixed, gained, lost)


def cents(value: Fraction) -> Decimal:
    """An exact fraction of yuan to the cent, half up."""
    # Half up on the exact fraction: a Decimal quotient would already have been rounded once.
    cents, rest = divmod(abs(value.numerator) * 100, value.denominator)
    cents += 2 * rest >= value.denominator
    return half_up(Decimal(cents if value >= 0 else -cents).scaleb(-2))
