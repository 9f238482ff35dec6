"""How much distance matters: β from where customers of own stores come from, or a stated range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from chainbrain.expansion.areas.geometry import Numbers
from chainbrain.expansion.areas.huff import NEAREST_KM

ASSUMED: Final = (1.0, 2.0, 3.0)
LEAST_CUSTOMERS: Final = 100
LEAST_STORES: Final = 2
LEAST_POINTS: Final = 10
# From the middle to P10 or P90 of a normal error.
_TO_P10: Final = 1.2815515655446004
_MOST_STEPS: Final = 50
# Outside of these the points say something else than how far people walk.
_LEAST_BETA: Final = 0.2
_MOST_BETA: Final = 8.0


@dataclass(frozen=True)
class Beta:
    """How fast custom falls with distance.

    Attributes:
        low: the lower end of the range (P10 of the fit, or 1).
        middle: the value that is used.
        high: the upper end.
        fitted: whether it was measured on customers; otherwise it is an assumption.
        customers: how many customers were looked at.
        points: at how many points they live.
        why: why it could not be measured, as a code; empty when it could.
    """

    low: float
    middle: float
    high: float
    fitted: bool
    customers: int
    points: int
    why: str

    @property
    def values(self) -> tuple[float, float, float]:
        """Low, middle and high."""
        return self.low, self.middle, self.high


def assumed(why: str, customers: int = 0, points: int = 0) -> Beta:
    """The usual range, with the reason why nothing better is known."""
    return Beta(*ASSUMED, fitted=False, customers=customers, points=points, why=why)


def fitted(attraction: Numbers, distance_km: Numbers, counts: Numbers) -> Beta:
    """Maximum likelihood of β on counted customers.

    Only customers of own stores are counted, so the choice among own stores is what is looked at: under Huff's model
    the competitors cancel from it.

    Args:
        attraction: of each own store.
        distance_km: of each point (row) from each own store (column).
        counts: customers of each store at each point.
    """
    customers, points = int(counts.sum()), int((counts.sum(axis=1) > 0).sum())
    if customers == 0:
        return assumed("no_origins")
    if int((counts.sum(axis=0) > 0).sum()) < LEAST_STORES:
        return assumed("one_store", customers, points)
    if customers < LEAST_CUSTOMERS or points < LEAST_POINTS:
        return assumed("few_customers", customers, points)
    closeness = -np.log(np.maximum(distance_km, NEAREST_KM))
    level = np.log(attraction)[None, :]
    beta, known = 2.0, 0.0
    for _ in range(_MOST_STEPS):
        slope, known = _slope(level + beta * closeness, closeness, counts)
        if known <= 0:
            return assumed("same_distance", customers, points)
        # The likelihood is concave in β, so Newton's step leads uphill; it is held short where it is flat.
        step = float(np.clip(slope / known, -1.0, 1.0))
        beta = float(np.clip(beta + step, 0.0, 2 * _MOST_BETA))
        if abs(step) < 1e-10:
            break
    if not _LEAST_BETA <= beta <= _MOST_BETA:
        return assumed("unlikely", customers, points)
    wide = _TO_P10 / known**0.5
    return Beta(max(beta - wide, 0.0), beta, beta + wide, fitted=True, customers=customers, points=points, why="")


def _slope(utility: Numbers, closeness: Numbers, counts: Numbers) -> tuple[float, float]:
    """First derivative of the log-likelihood by β, and the information (minus the second)."""
    strength = np.exp(utility - utility.max(axis=1, keepdims=True))
    chance = strength / strength.sum(axis=1, keepdims=True)
    mean = (chance * closeness).sum(axis=1, keepdims=True)
    people = counts.sum(axis=1, keepdims=True)
    spread = (chance * (closeness - mean) ** 2).sum(axis=1, keepdims=True)
    return float((counts * (closeness - mean)).sum()), float((people * spread).sum())
