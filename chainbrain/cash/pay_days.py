"""On which day a planned payment leaves where its own is a weekend or a holiday: by a dated rule for each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chainbrain.cash.plan import KINDS, Due, PlanItem
from chainbrain.errors import Word
from chainbrain.rules import Rules

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar
    from chainbrain.cash.outlook import CashPath
    from chainbrain.cash.start_words import Told

BEFORE: Final = "before"
SAME: Final = "same"
AFTER: Final = "after"
KEY: Final = "cash.pay_day."
"""The rules are called so, with the kind behind it; their values are the three words above."""
USUAL: Final = {**dict.fromkeys(KINDS, BEFORE), "loan": SAME, "bill": AFTER}
"""What holds where the book has no such rule: wages are due on the working day before by law, a draft on the next one;
a loan is debited by its bank on any day. For the others nothing is prescribed: the money is taken to leave on the
working day before, so that a floor that breaks is told no later than it does."""
LONGEST: Final = timedelta(days=15)
"""By no more than so much a row of days off moves a payment."""
_DAY: Final = timedelta(days=1)


class PayDays:
    """The days by a calendar and the rules of a book. A worked weekend is a working day: banks transfer on it."""

    def __init__(self, calendar: Calendar, rules: Rules | None = None) -> None:
        self._calendar, self._rules = calendar, rules or Rules(())

    def direction(self, item: PlanItem, day: date) -> str:
        """Where a payment goes whose day is none of work."""
        if item.kind not in USUAL:
            return SAME
        if item.amount <= 0:
            # Nobody pays us before they have to.
            return AFTER
        if item.cycle == "weekly" and not self._calendar.is_working(item.day):
            # Said to be paid on such days.
            return SAME
        rule = self._rules.at(KEY + item.kind, day)
        return rule.value if rule is not None and rule.value in {BEFORE, SAME, AFTER} else USUAL[item.kind]

    def moved(self, due: Due) -> Due:
        """The payment on the day on which it leaves."""
        if self._calendar.is_working(due.day):
            return due
        step = {BEFORE: -_DAY, SAME: None, AFTER: _DAY}[self.direction(due.item, due.day)]
        if step is None:
            return due
        day = due.day + step
        while not self._calendar.is_working(day) and abs(day - due.day) < LONGEST:
            day += step
        return replace(due, day=day, said_on=due.day)


def moved(dues: Iterable[Due], pay_days: PayDays | None) -> tuple[Due, ...]:
    """Payments on the days on which they leave, in order."""
    found = [pay_days.moved(due) if pay_days is not None else due for due in dues]
    return tuple(sorted(found, key=lambda due: due.day))


def told(path: CashPath) -> tuple[Told, ...]:
    """Which kinds of payments of a path were taken to leave on another day than their own: an assumption."""
    said: list[Told] = []
    apart = [due for due in (*path.dues, *path.steady) if due.said_on is not None]
    for code, some in (
        ("cash.paid_before", [due for due in apart if due.said_on and due.day < due.said_on and due.amount > 0]),
        ("cash.paid_after", [due for due in apart if due.said_on and due.day > due.said_on and due.amount > 0]),
        ("cash.received_after", [due for due in apart if due.amount <= 0]),
    ):
        if some:
            kinds = sorted({due.item.kind for due in some}, key=KINDS.index)
            said.append((code, {"count": len(some), "kinds": tuple(Word(f"plan_kind.{kind}") for kind in kinds)}))
    return tuple(said)
