"""Why the receipts changed: new and closed stores, the calendar, orders, mix and prices, exact to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from chainbrain.analytics.overview import ZERO
from chainbrain.analytics.periods import Period
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book

BY: Final = ("channel", "daypart")
"""Between what orders may move."""


@dataclass(frozen=True)
class Group:
    """One channel (or daypart) in two periods: its orders and receipts (yuan) before and now."""

    key: str
    orders0: int
    receipts0: Decimal
    orders1: int
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
        return _cents((self.orders1 - self.orders0) * Fraction(self.receipts0) / self.orders0)

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
    orders0, orders1 = sum(g.orders0 for g in both), sum(g.orders1 for g in both)
    if not orders0:
        return PriceVolumeMix(ZERO, ZERO, ZERO, gained, lost)
    ticket0 = Fraction(sum((g.receipts0 for g in both), ZERO)) / orders0
    volume = _cents((orders1 - orders0) * ticket0)
    mixed = _cents(
        sum(
            ((g.orders1 - Fraction(orders1 * g.orders0, orders0)) * Fraction(g.receipts0) / g.orders0 for g in both),
            Fraction(0),
        )
    )
    return PriceVolumeMix(volume, mixed, change - volume - mixed, gained, lost)


@dataclass(frozen=True)
class Step:
    """One column of the waterfall.

    key: ``new``, ``closed``, ``gap`` (days without a counterpart), ``calendar`` (holidays), ``orders``, ``mix``,
    ``price``, ``gained`` or ``lost`` (channels). ``names`` lists the stores, holidays or channels it is about;
    ``count`` is stores for the first three, days for the calendar and the change of orders for ``orders``.
    """

    key: str
    amount: Decimal
    names: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class Explanation:
    """From the base period's receipts to this period's: ``before`` + Σ steps = ``now``, to the cent.

    ``parts`` are the channels or dayparts (``by``) of the days that can be compared, the largest contribution first;
    they add up to ``compared``.
    """

    period: Period
    before: Decimal
    now: Decimal
    steps: tuple[Step, ...]
    comparable: bool
    by: str = "channel"
    parts: tuple[Group, ...] = ()

    @property
    def change(self) -> Decimal:
        """The whole change in yuan."""
        return self.now - self.before

    @property
    def uncounted(self) -> Decimal:
        """What days without a counterpart make of the change: files that lack, neither growth nor loss."""
        return sum((step.amount for step in self.steps if step.key == "gap"), ZERO)

    @property
    def counted(self) -> Decimal:
        """The change that may be called more or less: the whole without the days that have no counterpart."""
        return self.change - self.uncounted

    @property
    def like_for_like(self) -> Decimal:
        """What the stores open in both periods contribute: calendar, orders, mix, price and channels."""
        return sum((step.amount for step in self.steps if step.key not in {"new", "closed", "gap"}), ZERO)

    @property
    def compared(self) -> Decimal:
        """What the days that can be compared contribute: orders, mix, price, and channels that came or went."""
        return sum((part.change for part in self.parts), ZERO)

    def opposes(self, part: Group) -> bool:
        """Whether a part goes against the days that can be compared as a whole."""
        return part.change * self.compared < 0

    @property
    def proven(self) -> bool:
        """Whether the steps add up; printed beside the chart, never assumed."""
        return self.before + sum((step.amount for step in self.steps), ZERO) == self.now

    @property
    def leading(self) -> tuple[Step, ...]:
        """The steps by size, the largest first, those against the direction of the change included."""
        return tuple(sorted(self.steps, key=lambda step: (-abs(step.amount), step.key)))


def explain(book: Book, period: Period, stores: Sequence[str] | None = None, by: str = "channel") -> Explanation:
    """Divide the change of the receipts against ``period.base`` into its contributions.

    A store counts as new or closed when it was not open through both periods; days missing or closed on either side,
    and days of which only one is a holiday or a worked weekend, are set apart before orders and tickets are compared.
    ``comparable`` is false when no day is left to compare.

    Args:
        book: the book to read.
        period: the days to explain, with their base.
        stores: only these store numbers; all when left out.
        by: ``channel`` or ``daypart``: between what orders may move.
    """
    rows = book.rows(
        "analytics/change",
        first=period.first,
        after=period.after,
        shift=period.shift,
        stores=list(stores) if stores is not None else None,
        by=by,
    )
    steps = []
    for state in ("new", "closed", "gap", "calendar"):
        mine = [row for row in rows if row[0] == state]
        amount = sum((row[2] - row[4] for row in mine), ZERO)
        names = tuple(sorted({name for row in mine for name in (row[7 if state == "calendar" else 6] or ())}))
        count = max((row[8] for row in mine), default=0) if state == "calendar" else len(names)
        if mine:
            steps.append(Step(state, amount, names, count))
    pairs = [Group(row[1], int(row[5]), row[4], int(row[3]), row[2]) for row in rows if row[0] == "pair"]
    parts = price_volume_mix(pairs)
    if pairs:
        more = sum(g.orders1 - g.orders0 for g in pairs if g.orders0 and g.orders1)
        steps += [Step("orders", parts.volume, count=more), Step("mix", parts.mix), Step("price", parts.price)]
    if gained := tuple(g.key for g in pairs if not g.orders0):
        steps.append(Step("gained", parts.gained, gained, len(gained)))
    if lost := tuple(g.key for g in pairs if g.orders0 and not g.orders1):
        steps.append(Step("lost", parts.lost, lost, len(lost)))
    before, now = sum((row[4] for row in rows), ZERO), sum((row[2] for row in rows), ZERO)
    parts_by_size = tuple(sorted(pairs, key=lambda part: (-abs(part.change), part.key)))
    return Explanation(period, before, now, tuple(steps), bool(pairs), by, parts_by_size)


def _cents(value: Fraction) -> Decimal:
    # Half up on the exact fraction: a Decimal quotient would already have been rounded once.
    cents, rest = divmod(abs(value.numerator) * 100, value.denominator)
    cents += 2 * rest >= value.denominator
    return half_up(Decimal(cents if value >= 0 else -cents).scaleb(-2))
