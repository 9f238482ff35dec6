"""Safety against yield: what idle money brings in a year for each band that may be kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.cash.ladder_programme import Placer, Placing

STEPS: Final = 16
_ROUND: Final = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Point:
    """One band and what it costs.

    Attributes:
        safety: what stays, in yuan.
        yearly: what idle money brings, as of a whole year.
        put: what is put away on the first day.
        below_floor: in how many scenarios the plan takes the balance below the floor; nothing without a floor.
        placing: the plan.
        picture: it lies below the floor: it is there to compare with, and no plan keeps so little.
    """

    safety: Decimal
    yearly: Decimal
    put: Decimal
    below_floor: int | None
    placing: Placing
    picture: bool = False


def tradeoff(
    placer: Placer, floor: Decimal | None, wanted: Sequence[Decimal] = (), report: Report = silent
) -> tuple[Point, ...]:
    """Bands from nothing to where nothing is idle, in round steps, with those that are wanted.

    Args:
        placer: plans.
        floor: what must stay in the accounts.
        wanted: bands that must be among them, as the one in use.
        report: told how far it is; may raise ``Cancelled``.
    """
    levels = sorted({*levels_to(placer.most()), *wanted, *([floor] if floor is not None else [])})
    found = []
    for number, safety in enumerate(levels):
        report(number, len(levels), "progress.weighing")
        placing = placer.placed(safety)
        put = sum((lot.amount for lot in placing.today(placer.first)), Decimal("0.00"))
        below = placer.below(placing, floor) if floor is not None else None
        found.append(Point(safety, placing.yearly, put, below, placing, floor is not None and safety < floor))
    return tuple(found)


def levels_to(most: Decimal) -> tuple[Decimal, ...]:
    """Nothing and round amounts up to the first that is not below the most."""
    if most <= 0:
        return (Decimal("0.00"),)
    rough = most / STEPS
    unit = Decimal(1).scaleb(rough.adjusted())
    step = max(next(one * unit for one in _ROUND if one * unit >= rough), Decimal(1))
    last = int((most / step).to_integral_value(ROUND_CEILING))
    return tuple((step * number).quantize(Decimal("0.01")) for number in range(last + 1))
