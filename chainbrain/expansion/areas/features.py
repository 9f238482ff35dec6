"""What stores are compared by: size, rent, people, competitors and own stores around, format, city, region."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from chainbrain.errors import UserError
from chainbrain.expansion.areas.geometry import Numbers, distances_km
from chainbrain.expansion.areas.points import Ground, OwnPoint
from chainbrain.expansion.areas.rings import rings
from chainbrain.expansion.places import Datum, Place

RING_KM: Final = 1.0
NUMBERS: Final = ("area", "rent", "people", "rivals", "nearest")
KINDS: Final = ("ownership", "city", "region")


@dataclass(frozen=True)
class Features:
    """What is known of one store; None where it is not.

    Attributes:
        numbers: by the names of ``NUMBERS``: m2; yuan a month; people within 1 km by the raster; competitors within
            1 km; kilometres to the nearest other own store.
        kinds: by the names of ``KINDS``.
    """

    numbers: tuple[float | None, ...]
    kinds: tuple[str | None, ...]


def of_store(store: OwnPoint, ground: Ground, raster: Path | None) -> Features:
    """The features of an own store among the others."""
    others = [one.place for one in ground.own if one is not store]
    return Features(
        _numbers(store.place, (_float(store.area), _float(store.rent)), others, ground, raster),
        (store.ownership, store.city, store.region),
    )


def of_site(
    place: Place | None,
    ground: Ground,
    raster: Path | None,
    *,
    area: float | None = None,
    rent: float | None = None,
    ownership: str | None = None,
    city: str | None = None,
    region: str | None = None,
) -> Features:
    """The features of a place where a store may open."""
    # A region that was not written follows from the city where own stores are.
    known = {one.city: one.region for one in ground.own if one.region is not None}
    return Features(
        _numbers(place, (area, rent), [one.place for one in ground.own], ground, raster),
        (ownership, city, region or known.get(city) if city else region),
    )


def _numbers(
    place: Place | None,
    size: tuple[float | None, float | None],
    own: Sequence[Place | None],
    ground: Ground,
    raster: Path | None,
) -> tuple[float | None, ...]:
    area, rent = size
    if place is None:
        return (area, rent, None, None, None)
    near = _distances(place, tuple(one for one in own if one is not None))
    # An empty list of competitors says nothing about how many there are.
    around = _distances(place, tuple(one.place for one in ground.rivals))
    rivals = float((around <= RING_KM).sum()) if ground.rivals else None
    return (area, rent, _people(place, raster), rivals, math.log1p(float(near.min())) if len(near) else None)


def _distances(place: Place, others: tuple[Place, ...]) -> Numbers:
    true = place.to(Datum.WGS84)
    away: Numbers = distances_km(np.array([true.latitude]), np.array([true.longitude]), others)[0]
    return away


def _people(place: Place, raster: Path | None) -> float | None:
    if raster is None:
        return None
    try:
        return rings(raster, place, (RING_KM,))[0].total
    except UserError as refused:
        if refused.code == "raster.elsewhere":
            return None
        raise


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
