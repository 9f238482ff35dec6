"""Ranges of series of which a few days are known hold what they say."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from chainbrain.cash.forecast import days, engine, few_days
from chainbrain.cash.forecast.panel import Panel

FIRST = date(2025, 9, 1)
STORES, HORIZON = 20, 28


def _held(values: np.ndarray, known: int, young: int) -> tuple[float, float]:
    """The shares of the days to come of the young series that lay in the ranges of 80 % and 95 %."""
    panel = Panel(tuple(str(n) for n in range(len(values))), FIRST, values[:, :known])
    found = engine.forecast(panel, panel.day(known - 1), HORIZON, days.shipped()).quantiles[:, :young]
    came = values[:young, known : known + HORIZON]
    low, high = ((came >= found[i]) & (came <= found[-1 - i]) for i in (1, 0))
    return float(low.mean()), float(high.mean())


@pytest.mark.parametrize("known", [3, 7, 14])
def test_a_chain_that_has_just_opened_promises_no_more_than_comes(known: int) -> None:
    draw = np.random.default_rng(3)
    each = [_held(draw.lognormal(7.0, 0.35, (STORES, known + HORIZON)), known, STORES) for _ in range(5)]
    inner, outer = np.mean(each, axis=0)
    assert 0.76 < inner < 0.9
    assert 0.92 < outer < 0.995


@pytest.mark.parametrize("known", [1, 3, 7])
def test_grown_stores_speak_for_one_that_has_just_opened(known: int) -> None:
    draw, grown = np.random.default_rng(4), 63
    each = []
    for _ in range(4):
        values = draw.lognormal(7.0, 0.3, (STORES, grown + HORIZON))
        values[:8, : grown - known] = 0.0
        each.append(_held(values, grown, 8))
    inner, outer = np.mean(each, axis=0)
    assert 0.7 < inner < 0.9
    assert 0.88 < outer < 0.995


def test_after_one_day_of_the_first_stores_nobody_knows_and_the_range_says_so() -> None:
    lone = np.full((3, 1), 100.0)
    low, less, middle, more, high = few_days.ends(lone, lone)
    assert (low == 0).all()
    assert (less == 0).all()
    assert (middle == 100).all()
    assert (more >= 300).all()
    assert (high > more).all()


def test_a_day_is_put_beside_as_many_others_as_the_young_series_has() -> None:
    steady = np.tile([90.0, 110.0], (1, 20))
    one, many = (few_days.of_few(steady, count) for count in (1, 8))
    assert one[3] == pytest.approx(110 / 90)
    assert many[3] == pytest.approx(1.1)
