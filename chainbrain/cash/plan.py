"""What is known to be paid or received: items of the plan, and the days on which they fall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

CYCLES: Final = ("once", "weekly", "monthly", "quarterly")
"""Words stand under ``plan_cycle.<key>``."""
KINDS: Final = ("wages", "rent", "tax", "goods", "loan", "bill", "other")
"""Words stand under ``plan_kind.<key>``."""

_WEEK: Final = timedelta(days=7)
_MONTHS: Final = {"monthly": 1, "quarterly": 3}
_YEAR: Final = 12


@dataclass(frozen=True)
class PlanItem:
    """One item of 资金计划.

    Attributes:
        item_id: its number in the book; empty for one that is not written yet.
        day: when it falls due, or first does.
        entity: the legal entity that pays.
        amount: yuan that have to be paid; below 0 what will be received.
        cycle: one of ``CYCLES``.
        until: the last day on which it may fall.
        by_hand: written at the desk, not brought by a table.
        grounds: the payments of the past from which it was proposed.
    """

    item_id: str
    day: date
    entity: str
    kind: str
    amount: Decimal
    cycle: str = "once"
    until: date | None = None
    note: str | None = None
    by_hand: bool = False
    grounds: str | None = None


@dataclass(frozen=True)
class Due:
    """One item on one of its days, in yuan to be paid.

    Attributes:
        day: when the money leaves.
        said_on: the day of the item, where that is a day off and the money leaves on another.
    """

    day: date
    item: PlanItem
    said_on: date | None = None

    @property
    def meant(self) -> date:
        """The day that the item says."""
        return self.said_on or self.day

    @property
    def first(self) -> date:
        """The earlier one of the day that is meant and the day on which the money leaves."""
        return min(self.day, self.meant)

    @property
    def last(self) -> date:
        """The later one of them: before it is over, the payment may be still to come."""
        return max(self.day, self.meant)

    def apart(self, day: date) -> timedelta:
        """How far a day is from the nearer one of them."""
        return min(abs(self.day - day), abs(self.meant - day))

    @property
    def amount(self) -> Decimal:
        """What is to be paid."""
        return self.item.amount


@dataclass(frozen=True)
class Paid:
    """A due as it is planned, and how much of it the statements show as paid by now."""

    due: Due
    amount: Decimal


def falls_on(item: PlanItem, first: date, after: date) -> list[date]:
    """The days of an item from ``first`` to the one before ``after``.

    An item of the 31st falls on the last day of shorter months, and on the 31st again in longer ones.
    """
    last = min(after - timedelta(days=1), item.until) if item.until else after - timedelta(days=1)
    if item.cycle == "once":
        return [item.day] if first <= item.day <= last else []
    if item.cycle == "weekly":
        skipped = max(0, -((item.day - first) // _WEEK))
        days = []
        day = item.day + skipped * _WEEK
        while day <= last:
            if day >= first:
                days.append(day)
            day += _WEEK
        return days
    step = _MONTHS[item.cycle]
    months = (first.year - item.day.year) * _YEAR + first.month - item.day.month
    number, days = max(0, months // step), []
    while (day := month_later(item.day, number * step)) <= last:
        if day >= first:
            days.append(day)
        number += 1
    return days


def dated(items: Iterable[PlanItem], first: date, after: date) -> tuple[Due, ...]:
    """All items with their days, in order of day, entity, kind and size, whatever order they came in."""
    found = [Due(day, item) for item in items for day in falls_on(item, first, after)]
    return tuple(
        sorted(
            found,
            key=lambda due: (
                due.day, due.item.entity, due.item.kind, -due.amount, due.item.note or "", due.item.item_id,
            ),
        )
    )  # fmt: skip


def month_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short for it."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    first = date(year, month + 1, 1)
    last = month_end(first)
    return first.replace(day=min(day.day, last.day))


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
