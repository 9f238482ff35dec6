"""Which holidays among days to come nobody has announced yet: on them sales and the days of payouts are a guess."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from chainbrain.calendar import Calendar, Certainty
from chainbrain.errors import Word

if TYPE_CHECKING:
    from chainbrain.cash.start_words import Told


@dataclass(frozen=True)
class Unannounced:
    """What of the calendar of some days is no official one.

    Attributes:
        holidays: the names of holidays with a day off or a worked weekend among them that is projected, in order.
        first: the first such day.
        years: years of which no holiday is known at all.
    """

    holidays: tuple[str, ...] = ()
    first: date | None = None
    years: tuple[int, ...] = ()


NOTHING: Final = Unannounced()


def among(calendar: Calendar, first: date, last: date) -> Unannounced:
    """What is not announced of the days from ``first`` to ``last``."""
    every = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    # Usual days and weekends are as they are, whoever announces what.
    special = [(day, name) for day in every if (name := calendar.name(day)) is not None]
    guessed = [(day, name) for day, name in special if calendar.certainty(day) is not Certainty.ANNOUNCED]
    years = {day.year for day in every if calendar.certainty(day) is Certainty.UNKNOWN}
    names = tuple(dict.fromkeys(name for _, name in guessed))
    return Unannounced(names, guessed[0][0] if guessed else None, tuple(sorted(years)))


def told(found: Unannounced) -> tuple[Told, ...]:
    """In words: codes of ``texts`` with their facts."""
    said: list[Told] = []
    if found.first is not None:
        names = tuple(Word(f"holiday.{name}") for name in found.holidays)
        said.append(("forecast.projected", {"holidays": names, "first": found.first}))
    if found.years:
        said.append(("forecast.no_calendar", {"years": found.years}))
    return tuple(said)
