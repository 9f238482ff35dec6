"""What of the plan is still to be paid when the statements end: it is held against what the banks show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain.cash.accounts import known_from
from chainbrain.cash.irregular import NEAR, from_earlier
from chainbrain.cash.paid import surely, unpaid
from chainbrain.cash.pay_days import LONGEST, PayDays, moved
from chainbrain.cash.plan import Due, Paid, PlanItem, dated
from chainbrain.cash.recurring import Outgoing
from chainbrain.cash.said_paid import SaidPaid, holding

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
    book: Book,
    items: Sequence[PlanItem],
    measured: Measured,
    after: date,
    theirs: Collection[str] = (),
    *,
    pay_days: PayDays | None = None,
    answers: Sequence[SaidPaid] = (),
) -> StillDue:
    """Hold what falls due near the end of the statements against what they show.

    Args:
        book: the book.
        items: what is planned, payment lists, what comes back from products.
        measured: up to which day accounts are known.
        after: the day after the last of those to come.
        theirs: payments of steady series that the plan does not know.
        pay_days: on which day money leaves that falls due on a day off; nothing for on that day. Until both that day
            and the one that is meant are over it may be paid still, and once the first of them has come it may be paid
            already: what moves over the end of the statements is held against them as all the others.
        answers: what a person said was paid: it is due no longer, and the line that paid it pays nothing else. Where no
            line was chosen it is looked for about the day that was said, so that it is not taken for another's.
    """
    frame, since = measured.frame, known_from(measured.held)
    first = min(since.values()) - 2 * NEAR
    dues_of = moved(dated(items, first, after + LONGEST), pay_days)
    said = holding(answers, items, since)
    every = [due for due in dues_of if due.item.entity in frame.known_to and (due.item.item_id, due.meant) not in said]
    far = [due for due in every if due.first > frame.known_to[due.item.entity] + NEAR and due.day < after]
    near = [due for due in every if due.first <= frame.known_to[due.item.entity] + NEAR]
    # Without a line they are of days that all accounts know: never due, they only keep their own payments.
    near += [Due(one.paid_on, item) for item, one in said.values() if one.line_id is None and one.paid_on >= first]
    chosen = {one.line_id for _, one in said.values()}
    if all(due.last <= since[due.item.entity] for due in near):
        return StillDue(_in_order(far), (), ())
    rows = book.rows("cash/outgoings", first=first - NEAR, after=frame.first)
    entities = {one.number: one.entity for one in measured.held}
    # A steady payment that is typed in for one day is that one, on whichever day near it is paid.
    once = [due for due in near if due.item.cycle == "once" and due.amount > 0]
    lines = [
        line
        for line in (Outgoing(*row) for row in rows)
        if line.line_id not in chosen
        and (
            line.line_id not in theirs
            or any(
                entities.get(line.account, "") == due.item.entity and surely(line, due, frame.known_to) for due in once
            )
        )
    ]
    # Of an item that begins now the payments of before are no payments of its first day.
    earlier = [
        due
        for item in items
        if item.cycle != "once" and item.entity in since
        for due in moved(dated((from_earlier(item),), first, item.day), pay_days)
    ]
    left = unpaid(near, lines, entities, since, frame.known_to, before=earlier)
    dues, unsure, paid = [], [], []
    for due, amount in zip(near, left, strict=True):
        if due.last <= since[due.item.entity]:
            continue
        known_to = frame.known_to[due.item.entity]
        if due.day <= known_to < due.meant:
            # It did not leave before: what is left of it is due on its own day.
            due = replace(due, day=due.meant, said_on=None)  # noqa: PLW2901
        if due.day >= after:
            continue
        # No statement is searched for what came: from the day that is meant on it may have.
        open_ = (due.last if due.amount > 0 else due.first) > known_to
        if amount != due.amount and (open_ or amount):
            paid.append(Paid(due, due.amount - amount))
        if amount:
            rest = due if amount == due.amount else replace(due, item=replace(due.item, amount=amount))
            # What was expected may have come to the account that is not known yet: it is told, and not counted on.
            if open_ or amount > 0:
                dues.append(rest)
            if not open_:
                unsure.append(rest)
    return StillDue(_in_order([*dues, *far]), tuple(unsure), tuple(paid))


def _in_order(dues: Sequence[Due]) -> tuple[Due, ...]:
    return tuple(sorted(dues, key=lambda due: due.day))


def first_open(measured: Measured) -> date:
    """The first day that the statements of some company do not know."""
    return min(measured.frame.known_to.values()) + timedelta(days=1)
