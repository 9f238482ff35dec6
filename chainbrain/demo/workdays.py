"""Which days of the demo's window are worked or celebrated, read from the shipped holiday table."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from chainbrain.calendar import Calendar, DayKind, Holiday
from chainbrain.resources import resource


@cache
def _calendar() -> Calendar:
    with resource("rules", "holidays.csv").open(encoding="utf-8", newline="") as rows:
        return Calendar(
            Holiday(date.fromisoformat(row["day"]), row["kind"], row["name"], row["projected"] == "true")
            for row in csv.DictReader(rows)
        )


def is_holiday(day: date) -> bool:
    """Whether the day is a public day off."""
    return _calendar().kind(day) is DayKind.HOLIDAY


def is_makeup(day: date) -> bool:
    """Whether the day is a weekend that is worked (调休上班)."""
    return _calendar().kind(day) is DayKind.MAKEUP


def is_workday(day: date) -> bool:
    """Whether banks and payment companies settle on this day."""
    return _calendar().is_working(day)


def workday_after(day: date, count: int) -> date:
    """The ``count``-th working day strictly after ``day`` (T+1 for 1, T+3 for 3)."""
    return _calendar().next_working(day, count)
