"""How series that stopped selling come back: what the chain's own closures up to an origin say of one that lasts.

The chance that a closed series sells again on one more day is the share of the chain's closures like it that ended on
such a day: by their length and by how often the series sold before (a life table after Kaplan and Meier,
"Nonparametric Estimation from Incomplete Observations", 1958). Chains close and open in waves, so the last days count
for more than the year; where they hold too few closures, the year speaks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.features import HISTORY, Prepared
from chainbrain.cash.forecast.learned import YOUNGEST
from chainbrain.cash.forecast.panel import OPEN

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

LEAST: Final = 3
"""Days without sales, none of them known beforehand, that make a closure."""
RETURNS: Final = 20
"""Closures that must have ended before anything is said."""
_LENGTHS: Final = np.array([7, 14, 28, 56])
"""The closed days from which on a closure counts as a longer one."""
_KINDS: Final = 2 * (len(_LENGTHS) + 1)
_LIVELY: Final = 0.8
_FORGETS: Final = 7.0
"""Days in which half of a wave is forgotten."""
_WORTH: Final = 10.0
_POOLED: Final = 30.0
"""Closed days that the year counts for beside the last days, and the whole chain beside the closures of one kind."""
_SURE: Final = 0.2
_AFTER: Final = 28
_ENOUGH: Final = 100
_GRID: Final = np.linspace(0.0, 1.0, 101)
_HALF: Final = 0.5


@dataclass(frozen=True)
class Closures:
    """Every closure of a panel day by day; what stands at a day says nothing of the days after it.

    Attributes:
        closed: unforeseen days without sales since the last sale, after every day.
        lively: whether a series sold on most days of the eight weeks up to its last sale, after every day.
        risk: how many series of each kind were closed after every day, and ``ended``, how many sold on the next one.
        day: the days after reopenings, and ``share`` what was sold on them as a share of what had been expected;
            ``was`` says of which of them the series had been lively.
    """

    closed: Ints
    lively: Flags
    risk: Floats
    ended: Floats
    day: Ints
    share: Floats
    was: Flags


@dataclass(frozen=True)
class Curve:
    """How the closed series ``rows`` come back after one origin; one column per target day.

    Attributes:
        chance: that a series has sold again by a day.
        expected: what it would sell by its level and season before it closed.
        shares: what comes back of that at each percent, of seldom and of lively series.
    """

    rows: Ints
    chance: Floats
    expected: Floats
    lively: Flags
    shares: Floats

    def moved(self, mean: Floats) -> Floats:
        """Estimates where the curve is sure: nothing while hardly any came back, at least its median once most did.

        Between them the methods see what single series did before and are the better ones.
        """
        found = mean.copy()
        found[self.rows] = np.where(self.chance < _SURE, 0.0, np.maximum(mean[self.rows], self.end(_HALF)))
        return found

    def end(self, share: float) -> Floats:
        """A quantile of what comes: nothing for as long as a series may be closed, then a share of what it sold."""
        inner = (share - (1.0 - self.chance)) / np.maximum(self.chance, 1e-9)
        came = [np.interp(np.maximum(inner, 0.0), _GRID, one) for one in self.shares]
        found: Floats = np.where(inner > 0, np.where(self.lively[:, None], came[1], came[0]), 0.0) * self.expected
        return found

    def widened(self, quantiles: Floats, mean: Floats, shares: tuple[float, ...]) -> Floats:
        """Ranges that hold both what the methods and what the curve think possible; ``mean`` is the moved one."""
        found = quantiles.copy()
        for number, share in enumerate(shares):
            wider = np.minimum if share < _HALF else np.maximum
            if share != _HALF:
                found[number, self.rows] = wider(found[number, self.rows], self.end(share))
        found[shares.index(_HALF), self.rows] = mean[self.rows]
        return np.maximum(np.sort(found, axis=0), 0.0)


def closures(ready: Prepared) -> Closures:
    """Find the closures of a panel; before its first sale a series was not there."""
    sold, shut = ready.values > 0, ready.shut
    days = np.arange(sold.shape[1])
    idle = np.cumsum(~sold & ~shut, axis=1)
    before = np.maximum.accumulate(np.where(sold, idle, 0), axis=1)
    closed = np.where(days >= ready.begins[:, None], idle - before, 0)
    lively = _lively(sold, ready.begins)
    risk = (closed[:, :-1] >= LEAST) & ~shut[:, 1:]
    ended = risk & sold[:, 1:]
    place = _kinds(closed[:, :-1], lively[:, :-1]) * len(days) + days[:-1]
    at_risk, came_back = (
        np.bincount(place[which], minlength=_KINDS * len(days)).reshape(_KINDS, -1).astype(np.float64)
        for which in (risk, ended)
    )
    rows, last = np.nonzero(ended)
    return Closures(closed, lively, at_risk, came_back, *_returns(ready, rows, last, lively))


def curve(ready: Prepared, found: Closures, origin: int, targets: Ints) -> Curve | None:
    """How the series come back that are closed at an origin; nothing when none is, or too few have come back before."""
    risk, ended = found.risk[:, :origin], found.ended[:, :origin]
    chosen = (found.closed[:, origin] >= LEAST) & (ready.begins <= origin - YOUNGEST)
    chosen &= ~ready.panel.shut(targets).all(axis=1)
    if OPEN in ready.panel.known:
        # Where somebody says when it is open there is nothing to guess.
        chosen &= ~(ready.panel.known[OPEN][:, targets] > 0).any(axis=1)
    rows = np.flatnonzero(chosen)
    if not len(rows) or ended.sum() < RETURNS:
        return None
    fresh = 0.5 ** ((origin - 1 - np.arange(origin)) / _FORGETS)
    usual = (ended.sum(axis=1) + _POOLED * ended.sum() / risk.sum()) / (risk.sum(axis=1) + _POOLED)
    chance = (ended @ fresh + _WORTH * usual) / (risk @ fresh + _WORTH)
    ahead, lively = targets - origin, found.lively[rows, origin]
    lengths = found.closed[rows, origin][:, None] + np.arange(int(ahead.max()))
    stays = np.cumprod(1.0 - chance[_kinds(lengths, lively[:, None])], axis=1)[:, ahead - 1]
    seen = found.day <= origin
    parts = [found.share[seen & (found.was == one)] for one in (False, True)]
    shares = [np.quantile(part if len(part) >= _ENOUGH else found.share[seen], _GRID) for part in parts]
    expected = (ready.smoothed.at(origin, targets) * ready.factor[:, targets])[rows]
    return Curve(rows, 1.0 - stays, expected, lively, np.stack(shares))


def _kinds(closed: Ints, lively: Flags) -> Ints:
    found: Ints = 2 * np.searchsorted(_LENGTHS, closed, side="right") + lively
    return found


def _lively(sold: Flags, begins: Ints) -> Flags:
    days = np.arange(sold.shape[1])
    after = np.maximum.accumulate(np.where(sold, days + 1, 0), axis=1)
    first = np.maximum(after - HISTORY, np.minimum(begins[:, None], after))
    counts = np.pad(np.cumsum(sold, axis=1), ((0, 0), (1, 0)))
    total: Ints = np.take_along_axis(counts, after, axis=1) - np.take_along_axis(counts, first, axis=1)
    found: Flags = total >= _LIVELY * np.maximum(after - first, 1)
    return found


def _returns(ready: Prepared, rows: Ints, last: Ints, lively: Flags) -> tuple[Ints, Floats, Flags]:
    """What the series ``rows`` sold in the four weeks after their last closed days, day by day."""
    count = ready.values.shape[1]
    days = last[:, None] + 1 + np.arange(_AFTER)
    at = np.minimum(days, count - 1)
    level = ready.smoothed.level[rows, last][:, None]
    expected = level + ready.smoothed.season[rows[:, None], np.maximum(last[:, None] - (last[:, None] - at) % 7, 0)]
    # A weekday on which next to nothing is expected makes any share.
    told = (days < count) & (expected > 0.1 * np.maximum(level, 1e-9)) & ~ready.shut[rows[:, None], at]
    share = ready.clean[rows[:, None], at] / np.where(told, expected, 1.0)
    return days[told], share[told], np.broadcast_to(lively[rows, last][:, None], told.shape)[told]
