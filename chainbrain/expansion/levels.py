"""What mature stores sell by format, city tier and size: how the sales of each kind spread, and of how many stores.

A format and a tier are the owner's words; stores of which nobody said them are a group of their own and never guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from chainbrain.money import half_up
from chainbrain.own_openings import LEAST_STORES, MatureStore

BY: Final = ("format", "city_tier", "size")
_EDGES: Final = (50, 100, 200, 400, 800)
"""Where a class of size ends, in m²: each is twice the last, so that one ladder serves a kiosk and a hall."""
_TENTHS: Final = (Decimal("0.1"), Decimal("0.5"), Decimal("0.9"))


@dataclass(frozen=True)
class Level:
    """What a month of the mature stores of one kind sells, in yuan.

    Attributes:
        by: ``format``, ``city_tier`` or ``size``.
        group: the owner's word or the class of size (``100–200 m²``); nothing for stores of which nobody said it.
        stores: so many mature stores stand behind it.
        p10: one store in ten sells less, ``p90``: one in ten more; never beyond the least and the best of them.
        minimum: fewer stores are no distribution: what such a store sells is then the owner's assumption.
    """

    by: str
    group: str | None
    stores: int
    p10: Decimal
    p50: Decimal
    p90: Decimal
    minimum: int = LEAST_STORES

    @property
    def enough(self) -> bool:
        """Whether the figures may stand without the owner's word."""
        return self.stores >= self.minimum and self.group is not None

    @property
    def note(self) -> str:
        """The code of the words that go with a group that may not stand alone; empty where it may."""
        if self.group is None:
            return "template.not_entered"
        return "" if self.enough else "template.few"


def levels(mature: Sequence[MatureStore]) -> tuple[Level, ...]:
    """The spread of mature sales by each of ``BY``: largest group first, those of which nobody said it last."""
    found: list[Level] = []
    for by in BY:
        groups: dict[str | None, list[Decimal]] = defaultdict(list)
        for store in mature:
            groups[group_of(store, by)].append(store.monthly_sales)
        made = [Level(by, group, len(sales), *_ends(sales)) for group, sales in groups.items()]
        order = _sizes() if by == "size" else ()
        found += sorted(
            made,
            key=lambda one: (
                one.group is None,
                order.index(one.group) if one.group in order else -one.stores,
                one.group or "",
            ),
        )
    return tuple(found)


def group_of(store: MatureStore, by: str) -> str | None:
    """To which group of a kind a store belongs; nothing where nobody said."""
    if by == "size":
        return None if store.area_m2 is None else size_of(store.area_m2)
    return store.format if by == "format" else store.city_tier


def size_of(area_m2: Decimal) -> str:
    """The class of size of an area; its lower end belongs to it, its upper one to the next."""
    return _sizes()[sum(area_m2 >= edge for edge in _EDGES)]


def _sizes() -> tuple[str, ...]:
    between = [f"{low}–{high} m²" for low, high in pairwise(_EDGES)]
    return (f"< {_EDGES[0]} m²", *between, f"≥ {_EDGES[-1]} m²")


def _ends(sales: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """P10, P50 and P90: the i-th of n sorted stores stands at (i + ½)/n, as in the draws of a simulation."""
    ordered = sorted(sales)
    last = len(ordered) - 1
    found = []
    for share in _TENTHS:
        place = min(max(share * len(ordered) - Decimal("0.5"), Decimal(0)), Decimal(last))
        low = int(place)
        high = ordered[min(low + 1, last)]
        found.append(half_up(ordered[low] + (high - ordered[low]) * (place - low)))
    return found[0], found[1], found[2]
