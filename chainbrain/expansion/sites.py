"""Where the stores and the candidates lie, in one datum, and how far they are from each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from chainbrain.expansion.places import Datum, Place, distance_km

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Site:
    """A store or a candidate.

    Attributes:
        kind: ``own`` or ``candidate``.
        key: store number, of a candidate its name.
        written: the datum it was written in, empty when nobody said.
        place: where it is, WGS-84; nothing when that cannot be known.
        lacks: why not: ``coordinates``, ``datum`` (others have one, so that it cannot be guessed) or ``range``
            (no such place on the globe); empty when it is known.
    """

    kind: str
    key: str
    name: str
    city: str | None
    opened_on: date | None
    closed_on: date | None
    written: str
    place: Place | None
    lacks: str = ""


@dataclass(frozen=True)
class Near:
    """Another site and the great-circle distance to it."""

    site: Site
    km: float


@dataclass(frozen=True)
class Sites:
    """All of them, stores first.

    Attributes:
        sites: one for each store and candidate.
        unnamed: no datum is written anywhere; all coordinates are then taken as they are. Distances between them hold
            to within some metres, where they lie on the globe may be some hundred metres off.
    """

    sites: tuple[Site, ...]
    unnamed: bool

    @property
    def placed(self) -> tuple[Site, ...]:
        """Those whose place is known."""
        return tuple(one for one in self.sites if one.place is not None)

    @property
    def lost(self) -> tuple[Site, ...]:
        """Those whose place is not."""
        return tuple(one for one in self.sites if one.place is None)

    def find(self, said: str) -> Site | None:
        """The site with this number or name."""
        return next((one for one in self.sites if said in {one.key, one.name}), None)

    def around(self, site: Site, km: float | None = None) -> tuple[Near, ...]:
        """Every other site whose place is known, nearest first; only those up to ``km`` away when it is given."""
        return around(site.place, [one for one in self.placed if one is not site], km) if site.place else ()

    def nearest(self) -> dict[str, Near]:
        """Of every site whose place is known the nearest other store of the chain that is not closed."""
        open_stores = [one for one in self.placed if one.kind == "own" and one.closed_on is None]
        if not open_stores:
            return {}
        targets, rows = _on_globe(open_stores), {id(one): n for n, one in enumerate(open_stores)}
        found = {}
        for site, point in zip(self.placed, _on_globe(self.placed), strict=True):
            # Straight through the globe: what is nearest there is nearest on it, and 500 stores take milliseconds.
            apart = ((targets - point) ** 2).sum(axis=1)
            if id(site) in rows:
                apart[rows[id(site)]] = np.inf
            best = open_stores[int(apart.argmin())]
            if best is not site and site.place is not None and best.place is not None:
                found[site.key] = Near(best, distance_km(site.place, best.place))
        return found


def around(place: Place, sites: Sequence[Site], km: float | None = None) -> tuple[Near, ...]:
    """The sites near a place, nearest first."""
    far = [Near(one, distance_km(place, one.place)) for one in sites if one.place is not None]
    return tuple(sorted((one for one in far if km is None or one.km <= km), key=lambda one: (one.km, one.site.key)))


def _on_globe(sites: Sequence[Site]) -> NDArray[np.float64]:
    """Points on a globe of radius 1, one row each."""
    degrees = [(one.place.latitude, one.place.longitude) for one in sites if one.place is not None]
    lat, lon = np.radians(np.array(degrees)).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def sites(book: Book) -> Sites:
    """Read them from the book."""
    rows = book.rows("expansion/sites")
    unnamed = all(row[-1] is None for row in rows)
    found = []
    for kind, key, name, city, opened, closed, latitude, longitude, datum in rows:
        lacks = _lacks(latitude, longitude, datum, unnamed=unnamed)
        place = None
        if not lacks:
            place = Place(latitude, longitude, Datum(datum) if datum else Datum.WGS84).to(Datum.WGS84)
        found.append(Site(kind, key, name, city, opened, closed, datum or "", place, lacks))
    return Sites(tuple(found), unnamed and any(one.place is not None for one in found))


def _lacks(latitude: float | None, longitude: float | None, datum: str | None, *, unnamed: bool) -> str:
    # A table without coordinates is often filled with zeros; that place lies in the Gulf of Guinea.
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return "coordinates"
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return "range"
    return "" if datum or unnamed else "datum"
