"""Ranges from the errors of earlier origins: no shape of distribution is assumed (conformal prediction).

After Vovk, Gammerman and Shafer, "Algorithmic Learning in a Random World" (2005): the range that held a share of the
past errors holds that share of the coming ones while the world stays as it is. Errors are counted in the usual error of
each series, so that all series of a chain can speak for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast import festivals
from chainbrain.cash.forecast.blend import METHODS
from chainbrain.cash.forecast.features import HISTORY, Prepared
from chainbrain.cash.forecast.usual_error import scale, units

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
_Bands = list[list[Floats]]
_Kinds = tuple[_Bands, ...]

SHARES: Final = (0.025, 0.1, 0.5, 0.9, 0.975)
"""The ends of the 95 % and the 80 % range, and the middle."""
STEP: Final = 7
_HELD: Final = 56
ORIGINS: Final = 26
"""At so many weekly origins the plain forecast is tried; where the past is too short for that, at fewer."""
_SIZES: Final = (0.5, 1.1)
_LONG_RUN: Final = 0.7
"""How far the long run is believed: the last eight weeks alone covered 65 % of the next four, or 98 %."""
_BANDS: Final = (7, 14, 28, 91)
_ENOUGH: Final = 40
LEAST: Final = 9
"""Fewer errors than this say nothing about a range of 80 %; see ``corrected``."""
_NORMAL: Final = 1.53
"""How much wider 95 % are than 80 % for errors of the normal kind: 1.960 / 1.282."""


@dataclass(frozen=True)
class Validation:
    """Errors of the past in the usual error of each series.

    Attributes:
        unit: the usual error of each series at its level.
        level: the level that belongs to it.
        daily_scores: per band of horizons the quantiles of the daily error, in units: of ordinary days, then of all.
        origins: the columns of the earlier origins that were tried.
        said: what the blend said at each of them; ``naive`` and ``median`` what the simple methods said.
        came: what then came.
        plain: what the plain forecast said at each of them.
        steady: what the plain forecast said, and what came, at the origins of half a year or more; ``steady_origins``
            are their columns.
        begins: the column of the first sale of each series; ``last`` is that of the origin itself.
        felt: which columns lie in a long festival, see ``festivals.felt``; without any nobody knows of one.
    """

    unit: Floats
    level: Floats
    daily_scores: Floats
    origins: tuple[int, ...] = ()
    said: tuple[Floats, ...] = ()
    naive: tuple[Floats, ...] = ()
    median: tuple[Floats, ...] = ()
    came: tuple[Floats, ...] = ()
    plain: tuple[Floats, ...] = ()
    steady: tuple[tuple[Floats, Floats], ...] = ()
    steady_origins: tuple[int, ...] = ()
    begins: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    last: int = 0
    felt: Flags = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))

    def felt_after(self, origin: int, count: int) -> Flags:
        """Which of the days after an origin lie in a long festival."""
        days = self.felt[origin + 1 : origin + 1 + count]
        return np.pad(days, (0, count - len(days)))

    def daily(self, mean: Floats) -> Floats:
        """The ends of the range of every day, along the first axis."""
        band, felt = _band(np.arange(1, mean.shape[1] + 1)), self.felt_after(self.last, mean.shape[1])
        # A day like others is spoken for by its like, one of a festival by all.
        scores = np.where(felt, self.daily_scores[1][:, band], self.daily_scores[0][:, band])
        ends: Floats = mean[None] + scores[:, None, :] * scale(self.unit, self.level, mean)[None]
        return np.maximum(ends, 0.0)


def held_back(horizon: int, seen: int, *, learning: bool) -> int:
    """How many days before the origin are kept to check the methods on; trees need two thirds of what is there."""
    spare = (seen - HISTORY - 1) // (3 if learning else 1) // STEP * STEP
    return max(min(max(_HELD, horizon + 4 * STEP), spare), 0)


def validate(
    ready: Prepared, origins: list[int], answers: list[Floats], mixed: list[Floats], came: list[Floats], *, horizon: int
) -> Validation:
    """Measure the blend at the origins that were held back, and the plain forecast over half a year.

    Eight weeks are one season with its own luck. So the shape of the errors is that of the plain forecast, which can be
    tried at many origins, and its size is set by how much better the blend was where both were tried.
    """
    last = ready.values.shape[1] - 1
    unit, level = units(ready, last)
    felt = festivals.felt(ready.calendar)
    recent, both, long = _Scores(felt), _Scores(felt), _Scores(felt)
    for said, actual, origin in zip(mixed, came, origins, strict=True):
        recent.add(ready, origin, said, actual)
    for each, actual, origin in zip(answers, came, origins, strict=True):
        both.add(ready, origin, each[0], actual)
    steady = []
    earlier = range(last - horizon, max(HISTORY, last - horizon - ORIGINS * STEP), -STEP)
    for origin in earlier:
        targets = np.arange(origin + 1, origin + horizon + 1)
        said = np.where(ready.panel.shut(targets), 0.0, ready.base(origin, targets))
        long.add(ready, origin, said, ready.values[:, targets])
        steady.append((said, ready.values[:, targets]))
    return Validation(
        unit, level, _by_kind(long.daily, both.daily, recent.daily), tuple(origins), tuple(mixed),
        tuple(each[METHODS.index("seasonal_naive")] for each in answers),
        tuple(each[METHODS.index("weekday_median")] for each in answers),
        tuple(came), tuple(each[0] for each in answers), tuple(steady),
        tuple(earlier), ready.begins, last, felt,
    )  # fmt: skip


class _Scores:
    """Errors of every day by band of horizons, in usual errors: of ordinary days and of all."""

    def __init__(self, felt: Flags) -> None:
        self._felt = felt
        self.daily: _Kinds = tuple([[] for _ in _BANDS] for _ in range(2))

    def add(self, ready: Prepared, origin: int, said: Floats, came: Floats) -> None:
        """Take what was said and came at one origin."""
        unit, level = units(ready, origin)
        score = (came - said) / scale(unit, level, said)
        steady = (ready.begins <= origin - HISTORY)[:, None] & (said > 0.02 * level[:, None])
        band = _band(np.arange(1, said.shape[1] + 1))
        ordinary = ~self._felt[origin + 1 : origin + 1 + said.shape[1]]
        for number in range(len(_BANDS)):
            inside = band == number
            for kind, here in enumerate((inside & ordinary, inside)):
                self.daily[kind][number].append(score[:, here][steady[:, here]])


def _by_kind(long: _Kinds, both: _Kinds, recent: _Kinds) -> Floats:
    """The quantiles that speak for ordinary days, then those for days of a festival, of which all days speak.

    A festival is too rare to have errors of its own. Where too few ordinary days are left, all speak for them, too.
    """
    ordinary, every = ([each[kind] for each in (long, both, recent)] for kind in range(2))
    left = [one if _count(one) >= _ENOUGH else whole for one, whole in zip(ordinary, every, strict=True)]
    return np.stack([_resized(*left), _resized(*every)])


def _count(bands: _Bands) -> int:
    return sum(len(part) for band in bands for part in band)


def _resized(long: _Bands, both: _Bands, recent: _Bands) -> Floats:
    """One column per band: the quantiles of the blend's own weeks and those of the long run together.

    The middle stays where the estimate is: eight weeks of luck are no reason to move it.
    """
    own, plain = (np.concatenate([part for band in each for part in band] or [np.zeros(0)]) for each in (recent, both))
    found = _quantiles(recent)
    if _count(long) >= _ENOUGH and len(own) >= _ENOUGH:
        found = (1 - _LONG_RUN) * found + _LONG_RUN * sized(own, plain) * _quantiles(long)
    found[2] = np.clip(0.0, found[1], found[3])
    return found


def sized(own: Floats, plain: Floats) -> float:
    """How wide the errors of the blend are beside those of the plain forecast at the same origins."""
    if min(len(own), len(plain)) < LEAST or _width(plain) <= 0:
        return 1.0
    return min(max(_width(own) / _width(plain), _SIZES[0]), _SIZES[1])


def mixed(own: Floats, long: Floats, size: float, before: Floats | None) -> Floats | None:
    """The quantiles of a few errors of the blend's own weeks and those of the long run together.

    Whichever of them is too short is left out; of neither those ``before`` have to do.
    """
    parts = [corrected(own)] if len(own) >= LEAST else []
    if len(long) >= LEAST:
        parts.append(size * corrected(long))
    if not parts:
        return before
    found = parts[0] if len(parts) == 1 else (1 - _LONG_RUN) * parts[0] + _LONG_RUN * parts[1]
    found[2] = np.clip(0.0, found[1], found[3])
    return found


def band_of(step: int, steps: int) -> range:
    """The steps, counted from 0, whose errors are measured together with those of one step."""
    number = int(_band(np.array([step + 1]))[0])
    first = _BANDS[number - 1] if number else 0
    return range(first, min(_BANDS[number], steps))


def measured_over(step: int, steps: int) -> int:
    """Over how many days the errors of one step, counted from 0, are measured together, or how far it looks."""
    return min(_BANDS[int(_band(np.array([step + 1]))[0])], steps)


def _width(errors: Floats) -> float:
    low, high = np.quantile(errors, (0.1, 0.9))
    return float(high - low)


def _band(ahead: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    return np.searchsorted(np.array(_BANDS), ahead, side="left")


def _quantiles(bands: _Bands) -> Floats:
    """One column per band; a band with too few errors of its own takes those of the bands before it as well."""
    found = np.zeros((len(SHARES), len(bands)))
    pool = np.zeros(0)
    for number, parts in enumerate(bands):
        own = np.concatenate(parts) if parts else np.zeros(0)
        pool = own if len(own) >= _ENOUGH else np.concatenate([pool, own])
        if len(pool):
            found[:, number] = corrected(pool)
    return found


def corrected(errors: Floats) -> Floats:
    """Quantiles with the finite-sample correction of conformal prediction: few errors give wider ranges.

    The 95 % range of fewer than forty errors would end at the largest; it is at least as much wider than the 80 % range
    as it is for normal errors.
    """
    count = len(errors)
    high = [min(share * (count + 1) / count, 1.0) for share in SHARES[3:]]
    ends: Floats = np.quantile(errors, [1 - high[1], 1 - high[0], 0.5, *high])
    if count < _ENOUGH:
        ends[0] = min(ends[0], ends[2] - _NORMAL * (ends[2] - ends[1]))
        ends[4] = max(ends[4], ends[2] + _NORMAL * (ends[3] - ends[2]))
    return ends
