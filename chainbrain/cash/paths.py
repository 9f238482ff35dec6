"""Paths of receipts to come, drawn from the errors that the forecast itself made at earlier origins.

A path is off in two ways: its whole level, as one earlier origin was over its days, and its weeks, each as some week of
an earlier origin was (block bootstrap after Künsch, "The jackknife and the bootstrap for general stationary
observations", 1989). All series of a path are drawn from the same origin and week, so that they err together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.ranges import LEAST

Floats = npt.NDArray[np.float64]

PATHS: Final = 1000
SEED: Final = 20261126
WEEK: Final = 7
LEVEL_DAYS: Final = 28
"""The level of an earlier origin is what its first four weeks were off by."""
_TRIED: Final = 3
"""Origins with four weeks behind them without which those with fewer speak as well: one week is off by far more."""
_FARTHEST: Final = 3.0
_SMALLEST: Final = 0.001


def simulated(
    mean: Floats, said: Sequence[Floats], came: Sequence[Floats], width: float, *, paths: int = PATHS, seed: int = SEED
) -> Floats:
    """Paths of receipts per series and day (paths × series × days), around the estimate; never below nothing.

    Args:
        mean: the estimate, series × days.
        said: what was said at earlier origins, series × days each.
        came: what then came.
        width: how wide eight of ten sums of all receipts lie, as a share of the estimate, as the forecast itself says.
            Where the errors of a few origins would come to less, their levels are taken to have been farther off.
        paths: how many.
        seed: the same seed draws the same paths.
    """
    series, days = mean.shape
    draw = np.random.Generator(np.random.PCG64(seed))
    whole = [(s, c) for s, c in zip(said, came, strict=True) if s.shape[1] >= WEEK]
    level, shaken = np.ones((paths, series)), np.zeros((paths, series, days))
    if whole:
        reaching = [(s, c) for s, c in whole if s.shape[1] >= LEVEL_DAYS]
        told = reaching if len(reaching) >= _TRIED else whole
        level = _drawn(np.stack([_level(s, c) for s, c in told]), draw, paths)
        blocks = np.stack([block for s, c in whole for block in _blocks(s, c)])
        blocks = blocks - blocks.mean(axis=0)
        weeks = -(-days // WEEK)
        # Week by week: that more days are asked for draws none of the weeks before them otherwise.
        chosen = blocks[draw.integers(len(blocks), size=(weeks, paths)).T]
        # paths × weeks × series × 7 becomes paths × series × days.
        shaken = chosen.transpose(0, 2, 1, 3).reshape(paths, series, weeks * WEEK)[:, :, :days]
    else:
        level *= draw.standard_normal((paths, 1))
    wider = _wider(mean, level, shaken, width)
    found: Floats = mean[None] * np.maximum(1.0 + wider * level[:, :, None] + shaken, 0.0)
    return found


def _drawn(levels: Floats, draw: np.random.Generator, paths: int) -> Floats:
    """Levels as far off as those of earlier origins, around the estimate; of too few only the usual size is taken.

    Origins that follow each other see the same weeks: if all were off to one side, that is one error and no rule.
    """
    usual = np.maximum(np.sqrt((levels**2).mean(axis=0)), _SMALLEST)
    around = levels - levels.mean(axis=0)
    size = np.sqrt((around**2).mean(axis=0))
    if len(levels) >= LEAST and (size >= usual / 2).all():
        drawn: Floats = (around * (usual / size))[draw.integers(len(levels), size=paths)]
        return drawn
    scattered: Floats = draw.standard_normal((paths, 1)) * usual[None, :]
    return scattered


def _wider(mean: Floats, level: Floats, shaken: Floats, width: float) -> float:
    """How much farther off the levels are taken to be, so that all receipts together spread as they should."""
    total = float(mean.sum())
    if total <= 0:
        return 1.0
    by_level, by_weeks = ((mean[None] * part).sum(axis=(1, 2)) / total for part in (level[:, :, None], shaken))
    of_level, of_weeks = (float(np.subtract(*np.quantile(each, (0.9, 0.1)))) for each in (by_level, by_weeks))
    if of_level <= 0:
        return 1.0
    # Independent parts add up by their squares.
    return max(float(np.sqrt(max(width**2 - of_weeks**2, 0.0))) / of_level, 1.0)


def past_weeks(values: Floats, weeks: int = 8) -> tuple[list[Floats], list[Floats]]:
    """For series that no model was tried on: each of the last weeks against the usual week of the others."""
    count = min(values.shape[1] // WEEK, weeks)
    if count < 2:
        return [], []
    recent = values[:, values.shape[1] - count * WEEK :].reshape(len(values), count, WEEK)
    total = recent.sum(axis=1)
    return [(total - recent[:, i]) / (count - 1) for i in range(count)], [recent[:, i] for i in range(count)]


def _level(said: Floats, came: Floats) -> Floats:
    return _share(said[:, :LEVEL_DAYS].sum(axis=1), came[:, :LEVEL_DAYS].sum(axis=1))


def _blocks(said: Floats, came: Floats) -> list[Floats]:
    """The errors of every whole week beside those of the level."""
    level = _level(said, came)[:, None]
    count = said.shape[1] // WEEK
    off = _share(said, came) - level
    return [off[:, i * WEEK : (i + 1) * WEEK] for i in range(count)]


def _share(said: Floats, came: Floats) -> Floats:
    off = np.where(said > 0, (came - said) / np.where(said > 0, said, 1.0), 0.0)
    return np.clip(off, -1.0, _FARTHEST)
