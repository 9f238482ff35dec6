"""The picture of a plan of idle money: what each band would bring, and which one was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.charts.tradeoff import Tradeoff

if TYPE_CHECKING:
    from chainbrain.cash.idle import Idle


def curve_of(idle: Idle) -> Tradeoff:
    """Return the bands with what each brings, puts away and leaves below the floor."""
    bands = tuple(point.safety for point in idle.curve)
    floor = idle.path.floor
    return Tradeoff(
        bands, tuple(point.yearly for point in idle.curve), tuple(point.put for point in idle.curve),
        tuple(point.below_floor for point in idle.curve), idle.curve[0].placing.scenarios,
        bands.index(idle.safety) if idle.safety is not None else None,
        bands.index(floor) if floor is not None else None,
    )  # fmt: skip
