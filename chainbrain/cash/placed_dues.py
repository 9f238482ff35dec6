"""What products give back, and what went into them since the statements ended: known items of the cash forecast."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash.placements import Placement
from chainbrain.cash.plan import PlanItem, falls_on
from chainbrain.cash.recurring import ALIKE

if TYPE_CHECKING:
    from datetime import date

    from chainbrain.cash.ladder_terms import Product, Terms
    from chainbrain.cash.recurring import Outgoing

BACK: Final = "placed_back"
PUT: Final = "placed_put"
"""Kinds of these items; words stand under ``plan_kind.<key>``."""
OTHER: Final = "other"
"""The kind under which a person plans what products take or give back: there is none of its own."""
NEAR: Final = timedelta(days=6)
"""An item of the plan, or a line of a statement, so near that is alike is the same money."""


@dataclass(frozen=True)
class Placed:
    """What lies in products, for the cash forecast.

    Attributes:
        items: what comes back, below 0, and what is put away, each on its day.
        orders: every sum that was ever put away: in the statements it is no payment that will come again.
        at_call: what can be asked back and nobody did, by legal entity: no day is known, so it is in no path.
    """

    items: tuple[PlanItem, ...] = ()
    orders: tuple[Placement, ...] = ()
    at_call: tuple[tuple[str, Decimal], ...] = ()


NOTHING: Final = Placed()


def arriving(placements: Iterable[Placement], products: Iterable[Product], terms: Terms) -> tuple[Placement, ...]:
    """The placements with the days on which their money is in the account: a product may pay on trading days only."""
    named = {one.name: one for one in products}
    return tuple(
        replace(one, back_on=terms.trading(one.back_on))
        if one.back_on is not None and one.product in named and named[one.product].working_only
        else one
        for one in placements
    )


def placed(placements: Sequence[Placement], plan: Sequence[PlanItem]) -> Placed:
    """The items of what lies in products; what an item of the plan of the same company is like is that item already.

    Each day of such an item is one sum only. What is planned as wages, rent or the like is none that products give
    back or take.

    Args:
        placements: with the days on which the money arrives, see ``arriving``.
        plan: what is planned to be paid and received.
    """
    found: list[PlanItem] = []
    free = {number: item for number, item in enumerate(plan) if item.kind == OTHER}
    met: set[tuple[int, date]] = set()
    at_call: dict[str, Decimal] = {}
    for one in placements:
        moves = [(PUT, one.put_on, one.amount)]
        if one.back_on is not None:
            moves.append((BACK, one.back_on, -one.amount))
        else:
            at_call[one.entity] = at_call.get(one.entity, Decimal("0.00")) + one.amount
        for kind, day, amount in moves:
            said = ((number, on) for number, item in free.items() for on in alike(item, one.entity, day, amount))
            meant = min((one for one in said if one not in met), key=lambda one: abs(one[1] - day), default=None)
            if meant is not None:
                met.add(meant)
            else:
                found.append(PlanItem(f"{kind} {one.placement_id}", day, one.entity, kind, amount, note=one.product))
    return Placed(tuple(found), tuple(placements), tuple(sorted(at_call.items())))


def alike(item: PlanItem, entity: str, day: date, amount: Decimal) -> list[date]:
    """The days near which an item of the plan is taken to be a known sum: of the same company and alike."""
    if item.entity != entity or abs(item.amount - amount) > ALIKE * abs(amount):
        return []
    return falls_on(item, day - NEAR, day + NEAR + timedelta(days=1))


def without_orders(
    lines: Iterable[Outgoing], orders: Iterable[Placement], entities: Mapping[str, str]
) -> list[Outgoing]:
    """Payments without the orders of products: an order is the nearest payment of its company of exactly its amount."""
    left = list(lines)
    for one in orders:
        near = [
            line
            for line in left
            if line.amount == one.amount
            and abs(line.day - one.put_on) <= NEAR
            and entities.get(line.account, "") == one.entity
        ]
        if near:
            left.remove(min(near, key=lambda line: (abs(line.day - one.put_on), line.line_id)))
    return left
