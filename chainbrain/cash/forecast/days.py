"""What the calendar says about a run of days, one row per day, for series that feel holidays."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.calendar import Calendar, DayKind, Festival, Holiday
from chainbrain.resources import resource

Floats = npt.NDArray[np.float64]

FAR: Final = 40
"""Days from a festival beyond which it is not felt."""

KINDS: Final = {DayKind.WORKING: 0, DayKind.WEEKEND: 1, DayKind.HOLIDAY: 2, DayKind.MAKEUP: 3}
_FESTIVALS: Final = ("spring_festival", "lantern", "qingming", "dragon_boat", "qixi", "mid_autumn")
# Days off that move shops by themselves, whatever the table calls them; the order is only a code.
_BLOCKS: Final = (
    "new_year", "spring_festival", "qingming", "labour_day", "dragon_boat", "mid_autumn", "national_day",
)  # fmt: skip

COLUMNS: Final = ("day_kind", "block", "place", "left", "before", "after", "spring", "lantern", "month_day", "year_day")
"""The columns of ``features``, in order."""
OF_THE_YEAR: Final = ("month_day", "year_day")
"""Those that tell one day of the year from the others."""


@cache
def shipped() -> Calendar:
    """The calendar of the tables we ship, for series that belong to no book."""
    with resource("rules", "holidays.csv").open(encoding="utf-8", newline="") as rows:
        holidays = [
            Holiday(date.fromisoformat(row["day"]), row["kind"], row["name"], row["projected"] == "true")
            for row in csv.DictReader(rows)
        ]
    with resource("rules", "lunar.csv").open(encoding="utf-8", newline="") as rows:
        festivals = [Festival(date.fromisoformat(row["day"]), row["festival"]) for row in csv.DictReader(rows)]
    return Calendar(holidays, festivals)


def features(calendar: Calendar, first: date, count: int) -> Floats:
    """One row per day from ``first`` on, with the columns of ``COLUMNS``.

    A year that the tables do not know has weekdays only: no blocks, every festival far away.
    """
    days = [first + timedelta(days=i) for i in range(-FAR, count + FAR)]
    kinds = np.array([KINDS[calendar.kind(day)] for day in days])
    names = [calendar.name(day) or "" for day in days]
    blocks = np.array([_block(name) if kind == 2 else 0 for name, kind in zip(names, kinds, strict=True)])
    off = blocks > 0
    place = _run(off)
    left = _run(off[::-1])[::-1]
    table = np.column_stack(
        [
            kinds, blocks, place, left, _distance(off[::-1])[::-1], _distance(off),
            [_spring(calendar, day) for day in days], [_near(calendar, "lantern", day) for day in days],
            [day.day for day in days], [day.timetuple().tm_yday for day in days],
        ]
    ).astype(np.float64)  # fmt: skip
    return table[FAR : FAR + count]


def _block(name: str) -> int:
    return _BLOCKS.index(name) + 1 if name in _BLOCKS else len(_BLOCKS) + 1


def _run(off: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """For every day off, which day of its block it is (1, 2 ...); 0 for the others."""
    index = np.arange(len(off))
    start = np.maximum.accumulate(np.where(off, -1, index))
    return np.where(off, index - start, 0)


def _distance(off: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Days since the last day off, cut at ``FAR``; 0 on a day off."""
    index = np.arange(len(off))
    last = np.maximum.accumulate(np.where(off, index, -FAR))
    return np.minimum(index - last, FAR)


def _spring(calendar: Calendar, day: date) -> int:
    offset = calendar.spring_offset(day)
    return FAR if offset is None else max(-FAR, min(FAR, offset))


def _near(calendar: Calendar, festival: str, day: date) -> int:
    found = calendar.festival(festival, day.year)
    return FAR if found is None else max(-FAR, min(FAR, (day - found).days))
