"""Seeded draws in whole numbers: the same seed gives the same chain on every system."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def stream(seed: int, part: str) -> np.random.Generator:
    """A generator of its own for each part of the chain: a change in one part leaves the others as they were."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([abs(seed), zlib.crc32(part.encode())])))


def between(rng: np.random.Generator, low: int, high: int, size: int) -> Ints:
    """Whole numbers from ``low`` up to, not including, ``high``."""
    return rng.integers(low, high, size, dtype=np.int64)


def pick(rng: np.random.Generator, weights: Sequence[int] | Ints, size: int) -> Ints:
    """Indices drawn by whole-number weights; no logarithm or float decides."""
    cumulative = np.cumsum(np.asarray(weights, dtype=np.int64))
    return np.searchsorted(cumulative, between(rng, 0, int(cumulative[-1]), size), side="right").astype(np.int64)


def chance(rng: np.random.Generator, per_mille: int, size: int) -> Flags:
    """True for about ``per_mille`` of a thousand."""
    return between(rng, 0, 1000, size) < per_mille


def some(rng: np.random.Generator, eligible: Flags, count: int) -> Ints:
    """The indices of at most ``count`` different eligible rows, in drawn order."""
    return rng.permutation(np.flatnonzero(eligible)).astype(np.int64)[: max(count, 0)]


def half_up(amount: Ints, rate: Ints | int, scale: int = 10_000) -> Ints:
    """``amount × rate / scale`` in fen, rounded half up away from zero as the channels do."""
    exact = np.abs(amount) * rate
    return (np.sign(amount) * ((exact + scale // 2) // scale)).astype(np.int64)
