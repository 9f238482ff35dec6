"""Coordinates in the three datums that occur in the country, and how far places lie apart.

GCJ-02 is what Chinese web maps give, BD-09 what Baidu's do; both shift the true place (WGS-84) by some hundred metres.
The formula of the shift was never published; it is the one known from open source (``eviltransform`` and others).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

EARTH_KM: Final = 6371.0088
"""Mean radius of the earth (IUGG)."""

# Krasovsky 1940: half the longer axis in metres and the square of the eccentricity.
_AXIS: Final = 6378245.0
_ECCENTRICITY: Final = 0.00669342162296594323
_BAIDU: Final = math.pi * 3000.0 / 180.0
# Degrees: a hundredth of a millimetre on the ground.
_CLOSE: Final = 1e-10
_MOST_STEPS: Final = 60


class Datum(StrEnum):
    """What coordinates are measured in."""

    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


@dataclass(frozen=True)
class Place:
    """A point in degrees of its datum."""

    latitude: float
    longitude: float
    datum: Datum

    def to(self, datum: Datum) -> Place:
        """The same point in another datum."""
        true = _true_place(self)
        if datum is Datum.WGS84:
            return true
        shifted = _shifted(true)
        return shifted if datum is Datum.GCJ02 else _baidu(shifted)


def distance_km(one: Place, other: Place) -> float:
    """Great-circle distance between the true places (haversine)."""
    first, second = one.to(Datum.WGS84), other.to(Datum.WGS84)
    lat1, lat2 = math.radians(first.latitude), math.radians(second.latitude)
    across = math.radians(second.longitude - first.longitude)
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(across / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(half))


def in_china(place: Place) -> bool:
    """Whether maps shift a point: the usual frame, outside of which all three datums are one."""
    return 72.004 <= place.longitude <= 137.8347 and 0.8293 <= place.latitude <= 55.8271


def _true_place(place: Place) -> Place:
    match place.datum:
        case Datum.WGS84:
            return place
        case Datum.GCJ02:
            return _solved(place)
        case Datum.BD09:
            return _solved(_solved(place))


def _solved(place: Place) -> Place:
    """The point that is shifted to this one, by iteration: the shift hardly changes over its own length."""
    baidu = place.datum is Datum.BD09
    inner = Datum.GCJ02 if baidu else Datum.WGS84
    if not in_china(place):
        return Place(place.latitude, place.longitude, inner)
    found = Place(place.latitude, place.longitude, inner)
    for _ in range(_MOST_STEPS):
        there = _baidu(found) if baidu else _shifted(found)
        north, east = place.latitude - there.latitude, place.longitude - there.longitude
        found = Place(found.latitude + north, found.longitude + east, inner)
        if abs(north) < _CLOSE and abs(east) < _CLOSE:
            break
    return found


def _shifted(place: Place) -> Place:
    """WGS-84 as GCJ-02."""
    if not in_china(place):
        return Place(place.latitude, place.longitude, Datum.GCJ02)
    x, y = place.longitude - 105.0, place.latitude - 35.0
    waves = (20.0 * math.sin(6.0 * x * math.pi) + 20.0 * math.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + waves
    north += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + waves
    east += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    radians = math.radians(place.latitude)
    magic = 1 - _ECCENTRICITY * math.sin(radians) ** 2
    north_degrees = north * 180.0 / (_AXIS * (1 - _ECCENTRICITY) / (magic * math.sqrt(magic)) * math.pi)
    east_degrees = east * 180.0 / (_AXIS / math.sqrt(magic) * math.cos(radians) * math.pi)
    return Place(place.latitude + north_degrees, place.longitude + east_degrees, Datum.GCJ02)


def _baidu(place: Place) -> Place:
    """GCJ-02 as BD-09."""
    if not in_china(place):
        return Place(place.latitude, place.longitude, Datum.BD09)
    x, y = place.longitude, place.latitude
    reach = math.sqrt(x * x + y * y) + 0.00002 * math.sin(y * _BAIDU)
    angle = math.atan2(y, x) + 0.000003 * math.cos(x * _BAIDU)
    return Place(reach * math.sin(angle) + 0.006, reach * math.cos(angle) + 0.0065, Datum.BD09)
