"""What a repeated forecast was right by: one level, one grain, one stretch of days ahead, over all origins."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from chainbrain.cash.coverage import width_of
from chainbrain.cash.forecast.accuracy import claim_of, lower_end
from chainbrain.cash.forecast.levels import Grain

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Measure:
    """What was measured of one level over one stretch of days ahead.

    Attributes:
        level: ``store``, ``ten`` (ten stores together), ``region`` or ``chain``.
        first_day: the first day ahead; ``last_day`` the last one.
        sums: how many figures were compared with what came.
        accuracy: one minus the share of the money that was missed; nothing where no money came. ``naive`` and
            ``median`` of the simple methods.
        lower: the lower end of the one-sided 95 % confidence range of ``accuracy``; nothing with a single origin.
        within_80: the share of the figures that lay in the 80 % range; ``within_95`` in the 95 % range; nothing where
            no figure was compared.
        width_80: whether that is what the range promised, see ``coverage.width_of``; ``width_95`` likewise.
    """

    level: str
    grain: Grain
    first_day: int
    last_day: int
    origins: int
    sums: int
    accuracy: float | None
    naive: float | None
    median: float | None
    lower: float | None
    within_80: float | None
    within_95: float | None
    width_80: str | None = None
    width_95: str | None = None

    @property
    def claimed(self) -> bool:
        """Whether 95 % may be said: only where the lower end of the confidence range reaches it."""
        return self.claim == "yes"

    @property
    def claim(self) -> str:
        """What may be said of 95 %, see ``accuracy.claim_of``."""
        return claim_of(self.accuracy, self.lower, self.origins)


def measure(level: str, grain: Grain, band: tuple[int, int], compared: list[Floats], ends: list[Floats]) -> Measure:
    """Add up what was said at all origins of one stretch of days ahead.

    Args:
        level: see ``Measure``.
        grain: what is added up.
        band: the first day ahead and the last.
        compared: for each origin what came, what was said, and what last week and the weekday median would have said.
        ends: for each origin the ends of the ranges, low to high.
    """
    first, last = (1, band[1]) if grain is Grain.CUMULATIVE else band
    money = np.array([one[0].sum() for one in compared])
    missed = np.array([[np.abs(one[0] - said).sum() for said in one[1:]] for one in compared])
    some = money > 0
    accuracy = naive = median = lower = None
    if some.any():
        accuracy, naive, median = (float(1 - missed[:, way].sum() / money.sum()) for way in range(3))
        lower = lower_end(accuracy, 1 - missed[some, 0] / money[some]) if some.sum() > 1 else None
    held = {0.8: (1, 3), 0.95: (0, 4)}
    # Closed days that are foreseen are no achievement of the range.
    counted = [(one[0] > 0) | (one[1] > 0) for one in compared]
    counts = np.array([each.sum() for each in counted], dtype=np.float64)
    count = int(counts.sum())
    shares: list[float | None] = []
    widths: list[str | None] = []
    for share, (low, high) in held.items():
        inside = np.array(
            [
                ((one[0] >= end[low]) & (one[0] <= end[high]) & each).sum()
                for one, end, each in zip(compared, ends, counted, strict=True)
            ],
            dtype=np.float64,
        )
        shares.append(int(inside.sum()) / count if count else None)
        widths.append(width_of(share, inside, counts))
    return Measure(
        level, grain, first, last, len(compared), count, accuracy, naive, median, lower, shares[0], shares[1],
        widths[0], widths[1],
    )  # fmt: skip
