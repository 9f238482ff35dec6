"""The range of a series of which a few days are known: too few to tell it, so the chain's series speak for each other.

How far a day lies from the mean of a few other days of its series is much alike from store to store. With few days to
take the mean of, that mean is off itself; so every series of the chain is asked with as many days as the young one has.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.cash.forecast import ranges

Floats = npt.NDArray[np.float64]

_ASKED: Final = 200
"""So many series are enough to say what the chain's do."""
# Where nobody can say: an assumption, wide enough for what stores were seen to do after their first day.
_WIDEST: Final = (0.0, 0.0, 1.0, 3.0, 5.0)


def ends(days: Floats, asked: Floats) -> Floats:
    """The ends of the range of each series, for the shares of ``ranges.SHARES`` along the first axis.

    Args:
        days: series × days, NaN where nothing is known of a day.
        asked: the same of all series of the chain.
    """
    known = np.isfinite(days).sum(axis=1)
    found = np.empty((len(ranges.SHARES), len(days)))
    for count in np.unique(known):
        rows = np.flatnonzero(known == count)
        if count >= ranges.LEAST:
            found[:, rows] = np.array([ranges.corrected(one[np.isfinite(one)]) for one in days[rows]]).T
        else:
            found[:, rows] = of_few(asked, int(count))[:, None] * np.nanmean(days[rows], axis=1)
    return np.maximum(np.sort(found, axis=0), 0.0)


def of_few(asked: Floats, count: int) -> Floats:
    """The ends of the range of a day beside the mean of ``count`` others, as shares of that mean."""
    some = asked[:: -(-len(asked) // _ASKED)]
    shares = np.concatenate([np.zeros(0), *(_beside(one[np.isfinite(one)], count) for one in some)])
    return ranges.corrected(shares) if len(shares) >= ranges.LEAST else np.array(_WIDEST)


def _beside(days: Floats, count: int) -> Floats:
    """Days beside the mean of so many neighbouring ones, or of all the others while there are fewer."""
    count = min(count, len(days) - 1)
    if count < 1:
        return np.zeros(0)
    # Row by row the days from another one on, the first following the last.
    turned = days[(np.arange(len(days))[:, None] + np.arange(len(days))) % len(days)]
    means = turned[:, :count].mean(axis=1)
    some = means > 0
    found: Floats = (turned[some, count:] / means[some, None]).ravel()
    return found
