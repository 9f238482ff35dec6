"""Where customers are: cells of a raster, points of the user's own, or (said in words) evenly everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from chainbrain.errors import UserError, Word
from chainbrain.expansion.areas import points, rasters
from chainbrain.expansion.areas.geometry import KM_OF_A_DEGREE, Numbers, distances_km, even_grid
from chainbrain.expansion.places import Datum, Place

if TYPE_CHECKING:
    from chainbrain.database.book import Book

EVEN_STEP_KM: Final = 0.2


class Basis(StrEnum):
    """On what the demand rests."""

    RASTER = "raster"
    POINTS = "points"
    EVEN = "even"


@dataclass(frozen=True, eq=False)
class Demand:
    """Points with people around a place.

    Attributes:
        basis: where the weights come from; ``even`` is an assumption.
        latitude: WGS-84.
        longitude: WGS-84.
        weight: people, or whatever the source counts; above 0.
        unknown_share: which share of a raster's cells has no value; those are left out, not taken for empty.
        blank: where those cells lie, as latitudes and longitudes (WGS-84).
        cell: how high and how wide one point's ground is, in degrees; nothing where points are points.
    """

    basis: Basis
    latitude: Numbers
    longitude: Numbers
    weight: Numbers
    unknown_share: float
    blank: tuple[Numbers, Numbers]
    cell: tuple[float, float] | None


class Source:
    """The demand of a book, read once however many places are looked at."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._points: tuple[Numbers, Numbers, Numbers] | None = None

    def around(self, place: Place, km: float, basis: Basis | None = None, raster: Path | None = None) -> Demand:
        """The demand within ``km`` of a place; without a word on it from the best source there is.

        Raises:
            UserError: the raster cannot be used, or the source that was asked for has nobody here.
        """
        if basis is Basis.RASTER or (basis is None and raster is not None):
            if raster is None:
                raise UserError("area.no_raster")
            cells = rasters.around(raster, place, km)
            there = cells.known & (cells.value > 0)
            unknown = 1 - float(cells.known.mean()) if len(cells.known) else 1.0
            blank = (cells.latitude[~cells.known], cells.longitude[~cells.known])
            return _found(
                Demand(
                    Basis.RASTER, cells.latitude[there], cells.longitude[there], cells.value[there], unknown, blank,
                    cells.size,
                )
            )  # fmt: skip
        if basis is not Basis.EVEN:
            latitude, longitude, weight = self._people()
            near = np.zeros(len(weight), dtype=np.bool_)
            if len(weight):
                near = (distances_km(latitude, longitude, (place,))[:, 0] <= km) & (weight > 0)
            if near.any() or basis is Basis.POINTS:
                return _found(
                    Demand(Basis.POINTS, latitude[near], longitude[near], weight[near], 0.0, _nowhere(), None)
                )
        latitude, longitude = even_grid(place, km, EVEN_STEP_KM)
        true = place.to(Datum.WGS84)
        cell = (EVEN_STEP_KM / KM_OF_A_DEGREE, EVEN_STEP_KM / (KM_OF_A_DEGREE * np.cos(np.radians(true.latitude))))
        return _found(Demand(Basis.EVEN, latitude, longitude, np.ones(len(latitude)), 0.0, _nowhere(), cell))

    def _people(self) -> tuple[Numbers, Numbers, Numbers]:
        if self._points is None:
            self._points = points.people(self._book)
        return self._points


def _found(demand: Demand) -> Demand:
    if not len(demand.weight):
        raise UserError("area.nobody", basis=Word(f"area.demand.{demand.basis.value}"))
    return demand


def _nowhere() -> tuple[Numbers, Numbers]:
    return np.zeros(0), np.zeros(0)
