"""Which errors of earlier origins speak for a sum of today: those of series that were as grown up as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.features import HISTORY
from chainbrain.cash.forecast.ranges import Validation

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def young(tried: Validation, groups: Floats, counted: Flags) -> Flags:
    """Of each sum of series (sums × series), whether one of the ``counted`` in it has not its eight weeks behind it."""
    if not len(tried.begins):
        return np.ones(len(groups), dtype=np.bool_)
    unripe = counted & (tried.begins > tried.last - HISTORY)
    found: Flags = (groups[:, unripe] != 0).any(axis=1)
    return found


def alike(tried: Validation, counted: Flags) -> Validation:
    """The errors that speak for a sum: ``grown`` ones, unless one of the ``counted`` is young itself."""
    return tried if young(tried, counted[None].astype(np.float64), counted).any() else grown(tried)


def grown(tried: Validation) -> Validation:
    """The same errors without those of series that were too young then.

    While a store opens it is off by far more than ever after, and one that had not opened yet was foreseen by nobody:
    that says nothing of a sum of stores that all have their eight weeks behind them.
    """

    def only(each: Floats, origin: int) -> Floats:
        return np.where((tried.begins <= origin - HISTORY)[:, None], each, 0.0)

    said, came, plain = (
        tuple(only(each, origin) for each, origin in zip(many, tried.origins, strict=True))
        for many in (tried.said, tried.came, tried.plain)
    )
    steady = tuple(
        (only(one, origin), only(other, origin))
        for (one, other), origin in zip(tried.steady, tried.steady_origins, strict=True)
    )
    return replace(tried, said=said, came=came, plain=plain, steady=steady)
