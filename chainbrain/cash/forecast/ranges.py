"""Ranges from the errors of earlier origins: no shape of distribution is assumed (conformal prediction).

After Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World" (2005): the range that held a share of the
past errors holds that share of the coming ones while the world stays as it is. Errors are counted in the usual error of
each series, so that all series of a chain can speak for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.features import HISTORY, Prepared

Floats = npt.NDArray[np.float64]

SHARES: Final = (0.025, 0.1, 0.5, 0.9, 0.975)
"""The ends of the 95 % and the 80 % range, and the middle."""
STEP: Final = 7
_HELD: Final = 56
_ORIGINS: Final = 26
_BANDS: Final = (7, 14, 28, 91)
_ENOUGH: Final = 40


@dataclass(frozen=True)
class Validation:
    """Errors of the past in the usual error of each series.

    Attributes:
        unit: the usual error of each series at its level.
        level: the level that belongs to it.
        daily_scores: per band of horizons the quantiles of the daily error, in units.
        total_scores: per band the quantiles of the total's daily error, as a share of the total.
    """

    unit: Floats
    level: Floats
    daily_scores: Floats
    total_scores: Floats

    def daily(self, mean: Floats) -> Floats:
        """The ends of the range of every day, along the first axis."""
        band = _band(np.arange(1, mean.shape[1] + 1))
        ends = mean[None] + self.daily_scores[:, band][:, None, :] * _scale(self.unit, self.level, mean)[None]
        return np.maximum(ends, 0.0)

    def total(self, mean: Floats) -> Floats:
        """The ends of the range of the sum of all series, per day."""
        band = _band(np.arange(1, mean.shape[1] + 1))
        total: Floats = mean.sum(axis=0)[None] * (1.0 + self.total_scores[:, band])
        return np.maximum(total, 0.0)


def held_back(horizon: int, seen: int) -> int:
    """How many days before the origin are kept to check the methods on."""
    return max(min(max(_HELD, horizon + 4 * STEP), (seen - HISTORY) // 2 // STEP * STEP), STEP)


def validate(ready: Prepared, origins: list[int], mixed: list[Floats], came: list[Floats], horizon: int) -> Validation:
    """Measure the blend at the origins that were held back, and the plain forecast at more of them for the total."""
    last = ready.values.shape[1] - 1
    unit, level = _units(ready, last)
    bands = len(_BANDS)
    scores: list[list[Floats]] = [[] for _ in range(bands)]
    shares: list[list[Floats]] = [[] for _ in range(bands)]
    for said, actual, origin in zip(mixed, came, origins, strict=True):
        own_unit, own_level = _units(ready, origin)
        score = (actual - said) / _scale(own_unit, own_level, said)
        steady = (ready.begins <= origin - HISTORY)[:, None] & (said > 0.02 * own_level[:, None])
        share = (actual.sum(axis=0) - said.sum(axis=0)) / np.maximum(said.sum(axis=0), 1e-9)
        band = _band(np.arange(1, said.shape[1] + 1))
        for number in range(bands):
            here = band == number
            scores[number].append(score[:, here][steady[:, here]])
            shares[number].append(share[here])
    return Validation(unit, level, _quantiles(scores), _quantiles(shares))


def _band(ahead: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.searchsorted(np.array(_BANDS), ahead, side="left")


def _quantiles(bands: list[list[Floats]]) -> Floats:
    """One column per band; a band with too few errors of its own takes those of the bands before it as well."""
    found = np.zeros((len(SHARES), len(bands)))
    pool = np.zeros(0)
    for number, parts in enumerate(bands):
        own = np.concatenate(parts) if parts else np.zeros(0)
        pool = own if len(own) >= _ENOUGH else np.concatenate([pool, own])
        if len(pool):
            found[:, number] = _corrected(pool)
    return found


def _corrected(errors: Floats) -> Floats:
    """Quantiles with the finite-sample correction of conformal prediction: few errors give wider ranges."""
    count = len(errors)
    shares = [
        share
        if share == 0.5
        else (min(share * (count + 1) / count, 1.0) if share > 0.5 else max((share * (count + 1) - 1) / count, 0.0))
        for share in SHARES
    ]
    return np.quantile(errors, shares)


def _units(ready: Prepared, origin: int) -> tuple[Floats, Floats]:
    """The mean absolute error that the weekday median would have had over the eight weeks before, and the level."""
    recent = ready.clean[:, origin - HISTORY + 1 : origin + 1].reshape(len(ready.values), -1, STEP)
    missed = np.abs(recent - np.median(recent, axis=1, keepdims=True)).mean(axis=(1, 2))
    level = ready.level(origin)
    return np.maximum(missed, 0.02 * level), level


def _scale(unit: Floats, level: Floats, mean: Floats) -> Floats:
    """The usual error on a day of this size: larger days err more, though less than in proportion."""
    relative = np.maximum(mean / level[:, None], 0.0)
    return np.maximum(unit[:, None] * np.sqrt(relative), 1e-6)
