"""Holidays that are sold like Sundays and weekends that are worked like working days."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from chainbrain.cash.forecast import days, swaps
from chainbrain.cash.forecast.days import COLUMNS
from chainbrain.cash.forecast.features import prepare
from chainbrain.cash.forecast.panel import Panel

FIRST = date(2015, 8, 31)
"""A Monday."""
DAYS = 282
"""Up to Tuesday, 7 June 2016: from Thursday the 9th on are three days off, and Sunday the 12th was worked."""
CALENDAR = days.features(days.shipped(), FIRST, DAYS + 10)
CANTEEN = np.array([100.0, 100.0, 100.0, 100.0, 100.0, 60.0, 30.0])
MALL = np.array([50.0, 50.0, 50.0, 50.0, 60.0, 110.0, 120.0])


def _chain(*, obeys: bool) -> np.ndarray:
    """Five canteens and five malls, of a land whose calendar this is or of another."""
    kinds, weekdays = CALENDAR[:DAYS, COLUMNS.index("day_kind")], np.arange(DAYS) % 7
    if obeys:
        weekdays = np.where(kinds == 2, 6, np.where((kinds == 3) & (weekdays > 4), 0, weekdays))
    noise = np.random.default_rng(3).normal(1.0, 0.04, (10, DAYS))
    values: np.ndarray = np.concatenate([np.tile(CANTEEN[weekdays], (5, 1)), np.tile(MALL[weekdays], (5, 1))]) * noise
    return values


def _learned(values: np.ndarray, until: int = DAYS - 1) -> tuple[swaps.Swaps, np.ndarray]:
    begins = np.zeros(len(values), dtype=np.int64)
    return swaps.learned(values, np.zeros(values.shape, bool), begins, CALENDAR, weekday=0, until=until)


def test_a_holiday_is_a_sunday_and_a_worked_sunday_is_a_working_day() -> None:
    panel = Panel(tuple(str(n) for n in range(10)), FIRST, _chain(obeys=True))
    ready = prepare(panel, CALENDAR, DAYS - 1)
    said = ready.base(DAYS - 1, np.arange(DAYS, DAYS + 6))  # Wednesday the 8th to Monday the 13th
    assert np.median(said[:5], axis=0) == pytest.approx([100, 30, 30, 30, 100, 100], rel=0.12)
    assert np.median(said[5:], axis=0) == pytest.approx([50, 120, 120, 120, 52, 50], rel=0.12)


def test_past_holidays_are_no_weekdays_any_more() -> None:
    values = _chain(obeys=True)
    _, usual = _learned(values)
    day = (date(2016, 5, 2) - FIRST).days  # a Monday off
    assert values[:5, day] == pytest.approx(30, rel=0.2)
    assert usual[:5, day] == pytest.approx(100, rel=0.2)
    calm = swaps._kinds(CALENDAR)[:DAYS] == 0
    assert np.array_equal(usual[:, calm], values[:, calm])


def test_a_chain_that_knows_no_such_days_keeps_its_weekdays() -> None:
    values = _chain(obeys=False)
    found, usual = _learned(values)
    assert not found.shares.any()
    assert np.array_equal(usual, values)


def test_nothing_is_moved_while_few_such_days_were_seen() -> None:
    assert not _learned(_chain(obeys=True)[:1])[0].shares.any()


def test_what_is_usual_holds_nothing_of_later_days() -> None:
    values = _chain(obeys=True)
    changed = values.copy()
    changed[:, 250:] *= 5
    (first, one), (second, other) = (_learned(each, until=249) for each in (values, changed))
    assert np.array_equal(first.shares, second.shares)
    assert np.array_equal(one[:, :250], other[:, :250])


def test_weekends_worked_at_the_spring_festival_are_left_alone() -> None:
    kinds = swaps._kinds(CALENDAR)
    assert CALENDAR[(date(2016, 2, 6) - FIRST).days, COLUMNS.index("day_kind")] == 3
    assert kinds[(date(2016, 2, 6) - FIRST).days] == 0
    assert kinds[(date(2016, 6, 12) - FIRST).days] == 2
