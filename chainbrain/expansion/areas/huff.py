"""Huff's model: how the customers of each point divide among the stores they can reach.

``P_ij = A_j / d_ij^β / Σ_k A_k / d_ik^β`` with the attraction A and the distance d in kilometres.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from chainbrain.expansion.areas.geometry import Numbers

# Nobody is nearer to a store than its own door: below this, the model would give a store everything around it.
NEAREST_KM: Final = 0.05


def pull(attraction: Numbers, distance_km: Numbers, beta: float) -> Numbers:
    """The strength with which each store (column) draws the people of each point (row)."""
    return np.asarray(attraction / np.maximum(distance_km, NEAREST_KM) ** beta, dtype=np.float64)


def shares(attraction: Numbers, distance_km: Numbers, beta: float) -> Numbers:
    """Which share of each point's customers goes to which store; every row adds up to 1."""
    strength = pull(attraction, distance_km, beta)
    return np.asarray(strength / strength.sum(axis=1, keepdims=True), dtype=np.float64)


def of_all(weights: Numbers, by_point: Numbers) -> Numbers:
    """The share of each store in all points together, each point as heavy as its people."""
    return np.asarray(weights @ by_point / weights.sum(), dtype=np.float64)
