"""One-off payments that may be a payment which comes again anyway, in another amount: a person says which it is.

An invoice to a payee that is paid steadily, near the day of a steady payment and more than a tenth off it, may be that
payment or another one. Nothing tells, so both are taken off and it is asked; what was answered holds from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from chainbrain.cash.irregular import NEAR
from chainbrain.cash.names import names
from chainbrain.cash.plan import Due, PlanItem

if TYPE_CHECKING:
    from chainbrain.cash.recurring import Outgoing
    from chainbrain.cash.start_words import Told

SAME: Final = "same"
OTHER: Final = "other"
ANSWERS: Final = (SAME, OTHER)


@dataclass(frozen=True)
class TwiceAnswer:
    """What a person said of one day of an item: ``same`` as what comes again anyway, or an ``other`` payment."""

    item_id: str
    due: date
    answer: str


@dataclass(frozen=True)
class Beside:
    """A one-off payment and what comes again to the same payee about that day; both are taken off.

    Attributes:
        steady: the payment that comes again.
        by_bank: whether only the bank's history knows that one: it can be said to be the same. What the plan says twice
            has to be mended in the plan.
    """

    due: Due
    steady: Due
    by_bank: bool


def beside(known: Iterable[Due], steady: Sequence[Due], again: Sequence[Due]) -> tuple[Beside, ...]:
    """One-off payments that name whom something that comes again near their day goes to; each of one only.

    Args:
        known: what is known for one day and was held against payments that are alike already.
        steady: payments that only the bank's history knows; they go first, since they can be answered.
        again: what items of the plan that come again want, or stand for.
    """
    found: list[Beside] = []
    used: set[int] = set()
    for due in sorted(known, key=lambda one: (one.day, one.item.item_id)):
        near = [
            (not by_bank, due.apart(one.day), abs(one.amount - due.amount), place, one)
            for place, (one, by_bank) in enumerate([*((one, True) for one in steady), *((one, False) for one in again)])
            if place not in used and _goes_to(one, due)
        ]
        if near:
            planned, _, _, place, one = min(near, key=lambda each: each[:4])
            used.add(place)
            found.append(Beside(due, one, not planned))
    return tuple(found)


def said_same(
    steady: Sequence[Due], items: Iterable[PlanItem], answers: Iterable[TwiceAnswer], last: Mapping[str, Outgoing]
) -> tuple[tuple[Due, ...], tuple[Due, ...]]:
    """Steady payments without those that an item is, as was said; then those. Each answer is about the nearest one.

    Once the bank shows that one, the next of what is paid every week is near too, and is another payment.

    Args:
        steady: payments to come that only the bank's history knows.
        items: the plan.
        answers: what was said.
        last: by the grounds of steady payments, the last one that the bank shows.
    """
    standing, left, gone = {one.item_id: one for one in items}, list(steady), list[Due]()
    for one in sorted(answers, key=lambda each: (each.due, each.item_id)):
        item = standing.get(one.item_id)
        # The answer was about one day: of an item that was moved since it is asked again.
        if one.answer != SAME or item is None or item.cycle != "once" or item.day != one.due:
            continue
        due = Due(one.due, item)
        near = [each for each in left if _goes_to(each, due)]
        if near:
            nearest = min(near, key=lambda each: (due.apart(each.day), each.day))
            shown = last.get(nearest.item.grounds or "")
            if shown is not None and due.apart(shown.day) <= due.apart(nearest.day):
                continue
            gone.append(nearest)
            left.remove(nearest)
    return tuple(left), tuple(gone)


def _goes_to(steady: Due, due: Due) -> bool:
    return (
        steady.item.entity == due.item.entity
        and due.item.amount > 0
        and due.apart(steady.day) <= NEAR
        and names(due.item.note, steady.item.note or "")
    )


def told(asked: Sequence[Beside]) -> tuple[Told, ...]:
    """What may be one payment, with both sums: that both are taken off is for a person to say."""
    if not asked:
        return ()
    # By the day that the plan has: a day off may move it.
    items = " / ".join(
        f"{one.due.meant} {one.due.item.note} ¥{one.due.amount:,.2f} ↔ {one.steady.meant} ¥{one.steady.amount:,.2f}"
        for one in asked
    )
    return (("cash.beside_steady", {"count": len(asked), "items": items}),)
