"""The parts of the forecast: calendar columns, smoothing, effects of promotions, trees."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from chainbrain.calendar import Calendar
from chainbrain.cash.forecast import days, effects, habits, smoothing, trees


def _column(table: days.Floats, name: str) -> list[float]:
    return list(table[:, days.COLUMNS.index(name)])


def test_spring_festival_is_counted_from_its_first_day() -> None:
    table = days.features(days.shipped(), date(2016, 2, 6), 4)  # Spring Festival 2016: Monday 8 February
    assert _column(table, "spring") == [-2, -1, 0, 1]
    assert _column(table, "day_kind") == [3, 2, 2, 2]  # Saturday the 6th was worked (调休)
    assert _column(table, "place") == [0, 1, 2, 3]
    assert _column(table, "before")[0] == 1


def test_years_that_no_table_knows_have_weekdays_only() -> None:
    table = days.features(Calendar([]), date(2055, 1, 1), 30)
    assert np.isfinite(table).all()
    assert set(_column(table, "block")) == {0}
    assert set(_column(table, "spring")) == {days.FAR}


def test_a_steady_week_is_repeated_exactly_and_closed_days_say_nothing() -> None:
    week = np.array([10.0, 12.0, 9.0, 11.0, 20.0, 30.0, 25.0])
    values = np.tile(week, 20)[None, :]
    values[0, 100] = 0.0
    smoothed = smoothing.smooth(values, values > 0, 139)
    assert np.allclose(smoothed.at(139, np.arange(140, 147)), week, atol=0.3)


def test_the_smoothing_looks_no_further_than_it_is_told() -> None:
    values = np.abs(np.random.default_rng(1).normal(100, 20, (3, 200)))
    changed = values.copy()
    changed[:, 150:] *= 7
    first, second = (smoothing.smooth(each, each > 0, 149) for each in (values, changed))
    assert np.array_equal(first.level[:, :150], second.level[:, :150])


def test_a_young_series_knows_nothing_of_its_days_to_come() -> None:
    values = np.zeros((1, 120))
    values[0, 80:] = np.abs(np.random.default_rng(4).normal(100, 10, 40))
    changed = values.copy()
    changed[0, 100:] *= 3
    first, second = (smoothing.smooth(each, each > 0, 119) for each in (values, changed))
    assert np.allclose(first.level[0, :100], second.level[0, :100], rtol=0.1)
    assert first.level[0, 86] == pytest.approx(values[0, 80:87].mean())


def test_what_weekends_are_to_a_store_is_told_apart() -> None:
    week = np.array([[100.0, 100.0, 100.0, 100.0, 100.0, 160.0, 180.0], [100.0, 100.0, 100.0, 100.0, 100.0, 40.0, 0.0]])
    values = np.tile(week, 20)
    smoothed = smoothing.smooth(values, values > 0, 139)
    sold = np.where(week > 0, 1.0, 0.0)
    level = smoothed.level[:, 139]
    saturday, sunday, working, open_sunday, open_working = habits.weekends(sold, smoothed, 139, level, 6)
    assert (saturday[0] > 1.2, sunday[0] > saturday[0], working[0] < 1) == (True, True, True)
    assert (saturday[1] < 0.6, working[1] > 1) == (True, True)
    assert (list(open_sunday), list(open_working)) == ([1.0, 0.0], [1.0, 1.0])


def test_a_new_level_shows_in_the_pace_before_the_smoothing() -> None:
    values = np.tile([100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0], 20)[None, :]
    values[0, 136:] = 150.0
    smoothed = smoothing.smooth(values, values > 0, 139)
    short, long = habits.paces(values, values, smoothed, 139)
    assert short[0] > long[0]


def test_a_promotion_is_measured_against_its_own_weekday() -> None:
    index = np.arange(280)
    switch = ((index // 7) % 2 == 0).astype(float)[None, :]
    values = np.where(switch == 1, 150.0, 100.0) * np.where(index % 7 == 5, 3.0, 1.0)
    factor = effects.factors(values, values > 0, switch)
    assert np.all(np.abs(factor / factor.mean() - 1) < 0.05)
    assert 1.4 < factor.mean() < 1.6


def test_trees_learn_a_step_and_are_the_same_every_time() -> None:
    draw = np.random.default_rng(2)
    table = draw.normal(size=(4000, 3))
    table[::50, 2] = np.nan
    wanted = np.where(table[:, 0] > 0.3, 1.0, -1.0)
    shape = trees.Shape(trees=80, depth=3, rate=0.3)
    forest = trees.fit(table, wanted, 5, shape)
    assert np.abs(forest.predict(table) - wanted).mean() < 0.15
    again = trees.fit(table, wanted, 5, shape)
    assert np.array_equal(forest.predict(table), again.predict(table))


def test_leaves_of_medians_are_not_moved_by_far_errors() -> None:
    table = np.random.default_rng(2).normal(size=(4000, 2))
    wanted = np.where(table[:, 0] > 0, 1.0, -1.0)
    far = np.arange(4000) % 5 < 2
    wanted[far] = 30.0
    shapes = [trees.Shape(trees=60, depth=2, rate=0.3, median=median) for median in (False, True)]
    mean, median = (np.abs(trees.fit(table, wanted, 5, one).predict(table)[~far] - wanted[~far]) for one in shapes)
    assert median.mean() < 0.2 < mean.mean()


def test_columns_that_say_nothing_give_a_flat_answer() -> None:
    table = np.zeros((500, 2))
    forest = trees.fit(table, np.ones(500), 1, trees.Shape(trees=30))
    assert np.ptp(forest.predict(table)) == 0
