"""Which payments of the banks are which of the plan: each is of one of them, and what is missing is still due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.cash.irregular import LIKE_GOODS, MOST, NEAR, OWN_KINDS
from chainbrain.cash.names import means_somebody, names
from chainbrain.cash.plan import KINDS, Due
from chainbrain.cash.recurring import ALIKE, Outgoing, kind_of

_ZERO: Final = Decimal("0.00")
_OTHER: Final = "other"
_WAGES: Final = "wages"
_NAMED, _SAME, _PERHAPS, _UNLIKE = range(4)
_MAIN: Final = ("工资", "代发", "贷款", "还款")
_BESIDE: Final = ("社保", "公积金", "利息")
"""What is paid beside wages or a loan is neither by itself: interest of twelve yuan pays back no loan."""


def unpaid(
    dues: Sequence[Due],
    lines: Iterable[Outgoing],
    entities: Mapping[str, str],
    since: Mapping[str, date],
    known_to: Mapping[str, date],
    *,
    before: Sequence[Due] = (),
) -> list[Decimal]:
    """How much of each due no payment of its company is, in their order.

    All that fell due near the end of the statements has to be among them, whether it can be paid still or not: else
    the payment of one would be taken for another's. The surest pairs go first, the oldest due and the nearest payment.

    Args:
        dues: what is planned.
        lines: payments out of the accounts; of what is to be received none is paid by them.
        entities: whose account is whose.
        since: up to which day all accounts of each company are known.
        known_to: up to which day one of them is.
        before: the days on which items that begin now would have fallen earlier: a payment is of such a day only if it
            is nearer than those of the plan, which may really begin now.
    """
    count = len(dues)
    dues = [*dues, *before]
    days: dict[str, list[Due]] = {}
    for due in dues[:count]:
        days.setdefault(due.item.item_id, []).append(due)
    places = sorted(range(len(dues)), key=lambda place: (dues[place].meant, place))
    left = {place: dues[place].amount for place in places}
    own: dict[str, dict[str, Outgoing]] = {}
    for line in lines:
        own.setdefault(entities.get(line.account, ""), {})[line.line_id] = line
    pairs = []
    for place in places:
        due = dues[place]
        if due.amount <= 0:
            continue
        for line in own.get(due.item.entity, {}).values():
            if place >= count and any(
                one.apart(line.day) <= due.apart(line.day) for one in days.get(due.item.item_id, ())
            ):
                continue
            likeness = _likeness(line, due, early=_early(due, known_to))
            if likeness is not None:
                gap = due.apart(line.day), abs(line.amount - due.amount), line.line_id
                pairs.append((likeness, due.meant, place, gap, line))
    for _, _, place, _, line in sorted(pairs, key=lambda pair: pair[:4]):
        rest = own[dues[place].item.entity]
        if left[place] == dues[place].amount and line.line_id in rest:
            del rest[line.line_id]
            left[place] = _ZERO
    for wages_in_part in (False, True):
        for place in places:
            if left[place] == dues[place].amount and dues[place].amount > 0:
                rest = own.get(dues[place].item.entity, {})
                left[place] = _in_several(dues[place], rest, since, known_to, wages_in_part=wages_in_part)
    return [left[place] for place in range(count)]


def pays(line: Outgoing, due: Due) -> bool:
    """Whether a payment is near the day of what was due, and alike."""
    return abs(due.amount - line.amount) <= ALIKE * abs(due.amount) and due.apart(line.day) <= NEAR


def surely(line: Outgoing, due: Due, known_to: Mapping[str, date]) -> bool:
    """Whether a payment is surely what was due: its payee is named, or it is of its own kind and nobody else's."""
    return _likeness(line, due, early=_early(due, known_to)) in {_NAMED, _SAME}


def _early(due: Due, known_to: Mapping[str, date]) -> bool:
    return due.first > known_to.get(due.item.entity, date.max)


def _likeness(line: Outgoing, due: Due, *, early: bool) -> int | None:
    """How sure it is that an alike payment is what was due; nothing where it is not.

    Before its day only the very amount is the one that is planned, but for wages: landlords and suppliers are paid
    again and again, and another one's rent is as much.
    """
    if not pays(line, due):
        return None
    kind = due.item.kind if due.item.kind in KINDS else _OTHER
    said, exact = kind_of(line), line.amount == due.amount
    named, strange = names(due.item.note, line.payee), is_strange(line, due)
    own = kind == said and kind in OWN_KINDS and not strange
    if early:
        return (_NAMED if named else _SAME if own else None) if exact or (own and kind == _WAGES) else None
    if named or own:
        return _NAMED if named else _SAME
    if kind == said or _OTHER in {kind, said}:
        return _PERHAPS
    return _UNLIKE if exact else None


def is_strange(line: Outgoing, due: Due) -> bool:
    """Whether the plan names somebody and the bank somebody else; wages go to the staff, whoever is named."""
    if due.item.kind == _WAGES:
        return False
    return means_somebody(due.item.note or "") and means_somebody(line.payee) and not names(due.item.note, line.payee)


def _in_several(
    due: Due, rest: dict[str, Outgoing], since: Mapping[str, date], known_to: Mapping[str, date], *, wages_in_part: bool
) -> Decimal:
    """What is missing of a due that was paid in another amount or in several payments of its kind; they are taken out.

    Payments of less than half are not it, but for wages, which are paid to some earlier than to others. While the days
    on which more of it may be paid are not known, what is missing is still due.
    """
    kind = due.item.kind
    if kind not in OWN_KINDS or (_early(due, known_to) and kind != _WAGES) or (wages_in_part and kind != _WAGES):
        return due.amount
    near = [
        line
        for line in rest.values()
        if kind_of(line) == kind and due.apart(line.day) <= NEAR and not is_strange(line, due)
    ]
    near.sort(key=lambda line: (_is_beside(line), due.apart(line.day), -line.amount, line.line_id))
    taken, total = [], _ZERO
    for line in near:
        most = due.amount * (1 + ALIKE if _is_beside(line) else MOST)
        if total + line.amount <= most and (total or not _is_beside(line)):
            total += line.amount
            taken.append(line)
    if not total or (total < due.amount * LIKE_GOODS and not wages_in_part):
        return due.amount
    for line in taken:
        del rest[line.line_id]
    over = due.last + NEAR <= since.get(due.item.entity, date.min) and not wages_in_part
    return _ZERO if over or total >= due.amount * (1 - ALIKE) else due.amount - total


def _is_beside(line: Outgoing) -> bool:
    words = f"{line.payee}{line.memo or ''}"
    return any(one in words for one in _BESIDE) and not any(one in words for one in _MAIN)
