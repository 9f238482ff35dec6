"""The range of its own past, for series too short or too rarely sold for a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast import few_days
from chainbrain.cash.forecast.features import HISTORY, Prepared
from chainbrain.cash.forecast.ranges import LEAST, SHARES

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_REGULAR: Final = 0.25
_SPOKEN: Final = 14
_STEP: Final = 7
_ORIGINS: Final = 26
_ENOUGH: Final = 200
# A range of the past that is no range at all is taken to be a tenth of the usual day.
_NARROWEST: Final = 0.1
_FARTHEST: Final = 5.0
_HALF: Final = 0.5


@dataclass(frozen=True)
class _Past:
    """Of the last eight weeks: middle, mean, how far the 80 % range reaches below and above the middle."""

    days: Floats
    middle: Floats
    mean: Floats
    below: Floats
    above: Floats


def regular(ready: Prepared, last: int) -> Flags:
    """Series with eight weeks of history that sell often enough for a model."""
    window = slice(last - HISTORY + 1, last + 1)
    found: Flags = (ready.begins <= last - HISTORY + 1) & often(ready.values[:, window] > 0, ready.shut[:, window])
    return found


def often(sold: Flags, shut: Flags) -> Flags:
    """Whether series sell often enough, by the days of eight weeks on which they sold and were known to be shut."""
    able = sold.shape[1] - shut.sum(axis=1)
    # A store that was known to be shut nearly all the time is answered from before.
    found: Flags = (able < _SPOKEN) | ((sold & ~shut).sum(axis=1) >= _REGULAR * able)
    return found


def ranged(ready: Prepared, last: int, horizon: int, rare: Flags) -> tuple[Floats, Floats]:
    """Mean and ends of the range, those of ``ranges.SHARES``, of the ``rare`` series on any day to come.

    Series of this kind grow or die: of what their past range was at earlier origins less than its share of the days
    came true. So it is stretched, below and above, by what would have held then (conformalised quantiles, after Romano,
    Patterson and Candès, "Conformalized Quantile Regression", 2019). While too few were tried the days that are known
    have to do; of a very young series others always speak (``few_days``).
    """
    past = _of(ready, last, rare)
    few = few_days.ends(past.days, _known(ready, last, np.ones_like(rare)))
    below, above = _tried(ready, last, horizon)
    if len(below) < _ENOUGH:
        return past.mean, few
    ends = [
        past.middle - min(float(np.quantile(below, 1 - share)), _FARTHEST) * past.below
        if share < _HALF
        else past.middle + min(float(np.quantile(above, share)), _FARTHEST) * past.above
        for share in SHARES
    ]
    ends[SHARES.index(_HALF)] = past.middle
    young = np.isfinite(past.days).sum(axis=1) < LEAST
    return past.mean, np.where(young, few, np.maximum(np.sort(np.stack(ends), axis=0), 0.0))


def _known(ready: Prepared, last: int, chosen: Flags) -> Floats:
    """The last eight weeks; NaN before the first sale and where it was known that nothing would be sold."""
    first = last - HISTORY + 1
    days = ready.values[chosen, first : last + 1].copy()
    days[np.arange(first, last + 1)[None, :] < ready.begins[chosen, None]] = np.nan
    days[ready.shut[chosen, first : last + 1]] = np.nan
    return days


def _of(ready: Prepared, last: int, chosen: Flags) -> _Past:
    days = _known(ready, last, chosen)
    days[np.isnan(days).all(axis=1)] = 0.0
    low, middle, high = np.nanquantile(days, (0.1, 0.5, 0.9), axis=1)
    mean = np.maximum(np.nanmean(days, axis=1), 0.0)
    least = _NARROWEST * mean
    return _Past(days, middle, mean, middle - low + least, high - middle + least)


def _tried(ready: Prepared, last: int, horizon: int) -> tuple[Floats, Floats]:
    """How far what came lay below and above the middle at earlier origins, in reaches of the past range."""
    below, above = [np.zeros(0)], [np.zeros(0)]
    for origin in range(last - _STEP, max(HISTORY, last - _ORIGINS * _STEP), -_STEP):
        rare = ~regular(ready, origin) & (ready.begins <= origin - _STEP)
        if not rare.any():
            continue
        past = _of(ready, origin, rare)
        targets = slice(origin + 1, min(origin + horizon, last) + 1)
        came = ready.values[rare, targets]
        able = ~ready.shut[rare, targets] & (past.mean > 0)[:, None]
        apart = came - past.middle[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            below.append((-apart / past.below[:, None])[able])
            above.append((apart / past.above[:, None])[able])
    return np.concatenate(below), np.concatenate(above)
