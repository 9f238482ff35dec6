"""How well sums of series were foreseen at earlier origins, and what may be said of 95 %."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from chainbrain.cash.forecast.levels import Floats, Grain, added
from chainbrain.cash.forecast.ranges import STEP, Validation

BANDS: Final = (7, 28, 90)
"""The last day of each band of horizons for which accuracy is told."""
CLAIM: Final = 0.95
LEAST_ORIGINS: Final = 8

# Student's t, one-sided 95 %, for 1, 2, 3 ... degrees of freedom (any table of the distribution).
_T: Final = (6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812, 1.796, 1.782, 1.771, 1.761, 1.753)


@dataclass(frozen=True)
class Accuracy:
    """One minus the share of the money that was missed, over earlier origins; nothing where too few were measured.

    The methods were weighed on these same last weeks, so that they prove nothing: only origins of which none had a part
    in that do (``measures.Measure``).

    Attributes:
        last_day: the last day of the band of horizons.
        origins: how many earlier origins were measured.
        accuracy: of the method that is used; ``naive`` and ``median`` of the two simple ones.
        lower: the lower end of the one-sided 95 % confidence range of ``accuracy``; nothing with fewer than two
            independent stretches.
    """

    grain: Grain
    last_day: int
    origins: int
    accuracy: float
    naive: float
    median: float
    lower: float | None

    @property
    def reached(self) -> bool:
        """Whether 95 % was reached on these weeks: only where the lower end of the confidence range reaches it."""
        return self.claim == "recent"

    @property
    def claim(self) -> str:
        """What may be said of 95 %, see ``claim_of``; ``recent`` where independent origins would say ``yes``."""
        found = claim_of(self.accuracy, self.lower, self.origins)
        return "recent" if found == "yes" else found


def claim_of(accuracy: float | None, lower: float | None, origins: int) -> str:
    """What may be said of 95 %: words stand under ``forecast_claim``.

    ``yes`` where the lower end of the confidence range reaches it over enough origins, ``few`` where what was measured
    reaches it over too few of them, ``no`` where it does not, ``none`` where no money came to measure on.
    """
    if accuracy is None:
        return "none"
    if origins >= LEAST_ORIGINS and lower is not None:
        return "yes" if lower >= CLAIM else "no"
    return "few" if accuracy >= CLAIM else "no"


def accuracies(groups: Floats, validation: Validation, horizon: int) -> list[Accuracy]:
    """How well the sums were foreseen at earlier origins, by grain and band of horizons."""
    found = []
    for grain in (Grain.DAY, Grain.WEEK):
        first = 0
        for last_day in (*(band for band in BANDS if band < horizon), horizon):
            measured = _measured(groups, validation, grain, first, last_day)
            if measured is not None:
                found.append(measured)
            first = last_day
    return found


def _measured(groups: Floats, validation: Validation, grain: Grain, first: int, last: int) -> Accuracy | None:
    rows = []
    for said, naive, median, came in zip(
        validation.said, validation.naive, validation.median, validation.came, strict=True
    ):
        if said.shape[1] < last or (grain is Grain.WEEK and last - first < STEP):
            continue
        truth, *answers = (added(groups @ each[:, first:last], grain) for each in (came, said, naive, median))
        if truth.sum() > 0:
            rows.append([truth.sum(), *(np.abs(truth - one).sum() for one in answers)])
    if not rows:
        return None
    table = np.array(rows)
    money, missed = table[:, 0], table[:, 1]
    accuracy, naive_one, median_one = (float(1 - table[:, i].sum() / money.sum()) for i in (1, 2, 3))
    # Neighbouring origins share most of their days: only stretches apart count as independent.
    apart = int((len(rows) - 1) * STEP // last) + 1
    lower = None
    if apart >= 2:
        lower = lower_end(accuracy, 1 - missed / money, apart)
    return Accuracy(grain, last, len(rows), accuracy, naive_one, median_one, lower)


def lower_end(accuracy: float, single: Floats, apart: int | None = None) -> float:
    """The lower end of the one-sided 95 % confidence range of an accuracy.

    Args:
        accuracy: over all origins.
        single: that of each origin.
        apart: how many of the origins are independent of each other, by default all of them.
    """
    count = len(single) if apart is None else apart
    return accuracy - t_of(count - 1) * float(single.std(ddof=1)) / float(np.sqrt(count))


def t_of(freedom: int) -> float:
    """Student's t, one-sided 95 %, for so many degrees of freedom."""
    return _T[min(freedom, len(_T)) - 1]
