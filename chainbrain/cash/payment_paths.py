"""How far payments that no plan knows may come to lie from their average, as many paths."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from chainbrain.cash.paths import PATHS, SEED, WEEK

if TYPE_CHECKING:
    from chainbrain.cash.irregular import Usual

Floats = npt.NDArray[np.float64]

_BLOCK: Final = 4
"""Weeks that are drawn together: what is not paid in one week is paid in the next."""
_LONGEST: Final = 8
"""Sums of up to so many weeks tell how much of the spread of payments is only put off."""
_LEAST_LASTING: Final = 0.25
"""So much of it lasts at least: a few weeks cannot prove that everything is paid in the end."""


def shaken(entity: str, found: Usual, days: int, *, paths: int = PATHS, seed: int = SEED) -> Floats:
    """How much more than the average of its weekday each of many paths has paid up to each day (paths × days).

    Weeks of the past are drawn anew in runs of four, that begin with any week (moving blocks, Künsch 1989); a path
    begins within a run. What a run as a whole is off by lasts only as far as ``lasting`` says. That the average itself
    is of few weeks is drawn as well: each path has another one, made of as many weeks as are known, and it falls on the
    weekdays as the payments do.

    Args:
        entity: whose payments; each has draws of its own.
        found: what was paid.
        days: how many days to come, from the day after the last of the weeks on.
        paths: how many paths.
        seed: the same seed draws the same paths.
    """
    weeks = found.weeks
    if len(weeks) < 2 or found.monthly is None:
        return np.zeros((paths, days))
    draw = np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, crc32(entity.encode())])))
    block = _BLOCK if len(weeks) >= 2 * _BLOCK else 1
    runs = np.stack([weeks[i : i + block].ravel() for i in range(len(weeks) - block + 1)])
    usual_week = runs.reshape(-1, WEEK).mean(axis=0)
    if not usual_week.any():
        return np.zeros((paths, days))
    usual_run = np.tile(usual_week, block)
    lasts = float(np.sqrt(lasting(weeks.sum(axis=1), block))) if block > 1 else 1.0
    whole = (runs.sum(axis=1, keepdims=True) / usual_run.sum() - 1.0) * usual_run
    off = runs - usual_run - (1.0 - lasts) * whole

    def drawn(values: Floats, length: int) -> Floats:
        count = -(-length // values.shape[1])
        # Run by run: that more days are asked for changes none of the days before them.
        places = draw.integers(len(values), size=(count, paths)).T
        chosen: Floats = values[places].reshape(paths, -1)
        return chosen

    level = lasts * drawn(whole, len(weeks) * WEEK)[:, : len(weeks) * WEEK].mean(axis=1) / usual_week.mean()
    begins = draw.integers(block, size=(paths, 1)) * WEEK
    days_of = begins + np.arange(days)
    moved = np.take_along_axis(drawn(off, block * WEEK + days), days_of, axis=1)
    expected = np.resize(usual_week, days)
    # Runs lie near the average of all weeks because they are part of it.
    nearer = np.sqrt(len(weeks) / (len(weeks) - block))
    found_moved: Floats = nearer * np.cumsum(moved + level[:, None] * expected, axis=1)
    return found_moved


def lasting(weeks: Floats, block: int) -> float:
    """Which share of the variance of what ``block`` weeks were off by adds up over many weeks.

    What is not paid in one week is owed and paid in another, so the variance of sums of n weeks is a part that grows
    with n and a part that does not: a line through the variances of sums of one week, two, three and so on tells both.
    Longer sums are fewer and weigh less.
    """
    count = len(weeks)
    lengths = np.arange(1, min(_LONGEST, count // 2) + 1)
    sums = [np.convolve(weeks - weeks.mean(), np.ones(length), "valid") for length in lengths]
    variances = np.array([np.mean(one**2) for one in sums]) * count / (count - lengths)
    if variances[block - 1] <= 0:
        return 1.0
    grows, _ = np.polyfit(lengths, variances, 1, w=1.0 / np.sqrt(lengths))
    return float(np.clip(grows * block / variances[block - 1], _LEAST_LASTING, 1.0))
