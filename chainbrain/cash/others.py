"""Payments that a bank's history proves and no plan knows: steady ones on their days, irregular ones on average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash import irregular
from chainbrain.cash.accounts import Account, awake, resting
from chainbrain.cash.irregular import GOODS, LIKE_GOODS, MOST, NEAR, OWN_KINDS, Usual, steady_lines
from chainbrain.cash.placed_dues import alike, without_orders
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.recurring import LOOKED_BACK, Dismissal, Outgoing, Proposal, covers, proposals

if TYPE_CHECKING:
    from chainbrain.cash.measuring import Measured
    from chainbrain.cash.placements import Placement
    from chainbrain.database.book import Book

_A_MONTH: Final = {
    "weekly": Decimal(52) / 12,
    "monthly": Decimal(1),
    "quarterly": Decimal(1) / 3,
    "once": Decimal(0),
}


LIST: Final = "list"
"""The numbers of payment lists begin so: they are no items of the plan."""


@dataclass(frozen=True)
class Others:
    """What comes beside the plan.

    Attributes:
        usual: irregular payments by legal entity.
        steady: steady payments of the bank that the plan does not know in any wording.
        meant: steady payments that an item of the plan may mean, so that they are in it already.
        ends: by the grounds of steady payments, the last day that the account which pays them is known.
        lines: the payments of the past that ``steady`` were told from: they are no items of the plan.
        last: by the grounds of steady payments, the last one.
        lately: payments that are of no series, from shortly before the first account ends on.
        entities: whose account is whose.
    """

    usual: dict[str, Usual]
    steady: tuple[PlanItem, ...]
    meant: tuple[PlanItem, ...] = ()
    ends: Mapping[str, date] = field(default_factory=dict)
    lines: frozenset[str] = frozenset()
    last: Mapping[str, Outgoing] = field(default_factory=dict)
    lately: tuple[Outgoing, ...] = ()
    entities: Mapping[str, str] = field(default_factory=dict)


def others(
    book: Book,
    plan: Sequence[PlanItem],
    measured: Measured,
    dismissed: Sequence[Dismissal],
    orders: Sequence[Placement] = (),
) -> Others:
    """What the history of the banks says of payments to come.

    Args:
        book: the book.
        plan: the plan as it stands.
        measured: which accounts are known, and up to which day.
        dismissed: steady payments of which a person said that they will not come again.
        orders: what was put into products: it is no payment.
    """
    after = measured.known_to + timedelta(days=1)
    rows = book.rows("cash/outgoings", first=after - LOOKED_BACK, after=after)
    entities = {one.number: one.entity for one in measured.held}
    lines = without_orders((Outgoing(*row) for row in rows), orders, entities)
    since: dict[str, date] = {}
    begun: dict[str, date] = {}
    for account, first in book.rows_of(
        "select base.account_key(bank_account), min(cast(posted_at as date)) from base.bank_lines group by all"
    ):
        entity = entities.get(account, "")
        begun[account] = first
        # Older payments are not looked at, so they are no days of the average either.
        since[entity] = max(min(first, since.get(entity, first)), after - LOOKED_BACK)
    ends = measured.frame.known_to
    known = {entity: (day, ends[entity]) for entity, day in since.items() if entity in ends}
    series = proposals(lines, (), entities, {one.number: one.day for one in measured.held if one.day is not None})
    ended_on = awake(measured.held)
    asleep = resting(measured.held)
    ended = {
        one.key for one in series if one.evidence[-1].account in asleep or any(word.means(one) for word in dismissed)
    }
    unknown, meant = set_apart(plan, series, steady_lines(lines))
    apart = {id(one) for one in unknown}
    of_series = {line.line_id for one in series for line in one.evidence}
    begin = min(ended_on.values(), default=after) - NEAR
    return Others(
        irregular.usual(lines, plan, entities, known, begun, ended=ended_on),
        tuple(one for one in unknown if one.grounds not in ended),
        meant,
        {one.key: ended_on[one.evidence[-1].account] for one in series if one.evidence[-1].account in ended_on},
        frozenset(line.line_id for one in series if id(one.item) in apart for line in one.evidence),
        {one.key: one.evidence[-1] for one in series},
        tuple(line for line in lines if line.day > begin and line.line_id not in of_series),
        entities,
    )


def set_apart(
    plan: Sequence[PlanItem], series: Sequence[Proposal], steady: frozenset[str]
) -> tuple[tuple[PlanItem, ...], tuple[PlanItem, ...]]:
    """The steady payments that no item of the plan may mean, and those that one may, so that none counts twice.

    An item that is like no payment of the past may be those of its company and kind with another amount or in another
    rhythm, or several of them at once, up to one and a half times what it comes to in a month. For goods several are
    paid: there it may mean one of them, the one most like it.

    Args:
        plan: the plan.
        series: all steady payments.
        steady: payments that are in no average.
    """
    rooms = [
        _Room(one.entity, one.kind, one.amount * _A_MONTH[one.cycle] * MOST)
        for one in plan
        if one.kind in {*OWN_KINDS, GOODS} and one.amount > 0 and not any(covers(one, each.item) for each in series)
    ]
    found, meant = [], [each for each in (_most_alike(room, plan, series) for room in rooms) if each is not None]
    for one in series:
        item = one.item
        if item in meant or any(covers(planned, item) for planned in plan):
            continue
        monthly = item.amount * _A_MONTH[item.cycle]
        own = (r for r in rooms if (r.entity, r.kind) == (item.entity, item.kind) and r.kind != GOODS)
        room = next((r for r in own if r.left >= monthly), None)
        if room is not None:
            room.left -= monthly
            meant.append(item)
        elif all(line.line_id in steady for line in one.evidence):
            found.append(item)
    return tuple(found), tuple(meant)


def _most_alike(room: _Room, plan: Sequence[PlanItem], series: Sequence[Proposal]) -> PlanItem | None:
    """Which steady payment for goods an item may mean; nothing for other kinds, which may mean several."""
    planned = room.left / MOST
    near = [
        one.item
        for one in series
        if room.kind == GOODS
        and (one.item.entity, one.item.kind) == (room.entity, GOODS)
        and planned * LIKE_GOODS <= one.item.amount * _A_MONTH[one.item.cycle] <= room.left
        and not any(covers(each, one.item) for each in plan)
    ]
    return min(near, key=lambda one: abs(one.amount * _A_MONTH[one.cycle] - planned), default=None)


@dataclass
class _Room:
    entity: str
    kind: str
    left: Decimal


def listed(book: Book, plan: Sequence[PlanItem], held: Sequence[Account]) -> tuple[PlanItem, ...]:
    """Payment lists that were made, as payments of their days: what a list says is known, whatever the plan says.

    An item of the plan of the same company that is alike and near is taken to be the list. A list of no account is of
    the only company there is, else of nobody, and then it is named. One of a day that the statements of its own account
    know was paid or was not: they tell.
    """
    entities = {one.number: one.entity for one in held}
    names = {one.entity for one in held if one.entity}
    only = names.pop() if len(names) == 1 else ""
    known_to = {one.number: one.day for one in held if one.balance is not None and one.day is not None}
    found = []
    for number, day, account, total, file in book.rows("cash/listed"):
        entity = entities.get(account or "", "") or only
        seen = day <= known_to.get(account or "", date.min)
        if not seen and not any(alike(one, entity, day, total) for one in plan):
            found.append(PlanItem(f"{LIST} {number}", day, entity, "other", total, note=file))
    return tuple(found)
