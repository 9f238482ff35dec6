"""Series that stopped selling: when the chain's own past lets them come back, and when it says nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from chainbrain.cash.forecast import days, engine, learned, levels, ranges, reopening
from chainbrain.cash.forecast.features import Prepared, prepare
from chainbrain.cash.forecast.panel import OPEN, Panel
from chainbrain.cash.forecast.trees import Shape

FIRST = date(2025, 1, 6)  # a Monday
DAYS, SERIES = 200, 30
LAST = DAYS - 1
TARGETS = np.arange(LAST + 1, LAST + 15)
WAITING, NEVER = 0, 29
Floats = reopening.Floats


def _values() -> Floats:
    """Everybody shuts for five days now and then and comes back; the last four did not; the first has just shut."""
    values = np.full((SERIES, DAYS), 100.0)
    for row in range(SERIES - 4):
        for start in range(45 + row % 20, DAYS - 12, 40):
            values[row, start : start + 5] = 0.0
    values[SERIES - 4 :, 60:] = 0.0
    values[WAITING, LAST - 3 :] = 0.0
    return values


def _panel(values: Floats, **more: object) -> Panel:
    return Panel(tuple(f"S{i:02d}" for i in range(SERIES)), FIRST, values, **more)  # type: ignore[arg-type]


def _ready(values: Floats, **more: object) -> Prepared:
    return prepare(_panel(values, **more), days.features(days.shipped(), FIRST, DAYS + 14), LAST)


def _curve(values: Floats, **more: object) -> reopening.Curve | None:
    ready = _ready(values, **more)
    return reopening.curve(ready, reopening.closures(ready), LAST, TARGETS)


def _forecast(values: Floats, **more: object) -> engine.Forecast:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(learned, "_ROWS", 6_000)
        patch.setattr(engine, "_SHAPE", Shape(trees=12, depth=3))
        return engine.forecast(_panel(values, **more), FIRST + timedelta(days=LAST), 14, days.shipped())


@pytest.fixture(scope="module")
def found() -> engine.Forecast:
    return _forecast(_values())


def test_a_chance_is_the_share_of_closures_that_ended() -> None:
    curve = _curve(_values())
    assert curve is not None
    assert list(curve.rows) == [WAITING, *range(SERIES - 4, SERIES)]
    # After three, four and five closed days one of three comes back on the next one.
    assert curve.chance[0, 0] == pytest.approx(1 / 3, abs=0.05)
    assert curve.chance[0, 1] == pytest.approx(1 - (2 / 3) ** 2, abs=0.05)
    assert np.all(np.diff(curve.chance, axis=1) >= 0)
    # Of those that are closed for months none ever came back.
    assert curve.chance[-1, -1] < 0.2


def test_estimates_move_only_where_the_curve_is_sure() -> None:
    curve = _curve(_values())
    assert curve is not None
    said = np.full((SERIES, len(TARGETS)), 30.0)
    moved = curve.moved(said)
    assert moved[WAITING, 0] == 30.0
    assert moved[WAITING, 4:] == pytest.approx(100.0, rel=0.01)
    assert not moved[NEVER].any()
    assert np.array_equal(moved[1 : SERIES - 4], said[1 : SERIES - 4])


def test_a_store_that_will_come_back_is_foreseen_and_one_that_will_not_is_not(found: engine.Forecast) -> None:
    assert found.mean[WAITING, 4:] == pytest.approx(100.0, rel=0.1)
    assert not found.mean[NEVER].any()
    assert list(np.flatnonzero(found.idle)) == [WAITING, *range(SERIES - 4, SERIES)]


def test_its_range_reaches_from_nothing_to_what_it_sold(found: engine.Forecast) -> None:
    low, high = found.quantiles[0, WAITING], found.quantiles[-1, WAITING]
    assert (low[0], low[3]) == (0.0, 0.0)
    assert np.all(high >= 95.0)
    assert np.all(np.diff(found.quantiles[:, WAITING], axis=0) >= 0)
    alone = np.zeros((1, SERIES))
    alone[0, WAITING] = 1.0
    told = levels.ranged(alone, found, levels.Grain.DAY)
    assert np.array_equal(told.quantiles[:, 0], found.quantiles[:, WAITING])
    assert len(told.quantiles) == len(ranges.SHARES)


@pytest.mark.parametrize("known", ["open", "ends"])
def test_what_is_known_to_be_closed_is_never_opened(known: str) -> None:
    if known == "ends":
        ends = np.full(SERIES, 10_000)
        ends[WAITING] = LAST - 3
        after = _forecast(_values(), ends=ends)
    else:
        table = np.full((SERIES, DAYS + 14), np.nan)
        table[WAITING, LAST - 3 :] = 0.0
        after = _forecast(_values(), known={OPEN: table})
    assert not after.mean[WAITING].any()
    assert not after.quantiles[:, WAITING].any()
    assert not after.idle[WAITING]


def test_a_closure_that_was_told_is_no_closure_to_guess_at() -> None:
    table = np.full((SERIES, DAYS + 14), np.nan)
    table[WAITING, LAST - 3 : LAST + 1] = 0.0
    curve = _curve(_values(), known={OPEN: table})
    assert curve is not None
    assert WAITING not in curve.rows


def test_too_few_reopenings_say_nothing() -> None:
    values = _values()
    values[: SERIES - 4] = np.where(np.arange(DAYS) < LAST - 3, 100.0, values[: SERIES - 4])
    assert _curve(values) is None


@pytest.mark.parametrize("poison", [lambda later: later * 0.0, lambda later: later + 9e9])
def test_days_after_an_origin_say_nothing(poison: Callable[[Floats], Floats]) -> None:
    origin = DAYS - 30
    values, changed = _values(), _values()
    values[WAITING, origin - 3 : origin + 1] = changed[WAITING, origin - 3 : origin + 1] = 0.0
    changed[:, origin + 1 :] = poison(changed[:, origin + 1 :])
    curves = []
    for each in (values, changed):
        ready = prepare(_panel(each), days.features(days.shipped(), FIRST, DAYS + 14), origin)
        curves.append(reopening.curve(ready, reopening.closures(ready), origin, np.arange(origin + 1, origin + 15)))
    first, second = curves
    assert first is not None
    assert second is not None
    assert np.array_equal(first.chance, second.chance)
    assert np.array_equal(first.end(0.5), second.end(0.5))
