"""Sums in a short history: the few origins that could be tried share their luck, the more so the farther they look.

Origins a week apart see mostly the same days: of four weeks ahead, six of them are two independent stretches. So errors
that are many seem surer than they are, and those of far days are few and of the last, ordinary weeks only.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.ranges import ORIGINS, STEP

Floats = npt.NDArray[np.float64]

_MIDDLE: Final = 2
"""Where the middle stands among the ends of ``ranges.SHARES``."""
_MOST: Final = 1.6
"""Not more: two stretches would by themselves mean more than twice as wide, which held too often (nineteen days of
twenty at origins with fourteen weeks before them)."""
# Student's t of 80 % for 1, 2, 3 ... degrees of freedom (any table of the distribution).
_T: Final = (3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)


def wider(reaching: int, days: int) -> float:
    """By how much a range is to be wider than its few origins say, beside one of all ``ranges.ORIGINS``.

    A range of k independent errors is as wide as Student's t with k - 1 degrees of freedom says, and the mean that they
    are around is off as well.

    Args:
        reaching: how many origins, a week apart, reach as far.
        days: over how many days their errors were measured together, or how far they look.
    """
    return min(_spread(reaching, days) / _spread(ORIGINS, days), _MOST)


def no_narrower(found: Floats, before: Floats | None) -> Floats:
    """The range of a step, at least as wide as that of the steps before it: a later day is not foreseen better.

    A sum from the first day on is another matter: of more days more cancels, so as a share it does become narrower.
    """
    if before is None:
        return found
    low, high = np.minimum(found, before), np.maximum(found, before)
    return np.concatenate([low[:_MIDDLE], found[_MIDDLE : _MIDDLE + 1], high[_MIDDLE + 1 :]])


def widened(found: Floats, factor: float) -> Floats:
    """The ends of a range, so much farther from its middle."""
    wide: Floats = found[_MIDDLE] + (found - found[_MIDDLE]) * factor
    return wide


def _spread(origins: int, days: int) -> float:
    apart = max((origins - 1) * STEP // max(days, STEP) + 1, 2)
    return float(np.sqrt(1 + 1 / apart)) * _T[min(apart - 1, len(_T)) - 1]
