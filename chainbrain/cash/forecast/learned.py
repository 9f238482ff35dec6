"""The forest of one panel: which past origins it learns from, and what it says at an origin."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast import trees
from chainbrain.cash.forecast.features import HISTORY, Prepared, table

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

YOUNGEST: Final = 14
"""Days since its first sale before a series can teach or be answered."""
_STEP: Final = 5
_ROWS: Final = 80_000
_FARTHEST: Final = 3.0
_SEED: Final = 20160125
_LEAST: Final = 2_000


@dataclass(frozen=True)
class Learned:
    """A fitted forest; it corrects the plain forecast of ``Prepared.base``."""

    forest: trees.Forest

    def at(self, ready: Prepared, origin: int, targets: Ints) -> Floats:
        """Forecasts at an origin; series that are too young keep the plain forecast."""
        level = ready.level(origin)[:, None]
        rows = table(ready, origin, targets)
        plain = ready.base(origin, targets)
        correction = self.forest.predict(rows.reshape(-1, rows.shape[2])).reshape(plain.shape)
        # Where the plain forecast is nothing, the weekday has been closed for eight weeks or is known to be.
        able = (ready.begins <= origin - YOUNGEST)[:, None] & (plain > 0)
        return np.where(able, np.maximum(plain + correction * level, 0.0), plain)


def learn(
    ready: Prepared, last: int, horizon: int, told: Callable[[int], None], shape: trees.Shape | None = None
) -> Learned | None:
    """Learn from the origins whose target days lie no later than ``last``; nothing when there is too little."""
    draw = np.random.Generator(np.random.PCG64(_SEED))
    origins = range(last - 1, HISTORY, -_STEP)
    # Rows are drawn by their money, so that the error that is made small is that of the chain's receipts.
    weights = [_weights(ready, origin, min(horizon, last - origin)) for origin in origins]
    total = sum(float(weight.sum()) for weight in weights)
    if not total or sum(int((weight > 0).sum()) for weight in weights) < _LEAST:
        return None
    parts, wanted = [], []
    for origin, weight in zip(origins, weights, strict=True):
        share = round(_ROWS * float(weight.sum()) / total)
        if not share:
            continue
        width = min(horizon, last - origin)
        targets = np.arange(origin + 1, origin + width + 1)
        drawn = np.searchsorted(np.cumsum(weight), draw.random(share) * weight.sum(), side="right")
        series, ahead = np.divmod(np.minimum(drawn, weight.size - 1), width)
        rows = table(ready, origin, targets)[series, ahead]
        level = ready.level(origin)[series]
        missed = ready.values[series, targets[ahead]] - ready.base(origin, targets)[series, ahead]
        parts.append(rows)
        wanted.append(np.clip(missed / level, -_FARTHEST, _FARTHEST))
    return Learned(trees.fit(np.concatenate(parts), np.concatenate(wanted), _SEED, shape, told))


def _weights(ready: Prepared, origin: int, width: int) -> Floats:
    level = np.where(ready.begins <= origin - YOUNGEST, ready.smoothed.level[:, origin], 0.0)
    return np.repeat(np.maximum(level, 0.0), width)
