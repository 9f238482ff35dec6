"""Holidays that are sold like Sundays, and weekends that are worked: which weekday a day is to each series.

A canteen sells on a holiday what it sells on Sundays, whatever the weekday, and on a weekend that is worked what it
sells on working days; to a store of another land such days are days like all others. How far a series follows the
calendar shows on the days that were; series with few of them follow the chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.calendar import DayKind
from chainbrain.cash.forecast.days import COLUMNS, KINDS

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

_WEEK: Final = 7
_SATURDAY, _SUNDAY = 5, 6
_BEFORE: Final = 28
"""Days before such a day that tell what the weekdays are to a series."""
_LEAST: Final = 50
"""Days of all series that must have been seen before the calendar is followed at all."""
_HOLIDAY, _WORKED = KINDS[DayKind.HOLIDAY], KINDS[DayKind.MAKEUP]
_FOLLOWS: Final = 0.25
_MOST: Final = 1.5
# So many days of the chain stand beside those of a series.
_SHRINK: Final = 6.0
# The weekends that are worked around the Spring Festival are no working days to shops: people travel.
_SPRING: Final = 15
_LEFT: Final = 0.05


@dataclass(frozen=True)
class Swaps:
    """How far each series moves from its weekday: to its Sundays on holidays, to its working days on worked weekends.

    Attributes:
        kinds: for every day, also to come, 0, or 1 for a holiday and 2 for a worked weekend.
        shares: one row for each of the two kinds; 0 stays with the weekday, 1 is wholly the other.
        weekday: that of the first day, 0 for Monday.
    """

    kinds: Ints
    shares: Floats
    weekday: int

    def moved(self, usual: Floats, week: Floats, origin: int, targets: Ints) -> Floats:
        """What is to be expected on the target days of what is usual on their weekdays.

        Args:
            usual: one column per target day.
            week: the usual of the seven days after the origin.
        """
        kinds = self.kinds[targets]
        if not (kinds > 0).any() or not self.shares.any():
            return usual
        weekdays = (self.weekday + origin + 1 + np.arange(_WEEK)) % _WEEK
        found = usual.copy()
        for row, share in enumerate(self.shares):
            here = kinds == row + 1
            other = week[:, _like(weekdays, row)].mean(axis=1)
            found[:, here] += share[:, None] * (other[:, None] - usual[:, here])
        return np.maximum(found, 0.0)


def learned(
    values: Floats, shut: Flags, begins: Ints, calendar: Floats, *, weekday: int, until: int
) -> tuple[Swaps, Floats]:
    """How each series followed the calendar up to day ``until``, and its values as if all days had been usual ones.

    Only days before such a day tell what was usual, so a value holds nothing of the days after it.
    """
    kinds = _kinds(calendar)
    shares, usual = np.zeros((2, len(values))), values.copy()
    for row in range(2):
        days = np.flatnonzero(kinds[: values.shape[1]] == row + 1)
        own, other = _before(values, begins, kinds, weekday, days)
        told = ~shut[:, days]
        scale = np.maximum(np.maximum(own, other), 1e-9)
        apart, reach = (values[:, days] - own) * told, (other - own) * told
        past = days <= until
        # Of worked weekends there are few: who keeps the holidays works on them.
        shares[row] = _followed((apart / scale)[:, past], (reach / scale)[:, past], shares[0])
        sold = values[:, days]
        # A day with sales stays one.
        usual[:, days] = np.maximum(sold - shares[row][:, None] * reach, _LEFT * sold)
    return Swaps(kinds, shares, weekday), np.where(values > 0, usual, 0.0)


def _before(values: Floats, begins: Ints, kinds: Ints, weekday: int, days: Ints) -> tuple[Floats, Floats]:
    """What each series sold on the weekday of each of the ``days`` in the weeks before, and on the days it may be like.

    Where a series was not there for all of these weeks both are 0.
    """
    own, other = np.zeros((len(values), len(days))), np.zeros((len(values), len(days)))
    for place, day in enumerate(days):
        near = np.arange(max(day - _BEFORE, 0), day)
        near = near[kinds[near] == 0]
        weekdays = (weekday + near) % _WEEK
        same, like = near[weekdays == (weekday + day) % _WEEK], near[_like(weekdays, int(kinds[day]) - 1)]
        if len(same) and len(like):
            there = begins <= near[0]
            own[there, place], other[there, place] = (values[there][:, each].mean(axis=1) for each in (same, like))
    return own, other


def _kinds(calendar: Floats) -> Ints:
    kind = calendar[:, COLUMNS.index("day_kind")]
    spring = np.abs(calendar[:, COLUMNS.index("spring")]) <= _SPRING
    found: Ints = np.where(kind == _HOLIDAY, 1, np.where((kind == _WORKED) & ~spring, 2, 0))
    return found


def _like(weekdays: Ints, row: int) -> Flags:
    return weekdays < _SATURDAY if row else weekdays == _SUNDAY


def _followed(apart: Floats, reach: Floats, else_: Floats) -> Floats:
    """The shares that explain ``apart`` by ``reach``, series × days: of all by least absolute, of each by squares."""
    weight = np.abs(reach)
    count = int((weight > 0).sum())
    if count < _LEAST:
        return else_
    ratio = np.where(weight > 0, apart / np.where(weight > 0, reach, 1.0), 0.0).ravel()
    order = np.argsort(ratio, kind="stable")
    up_to = np.cumsum(weight.ravel()[order])
    whole = float(np.clip(ratio[order][np.searchsorted(up_to, up_to[-1] / 2)], 0.0, 1.0))
    if whole < _FOLLOWS:
        return np.zeros(len(apart))
    prior = _SHRINK * float((reach**2).sum() / count)
    own = ((apart * reach).sum(axis=1) + prior * whole) / ((reach**2).sum(axis=1) + prior)
    found: Floats = np.clip(own, 0.0, _MOST)
    return found
