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

METHODS: Final = ("plain", "steady", "recent", "weekday_median", "seasonal_naive")
"""The forests are ``steady``, which forgets nothing, and ``recent``; the last is the same weekday of the last week."""
_STEPS: Final = 5
# What several data sets agreed on. The past weeks of one chain say little: followed further, others came out worse.
_USUAL: Final = (0.1, 0.6, 0.3, 0.0, 0.0)
_TRUST: Final = 0.2
_MARGIN: Final = 1.03


@dataclass(frozen=True)
class Weights:
    """Shares of ``METHODS``; they add up to 1. After a fall-back one of the simple methods has it all."""

    plain: float
    steady: float
    recent: float
    weekday_median: float
    seasonal_naive: float = 0.0

    @property
    def fallback(self) -> str | None:
        """The simple method that is used alone, if the blend did not beat it."""
        return next((name for name in METHODS[3:] if getattr(self, name) == 1.0), None)

    def mixed(self, answers: Floats) -> Floats:
        """The blend of answers stacked along the first axis in the order of ``METHODS``."""
        shares = np.array([getattr(self, name) for name in METHODS])
        mixed: Floats = np.tensordot(shares, answers, axes=1)
        return mixed


def answers(ready: Prepared, learned: Learned | None, origin: int, targets: Ints) -> Floats:
    """What every method says at an origin; the plain one speaks for forests that there are not.

    All of them are told on which days nothing is sold for certain.
    """
    plain = ready.base(origin, targets)
    forests = learned.at(ready, origin, targets) if learned else (plain, plain)
    said = np.stack([plain, *forests, ready.weekday_median(origin, targets), ready.seasonal_naive(origin, targets)])
    return np.where(ready.panel.shut(targets)[None], 0.0, said)


def weigh(said: list[Floats], actual: list[Floats]) -> Weights:
    """The weights for answers at past origins and what then came; the best simple method alone if it was not beaten."""
    if not said:
        return Weights(*_USUAL)
    grid = [shares for shares in product(range(_STEPS + 1), repeat=4) if sum(shares) <= _STEPS]
    choices = [Weights(*(share / _STEPS for share in (_STEPS - sum(shares), *shares))) for shares in grid]
    best = min(choices, key=lambda one: missed(one, said, actual))
    chosen = [getattr(best, name) for name in METHODS]
    blend = Weights(*(_TRUST * own + (1 - _TRUST) * usual for own, usual in zip(chosen, _USUAL, strict=True)))
    simple = [Weights(0.0, 0.0, 0.0, 1.0), Weights(0.0, 0.0, 0.0, 0.0, 1.0)]
    # The forest that is weighed here is weeks older than the one that answers: a narrow defeat is none.
    return min([blend, *simple], key=lambda one: missed(one, said, actual) * (1.0 if one is blend else _MARGIN))


def missed(weights: Weights, said: list[Floats], actual: list[Floats]) -> float:
    """The sum of the errors that a blend would have made."""
    return sum(float(np.abs(weights.mixed(each) - came).sum()) for each, came in zip(said, actual, strict=True))
