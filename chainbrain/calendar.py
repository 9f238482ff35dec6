"""Working days, holidays and comparable days of mainland China, read from the tables handed in.

The tables are the book's own (seeds stand in ``resources/rules``), so a correction by the user counts at once. A year
without rows never fails: it then knows weekends only, and ``certainty`` says ``unknown``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Final

from chainbrain.errors import UserError

_DAY: Final = timedelta(days=1)
_NOON: Final = time(12)
# The same weekday of the last four ordinary weeks, looked for in the last sixteen: Spring Festival can spoil several.
_WEEKS_WANTED: Final = 4
_WEEKS_SEARCHED: Final = 16

# Holidays whose date moves with the moon or the sun, and the festival they are counted from.
_MOVING: Final = {
    "spring_festival": "spring_festival",
    "qingming": "qingming",
    "dragon_boat": "dragon_boat",
    "mid_autumn": "mid_autumn",
}
_FIXED: Final = {"new_year": (1, 1), "labour_day": (5, 1), "national_day": (10, 1)}


class DayKind(StrEnum):
    """What sort of day it is; the values are the ends of word keys (``day.working`` ...)."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKEUP = "makeup"
    """A Saturday or Sunday that is worked (调休上班)."""


class Certainty(StrEnum):
    """How sure the table is about a year."""

    ANNOUNCED = "announced"
    PROJECTED = "projected"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What a day is compared with."""

    SAME_WEEKDAY = "same_weekday"
    WORKING_DAYS = "working_days"
    SAME_HOLIDAY = "same_holiday"
    NONE = "none"


@dataclass(frozen=True)
class Holiday:
    """One row of the holiday table: ``kind`` is ``holiday`` (day off) or ``workday`` (a weekend day worked)."""

    day: date
    kind: str
    name: str
    projected: bool = False


@dataclass(frozen=True)
class Festival:
    """One row of the festival table: a lunar or solar-term day such as ``spring_festival`` or ``lantern``."""

    day: date
    festival: str


@dataclass(frozen=True)
class Comparison:
    """The days that a day is fairly compared with (their average), newest first; none when there are none."""

    day: date
    basis: Basis
    days: tuple[date, ...]
    name: str | None = None


@dataclass(frozen=True)
class SettlementRule:
    """When a payout arrives: ``T`` counts working days, ``D`` calendar days, ``lag`` of them after the sale's day."""

    working: bool
    lag: int

    @classmethod
    def parse(cls, text: str) -> SettlementRule:
        """Read ``D0``, ``D1``, ``T1``, ``T+1`` and the like.

        Raises:
            UserError: ``calendar.unknown_settlement_rule``.
        """
        found = re.fullmatch(r"\s*([DT])\s*\+?\s*(\d{1,3})\s*", text, flags=re.IGNORECASE | re.ASCII)
        if not found:
            raise UserError("calendar.unknown_settlement_rule", rule=text)
        return cls(working=found[1].upper() == "T", lag=int(found[2]))

    def __str__(self) -> str:
        return f"{'T' if self.working else 'D'}{self.lag}"


