"""How openings of the chain began, month by month of age, and how far the next one may lie from their middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from chainbrain.own_openings import LEAST_OPENINGS, MONTH_OF_AGE, OpeningCurve

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_CLOSEST: Final = 0.05
"""Openings that happen to be alike do not make the next one sure: they are taken to differ by a twentieth at least."""
# Student's t for 90 % and 97.5 %, for 2, 3 ... degrees of freedom (any table of the distribution). One degree alone
# would allow the twentyfold of the usual, which says nothing: two are the least.
_T90: Final = (1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372)
_T975: Final = (4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)
_NORMAL: Final = (1.282, 1.960)


@dataclass(frozen=True)
class Starts:
    """The months of age that at least two openings know.

    Attributes:
        share: the middle one's sales as a share of mature sales, by month of age.
        logs: the logarithm of each opening's share, openings × months; NaN where it is not that old.
    """

    share: Floats
    logs: Floats

    @property
    def count(self) -> int:
        """How many openings."""
        return len(self.logs)

    def months(self, ages: Ints) -> Ints:
        """The month that stands for each age in days; beyond the last that is known the last one does."""
        return np.clip(ages // MONTH_OF_AGE, 0, len(self.share) - 1)

    def spread(self, months: Ints, since: Floats | None = None) -> Floats:
        """The variance of the logarithm of the next opening's share, month by month.

        With ``since`` (weights of the months already seen) it is that of its change from them.
        """
        logs = self.logs
        if since is not None:
            logs = logs - np.nansum(np.where(np.isfinite(logs), logs, 0.0) * since[None], axis=1)[:, None]
        known = np.isfinite(self.logs).sum(axis=0)
        found: Floats = np.maximum(np.nanvar(logs, axis=0, ddof=1), _CLOSEST**2) * (1 + 1 / known)
        return found[months]


def starts(curves: Sequence[OpeningCurve]) -> Starts | None:
    """What the openings of a chain say; nothing while fewer than two of them do."""
    finished = [one for one in curves if one.finished]
    # A store whose own mature level is known tells its start better than one that is still growing.
    chosen = finished if len(finished) >= LEAST_OPENINGS else list(curves)
    longest = max((len(one.share) for one in chosen), default=0)
    logs = np.full((len(chosen), longest), np.nan)
    for number, one in enumerate(chosen):
        shares = np.array([float(share) for share in one.share])
        logs[number, : len(shares)] = np.log(np.where(shares > 0, shares, np.nan))
    known = np.isfinite(logs).sum(axis=0) >= LEAST_OPENINGS
    months = longest if known.all() else int(known.argmin())
    if not months:
        return None
    logs = logs[:, :months]
    return Starts(np.exp(np.nanmedian(logs, axis=0)), logs)


def predictive(values: Floats) -> float:
    """The variance of the logarithm of one value more of the kind of these."""
    return float(np.var(np.log(values), ddof=1)) * (1 + 1 / len(values))


def reaches(parts: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """How many standard deviations 80 % and 95 % reach, by variances and how many observations each rests on.

    The degrees of freedom of a sum are those of Satterthwaite, "An approximate distribution of estimates of variance
    components" (1946).
    """
    whole = sum(variance for variance, _ in parts)
    small = sum(variance**2 / max(count - 1, 1) for variance, count in parts)
    freedom = max(int(whole**2 / small), 2) if small > 0 else 2
    if freedom - 2 >= len(_T90):
        return _NORMAL
    return _T90[freedom - 2], _T975[freedom - 2]
