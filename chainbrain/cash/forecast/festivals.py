"""How each series answers to long holidays, and the first Spring Festival of a chain that has not yet lived one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.calendar import Calendar
from chainbrain.cash.forecast.days import COLUMNS

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_LONG: Final = 3
_WHOLE_WEEK: Final = 5
"""Days off in a row that take a week of trade with them."""
_BEFORE, _AFTER = 21, 14
_LEAST, _MOST = 0.02, 1.35
# An assumption, not a measurement: trade thins out from the eve, is halved in the first days and is back to normal by
# the Lantern Festival. Used, at half its strength, only until the chain's own first Spring Festival is in the data.
_USUAL_DAY: Final = (-14, -7, -4, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 10, 14, 21)
_USUAL: Final = (1.0, 0.95, 0.8, 0.6, 0.35, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.65, 0.7, 0.8, 0.92, 1.0)
_STRENGTH: Final = 0.4
_OWN_DAYS: Final = (-1, 5)
_OWN_STRENGTH: Final = 0.75


@dataclass(frozen=True)
class SpringReach:
    """The days of a forecast, ``first`` to ``last``, that an assumed Spring Festival touches; it may lie beyond them.

    Attributes:
        spring: its first day.
    """

    spring: date
    first: date
    last: date

    @property
    def inside(self) -> bool:
        """Whether the festival itself is among the days of the forecast."""
        return self.first <= self.spring <= self.last


def first_spring_assumed(calendar: Calendar, first: date, origin: date, horizon: int) -> SpringReach | None:
    """Which days lie around a Spring Festival of which the data, from ``first`` on, has not seen one yet."""
    past = (first + timedelta(days=n) for n in range((origin - first).days + 1))
    if any(calendar.spring_offset(day) == 0 for day in past):
        return None
    days = [origin + timedelta(days=n) for n in range(1, horizon + 1)]
    offsets = [(day, calendar.spring_offset(day)) for day in days]
    felt_on = [(day, n) for day, n in offsets if n is not None and _USUAL_DAY[0] < n < _USUAL_DAY[-1]]
    if not felt_on:
        return None
    day, offset = felt_on[0]
    return SpringReach(day - timedelta(days=offset), day, felt_on[-1][0])


def felt(calendar: Floats) -> Flags:
    """The days around a Spring Festival and those of other long blocks of days off, by column of the calendar.

    What a forecast was off by on them says nothing of days like others, which come with none of it.
    """
    spring, place, left = (calendar[:, COLUMNS.index(name)] for name in ("spring", "place", "left"))
    around = (spring > _USUAL_DAY[0]) & (spring < _USUAL_DAY[-1])
    long = (place > 0) & (place + left - 1 >= _WHOLE_WEEK)
    found: Flags = around | long
    return found


def reactions(values: Floats, begins: Ints, calendar: Floats) -> list[tuple[int, Floats]]:
    """For every long block of days off: when it is known, and what each series sold against the weeks around, as a log.

    A series that did not exist before the block has no reaction (NaN); one that closed has a very small one.
    """
    place = calendar[: values.shape[1], COLUMNS.index("place")]
    found = []
    for last in np.flatnonzero((place[:-1] >= _LONG) & (place[1:] == 0)):
        first = int(last - place[last] + 1)
        if first < _BEFORE or last + _AFTER >= values.shape[1]:
            continue
        around = np.concatenate([values[:, first - _BEFORE : first], values[:, last + 1 : last + 1 + _AFTER]], axis=1)
        usual = around.mean(axis=1)
        known = (begins <= first - _AFTER) & (usual > 0)
        share = values[:, first : last + 1].mean(axis=1) / np.where(known, usual, 1.0)
        found.append((int(last) + _AFTER, np.where(known, np.log(np.clip(share, _LEAST, _MOST)), np.nan)))
    return found


def reaction(found: list[tuple[int, Floats]], origin: int, count: int) -> Floats:
    """The mean reaction of each series to the blocks that were over, with the days after them, at an origin."""
    past = [each for known_on, each in found if known_on <= origin]
    if not past:
        return np.full(count, np.nan)
    table = np.stack(past)
    seen = np.isfinite(table).sum(axis=0)
    mean: Floats = np.where(seen > 0, np.nansum(table, axis=0) / np.maximum(seen, 1), np.nan)
    return mean


def first_spring(own: Floats, calendar: Floats, until: int) -> Floats:
    """What a Spring Festival after column ``until`` does to each series while none is in the data; 1 otherwise."""
    spring = calendar[:, COLUMNS.index("spring")]
    factor = np.ones((len(own), len(calendar)))
    if (spring[: until + 1] == 0).any():
        return factor
    usual = np.interp(spring, _USUAL_DAY, _USUAL) ** _STRENGTH
    inside = (spring >= _OWN_DAYS[0]) & (spring <= _OWN_DAYS[1])
    personal = np.exp(_OWN_STRENGTH * np.where(np.isfinite(own), own, 0.0))
    factor *= usual * np.where(inside, personal[:, None], 1.0)
    factor[:, : until + 1] = 1.0
    return factor
