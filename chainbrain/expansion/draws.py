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
_TO_NEXT: Final = np.diff(NORMAL)
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
    raw >>= np.uint64(64 - _BITS)
    return raw.view(np.int64).reshape(paths, inputs)


def normals(uniform: Ints) -> Ints:
    """Standard normal values in millionths for uniform draws."""
    # The knots stay in the nearest cache; a table of all the million draws would be looked up in a far one.
    knot = uniform >> (_BITS - _KNOT_BITS)
    drawn: Ints = uniform & (_STEP - 1)
    drawn *= _TO_NEXT.take(knot)
    drawn += _STEP // 2
    drawn >>= _BITS - _KNOT_BITS
    drawn += NORMAL.take(knot)
    return drawn


def correlated(first: Ints, second: Ints, correlation: Decimal) -> Ints:
    """Normal values that follow ``first`` with a correlation and ``second`` for the rest; all in millionths."""
    rho, rest = _parts(correlation)
    return (first * rho + second * rest) // MILLION


@cache
def _parts(correlation: Decimal) -> tuple[int, int]:
    rest = (1 - correlation * correlation).sqrt()
    return int(half_up(correlation * MILLION, 0)), int(half_up(rest * MILLION, 0))


def two_sided(normal: Ints, middle: int | Ints, p10: int | Ints, p90: int | Ints) -> Ints:
    """Values whose median is ``middle`` and whose P10 and P90 are as given: a normal bent at its middle."""
    found: Ints = normal * np.where(normal < 0, middle - p10, p90 - middle)
    found += _Z90 // 2
    found //= _Z90
    found += middle
    return found


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
