"""On which days steady payments of the banks fall that no plan knows, and which of them another account has paid."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chainbrain.cash.claimed import not_steady_too
from chainbrain.cash.irregular import NEAR
from chainbrain.cash.paid import pays
from chainbrain.cash.plan import Due, dated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chainbrain.cash.coming import Frame
    from chainbrain.cash.others import Others
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.recurring import Outgoing
    from chainbrain.cash.said_paid import SaidPaid


def steady_dues(beside: Others, first: date, after: date, frame: Frame) -> tuple[Due, ...]:
    """Steady payments to come; the next of a series that was expected before the statements ended is late, not gone.

    What an account whose own statements end earlier pays on a day that others know is in no balance yet, unless another
    account of its company has paid it.

    Args:
        beside: the series, and what the accounts paid.
        first: the first day that the statements of some company do not know.
        after: the day after the last of those to come.
        frame: up to which day each company is known.
    """
    begun = min((item.day for item in beside.steady), default=first)
    dues = [
        due
        for due in dated(beside.steady, min(first, begun), after)
        if due.day == due.item.day or due.day > _end(beside, due) or frame.is_open(due)
    ]
    gone = _paid_by_others(beside, [due for due in dues if not frame.is_open(due)])
    return tuple(due for due in dues if id(due) not in gone)


def not_said_paid(
    steady: Sequence[Due], answers: Iterable[tuple[PlanItem, SaidPaid]], beside: Others, frame: Frame
) -> tuple[Due, ...]:
    """Steady payments without the late ones that were made, as a person said of an item; each is of one only.

    Where the series shows a payment about the day of the answer it is about that one, and the next is to come.
    """
    left = list(steady)
    for item, answer in answers:
        if item.amount <= 0 or item.cycle != "once":
            continue
        late = [
            due
            for due in left
            if not frame.is_open(due)
            and (last := beside.last.get(due.item.grounds or "")) is not None
            and abs(last.day - answer.paid_on) > NEAR
        ]
        made = {id(due) for due in not_steady_too(late, [Due(answer.paid_on, item)]).told}
        left = [due for due in left if id(due) not in made]
    return tuple(left)


def _end(beside: Others, due: Due) -> date:
    """The last day of the account that pays a series."""
    return beside.ends.get(due.item.grounds or "", date.max)


def _paid_by_others(beside: Others, dues: Iterable[Due]) -> set[int]:
    """Which of these another account of the company paid to the same payee; a payment is of one of them only."""
    gone: set[int] = set()
    used: set[str] = set()
    for due in dues:
        last = beside.last.get(due.item.grounds or "")
        if last is None:
            continue
        near = [line for line in beside.lately if line.line_id not in used and _is(line, due, last, beside)]
        if near:
            used.add(min(near, key=lambda line: (abs(line.day - due.day), line.line_id)).line_id)
            gone.add(id(due))
    return gone


def _is(line: Outgoing, due: Due, last: Outgoing, beside: Others) -> bool:
    return (
        line.account != last.account
        and line.payee == last.payee
        and line.day > last.day
        and beside.entities.get(line.account, "") == due.item.entity
        and pays(line, due)
    )
