"""The lines of what is known to be paid: the next day of each item, and what has to be looked at of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain.cash.accounts import last_known
from chainbrain.cash.plan import falls_on
from chainbrain.cash.uncounted import overdue
from ui.views.money.told import today

if TYPE_CHECKING:
    from chainbrain.cash.outlook import CashOutlook, CashPath
    from chainbrain.cash.plan import Due, PlanItem
    from chainbrain.cash.said_paid import SaidPaid
    from chainbrain.cash.twice import Beside

_YEAR = timedelta(days=366)
_DONE = frozenset({"paid", "said_paid"})


@dataclass(frozen=True)
class PlanLine:
    """One item.

    Attributes:
        day: its next day.
        mark: ``overdue``, ``paid``, ``said_paid`` or ``left_out``: the item is in no figure.
            ``unsure``: it is taken off at once. ``past``: it is taken off, and no statement proves it.
            ``twice``: it is taken off, and what another item stands for, or the bank pays anyway, may be the same.
        gone: with ``past`` the day that is over; ``day`` is a later one where it comes again.
        said_on: the day of the item, where that is a day off and the figures take it off on another.
        asked: which day of the plan can be answered as paid; nothing where there is nothing to answer.
        answer: what was answered, with ``said_paid``.
        beside: what may be the same, with ``twice``, where that goes to the same payee in another amount.
    """

    item: PlanItem
    day: date | None
    mark: str = ""
    gone: date | None = None
    said_on: date | None = None
    asked: date | None = None
    answer: SaidPaid | None = None
    beside: Beside | None = None


class PlanLines:
    """Makes the lines of the items of one path.

    Args:
        path: the path that is looked at, and the forecast that it is of.
        today: the last day that the banks are known.
        answers: what a person said was paid, as far as it holds.
    """

    def __init__(
        self,
        path: CashPath | None,
        outlook: CashOutlook | None,
        today: date | None,
        answers: Sequence[SaidPaid] = (),
    ) -> None:
        self._path, self._outlook, self._today = path, outlook, today
        self._answers = {one.due_key: one for one in answers}
        self._known = last_known(outlook.accounts) if outlook is not None else {}

    def of(self, items: Sequence[PlanItem]) -> list[PlanLine]:
        """The lines: what is still to be paid in order of days, what is done behind it."""
        entity = self._path.entity if self._path is not None else None
        lines = [self._line(one) for one in items if entity in {None, one.entity}]
        lines.sort(key=lambda line: (line.mark in _DONE, line.day or date.max, -line.item.amount, line.item.item_id))
        return lines

    @property
    def asked_on(self) -> date:
        """The day on which it is looked at."""
        asked_on = self._outlook.asked_on if self._outlook is not None else None
        return asked_on or today()

    def _line(self, one: PlanItem) -> PlanLine:
        start = self._today + timedelta(days=1) if self._today else today()
        without = self._outlook.entities_left_out if self._outlook is not None else ()
        due = self._taken_off(one)
        # What a day off moved over the end of the statements is in the figures, though its own day is over.
        moved = due is not None and due.said_on == one.day
        over = not moved and overdue(one, self._known.get(one.entity, self._today))
        mark = "left_out" if one.entity in without else self._standing(one) or ("overdue" if over else "")
        day = due.day if due is not None else one.day if over else _next(one, start)
        gone = None
        if not mark and day is not None and day < self.asked_on:
            mark, gone = "past", day
            # What comes again is looked for on its next day; that of one time keeps the day it had.
            due = self._taken_off(one, self.asked_on) or due
            day = due.day if due is not None and due.day > day else _next(one, self.asked_on) or day
        beside = self._beside(one)
        if not mark and self._path is not None:
            again = any(d.item.item_id == one.item_id for d in self._path.twice)
            mark = "twice" if again or beside is not None else ""
        said_on = due.said_on if due is not None and due.day == day else None
        line = PlanLine(one, day, mark, gone, said_on, beside=beside if mark == "twice" else None)
        if mark == "overdue":
            return replace(line, asked=one.day)
        if mark == "unsure":
            return replace(line, asked=self._unsure(one))
        if mark == "said_paid":
            return replace(line, day=one.day, answer=self._answers[one.item_id, one.day])
        return line

    def _taken_off(self, item: PlanItem, since: date = date.min) -> Due | None:
        """What the figures take off of it first, from a day on; nothing for none of the days to come."""
        dues = self._path.dues if self._path is not None else ()
        return next((due for due in dues if due.item.item_id == item.item_id and due.day >= since), None)

    def _unsure(self, item: PlanItem) -> date | None:
        """The first day of it of which the statements do not tell whether it was paid."""
        dues = self._outlook.unsure if self._outlook is not None else ()
        return next((due.meant for due in dues if due.item.item_id == item.item_id and due.amount > 0), None)

    def _beside(self, item: PlanItem) -> Beside | None:
        """What goes to the same payee about that day."""
        asked = self._path.beside if self._path is not None else ()
        return next((one for one in asked if one.due.item.item_id == item.item_id), None)

    def _standing(self, item: PlanItem) -> str:
        """What was said of it, or the statements say, where that has to be looked at."""
        if item.cycle == "once" and (item.item_id, item.day) in self._answers:
            return "said_paid"
        if self._outlook is None:
            return ""
        if self._unsure(item) is not None:
            return "unsure"
        gone = any(one.due.item.item_id == item.item_id for one in self._outlook.paid)
        return "paid" if gone and item.cycle == "once" and self._taken_off(item) is None else ""


def _next(item: PlanItem, start: date) -> date | None:
    """The next day of an item; nothing for one that is over."""
    days = falls_on(item, start, max(start, item.day) + _YEAR)
    return days[0] if days else None
