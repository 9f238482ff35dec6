"""Huff's model by its worked example, and β found again from customers drawn with a known one."""

from __future__ import annotations

import numpy as np
import pytest

from chainbrain.expansion.areas import fit, huff
from chainbrain.expansion.areas.geometry import distances_km, even_grid
from chainbrain.expansion.places import Datum, Place, distance_km

HERE = Place(30.2741, 120.1551, Datum.WGS84)


def test_the_worked_shares() -> None:
    before = huff.shares(np.array([120.0, 80.0]), np.array([[1.0, 1.5]]), 2)
    after = huff.shares(np.array([120.0, 80.0, 60.0]), np.array([[1.0, 1.5, 0.8]]), 2)
    assert [round(share, 4) for share in before[0]] == [0.7714, 0.2286]
    assert [round(share, 4) for share in after[0]] == [0.4813, 0.1426, 0.3760]


def test_every_point_is_divided_wholly_and_heavy_points_count_more() -> None:
    generator = np.random.default_rng(1)
    divided = huff.shares(generator.uniform(50, 200, 7), generator.uniform(0, 6, (400, 7)), 1.7)
    assert np.allclose(divided.sum(axis=1), 1)
    halves = huff.of_all(np.array([3.0, 1.0]), np.array([[1.0, 0.0], [0.0, 1.0]]))
    assert halves.tolist() == [0.75, 0.25]


def test_a_store_at_the_door_does_not_take_everything() -> None:
    at_the_door = huff.shares(np.array([1.0, 1.0]), np.array([[0.0, 0.05]]), 2)
    assert at_the_door.tolist() == [[0.5, 0.5]]


def test_many_distances_at_once_are_those_of_one() -> None:
    others = (Place(30.25, 120.17, Datum.WGS84), Place(30.271771, 120.159794, Datum.GCJ02))
    found = distances_km(np.array([HERE.latitude]), np.array([HERE.longitude]), others)[0]
    assert found == pytest.approx([distance_km(HERE, other) for other in others], abs=1e-9)
    assert round(found[0], 3) == 3.038


def test_an_even_grid_lies_within_its_circle_and_covers_it() -> None:
    latitude, longitude = even_grid(HERE, 3.0, 0.25)
    away = distances_km(latitude, longitude, (HERE,))[:, 0]
    assert away.max() <= 3.0 * 1.001
    assert len(away) * 0.25**2 == pytest.approx(np.pi * 9, rel=0.02)


@pytest.mark.parametrize("true", [1.2, 2.0, 2.8])
def test_beta_is_found_again(true: float) -> None:
    generator = np.random.default_rng(3)
    attraction, away = np.array([120.0, 80.0, 60.0]), generator.uniform(0.2, 5, (150, 3))
    chance = huff.shares(attraction, away, true)
    counts = np.array([generator.multinomial(40, row) for row in chance], dtype=np.float64)
    found = fit.fitted(attraction, away, counts)
    assert found.fitted
    assert found.customers == 6000
    # Four standard errors; P10 to P90 are 2.563 of them apart.
    assert abs(found.middle - true) < 4 * (found.high - found.low) / 2.563
    assert found.high - found.low < 0.2


def test_beta_is_the_top_of_the_likelihood() -> None:
    generator = np.random.default_rng(4)
    attraction, away = np.array([100.0, 50.0]), generator.uniform(0.2, 5, (40, 2))
    counts = np.array([generator.multinomial(9, row) for row in huff.shares(attraction, away, 1.5)], dtype=np.float64)
    found = fit.fitted(attraction, away, counts)

    def likelihood(beta: float) -> float:
        return float((counts * np.log(huff.shares(attraction, away, beta))).sum())

    assert all(likelihood(found.middle) > likelihood(found.middle + off) for off in (-0.01, 0.01))


def test_too_little_is_said_and_the_usual_range_stands() -> None:
    away = np.random.default_rng(5).uniform(0.5, 4, (30, 2))
    sizes = np.array([1.0, 1.0])
    nothing, few, one, alike = (np.zeros((30, 2)) for _ in range(4))
    few[:12] = 1
    one[:, 0] = 10
    alike[:] = 10
    cases = {
        "no_origins": fit.fitted(sizes, away, nothing),
        "few_customers": fit.fitted(sizes, away, few),
        "one_store": fit.fitted(sizes, away, one),
        "same_distance": fit.fitted(sizes, np.ones((30, 2)), alike),
    }
    for why, found in cases.items():
        assert (found.why, found.fitted, found.values) == (why, False, (1.0, 2.0, 3.0))