class Calendar:
    """Questions about days, answered from holiday rows and festival rows."""

    def __init__(self, holidays: Iterable[Holiday], festivals: Iterable[Festival] = ()) -> None:
        self._rows = {row.day: row for row in holidays}
        self._festivals: dict[str, dict[int, date]] = defaultdict(dict)
        self._festival_names: dict[date, tuple[str, ...]] = {}
        for entry in festivals:
            self._festivals[entry.festival][entry.day.year] = entry.day
            self._festival_names[entry.day] = (*self._festival_names.get(entry.day, ()), entry.festival)
        # A year is announced only when none of its own rows is projected.
        self._projected_years = {day.year for day, row in self._rows.items() if row.projected}
        self._known_years = {day.year for day in self._rows}
        self._blocks: dict[tuple[str, int], list[date]] = defaultdict(list)
        for day, row in sorted(self._rows.items()):
            if row.kind == "holiday":
                self._blocks[row.name, self._holiday_year(day, row.name)].append(day)

    # ------------------------------------------------------------------ one day

    def kind(self, day: date) -> DayKind:
        """What sort of day it is."""
        row = self._rows.get(day)
        if row is not None:
            return DayKind.HOLIDAY if row.kind == "holiday" else DayKind.MAKEUP
        return DayKind.WEEKEND if day.weekday() >= 5 else DayKind.WORKING

    def is_working(self, day: date) -> bool:
        """Whether banks and offices work that day."""
        return self.kind(day) in (DayKind.WORKING, DayKind.MAKEUP)

    def is_trading(self, day: date) -> bool:
        """Whether exchanges are open: they stay closed on weekends that are worked, and funds count their days."""
        return self.is_working(day) and day.weekday() < 5

    def name(self, day: date) -> str | None:
        """The holiday that the day belongs to or, for a worked weekend, makes up for, as ``spring_festival``."""
        row = self._rows.get(day)
        return row.name if row else None

    def festivals(self, day: date) -> tuple[str, ...]:
        """The traditional days that fall on this day (``lantern``, ``qixi`` ...), whether or not they are days off."""
        return self._festival_names.get(day, ())

    def festival(self, name: str, year: int) -> date | None:
        """The date of a traditional day in a calendar year, or nothing when the table does not say."""
        return self._festivals.get(name, {}).get(year)

    def certainty(self, day: date) -> Certainty:
        """Whether the year of the day was officially announced, is projected, or is not in the table at all."""
        if day.year not in self._known_years:
            return Certainty.UNKNOWN
        return Certainty.PROJECTED if day.year in self._projected_years else Certainty.ANNOUNCED

    # ------------------------------------------------------------------ counting working days

    def next_working(self, day: date, n: int = 1) -> date:
        """The n-th working day after ``day``; with ``n`` = 0 the day itself, or the first working day after it."""
        return _next(self.is_working, day, n)

    def next_trading(self, day: date, n: int = 1) -> date:
        """The n-th trading day after ``day``; with ``n`` = 0 the day itself, or the first trading day after it."""
        return _next(self.is_trading, day, n)

    def working_days(self, first: date, after: date) -> int:
        """How many working days lie in [first, after)."""
        return sum(self.is_working(first + _DAY * i) for i in range((after - first).days))

    def settles_on(self, rule: SettlementRule | str, moment: datetime, cutoff: time | None = None) -> date:
        """The day on which a payment made at ``moment`` should arrive at the bank.

        Args:
            rule: ``D0``, ``D1``, ``T1`` ... as in the account list.
            moment: local time of the payment.
            cutoff: where the settlement day ends; nothing means midnight (24:00). An afternoon or evening cut-off moves
                later payments to the next settlement day; one before noon means that the settlement day runs into the
                small hours, so that earlier payments still belong to the day before.
        """
        parsed = SettlementRule.parse(rule) if isinstance(rule, str) else rule
        day = self.settlement_day(moment, cutoff)
        return self.next_working(day, parsed.lag) if parsed.working else day + _DAY * parsed.lag

    @staticmethod
    def settlement_day(moment: datetime, cutoff: time | None = None) -> date:
        """The settlement day that a moment belongs to (see ``settles_on``)."""
        day = moment.date()
        if cutoff is None or cutoff in (time.min, time.max):
            return day
        if cutoff <= _NOON:
            return day - _DAY if moment.time() < cutoff else day
        return day + _DAY if moment.time() >= cutoff else day

    # ------------------------------------------------------------------ fair comparisons

    def comparable(self, day: date) -> Comparison:
        """The days a fair comparison uses.

        An ordinary day: the same weekday of the last four ordinary weeks. A worked weekend: the last four ordinary
        working days. A holiday: the same holiday a year before, aligned on the festival itself (the third day of Spring
        Festival with the third day, whatever the solar date).
        """
        kind = self.kind(day)
        if kind is DayKind.HOLIDAY:
            return self._same_holiday(day, self._rows[day].name)
        if kind is DayKind.MAKEUP:
            return Comparison(day, Basis.WORKING_DAYS, self._before(day, _DAY, 60), self.name(day))
        return Comparison(day, Basis.SAME_WEEKDAY, self._before(day, _DAY * 7, _WEEKS_SEARCHED))

    def spring_offset(self, day: date) -> int | None:
        """Days from the nearest Spring Festival: its first day is 0, the eve −1; nothing when the table is silent."""
        nearest = bisect_right(self._springs, day)
        around = self._springs[max(nearest - 1, 0) : nearest + 1]
        offsets = sorted(((day - spring).days for spring in around), key=abs)
        return offsets[0] if offsets and abs(offsets[0]) <= 366 else None

    @cached_property
    def _springs(self) -> list[date]:
        return sorted(self._festivals.get("spring_festival", {}).values())

    def _before(self, day: date, step: timedelta, tries: int) -> tuple[date, ...]:
        plain = (DayKind.WORKING,) if step == _DAY else (DayKind.WORKING, DayKind.WEEKEND)
        earlier = (day - step * i for i in range(1, tries + 1))
        return tuple(d for d in earlier if self.kind(d) in plain)[:_WEEKS_WANTED]

    def _same_holiday(self, day: date, name: str) -> Comparison:
        year = self._holiday_year(day, name)
        last_year = self._blocks.get((name, year - 1), [])
        if not last_year:
            return Comparison(day, Basis.NONE, (), name)
        here, there = self._anchor(name, year), self._anchor(name, year - 1)
        if here is None or there is None:  # a holiday of the user's own: by its place in the block
            here, there = self._blocks[name, year][0], last_year[0]
        wanted = there + (day - here)
        nearest = min(last_year, key=lambda other: (abs(other - wanted), other))
        return Comparison(day, Basis.SAME_HOLIDAY, (nearest,), name)

    def _anchor(self, name: str, year: int) -> date | None:
        if name in _FIXED:
            return date(year, *_FIXED[name])
        return self.festival(_MOVING[name], year) if name in _MOVING else None

    @staticmethod
    def _holiday_year(day: date, name: str) -> int:
        # New Year's holiday may begin in December: it belongs to the year it greets.
        return day.year + 1 if name == "new_year" and day.month == 12 else day.year


def _next(counts: Callable[[date], bool], day: date, n: int) -> date:
    if n == 0:
        while not counts(day):
            day += _DAY
        return day
    while n:
        day += _DAY
        n -= counts(day)
    return day
