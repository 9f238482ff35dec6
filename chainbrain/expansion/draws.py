"""Random draws in whole numbers, so that a seed gives the same figures on every computer.

Only the raw output of PCG64 is used, whose stream is guaranteed; the shapes of distributions are tables of whole
numbers. Floating-point transforms differ in the last digit between processors and versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from hashlib import sha256
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.money import half_up

Ints = npt.NDArray[np.int64]

MILLION: Final = 1_000_000
"""Shares and factors are counted in millionths."""

_BITS: Final = 20
_KNOT_BITS: Final = 10
_KNOTS: Final = 1 << _KNOT_BITS
_STEP: Final = 1 << (_BITS - _KNOT_BITS)
_Z90: Final = 1_281_552
"""The standard normal quantile of 0.9, in millionths."""


def _normal_table() -> Ints:
    # The ends stand for the middle of the outermost half step; the tails beyond 3.3 sigma are cut.
    points = [max(min(i / _KNOTS, 1 - 0.5 / _KNOTS), 0.5 / _KNOTS) for i in range(_KNOTS + 1)]
    return np.array([round(NormalDist().inv_cdf(point) * MILLION) for point in points], dtype=np.int64)


NORMAL: Final = _normal_table()
# Knots lie farther apart than this everywhere, so that between the ends of a stretch there is one of them at most; it
# costs much less than searching for every value.
_REACH_BITS: Final = 11
_KNOT_BELOW: Final = np.minimum(
    np.searchsorted(NORMAL, np.arange(NORMAL[0], NORMAL[-1] + 1, 1 << _REACH_BITS), side="right") - 1, _KNOTS - 1
)


def uniforms(seed: int, paths: int, inputs: int) -> Ints:
    """Whole numbers in [0, 2^20), one row per path; the rows of fewer paths are the first rows of more."""
    return next_uniforms(np.random.PCG64(seed), paths, inputs)


def next_uniforms(stream: np.random.PCG64, paths: int, inputs: int) -> Ints:
    """The next rows of a stream."""
    raw = stream.random_raw(paths * inputs)
    drawn: Ints = (raw >> np.uint64(64 - _BITS)).astype(np.int64)
    return drawn.reshape(paths, inputs)


def normals(uniform: Ints) -> Ints:
    """Standard normal values in millionths for uniform draws."""
    drawn: Ints = _every_normal().take(uniform)
    return drawn


@cache
def _every_normal() -> Ints:
    # There are a million different draws, and looking one up costs less than working it out.
    uniform = np.arange(1 << _BITS, dtype=np.int64)
    knot, within = uniform >> (_BITS - _KNOT_BITS), uniform & (_STEP - 1)
    low: Ints = NORMAL[knot]
    high: Ints = NORMAL[knot + 1]
    every: Ints = low + ((high - low) * within + _STEP // 2) // _STEP
    every.flags.writeable = False
    return every


def correlated(first: Ints, second: Ints, correlation: Decimal) -> Ints:
    """Normal values that follow ``first`` with a correlation and ``second`` for the rest; all in millionths."""
    rho = int(half_up(correlation * MILLION, 0))
    rest = int(half_up((1 - correlation * correlation).sqrt() * MILLION, 0))
    return (first * rho + second * rest) // MILLION


def two_sided(normal: Ints, middle: int, p10: int, p90: int) -> Ints:
    """Values whose median is ``middle`` and whose P10 and P90 are as given: a normal bent at its middle."""
    side = np.where(normal < 0, middle - p10, p90 - middle)
    return middle + (normal * side + _Z90 // 2) // _Z90


def from_observed(uniform: Ints, observed: Sequence[int]) -> Ints:
    """Values drawn between observed ones (linear between neighbours), never beyond the least and the greatest.

    The i-th of n sorted observations stands at (i + ½)/n, as far from the ends as from its neighbours.
    """
    ordered = np.array(sorted(observed), dtype=np.int64)
    count = len(ordered)
    full = 1 << _BITS
    # Position counted in 1/2^20 of the distance between neighbours.
    position = np.clip(uniform * count - full // 2, 0, (count - 1) * full)
    index = np.minimum(position // full, max(count - 2, 0))
    within = position - index * full
    low: Ints = ordered[index]
    high: Ints = ordered[np.minimum(index + 1, count - 1)]
    drawn: Ints = low + ((high - low) * within + full // 2) // full
    return drawn


def uniform_at(share: Decimal) -> int:
    """The uniform draw that stands for a quantile (0.1, 0.5 ...)."""
    return int(share * (1 << _BITS))


def uniform_of(normal: Ints) -> Ints:
    """The uniform draw that stands for a standard normal value: the way back from ``normals``."""
    normal = np.clip(normal, NORMAL[0], NORMAL[-1])
    knot = _KNOT_BELOW[(normal - NORMAL[0]) >> _REACH_BITS]
    knot += normal >= NORMAL[knot + 1]
    knot = np.minimum(knot, _KNOTS - 1)
    low: Ints = NORMAL[knot]
    high: Ints = NORMAL[knot + 1]
    within = np.clip((normal - low) * _STEP // (high - low), 0, _STEP - 1)
    drawn: Ints = knot * _STEP + within
    return drawn


def seed_of(seed: int, name: str) -> int:
    """The seed of one of several streams, which does not change when others are added."""
    return int.from_bytes(sha256(f"{seed}/{name}".encode()).digest()[:8], "big") >> 1
