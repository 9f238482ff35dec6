"""Money that lies in products already: typed in by the owner, there again on its day, and counted against the caps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.cash.ladder_terms import Product
from chainbrain.errors import UserError
from chainbrain.money import fits

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from chainbrain.cash.ladder_terms import Terms
    from chainbrain.cash.past import PastDay

    Whole = npt.NDArray[np.int64]

_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Placement:
    """One sum in a product.

    Attributes:
        placement_id: its number in the book; empty for one that is not written yet.
        entity: the legal entity whose money it is.
        amount: yuan.
        put_on: the day on which it left the bank account.
        back_on: the day on which it is there again; nothing where it can be asked back and nobody did.
    """

    placement_id: str
    product: str
    entity: str
    amount: Decimal
    put_on: date
    back_on: date | None = None


def checked(said: Placement, products: Iterable[Product], entities: Sequence[str], terms: Terms) -> Placement:
    """A placement as it is written; where nobody is named and there is one legal entity only, it is that one.

    Money that is locked and of which no day is said is back when its product gives it back by ``terms``.

    Raises:
        UserError: ``cash.unknown_product``, ``cash.placed_amount``, ``cash.no_entity``, ``cash.placed_dates``, or
            ``cash.placed_entity`` for a company that the book does not know, whose money would come back to nobody.
    """
    product = next((one for one in products if one.name == " ".join(said.product.split())), None)
    if product is None:
        raise UserError("cash.unknown_product", name=said.product)
    entity = " ".join(said.entity.split()) or (entities[0] if len(entities) == 1 else "")
    if not entity:
        raise UserError("cash.no_entity")
    if entities and entity not in entities:
        raise UserError("cash.placed_entity", entity=entity, known=tuple(entities))
    if said.amount <= 0 or not fits(said.amount):
        raise UserError("cash.placed_amount", value=str(said.amount))
    if said.back_on is None and product.lock_days:
        said = replace(said, back_on=terms.locked(product, said.put_on).back_on)
    if said.back_on is not None and said.back_on <= said.put_on:
        raise UserError("cash.placed_dates", day=said.put_on, until=said.back_on)
    return replace(said, product=product.name, entity=entity)


def of(placements: Iterable[Placement], entity: str | None, first: date) -> tuple[Placement, ...]:
    """What of them lies there from a day on, of one legal entity or of all."""
    return tuple(
        one for one in placements if entity in {None, one.entity} and (one.back_on is None or one.back_on >= first)
    )


def never_placed(past: Sequence[PastDay], placements: Iterable[Placement]) -> tuple[PastDay, ...]:
    """The days of the past as if nothing had been put away: orders are no costs, and what came back no receipts."""
    left: dict[date, Decimal] = {}
    came: dict[date, Decimal] = {}
    for one in placements:
        left[one.put_on] = left.get(one.put_on, _ZERO) + one.amount
        if one.back_on is not None:
            came[one.back_on] = came.get(one.back_on, _ZERO) + one.amount
    found = []
    away = sum((left[day] for day in left if day < past[0].day), _ZERO)
    away -= sum((came[day] for day in came if day < past[0].day), _ZERO)
    for day in past:
        ordered, returned = left.get(day.day, _ZERO), came.get(day.day, _ZERO)
        away += ordered - returned
        # Where the statement does not show it as a payment to others, or as one by others, it was moved.
        paid, received = min(ordered, day.went), min(returned, day.came)
        found.append(
            replace(
                day, balance=day.balance + away, came=day.came - received, went=day.went - paid,
                moved=day.moved + (ordered - paid) - (returned - received),
            )
        )  # fmt: skip
    return tuple(found)


def used(placements: Iterable[Placement], first: date, days: int) -> dict[str, Whole]:
    """How many yuan of each product's cap are taken on each of the days; odd fen count as a yuan."""
    # Numbers are loaded only when something is planned.
    import numpy as np  # noqa: PLC0415

    found: dict[str, Whole] = {}
    for one in placements:
        begin = max((one.put_on - first).days, 0)
        end = days if one.back_on is None else min(max((one.back_on - first).days, 0), days)
        taken = found.setdefault(one.product, np.zeros(days, dtype=np.int64))
        taken[begin:end] += int(-(-one.amount // 1))
    return found


def ordered_on(placements: Iterable[Placement], day: date) -> dict[str, int]:
    """How many yuan of each product's daily cap are taken by what was put there on a day; odd fen count as a yuan."""
    found: dict[str, int] = {}
    for one in placements:
        if one.put_on == day:
            found[one.product] = found.get(one.product, 0) + int(-(-one.amount // 1))
    return found
