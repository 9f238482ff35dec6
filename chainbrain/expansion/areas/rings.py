"""What a raster holds within rings around a place, and how it changed between two years; nodata is never zero."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from chainbrain.expansion.areas import rasters
from chainbrain.expansion.areas.geometry import Flags
from chainbrain.expansion.areas.rasters import Cells
from chainbrain.expansion.places import Place

RADII_KM: Final = (0.5, 1.0, 2.0, 3.0)


@dataclass(frozen=True)
class Ring:
    """The cells whose centre lies within ``km``.

    Attributes:
        km: the radius.
        cells: how many centres lie within it.
        unknown: how many of them have no value: nodata, or beyond the edge of the file.
        total: the sum of the known cells; None when none is known.
        mean: their average; None when none is known.
    """

    km: float
    cells: int
    unknown: int
    total: float | None
    mean: float | None

    @property
    def unknown_share(self) -> float | None:
        """Which share of the cells has no value; None without a cell."""
        return self.unknown / self.cells if self.cells else None


@dataclass(frozen=True)
class RingChange:
    """One ring in two years.

    Attributes:
        before: the earlier year, all its known cells.
        after: the later year.
        compared: cells known in both years; 0 where the two files do not have the same cells.
        change: what these cells gained, as a share of what they had; None where nothing can be compared.
    """

    before: Ring
    after: Ring
    compared: int
    change: float | None


def rings(path: Path, place: Place, radii: tuple[float, ...] = RADII_KM) -> tuple[Ring, ...]:
    """Sum the cells within each radius.

    Raises:
        UserError: the raster cannot be used (``rasters.around``).
    """
    found = rasters.around(path, place, max(radii))
    return tuple(_ring(found, km) for km in sorted(radii))


def changes(earlier: Path, later: Path, place: Place, radii: tuple[float, ...] = RADII_KM) -> tuple[RingChange, ...]:
    """Compare two years cell by cell: only where both years have a value, so that a gap is not a loss."""
    old, new = (rasters.around(path, place, max(radii)) for path in (earlier, later))
    same = old.grid == new.grid
    found: list[RingChange] = []
    for km in sorted(radii):
        before, after = _ring(old, km), _ring(new, km)
        if not same:
            found.append(RingChange(before, after, 0, None))
            continue
        both = _within(old, km) & old.known & new.known
        had, has = math.fsum(old.value[both]), math.fsum(new.value[both])
        found.append(RingChange(before, after, int(both.sum()), has / had - 1 if had > 0 else None))
    return tuple(found)


def _within(cells: Cells, km: float) -> Flags:
    return np.asarray(cells.distance_km <= km, dtype=np.bool_)


def _ring(cells: Cells, km: float) -> Ring:
    inside = _within(cells, km)
    known = inside & cells.known
    count = int(known.sum())
    # fsum: the sum does not depend on the order of the cells.
    total = math.fsum(cells.value[known]) if count else None
    return Ring(km, int(inside.sum()), int(inside.sum()) - count, total, None if total is None else total / count)
