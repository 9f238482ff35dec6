"""Which errors of earlier origins speak for a sum of today: those of series that were as grown up as it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.features import HISTORY
from chainbrain.cash.forecast.ranges import Validation

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def alike(tried: Validation, counted: Flags) -> Validation:
    """The same errors without those of series that were too young then, unless one of the ``counted`` still is.

    While a store opens it is off by far more than ever after, and one that had not opened yet was foreseen by nobody:
    that says nothing of a sum of stores that all have their eight weeks behind them.
    """
    if not len(tried.begins) or (tried.begins[counted] > tried.last - HISTORY).any():
        return tried

    def grown(each: Floats, origin: int) -> Floats:
        return np.where((tried.begins <= origin - HISTORY)[:, None], each, 0.0)

    said, came, plain = (
        tuple(grown(each, origin) for each, origin in zip(many, tried.origins, strict=True))
        for many in (tried.said, tried.came, tried.plain)
    )
    steady = tuple(
        (grown(one, origin), grown(other, origin))
        for (one, other), origin in zip(tried.steady, tried.steady_origins, strict=True)
    )
    return replace(tried, said=said, came=came, plain=plain, steady=steady)
