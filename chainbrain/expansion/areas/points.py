"""The places of a book: own stores, candidates, competitors, people and customers, each with its datum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from chainbrain.expansion.areas.geometry import Numbers
from chainbrain.expansion.places import Datum, Place

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class OwnPoint:
    """An own store; ``place`` (WGS-84) is None when its coordinates or their datum are not known."""

    store_id: str
    name: str
    city: str | None
    region: str | None
    ownership: str | None
    opened_on: date | None
    closed_on: date | None
    area: Decimal | None
    rent: Decimal | None
    place: Place | None

    def open_on(self, day: date) -> bool:
        """Whether it sold on a day; a store without dates always did."""
        return (self.opened_on is None or self.opened_on <= day) and (self.closed_on is None or self.closed_on > day)


@dataclass(frozen=True)
class Rival:
    """A competitor."""

    name: str
    brand: str | None
    kind: str | None
    place: Place
    attraction: Decimal | None


@dataclass(frozen=True)
class Candidate:
    """A store that may be opened, as the table of the book has it."""

    name: str
    city: str | None
    area: Decimal | None
    rent: Decimal | None
    sales: Decimal | None
    place: Place | None


@dataclass(frozen=True, eq=False)
class Ground:
    """Everything the book knows about places.

    Attributes:
        own: all own stores.
        candidates: those that may become one.
        rivals: competitors.
        unnamed: no own store has a datum; their coordinates are taken for WGS-84, which may be some hundred metres off.
    """

    own: tuple[OwnPoint, ...]
    candidates: tuple[Candidate, ...]
    rivals: tuple[Rival, ...]
    unnamed: bool


def ground(book: Book) -> Ground:
    """Read the places of a book."""
    stores, offers = book.rows("expansion/area_stores"), book.rows("expansion/area_candidates")
    named = any(row[-1] is not None for row in (*stores, *offers))
    own = tuple(OwnPoint(*(*row[:9], _place(*row[9:], named=named))) for row in stores)
    return Ground(
        own,
        tuple(Candidate(*(*row[:5], _place(*row[5:], named=named))) for row in offers),
        tuple(
            Rival(name, brand, kind, Place(latitude, longitude, Datum(datum)).to(Datum.WGS84), attraction)
            for name, brand, kind, latitude, longitude, datum, attraction in book.rows("expansion/competitors")
        ),
        not named and any(one.place is not None for one in own),
    )


def people(book: Book) -> tuple[Numbers, Numbers, Numbers]:
    """Latitudes and longitudes (WGS-84) of the demand points, and their weights."""
    rows = book.rows("expansion/demand_points")
    true = [Place(row[0], row[1], Datum(row[2])).to(Datum.WGS84) for row in rows]
    return (
        np.array([one.latitude for one in true], dtype=np.float64),
        np.array([one.longitude for one in true], dtype=np.float64),
        np.array([row[3] for row in rows], dtype=np.float64),
    )


def customers(book: Book, store_ids: tuple[str, ...]) -> tuple[Numbers, Numbers, Numbers]:
    """Latitudes and longitudes (WGS-84) from where customers come, and how many go to each of the stores (columns)."""
    column = {store_id: number for number, store_id in enumerate(store_ids)}
    counts: dict[tuple[float, float, str], list[float]] = {}
    for store_id, latitude, longitude, datum, number in book.rows("expansion/customer_origins"):
        if store_id in column:
            row = counts.setdefault((latitude, longitude, datum), [0.0] * len(store_ids))
            row[column[store_id]] += number
    true = [Place(latitude, longitude, Datum(datum)).to(Datum.WGS84) for latitude, longitude, datum in counts]
    return (
        np.array([one.latitude for one in true], dtype=np.float64),
        np.array([one.longitude for one in true], dtype=np.float64),
        np.array(list(counts.values()), dtype=np.float64).reshape(len(counts), len(store_ids)),
    )


def _place(latitude: float | None, longitude: float | None, datum: str | None, *, named: bool) -> Place | None:
    # A table without coordinates is often filled with zeros.
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180) or (datum is None and named):
        return None
    # Once for all: every distance would otherwise undo the shift again.
    return Place(latitude, longitude, Datum(datum) if datum else Datum.WGS84).to(Datum.WGS84)
