"""How far each method is trusted: weights that made the error of the past weeks smallest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.features import Prepared
from chainbrain.cash.forecast.learned import Learned

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

METHODS: Final = ("plain", "learned", "weekday_median")
_STEPS: Final = 10
# What several data sets agreed on; the past weeks of one chain alone say too little to be followed blindly.
_USUAL: Final = (0.3, 0.6, 0.1)
_TRUST: Final = 0.6


@dataclass(frozen=True)
class Weights:
    """Shares of the three methods; they add up to 1."""

    plain: float
    learned: float
    weekday_median: float

    def mixed(self, answers: Floats) -> Floats:
        """The blend of answers stacked along the first axis in the order of ``METHODS``."""
        mixed: Floats = np.tensordot(np.array([self.plain, self.learned, self.weekday_median]), answers, axes=1)
        return mixed


def answers(ready: Prepared, learned: Learned | None, origin: int, targets: Ints) -> Floats:
    """What every method says at an origin; the plain one speaks for a forest that there is not."""
    plain = ready.base(origin, targets)
    forest = learned.at(ready, origin, targets) if learned else plain
    return np.stack([plain, forest, ready.weekday_median(origin, targets)])


def weigh(said: list[Floats], actual: list[Floats]) -> Weights:
    """The weights for answers at past origins and what then came."""
    grid = [pair for pair in product(range(_STEPS + 1), repeat=2) if sum(pair) <= _STEPS]
    choices = np.array([(_STEPS - a - b, a, b) for a, b in grid]) / _STEPS
    missed = [
        sum(
            float(np.abs(np.tensordot(one, each, axes=1) - came).sum()) for each, came in zip(said, actual, strict=True)
        )
        for one in choices
    ]
    best = choices[int(np.argmin(missed))] if said else np.array(_USUAL)
    return Weights(*(float(share) for share in _TRUST * best + (1 - _TRUST) * np.array(_USUAL)))
