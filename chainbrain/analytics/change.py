"""Why the receipts changed: new and closed stores, the calendar, orders, mix and prices, exact to the cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.analytics.overview import ZERO
from chainbrain.analytics.periods import Change, Period
from chainbrain.analytics.price_volume import Group, price_volume_mix
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book

BY: Final = ("channel", "daypart")
"""Between what orders may move."""
PRODUCT: Final = "product"
"""The groups of products that order items bear; their quantity stands in the place of orders."""

_SET_APART: Final = ("new", "closed", "gap", "calendar")
_CLEARLY: Final = Decimal("0.02")
"""From how far apart the change of all days and that of the comparable ones is worth telling, as a share."""


@dataclass(frozen=True)
class SetApart:
    """One store that a step sets apart, with what it sold in both periods."""

    name: str
    now: Decimal
    before: Decimal


@dataclass(frozen=True)
class Step:
    """One column of the waterfall.

    key: ``new``, ``closed``, ``gap`` (days without a counterpart), ``calendar`` (holidays), ``orders``, ``mix``,
    ``price``, ``gained`` or ``lost`` (channels), ``unlisted`` (receipts whose products nobody told). ``names`` lists
    the stores, holidays or channels it is about; ``count`` is stores for the first three, days for the calendar and
    the change of orders (of products' quantity) for ``orders``. ``stores`` says of the first three what each sold, the
    largest change first.
    """

    key: str
    amount: Decimal
    names: tuple[str, ...] = ()
    count: int = 0
    stores: tuple[SetApart, ...] = ()

    @property
    def sold(self) -> Decimal:
        """What the stores of the step sold in the period; those that closed, in the one before."""
        return sum((one.before if self.key == "closed" else one.now for one in self.stores), ZERO)


@dataclass(frozen=True)
class Explanation:
    """From the base period's receipts to this period's: ``before`` + Σ steps = ``now``, to the cent.

    ``parts`` are the channels, dayparts or groups of products (``by``) of the days that can be compared, the largest
    contribution first; they add up to ``compared``. Receipts whose products nobody told are the part without a key.
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
    def whole(self) -> Change:
        """The receipts of both periods without the days that have no counterpart."""
        gaps = [one for step in self.steps if step.key == "gap" for one in step.stores]
        now, before = (self.now - sum((g.now for g in gaps), ZERO), self.before - sum((g.before for g in gaps), ZERO))
        return Change(now, before)

    @property
    def alike(self) -> Change:
        """The receipts of the days that can be compared, on both sides."""
        return Change(sum((p.receipts1 for p in self.parts), ZERO), sum((p.receipts0 for p in self.parts), ZERO))

    @property
    def diverges(self) -> bool:
        """Whether the whole goes another way than the days that can be compared, or clearly farther or less far."""
        whole, alike = self.whole.ratio, self.alike.ratio
        if whole is None or alike is None:
            return False
        return whole * alike < 0 or abs(whole - alike) >= _CLEARLY

    @property
    def like_for_like(self) -> Decimal:
        """What the stores open in both periods contribute: calendar, orders, mix, price and channels."""
        return sum((step.amount for step in self.steps if step.key not in {"new", "closed", "gap"}), ZERO)

    @property
    def compared(self) -> Decimal:
        """What the days that can be compared contribute: orders, mix, price, and channels that came or went."""
        return sum((part.change for part in self.parts), ZERO)

    @property
    def set_apart(self) -> tuple[Step, ...]:
        """The steps that no part holds: stores and days that cannot be compared, each with its amount."""
        return tuple(step for step in self.steps if step.key in _SET_APART)

    def opposes(self, part: Group) -> bool:
        """Whether a part goes against the days that can be compared as a whole."""
        return part.change * self.compared < 0

    @property
    def itemised(self) -> bool:
        """Whether any group of products is known on days that can be compared."""
        return self.by == PRODUCT and any(part.key for part in self.parts)

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
        by: ``channel`` or ``daypart``: between what orders may move; ``product`` divides by quantities of products,
            of the days whose order items are in the book on both sides.
    """
    rows = book.rows(
        "analytics/change",
        first=period.first,
        after=period.after,
        shift=period.shift,
        stores=list(stores) if stores is not None else None,
        by="channel" if by == PRODUCT else by,
    )
    steps = []
    for state in _SET_APART:
        mine = [row for row in rows if row[0] == state]
        amount = sum((row[2] - row[4] for row in mine), ZERO)
        told = (mine[0][6] or ()) if mine else ()
        sold = tuple(SetApart(name, Decimal(now), Decimal(base)) for name, now, base in told)
        days = {name for row in mine for name in (row[7] or ())}
        names = tuple(sorted(days if state == "calendar" else {one.name for one in sold}))
        count = max((row[8] for row in mine), default=0) if state == "calendar" else len(sold)
        if mine:
            steps.append(Step(state, amount, names, count, sold))
    pairs = [Group(row[1], int(row[5]), row[4], int(row[3]), row[2]) for row in rows if row[0] == "pair"]
    if by == PRODUCT:
        groups = _products(book, period, stores)
        rest = _rest(pairs, groups)
    else:
        groups, rest = pairs, None
    steps += _divided(groups)
    if rest is not None:
        steps.append(Step("unlisted", rest.change))
    before, now = sum((row[4] for row in rows), ZERO), sum((row[2] for row in rows), ZERO)
    parts = groups if rest is None else [*groups, rest]
    parts_by_size = tuple(sorted(parts, key=lambda part: (-abs(part.change), part.key)))
    return Explanation(period, before, now, tuple(steps), bool(pairs), by, parts_by_size)


def _divided(groups: Sequence[Group]) -> list[Step]:
    parts = price_volume_mix(groups)
    steps = []
    if groups:
        more = sum((Decimal(g.orders1) - g.orders0 for g in groups if g.orders0 and g.orders1), Decimal(0))
        steps = [Step("orders", parts.volume, count=int(half_up(more, 0)))]
        steps += [Step("mix", parts.mix), Step("price", parts.price)]
    if gained := tuple(g.key for g in groups if not g.orders0):
        steps.append(Step("gained", parts.gained, gained, len(gained)))
    if lost := tuple(g.key for g in groups if g.orders0 and not g.orders1):
        steps.append(Step("lost", parts.lost, lost, len(lost)))
    return steps


def _products(book: Book, period: Period, stores: Sequence[str] | None) -> list[Group]:
    # Most books have no order items: they need not read their orders to learn that.
    if book.one_of("select count(*) from base.order_items")[0] == 0:
        return []
    found = book.rows(
        "analytics/change_product",
        first=period.first,
        after=period.after,
        shift=period.shift,
        stores=list(stores) if stores is not None else None,
    )
    return [Group(key, before, receipts0, now, receipts1) for key, now, receipts1, before, receipts0 in found]


def _rest(pairs: Sequence[Group], groups: Sequence[Group]) -> Group | None:
    """The receipts of comparable days whose products nobody told; nothing where all are told."""
    before = sum((pair.receipts0 for pair in pairs), ZERO) - sum((group.receipts0 for group in groups), ZERO)
    now = sum((pair.receipts1 for pair in pairs), ZERO) - sum((group.receipts1 for group in groups), ZERO)
    return Group("", 0, before, 0, now) if before or now else None
