"""One market: the stores that draw its people, and what a new one would take from each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from chainbrain.expansion.areas import huff
from chainbrain.expansion.areas.demand import Demand
from chainbrain.expansion.areas.geometry import Numbers, distances_km
from chainbrain.expansion.areas.points import OwnPoint, Rival
from chainbrain.expansion.places import Place, distance_km


@dataclass(frozen=True)
class Draw:
    """A store that draws people.

    Attributes:
        kind: ``own``, ``rival`` or ``new``.
        key: store number, of others the name.
        attraction: its size; of all the same unit.
        sized: whether that was known; otherwise it is the median of those that are.
    """

    kind: str
    key: str
    name: str
    place: Place
    km: float
    attraction: float
    sized: bool


@dataclass(frozen=True, eq=False)
class Split:
    """Shares of the whole demand for each store of a market, without and with the new one (the last).

    Attributes:
        before: of each store that is there; adds up to 1.
        after: of each store and the new one; adds up to 1.
        of_each: after, at each point of demand (rows) the share of each store and the new one (columns).
    """

    before: Numbers
    after: Numbers
    of_each: Numbers

    @property
    def of_new(self) -> Numbers:
        """The new one's share at each point of demand."""
        return np.asarray(self.of_each[:, -1], dtype=np.float64)

    def lost(self) -> Numbers:
        """Which share of its customers each store that is there would lose."""
        return np.asarray(1 - self.after[:-1] / self.before, dtype=np.float64)


def draws(
    site: Place, name: str, size: Decimal | None, own: Sequence[OwnPoint], rivals: Sequence[Rival], *, km: float
) -> tuple[Draw, ...]:
    """The stores within ``km`` of a site, nearest first, and the new one at the end.

    A store of unknown size counts as the median of all known sizes (of all stores, near or far), or as 1 when none is.
    """
    known = sorted(
        float(value)
        for value in (*(one.area for one in own), *(one.attraction for one in rivals), size)
        if value is not None and value > 0
    )
    usual = float(np.median(known)) if known else 1.0
    found: list[Draw] = []
    for kind, key, called, place, said in (
        *(("own", one.store_id, one.name, one.place, one.area) for one in own),
        *(("rival", one.name, one.name, one.place, one.attraction) for one in rivals),
    ):
        if place is None:
            continue
        away = distance_km(site, place)
        if away <= km:
            sized = said is not None and said > 0
            found.append(Draw(kind, key, called, place, away, float(said) if sized and said else usual, sized))
    found.sort(key=lambda one: (one.km, one.kind, one.key))
    new = Draw("new", name, name, site, 0.0, float(size) if size else usual, bool(size))
    return (*found, new)


def split(demand: Demand, stores: Sequence[Draw], beta: float) -> Split:
    """Divide the demand without and with the last store."""
    away = distances_km(demand.latitude, demand.longitude, tuple(one.place for one in stores))
    attraction = np.array([one.attraction for one in stores], dtype=np.float64)
    after = huff.shares(attraction, away, beta)
    if len(stores) == 1:
        nobody = np.zeros(0)
        return Split(nobody, huff.of_all(demand.weight, after), after)
    before = huff.shares(attraction[:-1], away[:, :-1], beta)
    return Split(huff.of_all(demand.weight, before), huff.of_all(demand.weight, after), after)
