"""What a series has lately been like: how it runs against its own smoothing, and what its weekends are to it."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.smoothing import Smoothed

Floats = npt.NDArray[np.float64]

_WEEK: Final = 7
_SATURDAY, _SUNDAY = 5, 6
# Days looked at, and in how many of them half is forgotten.
_PACES: Final = ((14, 3.0), (42, 14.0))


def paces(values: Floats, clean: Floats, smoothed: Smoothed, origin: int) -> list[Floats]:
    """The last days against what the smoothing would say of them now: a new level shows here before it shows there."""
    found = []
    for count, half in _PACES:
        days = np.arange(max(origin - count + 1, 0), origin + 1)
        said = np.where(values[:, days] > 0, smoothed.at(origin, days), 0.0)
        weight = 0.5 ** ((origin - days) / half)
        came, expected = (clean[:, days] * weight).sum(axis=1), (said * weight).sum(axis=1)
        found.append(np.where(expected > 0, came / np.where(expected > 0, expected, 1.0), np.nan))
    return found


def weekends(sold: Floats, smoothed: Smoothed, origin: int, level: Floats, weekday: int) -> list[Floats]:
    """What Saturdays, Sundays and working days are to each series, and how often it sells on Sundays and working days.

    A day off in the week is for one store a Sunday and for another one nothing.

    Args:
        sold: the share of the last weeks' same weekdays with sales, one column for each of the seven days to come.
        weekday: the weekday of the origin, 0 for Monday.
    """
    coming = (weekday + 1 + np.arange(_WEEK)) % _WEEK
    said = smoothed.at(origin, np.arange(origin + 1, origin + 1 + _WEEK)) / level[:, None]
    saturday, sunday, working = coming == _SATURDAY, coming == _SUNDAY, coming < _SATURDAY
    shares = [said[:, each].mean(axis=1) for each in (saturday, sunday, working)]
    return [*shares, sold[:, sunday].mean(axis=1), sold[:, working].mean(axis=1)]
