"""Datums that close within a millimetre, and distances between them."""

from __future__ import annotations

import random

import pytest

from chainbrain.expansion.places import Datum, Place, distance_km

HANGZHOU = Place(30.2741, 120.1551, Datum.WGS84)


def test_the_worked_distance_and_shift() -> None:
    assert round(distance_km(HANGZHOU, Place(30.2500, 120.1700, Datum.WGS84)), 3) == 3.038
    shifted = HANGZHOU.to(Datum.GCJ02)
    assert (round(shifted.latitude, 6), round(shifted.longitude, 6)) == (30.271771, 120.159794)
    as_if_true = Place(shifted.latitude, shifted.longitude, Datum.WGS84)
    assert round(distance_km(HANGZHOU, as_if_true) * 1000, 1) == 519.9


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_thousand_points_close_within_a_millimetre(datum: Datum) -> None:
    draw = random.Random(1)
    farthest = 0.0
    for _ in range(1_000):
        place = Place(draw.uniform(18.5, 53.0), draw.uniform(74.0, 134.5), Datum.WGS84)
        farthest = max(farthest, distance_km(place, place.to(datum).to(Datum.WGS84)))
    assert farthest * 1_000_000 < 1


def test_two_datums_measure_the_same_distance() -> None:
    other = Place(30.25, 120.17, Datum.WGS84)
    apart = distance_km(HANGZHOU, other)
    assert abs(distance_km(HANGZHOU.to(Datum.BD09), other.to(Datum.GCJ02)) - apart) < 1e-6


def test_outside_the_country_nothing_is_shifted() -> None:
    paris = Place(48.85, 2.35, Datum.WGS84)
    assert paris.to(Datum.BD09) == Place(48.85, 2.35, Datum.BD09)
    assert distance_km(paris.to(Datum.GCJ02), paris) == 0
