"""Whether a range held what it promised: too narrow or too wide is said only where chance does not explain it."""

from __future__ import annotations

from math import exp, lgamma, log
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast.accuracy import t_of

Floats = npt.NDArray[np.float64]

AS_SAID, NARROW, WIDE = "as_said", "narrow", "wide"
"""Words stand under ``forecast_width``; with nothing measured there is none."""
_CHANCE: Final = 0.05
_LEAST_ORIGINS: Final = 3
"""Of fewer origins nobody knows how far they lie apart."""


def width_of(share: float, held: Floats, counted: Floats) -> str | None:
    """What may be said of a range that promised to hold ``share`` of the figures.

    Figures of one origin go together (a good week is good at every store), so that their number alone proves little:
    the origins by themselves have to say it as well.

    Args:
        share: what was promised.
        held: how many figures of each origin lay in the range.
        counted: how many figures each origin had.
    """
    some = counted > 0
    count = int(counted[some].sum())
    if some.sum() < _LEAST_ORIGINS:
        return None
    inside = int(held[some].sum())
    single = held[some] / counted[some]
    spread = t_of(len(single) - 1) * float(single.std(ddof=1)) / float(np.sqrt(len(single)))
    found = inside / count
    if found - spread > share and _at_least(inside, count, share) <= _CHANCE:
        return WIDE
    if found + spread < share and _at_least(count - inside, count, 1 - share) <= _CHANCE:
        return NARROW
    return AS_SAID


def _at_least(least: int, count: int, chance: float) -> float:
    """How likely ``least`` or more of ``count`` are, each by itself with this chance."""
    ways = (
        lgamma(count + 1) - lgamma(k + 1) - lgamma(count - k + 1) + k * log(chance) + (count - k) * log(1 - chance)
        for k in range(least, count + 1)
    )
    return sum(exp(one) for one in ways)
