"""Trade areas of one open book: a site by name or coordinates, its study, and the own stores most like it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from chainbrain.errors import UserError
from chainbrain.expansion import own_stores
from chainbrain.expansion.areas import analogues, features, points, work
from chainbrain.expansion.areas.analogues import Analogues, Known
from chainbrain.expansion.areas.feedback import Correction
from chainbrain.expansion.areas.points import Ground
from chainbrain.expansion.areas.study import AreaStudy, Wish
from chainbrain.expansion.places import Datum, Place
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.expansion.own_stores import StoreTemplate

_PARTS = 3


class AreaRoom:
    """Reads the book, never writes to it."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def ground(self) -> Ground:
        """The places of the book."""
        return points.ground(self._book)

    def wish(self, said: str, ground: Ground | None = None) -> Wish:
        """A site as people write it: the name of a candidate, the number or name of a store, or ``lat,lon,datum``.

        Raises:
            UserError: nothing has this name, its place is not known, or the datum is missing.
        """
        known = ground or self.ground()
        for one in known.candidates:
            if one.name == said:
                return Wish(_placed(one.place, said), one.name, one.area)
        for store in known.own:
            if said in (store.store_id, store.name):
                return Wish(_placed(store.place, said), store.name, store.area)
        return Wish(written_place(said))

    def study(
        self,
        wish: Wish,
        template: StoreTemplate | None = None,
        report: Report = silent,
        ground: Ground | None = None,
    ) -> AreaStudy:
        """What the site would draw and take from others."""
        known = template or own_stores.template(self._book)
        return work.study(self._book, ground or self.ground(), known, wish, report)

    def past(self, template: StoreTemplate | None = None, ground: Ground | None = None) -> Correction:
        """The openings that were measured: what the model would have said of their neighbours, and what came."""
        return work.past(self._book, ground or self.ground(), template or own_stores.template(self._book))

    def analogues(
        self,
        wish: Wish,
        template: StoreTemplate | None = None,
        ground: Ground | None = None,
        *,
        ownership: str | None = None,
        city: str | None = None,
        rent: float | None = None,
    ) -> Analogues:
        """Own stores most like the site; what is not said of it comes from the table 候选门店."""
        known, there = template or own_stores.template(self._book), ground or self.ground()
        listed = next((one for one in there.candidates if one.name == wish.name), None)
        itself = next((one for one in there.own if wish.name and wish.name in (one.store_id, one.name)), None)
        sales = {
            one.store_id: one.monthly_sales for one in known.mature if itself is None or one.store_id != itself.store_id
        }
        # A store that has closed, or is not open yet, is nobody's neighbour.
        today = known.last_day
        there = replace(there, own=tuple(one for one in there.own if today is None or one.open_on(today)))
        among = there if itself is None else replace(there, own=tuple(one for one in there.own if one is not itself))
        if itself is not None:
            site = features.of_store(itself, there, wish.raster)
        else:
            rented = rent if rent is not None else _float(listed.rent) if listed else None
            site = features.of_site(
                wish.place, there, wish.raster, area=_float(wish.size), rent=rented, ownership=ownership,
                city=city or (listed.city if listed else None),
            )  # fmt: skip
        stores = [
            Known(one.store_id, one.name, features.of_store(one, among, wish.raster), sales[one.store_id])
            for one in among.own
            if one.store_id in sales
        ]
        return analogues.compare(site, stores)


def written_place(said: str) -> Place:
    """Coordinates as ``22.5176,113.9435,GCJ-02``; a place without its datum is refused, not guessed.

    Raises:
        UserError: ``area.site_unreadable`` or ``area.site_without_datum``.
    """
    parts = [part.strip() for part in said.replace("，", ",").split(",")]
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except (ValueError, IndexError) as cause:
        raise UserError("area.site_unreadable", site=said) from cause
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise UserError("area.site_unreadable", site=said)
    if len(parts) != _PARTS:
        raise UserError("area.site_without_datum", site=said)
    name = parts[2].upper().replace("WGS84", "WGS-84").replace("GCJ02", "GCJ-02").replace("BD09", "BD-09")
    if name not in tuple(Datum):
        raise UserError("area.site_without_datum", site=said)
    return Place(latitude, longitude, Datum(name))


def raster_path(said: str | Path | None) -> Path | None:
    """A path that was typed, None when nothing was."""
    return Path(said).expanduser() if said else None


def _placed(place: Place | None, name: str) -> Place:
    if place is None:
        raise UserError("area.site_unplaced", site=name)
    return place


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
