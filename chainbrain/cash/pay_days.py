"""On which day a planned payment leaves where its own is a weekend or a holiday: by a dated rule for each kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final

from chainbrain.calendar import Calendar, DayKind
from chainbrain.cash.irregular import MOST, NEAR, OWN_KINDS, from_earlier
from chainbrain.cash.names import names
from chainbrain.cash.others import LIST
from chainbrain.cash.plan import KINDS, Due, PlanItem, falls_on
from chainbrain.cash.recurring import ALIKE, LOOKED_BACK, Outgoing, kind_of
from chainbrain.errors import UserError, Word
from chainbrain.rules import Rules

if TYPE_CHECKING:
    from chainbrain.cash.accounts import Account
    from chainbrain.cash.outlook import CashPath
    from chainbrain.cash.start_words import Told
    from chainbrain.database.book import Book

BEFORE, SAME, AFTER = "before", "same", "after"
KEY: Final = "cash.pay_day."
"""The rules are called so, with the kind behind it; their values are the three words above."""
UNIT: Final = "day_off"
USUAL: Final = {**dict.fromkeys(KINDS, BEFORE), "loan": SAME, "bill": AFTER}
"""What holds where the book has no such rule: wages are due on the working day before, a draft on the next one; a loan
is debited by its bank on any day. For the others nothing is prescribed: the money is taken to leave on the working day
before, so that a floor that breaks is told no later than it does."""
LONGEST: Final = 2 * NEAR
"""A row of days off that is longer moves nothing: payments so far from their day are not told from others."""
_WORDS: Final = {"之前": BEFORE, "当天": SAME, "之后": AFTER}
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


def written(key: str, value: str) -> str:
    """The value of a rule as the book keeps it; rules of other things as they are.

    Raises:
        UserError: ``rules.no_pay_day`` for a word that says no day.
    """
    if not key.startswith(KEY):
        return value
    word = value.strip().casefold()
    word = _WORDS.get(word, word)
    if word not in {BEFORE, SAME, AFTER}:
        raise UserError("rules.no_pay_day", value=value)
    return word


class PayDays:
    """The days by a calendar, the rules of a book, and what its statements show of days off.

    A worked weekend is a working day: banks transfer on it.
    """

    def __init__(
        self, calendar: Calendar, rules: Rules | None = None, paid: tuple[Book, Iterable[Account]] | None = None
    ) -> None:
        self._calendar, self._rules, self._paid = calendar, rules or Rules(()), paid
        self._habits: dict[tuple[PlanItem, DayKind], bool] = {}

    def moved(self, due: Due) -> Due:
        """The payment on the day on which it leaves."""
        if due.item.kind not in USUAL or due.item.item_id.startswith(LIST) or self._calendar.is_working(due.day):
            # Products have days of their own, and a list that was given to the bank has its.
            return due
        step = {BEFORE: -_DAY, SAME: None, AFTER: _DAY}[self._direction(due.item, due.day)]
        if step is None:
            return due
        day = due.day + step
        while not self._calendar.is_working(day):
            day += step
            if abs(day - due.day) > LONGEST:
                return due
        return replace(due, day=day, said_on=due.day)

    def _direction(self, item: PlanItem, day: date) -> str:
        if item.cycle == "weekly" and item.day.weekday() >= _SATURDAY:
            # Said to be paid, or received, on such days.
            return SAME
        if item.amount <= 0:
            # Nobody pays us before they have to, and no bank brings it on a day off.
            return AFTER
        rule = self._rules.at(KEY + item.kind, day)
        said = rule.value if rule is not None and rule.value in {BEFORE, SAME, AFTER} else USUAL[item.kind]
        if said == SAME:
            return said
        habit = item, self._calendar.kind(day)
        if habit not in self._habits:
            self._habits[habit] = self._leaves_on(*habit)
        return SAME if self._habits[habit] else said

    def _leaves_on(self, item: PlanItem, kind: DayKind) -> bool:
        """Whether the statements show that it leaves on such days: more often on the very day than on others near."""
        lines = [line for line in self._lines.get(item.entity, ()) if _is_like(line, item)]
        if not lines:
            return False
        cycle = "monthly" if item.cycle == "once" else item.cycle
        last = max(line.day for line in lines)
        days = falls_on(from_earlier(replace(item, cycle=cycle)), last - LOOKED_BACK, last + _DAY)
        kept = moved = 0
        for day in (one for one in days if self._calendar.kind(one) is kind):
            near = {line.day for line in lines if abs(line.day - day) <= NEAR}
            kept += day in near
            moved += bool(near) and day not in near
        return kept > moved

    @cached_property
    def _lines(self) -> dict[str, list[Outgoing]]:
        found: dict[str, list[Outgoing]] = {}
        if self._paid is None:
            return found
        book, accounts = self._paid
        held = tuple(accounts)
        entities = {one.number: one.entity for one in held}
        last = max(one.day for one in held if one.day is not None)
        for row in book.rows("cash/outgoings", first=last - LOOKED_BACK, after=last + _DAY):
            line = Outgoing(*row)
            found.setdefault(entities.get(line.account, ""), []).append(line)
        return found


def _is_like(line: Outgoing, item: PlanItem) -> bool:
    """Whether a payment of the past is one like the item: of its own kind, or to its payee and of its amount."""
    if item.kind in OWN_KINDS and kind_of(line) == item.kind:
        return Decimal(0) < line.amount <= item.amount * MOST
    return abs(line.amount - item.amount) <= ALIKE * item.amount and names(item.note, line.payee)


def moved(dues: Iterable[Due], pay_days: PayDays | None) -> tuple[Due, ...]:
    """Payments on the days on which they leave, in their order."""
    return tuple(pay_days.moved(due) if pay_days is not None else due for due in dues)


def told(path: CashPath) -> tuple[Told, ...]:
    """Which kinds of payments of a path are taken to leave on another day than their own: an assumption."""
    said: list[Told] = []
    apart = [due for due in path.dues if due.said_on is not None]
    for code, some in (
        ("cash.paid_before", [due for due in apart if due.amount > 0 and due.day < due.meant]),
        ("cash.paid_after", [due for due in apart if due.amount > 0 and due.day > due.meant]),
        ("cash.received_after", [due for due in apart if due.amount <= 0]),
    ):
        if some:
            kinds = sorted({due.item.kind for due in some}, key=KINDS.index)
            days = tuple(f"{day:%m-%d}" for day in sorted({due.meant for due in some}))
            words = tuple(Word(f"plan_kind.{kind}") for kind in kinds)
            said.append((code, {"count": len(some), "kinds": words, "days": days}))
    return tuple(said)
