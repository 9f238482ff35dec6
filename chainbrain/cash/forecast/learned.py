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
# Hundreds of series have more to teach than the rows that are enough for a few.
_ROWS_EACH: Final = 400
_MOST_ROWS: Final = 240_000
# One forest that remembers everything, for seasons, and one that forgets half in so many days, for a chain on the move:
# which of them is right shows in the weeks before the origin.
MEMORIES: Final = (None, 120.0)
_FARTHEST: Final = 3.0
_SEED: Final = 20160125
_LEAST: Final = 2_000


@dataclass(frozen=True)
class Learned:
    """Fitted forests, one for each of ``MEMORIES``; they correct the plain forecast of ``Prepared.base``."""

    forests: tuple[trees.Forest, ...]

    def at(self, ready: Prepared, origin: int, targets: Ints) -> tuple[Floats, ...]:
        """What each forest says at an origin; series that are too young keep the plain forecast."""
        level = ready.level(origin)[:, None]
        rows = table(ready, origin, targets)
        plain = ready.base(origin, targets)
        flat = rows.reshape(-1, rows.shape[2])
        # A weekday on which nothing was sold for eight weeks stays closed.
        able = (ready.begins <= origin - YOUNGEST)[:, None] & (ready.open_share(origin, targets) > 0)
        corrected = (plain + forest.predict(flat).reshape(plain.shape) * level for forest in self.forests)
        return tuple(np.where(able, np.maximum(each, 0.0), plain) for each in corrected)


def learn(
    ready: Prepared, last: int, horizon: int, told: Callable[[int], None], shape: trees.Shape | None = None
) -> Learned | None:
    """Learn from the origins whose target days lie no later than ``last``; nothing when there is too little."""
    if sum(int((_weights(ready, o, min(horizon, last - o)) > 0).sum()) for o in _origins(last)) < _LEAST:
        return None
    forests = []
    for number, (rows, wanted) in enumerate(_drawn(ready, last, horizon)):
        before = number * (shape or trees.Shape()).trees
        forests.append(trees.fit(rows, wanted, _SEED + number, shape, lambda tree, done=before: told(done + tree)))  # type: ignore[misc]
    return Learned(tuple(forests))


def _origins(last: int) -> range:
    return range(last - 1, HISTORY, -_STEP)


def _drawn(ready: Prepared, last: int, horizon: int) -> list[tuple[Floats, Floats]]:
    """For each memory rows drawn by their money, so that the error made small is that of the chain's receipts."""
    draw = np.random.Generator(np.random.PCG64(_SEED))
    weights = [_weights(ready, origin, min(horizon, last - origin)) for origin in _origins(last)]
    money = np.array([float(weight.sum()) for weight in weights])
    age = last - np.array(_origins(last))
    parts: list[list[tuple[Floats, Floats]]] = [[] for _ in MEMORIES]
    shares = [money * (1.0 if memory is None else 0.5 ** (age / memory)) for memory in MEMORIES]
    rows = min(max(_ROWS, _ROWS_EACH * len(ready.values)), _MOST_ROWS)
    counts = [np.rint(rows * share / share.sum()).astype(np.int64) for share in shares]
    for place, (origin, weight) in enumerate(zip(_origins(last), weights, strict=True)):
        if not money[place]:
            continue
        width = min(horizon, last - origin)
        targets = np.arange(origin + 1, origin + width + 1)
        columns, plain = table(ready, origin, targets), ready.base(origin, targets)
        up_to = np.cumsum(weight)
        for part, count in zip(parts, counts, strict=True):
            drawn = np.searchsorted(up_to, draw.random(int(count[place])) * up_to[-1], side="right")
            series, ahead = np.divmod(np.minimum(drawn, weight.size - 1), width)
            missed = ready.values[series, targets[ahead]] - plain[series, ahead]
            share = np.clip(missed / ready.level(origin)[series], -_FARTHEST, _FARTHEST)
            part.append((columns[series, ahead], share))
    return [(np.concatenate([one for one, _ in part]), np.concatenate([one for _, one in part])) for part in parts]


def _weights(ready: Prepared, origin: int, width: int) -> Floats:
    level = np.where(ready.begins <= origin - YOUNGEST, ready.smoothed.level[:, origin], 0.0)
    return np.repeat(np.maximum(level, 0.0), width)
