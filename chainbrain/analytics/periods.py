"""Periods of business days, and the earlier days they are compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book

CHOICES: Final = ("yesterday", "week", "month", "last_28", "last_12_months", "all")


@dataclass(frozen=True)
class Period:
    """Business days from ``first`` up to, not including, ``after``.

    ``weeks_back`` says how far back the period lies that it is compared with; ``fair`` chooses it with the holidays in
    view, otherwise it is four weeks or as many as it takes not to overlap.
    """

    first: date
    after: date
    weeks_back: int | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.after <= self.first:
            raise ValueError(f"a period needs at least one day: {self.first} to {self.after}")

    @property
    def last(self) -> date:
        """The last day that belongs to the period."""
        return self.after - timedelta(days=1)

    @property
    def days(self) -> int:
        """The number of days."""
        return (self.after - self.first).days

    @property
    def shift(self) -> int:
        """Whole weeks, in days, back to the period it is compared with."""
        return 7 * (self.weeks_back or max(4, -(-self.days // 7)))

    @property
    def base(self) -> Period:
        """The period it is compared with: the same weekdays, ``shift`` days earlier."""
        return self.moved(-self.shift)

    def moved(self, days: int) -> Period:
        """The same number of days, earlier or later."""
        return Period(self.first + timedelta(days=days), self.after + timedelta(days=days))

    def __iter__(self) -> Iterator[date]:
        return (self.first + timedelta(days=offset) for offset in range(self.days))

    def __contains__(self, day: date) -> bool:
        return self.first <= day < self.after


@dataclass(frozen=True)
class SpecialDay:
    """A day that is compared with its like only: ``kind`` is ``holiday`` or ``workday`` (a worked weekend)."""

    day: date
    kind: str
    name: str


@dataclass(frozen=True)
class PassedOver:
    """Nearer days that a period is not compared with, and the special days on either side that spoil them."""

    base: Period
    special: tuple[SpecialDay, ...]


@dataclass(frozen=True)
class Change:
    """A figure beside the one it is compared with; either may be unknown."""

    now: Decimal | None
    before: Decimal | None

    @property
    def ratio(self) -> Decimal | None:
        """The change as a share of the earlier figure (0.05 is +5 %); nothing without anything to compare with."""
        if self.now is None or not self.before:
            return None
        return half_up((self.now - self.before) / self.before, 6)


def of_one_day(day: date) -> Period:
    """The period of a single day."""
    return Period(day, day + timedelta(days=1))


def ending(last: date, days: int) -> Period:
    """The period of so many days that ends with ``last``."""
    return Period(last - timedelta(days=days - 1), last + timedelta(days=1))


def known(book: Book) -> Period | None:
    """From the first to the last day with sales in the book; nothing for a book without any."""
    ((first, last),) = book.rows("analytics/span")
    return Period(first, last + timedelta(days=1)) if first else None


def fair(period: Period, holidays: Mapping[date, str], earliest: date) -> Period:
    """The same days, with a base that compares fairly.

    Four weeks before a day after Golden Week lies Golden Week itself. A week or less therefore looks up to twelve weeks
    back for the same weekdays with the fewest days of which only one is a holiday or a worked weekend; longer periods
    keep the nearest base, where such days are set apart one by one.

    Args:
        period: the days to compare.
        holidays: the holiday table: the day and its kind (``holiday`` or ``workday``).
        earliest: the first day the book knows; a base before it compares with nothing.
    """
    if period.days > 7:
        return period

    def unfair(weeks: int) -> tuple[int, int]:
        days = [(day, day - timedelta(weeks=weeks)) for day in period]
        return sum(holidays.get(day) != holidays.get(base) or base < earliest for day, base in days), weeks

    return replace(period, weeks_back=min(range(4, 13), key=unfair))


def fair_in(book: Book, period: Period) -> Period:
    """``fair`` by the book's own holidays and first day."""
    span = known(book)
    holidays = {day: special.kind for day, special in _special_days(book).items()}
    return fair(period, holidays, span.first if span else period.first)


def passed_over(period: Period, special: Mapping[date, SpecialDay]) -> tuple[PassedOver, ...]:
    """Why a period that ``fair`` chose the base of is not compared with nearer days, the nearest first.

    Args:
        period: the days with their base; nothing where it is the nearest that can be.
        special: the holidays and worked weekends that the base was chosen by.
    """
    found = []
    for weeks in range(4, period.shift // 7 if period.days <= 7 else 0):
        pairs = [(day, day - timedelta(weeks=weeks)) for day in period]
        unlike = [pair for pair in pairs if _kind(special.get(pair[0])) != _kind(special.get(pair[1]))]
        spoilt = [special.get(base) or special[day] for day, base in unlike]
        if spoilt:
            found.append(PassedOver(period.moved(-7 * weeks), tuple(spoilt)))
    return tuple(found)


def passed_over_in(book: Book, period: Period) -> tuple[PassedOver, ...]:
    """``passed_over`` by the book's own holidays."""
    return passed_over(period, _special_days(book))


def _special_days(book: Book) -> dict[date, SpecialDay]:
    return {day: SpecialDay(day, kind, name) for day, kind, name in book.rows("analytics/holidays")}


def _kind(special: SpecialDay | None) -> str:
    return special.kind if special else ""


def chosen(name: str, span: Period) -> Period:
    """A period by its name in ``CHOICES``, counted from the last day the book knows, never from today.

    "Yesterday" is that last day; week and month run from their beginning up to it. None begins before the book does:
    what was never there is not missing.
    """
    last, after = span.last, span.after
    first = {
        "yesterday": last,
        "week": last - timedelta(days=last.weekday()),
        "month": last.replace(day=1),
        "last_28": last - timedelta(days=27),
        "last_12_months": _year_before(after),
        "all": span.first,
    }[name]
    return Period(max(first, span.first), after)


def as_known(period: Period, span: Period) -> Period:
    """The days of a period up to the last that the book knows, as the screens have them; all where none is known.

    A day that no file has reached yet is not missing, and what is compared with it would be compared with nothing.
    """
    return Period(period.first, span.after) if period.first < span.after < period.after else period


def last_whole_week(span: Period) -> Period | None:
    """The last Monday to Sunday that the book knows; nothing while it knows none."""
    after = span.after - timedelta(days=span.after.weekday())
    first = after - timedelta(days=7)
    return Period(first, after) if first >= span.first else None


def _year_before(day: date) -> date:
    # 29 February has no day a year before; the period then starts on 1 March.
    return date(day.year - 1, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)
