"""What of the plan is still to be paid when the statements end: it is held against what the banks show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain.cash.accounts import known_from
from chainbrain.cash.irregular import NEAR, from_earlier
from chainbrain.cash.paid import unpaid
from chainbrain.cash.plan import Due, Paid, PlanItem, dated
from chainbrain.cash.recurring import Outgoing

if TYPE_CHECKING:
    from chainbrain.cash.measuring import Measured
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class StillDue:
    """What is held against the statements.

    Attributes:
        dues: what has to be paid or comes from the first day on; what fell due before is of the first day.
        unsure: what fell due when one account of its company was known and another was not, and no known payment is
            like: what has to be paid is in ``dues`` too; if the other account paid it, that is in no balance yet. What
            was to be received is not: it may have come.
        paid: what is not in ``dues``, or not wholly, since the statements show it paid already.
    """

    dues: tuple[Due, ...]
    unsure: tuple[Due, ...]
    paid: tuple[Paid, ...]


def still_due(
    book: Book, items: Sequence[PlanItem], measured: Measured, after: date, theirs: Collection[str] = ()
) -> StillDue:
    """Hold what falls due near the end of the statements against what they show.

    Args:
        book: the book.
        items: what is planned, payment lists, what comes back from products.
        measured: up to which day accounts are known.
        after: the day after the last of those to come.
        theirs: payments of steady series that the plan does not know.
    """
    frame, since = measured.frame, known_from(measured.held)
    first = min(since.values()) - 2 * NEAR
    every = [due for due in dated(items, first, after) if due.item.entity in frame.known_to]
    far = [due for due in every if due.day > frame.known_to[due.item.entity] + NEAR]
    near = [due for due in every if due.day <= frame.known_to[due.item.entity] + NEAR]
    if all(due.day <= since[due.item.entity] for due in near):
        return StillDue(tuple(far), (), ())
    rows = book.rows("cash/outgoings", first=first - NEAR, after=frame.first)
    lines = [line for line in (Outgoing(*row) for row in rows) if line.line_id not in theirs]
    # Of an item that begins now the payments of before are no payments of its first day.
    earlier = [
        due
        for item in items
        if item.cycle != "once" and item.entity in since
        for due in dated((from_earlier(item),), first, item.day)
    ]
    entities = {one.number: one.entity for one in measured.held}
    left = unpaid(near, lines, entities, since, frame.known_to, before=earlier)
    dues, unsure, paid = [], [], []
    for due, amount in zip(near, left, strict=True):
        if due.day <= since[due.item.entity]:
            continue
        open_ = due.day > frame.known_to[due.item.entity]
        if amount != due.amount and (open_ or amount):
            paid.append(Paid(due, due.amount - amount))
        if amount:
            rest = due if amount == due.amount else replace(due, item=replace(due.item, amount=amount))
            # What was expected may have come to the account that is not known yet: it is told, and not counted on.
            if open_ or amount > 0:
                dues.append(rest)
            if not open_:
                unsure.append(rest)
    ordered = sorted([*dues, *far], key=lambda due: due.day)
    return StillDue(tuple(ordered), tuple(unsure), tuple(paid))


def first_open(measured: Measured) -> date:
    """The first day that the statements of some company do not know."""
    return min(measured.frame.known_to.values()) + timedelta(days=1)
