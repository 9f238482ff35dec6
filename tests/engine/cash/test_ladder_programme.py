"""Idle money by a linear programme: the worked example, the promise per scenario, caps, and the curve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from decimal import Decimal

import numpy as np
import pytest

from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.ladder_curve import levels_to, tradeoff
from chainbrain.cash.ladder_programme import Balances, Placer, Placing
from chainbrain.cash.ladder_terms import Product, Terms
from chainbrain.money import fen

START = date(2026, 11, 1)
DAYS = 91
TERMS = Terms(shipped())


def product(name: str, lock: int, rate: str, cap: str | None = None, lag: int = 0) -> Product:
    return Product(name, lock, lag, None if cap is None else Decimal(cap), Decimal(rate), "R1", START)


THREE = (product("instant", 0, "0.015"), product("month", 30, "0.02"), product("quarter", 90, "0.026"))
WORKED = tuple(replace(one, cutoff=time(15), working_only=True, lag_days=1) for one in THREE)


def example(count: int) -> Balances:
    path = np.full(DAYS, 200_000_00, dtype=np.int64)
    path[[4, 19, 59]] = 180_000_00, 140_000_00, 60_000_00
    return Balances(START, np.tile(path, (count, 1)))


def drawn(seed: int, count: int = 40, days: int = DAYS) -> Balances:
    """Paths that pay on the 15th of each month; some of them fall below nothing."""
    draw = np.random.default_rng(seed)
    steps = draw.normal(2_000_00, 15_000_00, (count, days))
    steps[:, 14::30] -= 90_000_00
    return Balances(START, 300_000_00 + np.rint(steps.cumsum(axis=1)).astype(np.int64))


def away(found: Placing, days: int = DAYS) -> np.ndarray:
    total = np.zeros(days, dtype=np.int64)
    for lot in found.lots:
        total[(lot.stay.put_on - START).days : (lot.stay.back_on - START).days] += fen(lot.amount)
    return total


@pytest.mark.parametrize("count", [1, 100])
def test_the_worked_example_comes_out_of_the_programme_too(count: int) -> None:
    found = Placer(example(count), THREE).placed(Decimal(50_000))
    today = found.today(START)
    assert [(lot.product.name, lot.amount) for lot in today] == [
        ("quarter", Decimal(10_000)), ("month", Decimal(80_000)), ("instant", Decimal(40_000)),
    ]  # fmt: skip
    assert [lot.binding for lot in today] == [START + timedelta(days=n - 1) for n in (60, 20, 5)]
    assert all(lot.spare == 0 and lot.limit == "room" for lot in today)
    assert today[1].earned == Decimal("131.51") and (found.missed, found.broken) == (0, 0)
    # What is put away after the low day comes back after the days to come: that is decided then, and not today.
    later = [lot for lot in found.lots if lot.limit == "beyond"]
    assert {lot.product.name for lot in later} == {"quarter"}
    assert [lot.stay.put_on for lot in later] == [START + timedelta(days=n) for n in (60, 90)]
    assert later[0].stay.back_on == START + timedelta(days=150)
    assert (away(found) <= example(1).fen[0] - 50_000_00).all()


@pytest.mark.parametrize("seed", range(4))
def test_in_all_but_the_share_of_scenarios_the_band_holds_on_every_day(seed: int) -> None:
    balances, band = drawn(seed), Decimal(80_000)
    for terms, products in ((TERMS, WORKED), (Terms(shipped(), time(9)), THREE)):
        found = Placer(balances, products, terms, Decimal("0.1")).placed(band)
        gone, room = away(found), np.maximum(balances.fen - fen(band), 0)
        missed = int((gone > room).any(axis=1).sum())
        assert missed == found.missed <= 4 and gone.min() >= 0
        assert all(lot.amount > 0 and lot.amount == lot.amount.to_integral_value() for lot in found.lots)
        for lot in found.lots:
            stay = terms.locked(lot.product, lot.stay.put_on) if lot.product.lock_days else None
            assert stay is None or stay == lot.stay
            assert lot.stay.put_on <= lot.binding < lot.stay.back_on
            if lot.stay.put_on < START + timedelta(days=7):
                assert lot.stay.back_on <= START + timedelta(days=DAYS) and lot.limit == "room"
        # Nothing to miss: every scenario keeps the band.
        sure = Placer(balances, products, terms, Decimal(0)).placed(band)
        assert sure.missed == 0 and sure.yearly <= found.yearly


@pytest.mark.parametrize("seed", range(3))
def test_kept_counts_what_really_stays_and_what_falls_by_itself_is_told_beside_it(seed: int) -> None:
    balances, band = drawn(seed), Decimal(80_000)
    found = Placer(balances, THREE, share=Decimal("0.1")).placed(band)
    left = balances.fen - away(found)
    alone = (balances.fen < fen(band)).any(axis=1)
    below = (left < fen(band)).any(axis=1)
    assert found.kept == int((~below).sum()) and found.broken == int(alone.sum()) > 0
    assert found.added == int((below & ~alone).sum()) <= found.missed
    assert found.kept + found.broken + found.added == found.scenarios


def test_paths_that_fall_below_by_themselves_are_not_kept() -> None:
    paths = np.full((100, 20), 100_000_00, dtype=np.int64)
    paths[:30, 10] = 40_000_00
    found = Placer(Balances(START, paths), THREE[:1]).placed(Decimal(50_000))
    assert (found.kept, found.broken, found.added) == (70, 30, 0)


def test_the_order_of_products_changes_nothing() -> None:
    one, two = (Placer(drawn(7), order, TERMS).placed(Decimal(50_000)) for order in (WORKED, WORKED[::-1]))
    assert one == two and one.lots


def test_caps_of_a_product_and_of_a_day_are_kept() -> None:
    products = (
        replace(WORKED[0], daily_cap=Decimal(5_000)), replace(WORKED[1], cap=Decimal(30_000)),
        replace(WORKED[2], lock_days=60, daily_cap=Decimal(2_000), cap=Decimal(7_000)),
    )  # fmt: skip
    found = Placer(example(1), products, TERMS).placed(Decimal(10_000))
    for name, cap, daily in (("instant", None, 5_000), ("month", 30_000, None), ("quarter", 7_000, 2_000)):
        own = [lot for lot in found.lots if lot.product.name == name]
        assert own
        for number in range(DAYS):
            day = START + timedelta(days=number)
            there = sum(lot.amount for lot in own if lot.stay.put_on <= day < lot.stay.back_on)
            assert cap is None or there <= cap
            assert daily is None or sum(lot.amount for lot in own if lot.stay.put_on == day) <= daily
    limits = {lot.product.name: lot.limit for lot in found.today(TERMS.order_on(products[0], START))}
    assert limits["instant"] == limits["quarter"] == "daily_cap"
    assert {lot.limit for lot in found.lots if lot.product.name == "month"} == {"cap", "beyond"}


def test_a_better_known_low_path_bounds_the_plan_and_days_without_money_hold_nothing() -> None:
    balances = drawn(3)
    low = balances.fen.min(axis=0) - 30_000_00
    bounded = Placer(Balances(START, balances.fen, low), THREE).placed(Decimal(20_000))
    assert (away(bounded) <= np.maximum(low - 20_000_00, 0)).all()
    poor = Placer(Balances(START, np.full((20, 30), -5_00, dtype=np.int64)), THREE).placed(Decimal(0))
    assert poor.lots == () and poor.yearly == 0 and poor.broken == 20 and poor.missed == 0


def test_what_lies_in_a_product_that_gives_it_back_late_needs_no_room_until_then() -> None:
    path = np.full((1, 30), 100_000_00, dtype=np.int64)
    path[0, :2] = 10_000_00
    instant = replace(WORKED[0], lag_days=1)
    found = Placer(Balances(START, path), (instant,), TERMS, held={"instant": 60_000}).placed(Decimal(20_000))
    # Sunday: an order counts on Monday and the money is back on Tuesday; all in all 80,000 may be away then.
    assert sum(lot.amount for lot in found.lots if lot.stay.put_on <= START + timedelta(days=2)) == Decimal(20_000)
    assert found.asks == () and found.missed == 0
    path[0, 9:] = 60_000_00
    less = Placer(Balances(START, path), (instant,), TERMS, held={"instant": 60_000}).placed(Decimal(20_000))
    # On the tenth day 40,000 of 80,000 may be away: an order of Friday evening counts on Monday, too late.
    (ask,) = less.asks
    assert (ask.amount, ask.back_on) == (Decimal(40_000), START + timedelta(days=9)) and less.missed == 0


def test_safety_costs_yield_and_each_point_is_the_plan_of_its_band() -> None:
    placer = Placer(drawn(5), WORKED, TERMS)
    curve = tradeoff(placer, Decimal(60_000), [Decimal(77_777)])
    bands = [one.safety for one in curve]
    assert bands == sorted(bands) and {Decimal(0), Decimal(60_000), Decimal(77_777)} <= set(bands)
    assert curve[0].yearly > curve[len(curve) // 2].yearly > 0 and curve[-1].yearly == 0
    assert all(one.placing == placer.placed(one.safety) for one in (curve[-2], curve[1]))
    below = [one.below_floor or 0 for one in curve]
    assert below[0] >= below[-1] == 0 and below[bands.index(Decimal(60_000))] <= 2


def test_bands_are_round_amounts() -> None:
    assert levels_to(Decimal("203456.78"))[:3] == (Decimal(0), Decimal(20_000), Decimal(40_000))
    assert levels_to(Decimal("203456.78"))[-1] == Decimal(220_000)
    assert levels_to(Decimal(-5)) == (Decimal("0.00"),) and levels_to(Decimal("0.5"))[-1] == 1
