"""The usual error of a series, in which its errors are counted, so that large and small stores speak for each other."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.features import HISTORY, Prepared

Floats = npt.NDArray[np.float64]

_BLOCKS: Final = 6
_WEEK: Final = 7


def units(ready: Prepared, origin: int) -> tuple[Floats, Floats]:
    """The usual error, and the level that belongs to it.

    The error is the mean one that the weekday median would have had in each eight weeks of about a year, as a share of
    the level of the time: how much a store swings is a habit of years more than of weeks.
    """
    level = ready.level(origin)
    total, count = np.zeros(len(level)), np.zeros(len(level))
    for last in range(origin, max(origin - _BLOCKS * HISTORY, HISTORY - 2), -HISTORY):
        recent = ready.clean[:, last - HISTORY + 1 : last + 1].reshape(len(level), -1, _WEEK)
        missed = np.abs(recent - np.median(recent, axis=1, keepdims=True)).mean(axis=(1, 2))
        known = (ready.begins <= last - HISTORY + 1) | (last == origin)
        total += np.where(known, missed / ready.level(last), 0.0)
        count += known
    return np.maximum(total / count, 0.02) * level, level


def scale(unit: Floats, level: Floats, mean: Floats) -> Floats:
    """The usual error on a day of this size: larger days err more, though less than in proportion."""
    relative = np.maximum(mean / level[:, None], 0.0)
    return np.maximum(unit[:, None] * np.sqrt(relative), 1e-6)
