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
    start_level, start_season = _start(values, sold)
    alpha, gamma = _chosen(values, sold, until, start_level, start_season)
    level, season = start_level.copy(), start_season.copy()
    levels, seasons = np.empty_like(values), np.empty_like(values)
    rest = np.arange(len(values))
    for day in range(values.shape[1]):
        week = day % _WEEK
        error = np.where(sold[:, day], values[:, day] - level - season[rest, week], 0.0)
        level = level + alpha * error
        season[:, week] += gamma * error
        levels[:, day], seasons[:, day] = level, season[:, week]
    return Smoothed(levels, seasons)


def _start(values: Floats, sold: Flags) -> tuple[Floats, Floats]:
    """Level and season of the first eight weeks with sales of every series."""
    count, days = values.shape
    first = np.where(sold.any(axis=1), sold.argmax(axis=1), 0)
    index = np.arange(days)[None, :]
    early = sold & (index < first[:, None] + 8 * _WEEK)
    total = np.maximum(early.sum(axis=1), 1)
    level = np.where(early, values, 0.0).sum(axis=1) / total
    season = np.zeros((count, _WEEK))
    for week in range(_WEEK):
        own = early[:, week::_WEEK]
        seen = own.sum(axis=1)
        mean = np.where(own, values[:, week::_WEEK], 0.0).sum(axis=1) / np.maximum(seen, 1)
        season[:, week] = np.where(seen > 0, (mean - level) * seen / (seen + 1.0), 0.0)
    return level, season


def _chosen(values: Floats, sold: Flags, until: int, level: Floats, season: Floats) -> tuple[Floats, Floats]:
    pairs = np.array([(a, g) for a in ALPHAS for g in GAMMAS])
    alpha, gamma = pairs[:, :1], pairs[:, 1:]
    state = np.repeat(level[None, :], len(pairs), axis=0)
    weeks = np.repeat(season.T[:, None, :], len(pairs), axis=1)  # weekday, pair, series
    missed = np.zeros_like(state)
    old = [state] * _AHEAD
    for day in range(until + 1):
        week = day % _WEEK
        open_ = sold[None, :, day]
        value = values[None, :, day]
        if day > until - _LONGEST:
            missed += np.where(open_, np.abs(value - old[0] - weeks[week]), 0.0)
        error = np.where(open_, value - state - weeks[week], 0.0)
        state = state + alpha * error
        weeks[week] += gamma * error
        old = [*old[1:], state]
    best = missed.argmin(axis=0)
    return pairs[best, 0], pairs[best, 1]
