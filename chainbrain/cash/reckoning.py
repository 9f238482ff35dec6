"""Adds the cash forecast of a book up: what was measured, the plan, and what the banks' history says beside it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash import claimed, goods, irregular, payment_paths, twice
from chainbrain.cash.accounts import known_from
from chainbrain.cash.coming import Frame, Inflows
from chainbrain.cash.irregular import Usual
from chainbrain.cash.measuring import Measured
from chainbrain.cash.others import LIST, Others, listed, others
from chainbrain.cash.outlook import CashDay, CashOutlook, CashPath
from chainbrain.cash.pay_days import PayDays
from chainbrain.cash.placed_dues import NOTHING, Placed
from chainbrain.cash.plan import Due, PlanItem
from chainbrain.cash.recurring import Dismissal
from chainbrain.cash.said_paid import SaidPaid, holding
from chainbrain.cash.steady_dues import not_said_paid, steady_dues
from chainbrain.cash.still_due import first_open, still_due
from chainbrain.cash.transit import OnTheWay
from chainbrain.cash.twice import Beside, TwiceAnswer

if TYPE_CHECKING:
    from chainbrain.database.book import Book

Floats = npt.NDArray[np.float64]

SHARES: Final = (0.05, 0.5, 0.95)
_CENT: Final = Decimal("0.01")
_ZERO: Final = Decimal("0.00")


def reckon(
    book: Book,
    measured: Measured,
    plan: Sequence[PlanItem],
    floors: Mapping[str | None, Decimal],
    *,
    with_irregular: bool = True,
    dismissed: Sequence[Dismissal] = (),
    placed: Placed = NOTHING,
    pay_days: PayDays | None = None,
    answers: Sequence[SaidPaid] = (),
    told_apart: Sequence[TwiceAnswer] = (),
) -> CashOutlook:
    """The cash forecast of a book.

    Args:
        book: the book.
        measured: what it rests on.
        plan: what is known to be paid or received; payment lists that were made count beside it.
        floors: what must stay, by legal entity; under nothing for all together.
        with_irregular: whether payments that the plan does not know are taken off as the banks' history proves them:
            steady ones on their days, irregular ones at their average of the weekday, with the spread of their weeks.
        dismissed: steady payments of which a person said that they will not come again.
        placed: what comes back from products, and what was put away.
        pay_days: on which day money leaves that falls due on a day off; nothing for on that day.
        answers: which payments of the plan a person said were made, see ``said_paid``.
        told_apart: which payments of one day a person said come again anyway, or do not, see ``twice``.
    """
    held, frame = measured.held, measured.frame
    entities = tuple(sorted(frame.known_to))
    beside = others(book, plan, measured, dismissed, placed.orders)
    first, after = first_open(measured), frame.first + timedelta(days=frame.days)
    lists = [one for one in listed(book, plan, held) if one.day > measured.known_to or frame.known_to.get(one.entity)]
    known = (*plan, *lists, *placed.items)
    to_pay = still_due(book, known, measured, after, beside.lines, pay_days=pay_days, answers=answers)
    once = claimed.one_off(book, to_pay.dues)
    said = holding(answers, known, known_from(held)).values()
    coming = not_said_paid(steady_dues(beside, first, after, frame), said, beside, frame)
    coming, same = twice.said_same(coming, plan, told_apart, beside.last)
    apart = claimed.not_steady_too(coming, once)
    apart = replace(apart, told=(*apart.told, *same))
    meant = steady_dues(replace(beside, steady=beside.meant), first, after, frame)
    answered = {(one.item_id, one.due) for one in told_apart}
    open_ones = [due for due in apart.known if (due.item.item_id, due.meant) not in answered]
    of_plan = [due for due in open_ones if not due.item.item_id.startswith(LIST)]
    in_plan = claimed.in_plan_too(open_ones, to_pay.dues, meant)
    again = [due for due in to_pay.dues if due.item.cycle != "once" and due.amount > 0]
    asked = twice.beside([due for due in of_plan if due not in in_plan], apart.steady, [*meant, *again])
    certain = _Known(frame, to_pay.dues, apart, in_plan, asked, measured.way)
    parts = [_Part(one, certain, measured.inflows, beside, taken_off=with_irregular) for one in entities]
    unseen = _unseen(measured, entities)
    balances = {
        # Each at the end of its own statements, with what the others say it sent or got since.
        entity: sum(
            (one.balance + one.moved for one in held if one.entity == entity and one.day and one.balance is not None),
            unseen.get(entity, _ZERO),
        )
        for entity in entities
    }
    paths = [_path(None, parts, sum(balances.values(), _ZERO), floors.get(None), measured.inflows)]
    paths += [_path(one.entity, [one], balances[one.entity], floors.get(one.entity), measured.inflows) for one in parts]
    left_out = ({one.entity for one in held} | {item.entity for item in known}) - set(entities)
    return CashOutlook(
        measured.known_to, tuple(paths), held, measured.way, tuple(sorted(left_out)), measured.landings,
        measured.basis, with_irregular, to_pay.unsure,
        _meant(beside, apart), placed.at_call, paid=to_pay.paid,
        unseen=tuple(unseen.items()), said_paid=tuple(one for _, one in said),
    )  # fmt: skip


def _meant(beside: Others, apart: claimed.Apart) -> frozenset[str]:
    """Grounds of the series that are in the paths with the plan: all that is to come of them is told of there."""
    left = {due.item.grounds for due in apart.steady}
    told = {due.item.grounds for due in apart.told} - left
    return frozenset(one for one in {*(item.grounds for item in beside.meant), *told} if one)


def _unseen(measured: Measured, entities: Sequence[str]) -> dict[str, Decimal]:
    """What came to older accounts that nothing tells of: they sent more than they had and should have got.

    What they are expected to have got since is of the first day, and cannot be what they lack as well.
    """
    frame, inflows, found = measured.frame, measured.inflows, dict[str, Decimal]()
    for entity in entities:
        lacking = sum((one.lacking for one in measured.held if one.entity == entity), _ZERO)
        if not lacking:
            continue
        came = sum(
            (
                one.amount
                for one in measured.way
                if one.counted and one.entity == entity and one.due_on and one.due_on < frame.first
            ),
            _ZERO,
        )
        if inflows.before is not None:
            came += sum(
                (_yuan(figure) for of, figure in zip(inflows.entities, inflows.before, strict=True) if of == entity),
                _ZERO,
            )
        if lacking > came:
            found[entity] = lacking - came
    return found


@dataclass(frozen=True)
class _Known:
    """What is known of all entities: the plan with its days, steady payments beside it, sums on their way."""

    frame: Frame
    dues: tuple[Due, ...]
    apart: claimed.Apart
    twice: tuple[Due, ...]
    asked: tuple[Beside, ...]
    way: tuple[OnTheWay, ...]


class _Part:
    """Everything of one entity that is known to the cent, day by day, and what its streams are estimated to bring."""

    def __init__(self, entity: str, known: _Known, inflows: Inflows, beside: Others, *, taken_off: bool) -> None:
        frame = known.frame
        self.entity, self.frame = entity, frame
        self.usual = beside.usual.get(entity, Usual(0, None, np.zeros((0, 7))))
        self.settlements = [_ZERO] * frame.days
        for one in known.way:
            place = frame.place(one.due_on) if one.counted and one.due_on and one.entity == entity else None
            if place is not None:
                self.settlements[place] += one.amount
        self.dues, self.planned = self._placed(known.dues)
        self.streams = [i for i, one in enumerate(inflows.entities) if one == entity]
        self.receipts = [_yuan(figure) for figure in inflows.mean[self.streams].sum(axis=0)]
        self.steady: tuple[Due, ...] = ()
        self.irregular = [_ZERO] * frame.days
        self.told_of: tuple[Due, ...] = ()
        self.twice, _ = self._placed(known.twice)
        of_path = [one for one in known.asked if one.due.item.entity == entity and frame.place(one.due.day) is not None]
        # Where the bank's steady payments are not taken off nothing of them stands beside it.
        self.beside = tuple(one for one in of_path if taken_off or not one.by_bank)
        self.goods_more = self.claimed = _ZERO
        self.shaken: Floats = np.zeros((1, frame.days))
        if taken_off:
            self.steady, self.irregular = self._placed(known.apart.steady)
            self.told_of, _ = self._placed(known.apart.told)
            if self.usual.monthly:
                # The weeks end with the statements of this entity, which may end before those of others: what is paid
                # in between is, as everything of those days, of the first day.
                ahead = (frame.first - frame.known_to[entity]).days - 1
                daily = flat = irregular.spread(self.usual, ahead + frame.days)
                sold = goods.sold_before(inflows, self.streams, frame, entity, self.usual.days)
                evened = sold.evened(self.usual) if sold is not None else self.usual
                self.shaken = payment_paths.shaken(entity, evened, ahead + frame.days)[:, ahead:]
                if sold is not None and self.usual.goods:
                    daily = irregular.spread(self.usual, ahead + frame.days, [1.0] * ahead + list(sold.shares))
                    self.goods_more = sum(daily, _ZERO) - sum(flat, _ZERO)
                    of_goods = np.array([float(one * self.usual.goods) for one in flat[ahead:]])
                    self.shaken = self.shaken + np.cumsum(of_goods * sold.off, axis=1)
                once, _ = self._placed(known.apart.known)
                less = claimed.less(self.usual, daily, flat, once, frame)
                self.claimed = sum(less, _ZERO)
                since = self.usual.since - less[0]
                daily = [one - part for one, part in zip(daily, less[1:], strict=True)]
                daily = [sum(daily[: ahead + 1], since), *daily[ahead + 1 :]]
                self.irregular = [one + other for one, other in zip(self.irregular, daily, strict=True)]

    def _placed(self, dues: Sequence[Due]) -> tuple[tuple[Due, ...], list[Decimal]]:
        kept, sums = [], [_ZERO] * self.frame.days
        for due in dues:
            place = self.frame.place(due.day) if due.item.entity == self.entity else None
            if place is not None:
                sums[place] += due.amount
                kept.append(due)
        return tuple(kept), sums


def _path(
    entity: str | None, parts: Sequence[_Part], opening: Decimal, floor: Decimal | None, inflows: Inflows
) -> CashPath:
    frame = parts[0].frame
    streams_of = [i for part in parts for i in part.streams]
    moved: Floats = inflows.paths[:, streams_of].sum(axis=1).cumsum(axis=1)
    for part in parts:
        moved = moved - part.shaken
    ends = np.quantile(moved, SHARES, axis=0)
    days = []
    known = expected = opening
    for number in range(frame.days):
        settlements, coming, planned, other = (
            sum((getattr(part, name)[number] for part in parts), _ZERO)
            for name in ("settlements", "receipts", "planned", "irregular")
        )
        known += settlements - planned - other
        expected += settlements + coming - planned - other
        low, middle, high = (known + _yuan(float(end)) for end in ends[:, number])
        days.append(
            CashDay(
                frame.first + timedelta(days=number), settlements, coming, planned, other, expected, low, middle, high
            )
        )
    usual = [part.usual.monthly for part in parts if part.usual.monthly is not None]
    dues, steady, told_of, said_twice = (
        tuple(sorted((due for part in parts for due in getattr(part, name)), key=lambda due: due.day))
        for name in ("dues", "steady", "told_of", "twice")
    )
    return CashPath(
        entity, opening, floor, sum(usual, _ZERO) if usual else None, dues, tuple(days), steady,
        min(part.usual.days for part in parts), moved, sum((part.goods_more for part in parts), _ZERO),
        claimed=sum((part.claimed for part in parts), _ZERO), told_of=told_of,
        twice=said_twice, beside=tuple(one for part in parts for one in part.beside),
    )  # fmt: skip


def _yuan(figure: float) -> Decimal:
    if not math.isfinite(figure):
        # Never shown as money: the forecast ends as a fault of the program instead.
        raise ValueError(f"no figure in yuan: {figure}")
    return Decimal(repr(round(float(figure), 2))).quantize(_CENT)
