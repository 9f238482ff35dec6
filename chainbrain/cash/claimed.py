"""One-off payments that are known are part of what is paid on average: an invoice typed in goes off once, not twice.

An invoice of a supplier, or a payment list, is one of the payments that the average of the past is made of, as far as
that past has payments like it: so much less of their share of the average is taken off, from its day on, and where the
days to come end before that on the days before it. What is like nothing of the past is paid beside everything else, and
what is known is taken off in full. The range stays as wide as that of all irregular payments: how much narrower it is
since some of them are known has not been measured, and a low path that is too high warns of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.cash import twice
from chainbrain.cash.irregular import GOODS, Usual, like
from chainbrain.cash.names import names
from chainbrain.cash.others import LIST
from chainbrain.cash.paid import is_strange, pays
from chainbrain.cash.plan import KINDS, Due
from chainbrain.cash.recurring import Outgoing

if TYPE_CHECKING:
    from chainbrain.cash.coming import Frame
    from chainbrain.cash.outlook import CashPath
    from chainbrain.cash.start_words import Told
    from chainbrain.database.book import Book

_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal("0.00")
_OTHER: Final = "other"
_NAMED, _SAME, _PERHAPS = range(3)


def one_off(book: Book, dues: Iterable[Due]) -> tuple[Due, ...]:
    """What of the plan has to be paid once, and what payment lists pay to each payee."""
    every = [due for due in dues if due.item.cycle == "once" and due.amount > 0 and due.item.kind in KINDS]
    if not any(due.item.item_id.startswith(LIST) for due in every):
        return tuple(every)
    payees: dict[str, list[tuple[str, Decimal]]] = {}
    for number, payee, amount in book.rows("cash/list_payees"):
        payees.setdefault(f"{LIST} {number}", []).append((payee, amount))
    return tuple(part for due in every for part in _to_each(due, payees.get(due.item.item_id, ())))


def _to_each(due: Due, payees: Sequence[tuple[str, Decimal]]) -> list[Due]:
    """A payment list by its payees; of one that comes to another sum nobody can say who gets it."""
    if sum((amount for _, amount in payees), _ZERO) != due.amount or any(amount <= 0 for _, amount in payees):
        return [due]
    return [replace(due, item=replace(due.item, note=payee, amount=amount)) for payee, amount in payees]


@dataclass(frozen=True)
class Apart:
    """Steady payments held against what is known.

    Attributes:
        steady: those that nobody has told of for one day.
        told: those that somebody has: they are in the path with what was told.
        known: what is known and is no steady payment.
    """

    steady: tuple[Due, ...]
    told: tuple[Due, ...]
    known: tuple[Due, ...]


def not_steady_too(steady: Sequence[Due], known: Iterable[Due]) -> Apart:
    """Hold steady payments against what is known for one day: of one company, near and alike, each of one only."""
    pairs = _paired(steady, known)
    told = [one for _, one in pairs if one is not None]
    gone = {id(one) for one in told}
    return Apart(
        tuple(one for one in steady if id(one) not in gone),
        tuple(told),
        tuple(due for due, one in pairs if one is None),
    )


def in_plan_too(known: Iterable[Due], dues: Iterable[Due], meant: Iterable[Due]) -> tuple[Due, ...]:
    """What is known for one day and looks like a payment that an item of the plan that comes again stands for already.

    Both are what somebody wrote, so both are taken off; that they may be one payment has to be said.

    Args:
        known: what is known for one day and is no steady payment beside the plan.
        dues: what the plan knows.
        meant: steady payments of the bank that the plan means, in whatever amounts and rhythm.
    """
    again = [due for due in dues if due.item.cycle != "once" and due.amount > 0]
    return tuple(due for due, one in _paired([*meant, *again], known) if one is not None)


def _paired(steady: Iterable[Due], known: Iterable[Due]) -> list[tuple[Due, Due | None]]:
    """Each known payment with the steady one that it is, as far as there is one.

    The surest go first: what names whom a steady payment goes to is that one, whatever else is like it.
    """
    every, dues = list(steady), sorted(known, key=_in_order)
    pairs = [
        (likeness, due.apart(one.day), abs(one.amount - due.amount), one.day, number, place)
        for number, due in enumerate(dues)
        for place, one in enumerate(every)
        if (likeness := _likeness(one, due)) is not None
    ]
    chosen: dict[int, int] = {}
    for *_, number, place in sorted(pairs):
        if number not in chosen and place not in chosen.values():
            chosen[number] = place
    return [(due, every[chosen[number]] if number in chosen else None) for number, due in enumerate(dues)]


def _likeness(steady: Due, due: Due) -> int | None:
    """How sure it is that a steady payment is what is known for one day; nothing where it is not.

    Where nobody is named and one of them is for nobody knows what, only the very amount is: among several that are paid
    every week one is always near and about as much, and its money would be taken off no more.
    """
    line, kinds = _as_paid(steady), {steady.item.kind, due.item.kind}
    if steady.item.entity != due.item.entity or not pays(line, due) or is_strange(line, due):
        return None
    if names(due.item.note, line.payee):
        return _NAMED
    if _OTHER not in kinds:
        return _SAME if len(kinds) == 1 else None
    return _PERHAPS if steady.amount == due.amount else None


def _as_paid(due: Due) -> Outgoing:
    return Outgoing("", "", due.day, due.amount, due.item.note or "", None, None, 0)


def less(
    usual: Usual, daily: Sequence[Decimal], flat: Sequence[Decimal], dues: Iterable[Due], frame: Frame
) -> list[Decimal]:
    """How much less of an average is to be taken off since some of it is known.

    Args:
        usual: the payments of the past and their average.
        daily: what is taken off on each day from the one on that no account of the company is known.
        flat: the same if as much is sold as while the payments of the past were made.
        dues: what is known, of the same company; none is a steady payment.
        frame: up to which day one of its accounts is known. What fell due by then stands for payments of accounts whose
            statements are older, ``usual.since``; no later one does. What falls due on the days of the forecast stands
            for no payment of the days before them either.

    Returns:
        First how much less of ``usual.since``, then of each day.
    """
    known = sorted(dues, key=_in_order)
    found = [_ZERO] * (len(daily) + 1)
    ends = [frame.known_to[due.item.entity] for due in known]
    places = [max((due.day - end).days, 0) for due, end in zip(known, ends, strict=True)]
    # How far back each may reach: those of the first day of the forecast and later ones no farther than that day.
    begins = [(frame.first - end).days if due.day >= frame.first else 1 for due, end in zip(known, ends, strict=True)]
    pools = _pools(usual, daily, flat, known)
    wanted = [due.amount for due in known]
    for later in (True, False):
        for number, (place, begin) in enumerate(zip(places, begins, strict=True)):
            days = range(place, len(found)) if later else range(place - 1, begin - 1, -1)
            for _, rest in (one for one in pools if number in one[0]):
                for day in days:
                    part = min(rest[day], wanted[number])
                    if part > 0:
                        rest[day] -= part
                        found[day] += part
                        wanted[number] -= part
                    if not wanted[number]:
                        break
    return found


def _pools(
    usual: Usual, daily: Sequence[Decimal], flat: Sequence[Decimal], known: Sequence[Due]
) -> list[tuple[frozenset[int], list[Decimal]]]:
    """What is to be paid on each day like the payments that the same known ones are like.

    Those that the fewest are like come first: nobody else can claim them.
    """
    lines = [(one.line, one.kind) for one in usual.made_of]
    liked: dict[str, set[int]] = {}
    for number, due in enumerate(known):
        for line in like(due.item, lines, usual.steady_to):
            liked.setdefault(line.line_id, set()).add(number)
    total = sum((one.monthly for one in usual.made_of), _ZERO)
    bought = sum((one.monthly for one in usual.made_of if one.kind == GOODS), _ZERO)
    # Only what is paid for goods follows what is sold.
    others = [
        min(one * (total - bought) / total, more) if total else _ZERO for one, more in zip(flat, daily, strict=True)
    ]
    goods = [more - one for one, more in zip(others, daily, strict=True)]
    shares: dict[frozenset[int], tuple[Decimal, Decimal, Decimal]] = {}
    for one in usual.made_of:
        by = frozenset(liked.get(one.line.line_id, ()))
        if by:
            of_goods, of_others, since = shares.get(by, (_ZERO, _ZERO, _ZERO))
            if one.kind == GOODS:
                of_goods += one.monthly
            else:
                of_others += one.monthly
            shares[by] = of_goods, of_others, since + one.since
    pools = []
    for by, (of_goods, of_others, since) in shares.items():
        share = of_goods / bought if of_goods else _ZERO
        other = of_others / (total - bought) if of_others else _ZERO
        pools.append((by, [_down(since), *(_down(a * share + b * other) for a, b in zip(goods, others, strict=True))]))
    return sorted(pools, key=lambda pool: (len(pool[0]), sorted(pool[0])))


def _down(amount: Decimal) -> Decimal:
    """To the cent, never more than there is."""
    return max(amount.quantize(_CENT, ROUND_DOWN), _ZERO)


def _in_order(due: Due) -> tuple[object, ...]:
    return due.day, due.item.kind, -due.amount, due.item.note or "", due.item.item_id


def told(path: CashPath) -> tuple[Told, ...]:
    """How much of what is known is part of the average or of steady payments, and counted once: an assumption."""
    said: list[Told] = []
    if path.claimed:
        once = [due for due in path.dues if due.item.cycle == "once" and due.amount > 0 and due.item.kind in KINDS]
        known = sum((due.amount for due in once), _ZERO)
        said.append(("cash.claimed", {"known": f"¥{known:,.2f}", "amount": f"¥{path.claimed:,.2f}"}))
    if path.told_of:
        amount = sum((due.amount for due in path.told_of), _ZERO)
        said.append(("cash.told_of", {"count": len(path.told_of), "amount": f"¥{amount:,.2f}"}))
    return (*said, *said_twice(path), *twice.told(path.beside))


def said_twice(path: CashPath) -> tuple[Told, ...]:
    """What may stand in the plan twice, with its sum: that it is taken off twice is for a person to mend."""
    if not path.twice:
        return ()
    # By the day that the plan has: a day off may move it.
    items = " / ".join(f"{due.said_on or due.day} ¥{due.amount:,.2f}" for due in path.twice)
    return (("cash.said_twice", {"count": len(path.twice), "items": items}),)
