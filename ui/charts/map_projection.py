"""Degrees to px and back: a plain map true to distance at the latitude of its middle, however far it is moved.

Equirectangular: a degree of longitude is as long as it is at the middle of the picture. Within a city that is exact to
the width of a line; across the country only the middle row is, which is where the scale bar says it measures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF

from chainbrain.expansion.places import EARTH_KM, Datum, Place, distance_km

KM_A_DEGREE = math.radians(1.0) * EARTH_KM
# A single store is shown with some of its surroundings.
_LEAST_KM = 2.0
_CLOSEST, _FARTHEST = 4_000.0, 0.05
_STEPS = (1, 2, 5)
_CORNERS = 72


@dataclass(frozen=True)
class Projection:
    """The middle of the picture in degrees, px for a kilometre there, and the size of the picture in px."""

    latitude: float
    longitude: float
    px_a_km: float
    width: float
    height: float

    @classmethod
    def fitted(
        cls, points: Sequence[tuple[float, float]], width: float, height: float, margin: float = 0.0
    ) -> Projection:
        """The closest picture that holds all points (latitude, longitude) inside the margin in px."""
        if not points:
            return cls(35.0, 105.0, 1.0, width, height)
        south, north = min(p[0] for p in points), max(p[0] for p in points)
        west, east = min(p[1] for p in points), max(p[1] for p in points)
        middle = cls((south + north) / 2, (west + east) / 2, 1.0, width, height)
        across = max(_LEAST_KM, (east - west) * middle.km_a_degree_east)
        up = max(_LEAST_KM, (north - south) * KM_A_DEGREE)
        room = max(1.0, width - 2 * margin), max(1.0, height - 2 * margin)
        return replace(middle, px_a_km=_bounded(min(room[0] / across, room[1] / up)))

    @property
    def km_a_degree_east(self) -> float:
        """How long a degree of longitude is at the middle; never nothing, at the poles neither."""
        return KM_A_DEGREE * max(0.01, math.cos(math.radians(self.latitude)))

    def point(self, latitude: float, longitude: float) -> QPointF:
        """Where a place is drawn."""
        east = (longitude - self.longitude) * self.km_a_degree_east
        north = (latitude - self.latitude) * KM_A_DEGREE
        return QPointF(self.width / 2 + east * self.px_a_km, self.height / 2 - north * self.px_a_km)

    def degrees(self, point: QPointF) -> tuple[float, float]:
        """Latitude and longitude of what is drawn at a point."""
        east = (point.x() - self.width / 2) / self.px_a_km
        north = (self.height / 2 - point.y()) / self.px_a_km
        return self.latitude + north / KM_A_DEGREE, self.longitude + east / self.km_a_degree_east

    def sized(self, width: float, height: float) -> Projection:
        """The same place in another room."""
        return replace(self, width=width, height=height)

    def moved(self, right: float, down: float) -> Projection:
        """After dragging the picture by so many px."""
        latitude, longitude = self.degrees(QPointF(self.width / 2 - right, self.height / 2 - down))
        return replace(self, latitude=min(85.0, max(-85.0, latitude)), longitude=longitude)

    def zoomed(self, factor: float, at: QPointF) -> Projection:
        """Closer (above 1) or farther; what lies at a point stays there."""
        kept = self.degrees(at)
        nearer = replace(self, px_a_km=_bounded(self.px_a_km * factor))
        drift = nearer.point(*kept) - at
        return nearer.moved(-drift.x(), -drift.y())

    def centred(self, latitude: float, longitude: float) -> Projection:
        """With another place in the middle."""
        return replace(self, latitude=latitude, longitude=longitude)

    def scale_bar(self, most: float) -> tuple[float, float]:
        """A round distance in km that is at most so many px long in the middle of the picture, and its px."""
        rough = most / self.px_a_km
        unit = 10.0 ** math.floor(math.log10(rough))
        km = max(step * unit for step in _STEPS if step * unit <= rough * (1 + 1e-9))
        return km, km * self.px_a_km


def circle(latitude: float, longitude: float, km: float) -> list[tuple[float, float]]:
    """Corners of the circle of all places so far from one, on the globe itself."""
    middle, far = math.radians(latitude), km / EARTH_KM
    found = []
    for number in range(_CORNERS):
        course = 2 * math.pi * number / _CORNERS
        lat = math.asin(math.sin(middle) * math.cos(far) + math.cos(middle) * math.sin(far) * math.cos(course))
        east = math.atan2(
            math.sin(course) * math.sin(far) * math.cos(middle), math.cos(far) - math.sin(middle) * math.sin(lat)
        )
        found.append((math.degrees(lat), longitude + math.degrees(east)))
    return found


def apart_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two places in degrees WGS-84, as everywhere else in the program."""
    return distance_km(Place(*one, Datum.WGS84), Place(*other, Datum.WGS84))


def distance_words(km: float) -> str:
    """A distance as people say it: metres below one kilometre, one decimal below a hundred."""
    if round(km * 1000) < 1000:
        return f"{round(km * 1000)} m"
    return f"{km:,.1f} km" if km < 100 else f"{km:,.0f} km"


def _bounded(px_a_km: float) -> float:
    return min(_CLOSEST, max(_FARTHEST, px_a_km))
