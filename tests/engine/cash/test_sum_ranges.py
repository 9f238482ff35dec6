"""Ranges of sums while a book is young: no wider than their parts put together, and never an empty promise."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from chainbrain.cash.forecast import days, engine
from chainbrain.cash.forecast.levels import Grain, ranged
from chainbrain.cash.forecast.panel import Panel

FIRST = date(2026, 3, 2)
STORES, DAYS, HORIZON = 24, 98, 28


@cache
def _young_chain() -> engine.Forecast:
    """Fourteen weeks of two dozen stores: too few for forests, and for errors of the chain's own sum."""
    draw = np.random.default_rng(11)
    week = np.array([100.0, 95.0, 100.0, 105.0, 130.0, 160.0, 150.0])
    size = draw.uniform(0.5, 2.0, (STORES, 1))
    values = size * np.tile(week, DAYS // 7) * draw.normal(1.0, 0.15, (STORES, DAYS))
    panel = Panel(tuple(str(n) for n in range(STORES)), FIRST, values)
    return engine.forecast(panel, FIRST + timedelta(days=DAYS - 1), HORIZON, days.shipped())


def test_a_sum_that_was_tried_few_times_is_no_wider_than_its_parts() -> None:
    found = _young_chain()
    halves = np.array([[float(n % 2 == side) for n in range(STORES)] for side in range(2)])
    chain = ranged(np.ones((1, STORES)), found, Grain.CUMULATIVE)
    parts = ranged(halves, found, Grain.CUMULATIVE)
    single = found.quantiles.sum(axis=(1, 2))
    low, high = chain.quantiles[1, 0, -1], chain.quantiles[3, 0, -1]
    width = high - low
    assert width <= 1.15 * (parts.quantiles[3, :, -1] - parts.quantiles[1, :, -1]).sum()
    assert width < 0.6 * (single[3] - single[1])
    assert width > 0.002 * chain.mean[0, -1]
    assert low < chain.mean[0, -1] < high


def test_a_single_series_keeps_its_range() -> None:
    found = _young_chain()
    alone = np.zeros((1, STORES))
    alone[0, 3] = 1.0
    told = ranged(alone, found, Grain.DAY)
    assert (told.quantiles[1] < told.mean).all()
    assert (told.quantiles[3] > told.mean).all()
    assert np.array_equal(told.mean[0], found.mean[3])
