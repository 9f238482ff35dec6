"""Distances and grids over many points at once, in degrees of WGS-84; ``places`` has the same for one point."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from chainbrain.expansion.places import EARTH_KM, Datum, Place

Numbers = NDArray[np.float64]
Flags = NDArray[np.bool_]

KM_OF_A_DEGREE: Final = math.pi * EARTH_KM / 180


def distances_km(latitude: Numbers, longitude: Numbers, others: tuple[Place, ...]) -> Numbers:
    """Great-circle distance of each point (rows) from each other place (columns), haversine."""
    true = [other.to(Datum.WGS84) for other in others]
    lat1, lon1 = np.radians(latitude)[:, None], np.radians(longitude)[:, None]
    lat2 = np.radians(np.array([one.latitude for one in true], dtype=np.float64))[None, :]
    lon2 = np.radians(np.array([one.longitude for one in true], dtype=np.float64))[None, :]
    half = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    found: Numbers = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    return found


def frame(place: Place, km: float) -> tuple[float, float, float, float]:
    """West, south, east and north of a box that holds the circle, in degrees of WGS-84."""
    true = place.to(Datum.WGS84)
    # A little wider than the circle: rounding must not cut a cell off.
    up = km / KM_OF_A_DEGREE * 1.001
    across = up / max(math.cos(math.radians(min(abs(true.latitude) + up, 89.0))), 0.01)
    return true.longitude - across, true.latitude - up, true.longitude + across, true.latitude + up


def even_grid(place: Place, km: float, step_km: float) -> tuple[Numbers, Numbers]:
    """Points ``step_km`` apart within ``km`` of a place, as latitudes and longitudes."""
    true = place.to(Datum.WGS84)
    # From one cell's middle to the next, with no point on the place itself: a store stands between its customers.
    ticks = np.arange(-km + step_km / 2, km, step_km)
    north, east = np.meshgrid(ticks, ticks, indexing="ij")
    inside = north**2 + east**2 <= km**2
    latitude = true.latitude + north[inside] / KM_OF_A_DEGREE
    longitude = true.longitude + east[inside] / (KM_OF_A_DEGREE * np.cos(np.radians(latitude)))
    return latitude, longitude
