"""What the model would have said about openings that were measured, and what that says about the next prediction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

LEAST_OPENINGS: Final = 3


@dataclass(frozen=True)
class Checked:
    """One opening: what its neighbours were predicted to lose and what they lost, yuan a month.

    ``clear`` says whether the loss is more than twice what untouched stores stray by themselves.
    """

    store_id: str
    name: str
    opened_on: date
    neighbours: int
    predicted: Decimal
    measured: Decimal
    clear: bool


@dataclass(frozen=True)
class Correction:
    """What was measured over what was predicted.

    Attributes:
        openings: the openings that could be looked at.
        ratio: measured / predicted over all of them; None when nothing was predicted.
        applied: whether predictions are multiplied by it: from three openings on.
    """

    openings: tuple[Checked, ...]
    ratio: float | None
    applied: bool

    @property
    def factor(self) -> float:
        """What predictions are multiplied by."""
        return self.ratio if self.applied and self.ratio is not None else 1.0


def correction(openings: Sequence[Checked]) -> Correction:
    """The sums decide, not the average of ratios: a small opening with a wild ratio must not."""
    predicted = float(sum((one.predicted for one in openings), Decimal(0)))
    measured = float(sum((one.measured for one in openings), Decimal(0)))
    ratio = max(measured, 0.0) / predicted if predicted > 0 else None
    return Correction(tuple(openings), ratio, ratio is not None and len(openings) >= LEAST_OPENINGS)
