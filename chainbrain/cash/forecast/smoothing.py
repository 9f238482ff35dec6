"""Exponential smoothing with a weekly season, additive errors and no trend, for all series at once.

This is ETS(A,N,A) of Hyndman, Koehler, Ord and Snyder, "Forecasting with Exponential Smoothing" (2008), with one habit
of shops added: a day without any sales is a closed day, says nothing about the level and is passed over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# A coarse grid, the same for every series: finer ones or a free search took fifteen times as long and were no better.
ALPHAS: Final = (0.02, 0.05, 0.1, 0.18, 0.3)
GAMMAS: Final = (0.02, 0.06, 0.14, 0.25)
_WEEK: Final = 7
_WEEKS: Final = 8
_LONGEST: Final = 400
_AHEAD: Final = 7


@dataclass(frozen=True)
class Smoothed:
    """The state after every day; ``season`` holds, for each day, the value of its own weekday."""

    level: Floats
    season: Floats

    def at(self, origin: int, targets: npt.NDArray[np.int64]) -> Floats:
        """Forecasts from the state after day ``origin``; one row per series, one column per target day."""
        same_weekday = origin - (origin - targets) % _WEEK
        found: Floats = self.level[:, [origin]] + self.season[:, same_weekday]
        return np.maximum(found, 0.0)


def smooth(values: Floats, sold: Flags, until: int) -> Smoothed:
    """Smooth every series with the pair of the grid that forecast it best a week ahead up to day ``until``."""
    early = _early(sold)
    alpha, gamma = _chosen(values, sold, until, early)
    level, season = np.zeros(len(values)), np.zeros((len(values), _WEEK))
    levels, seasons = np.empty_like(values), np.empty_like(values)
    rest = np.arange(len(values))
    for day in range(values.shape[1]):
        week = day % _WEEK
        error = np.where(sold[:, day], values[:, day] - level - season[rest, week], 0.0)
        level = level + np.maximum(alpha, early[0][:, day]) * error
        season[:, week] += np.maximum(gamma, early[1][:, day]) * error
        levels[:, day], seasons[:, day] = level, season[:, week]
    return Smoothed(levels, seasons)


def _early(sold: Flags) -> tuple[Floats, Floats]:
    """The least weight of each day in level and season: in the first weeks they are plain means of what was seen.

    So the state after a day holds nothing of the days after it, and a young series teaches what a young one is.
    """
    count = np.cumsum(sold, axis=1)
    own = np.empty_like(count)
    for week in range(_WEEK):
        own[:, week::_WEEK] = np.cumsum(sold[:, week::_WEEK], axis=1)
    season = np.where(count > _WEEK, 1.0 / (own + 2.0), 0.0)
    return 1.0 / np.maximum(count, 1), np.where(own <= _WEEKS, season, 0.0)


def _chosen(values: Floats, sold: Flags, until: int, early: tuple[Floats, Floats]) -> tuple[Floats, Floats]:
    pairs = np.array([(a, g) for a in ALPHAS for g in GAMMAS])
    alpha, gamma = pairs[:, :1], pairs[:, 1:]
    state = np.zeros((len(pairs), len(values)))
    weeks = np.zeros((_WEEK, *state.shape))
    missed = np.zeros_like(state)
    old = [state] * _AHEAD
    for day in range(until + 1):
        week = day % _WEEK
        open_ = sold[None, :, day]
        value = values[None, :, day]
        if day > until - _LONGEST:
            missed += np.where(open_, np.abs(value - old[0] - weeks[week]), 0.0)
        error = np.where(open_, value - state - weeks[week], 0.0)
        state = state + np.maximum(alpha, early[0][None, :, day]) * error
        weeks[week] += np.maximum(gamma, early[1][None, :, day]) * error
        old = [*old[1:], state]
    best = missed.argmin(axis=0)
    return pairs[best, 0], pairs[best, 1]
