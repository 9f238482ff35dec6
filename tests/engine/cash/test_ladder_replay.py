"""Idle money replayed: exact days and yields, no yuan lost, perfect foresight above all, breaks counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal

import numpy as np
import pytest

from chainbrain.cash import ladder_replay as replay
from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.ladder_purse import Past, Purse
from chainbrain.cash.ladder_replay import Way, replayed
from chainbrain.cash.ladder_terms import Product, Terms

START = date(2025, 9, 1)
TERMS = Terms(shipped())
INSTANT = Product("instant", 0, 0, None, Decimal("0.0365"), "R1", START, time(15), working_only=True)
MONTH = replace(INSTANT, name="month", lock_days=30, lag_days=1, rate=Decimal("0.073"))


def past(days: int = 120) -> Past:
    """2,000 yuan come in a day, 55,000 go out on each 30th day; 100,000 at first, and 10,000 must stay."""
    flows = np.full(days, 2_000_00, dtype=np.int64)
    dues = np.zeros(days + 90, dtype=np.int64)
    dues[29::30] = 55_000_00
    return Past(START, 100_000_00, flows - dues[:days], dues, 10_000_00)


def test_a_deposit_bears_from_the_day_its_order_counts_to_the_day_it_ends() -> None:
    purse = Purse(past(), TERMS, 100_000_00)
    # Thursday evening, 25 September: counts on Friday; 30 days later is Sunday, so it ends on Monday, back on Tuesday.
    purse.put(MONTH, 10_000, 24)
    (deposit,) = purse.deposits
    assert (deposit.begins, deposit.ends, deposit.back) == (25, 56, 57) and purse.cash == 90_000_00
    purse.begin(57)
    assert purse.cash == 90_000_00 + 10_000_00 + 2_000_00
    # 31 days at 2 yuan each.
    assert purse.earned == Decimal(62)


def test_money_asked_back_on_the_eve_of_national_day_comes_after_it() -> None:
    purse = Purse(past(), TERMS, 100_000_00)
    purse.put(INSTANT, 90_001, 0)
    assert purse.cash == 10_000_00 and purse.held(INSTANT) == 90_000  # the floor stays
    purse.ask(INSTANT, 40_000, 29)  # 30 September, after the cut-off
    assert [one.back for one in purse.deposits if one.back is not None] == [38]  # 9 October
    assert purse.held(INSTANT) == 50_000
    assert list(purse.returning(37, 3) // 100) == [0, 40_000, 40_000]


def test_orders_of_a_weekend_ask_back_no_more_than_the_one_day_allows_for_which_they_count() -> None:
    capped = replace(INSTANT, daily_cap=Decimal(10_000))
    purse = Purse(past(), TERMS, 100_000_00)
    for day in range(4):
        purse.put(capped, 10_000, day)
    # On the evenings of Friday, Saturday and Sunday, in parts: all of them count for Monday.
    for day, yuan in ((4, 4_000), (4, 3_000), (5, 10_000), (6, 10_000)):
        purse.ask(capped, yuan, day)
    assert sum(one.yuan for one in purse.deposits if one.back is not None) == 10_000
    purse.ask(capped, 30_000, 7)
    assert sum(one.yuan for one in purse.deposits if one.back is not None) == 20_000
    # Another product has a limit of its own.
    other = replace(capped, name="other")
    purse.put(other, 10_000, 3)
    purse.ask(other, 10_000, 6)
    assert purse.held(other) == 0


def test_money_that_is_back_on_the_day_it_is_asked_for_returns() -> None:
    at_once = replace(INSTANT, cutoff=None, working_only=False)
    purse = Purse(past(), TERMS, 100_000_00)
    purse.put(at_once, 50_000, 0)
    purse.begin(1)
    purse.ask(at_once, 50_000, 1)
    assert [one.back for one in purse.deposits] == [1]
    purse.begin(2)
    assert purse.deposits == [] and purse.cash == 100_000_00 + 2 * 2_000_00


def ways(world: Past) -> dict[str, Way]:
    def foresight(day: int) -> np.ndarray:
        coming = world.flows[day + 1 : day + 91]
        return np.concatenate([coming, np.zeros(90 - len(coming), dtype=np.int64)])[None]

    products = (INSTANT, MONTH)
    return {
        "foreseen": replay.Foreseen(world, products, TERMS),
        "planned": replay.Planned(foresight, products, world.floor),
        "instant": replay.all_instant(INSTANT),
        "month kept": replay.month_kept(MONTH),
        "miller-orr": replay.miller_orr(INSTANT),
    }


def test_no_yuan_is_lost_and_none_is_below_nothing() -> None:
    world = past()
    for way in ways(world).values():

        def watched(purse: Purse, day: int, way: Way = way) -> None:
            way(purse, day)
            away = sum(one.yuan for one in purse.deposits) * 100
            assert purse.cash + away == world.balances[day]
            assert all(one.yuan > 0 for one in purse.deposits)

        replayed(world, TERMS, watched)


def test_nobody_beats_perfect_foresight_and_the_plan_comes_near() -> None:
    world = past()
    found = {name: replayed(world, TERMS, way) for name, way in ways(world).items()}
    best = found["foreseen"].earned
    assert all(0 <= one.earned <= best for one in found.values())
    assert found["foreseen"].broken == found["planned"].broken == 0
    assert found["planned"].earned >= best * Decimal("0.97") > found["instant"].earned > 0


@pytest.mark.parametrize(("amount", "broken"), [(10_000, 0), (80_000, 2)])
def test_a_day_below_the_floor_counts_when_placing_money_caused_it(amount: int, broken: int) -> None:
    world = past(31)
    shock = replace(world, flows=world.flows - np.where(np.arange(31) == 29, 40_000_00, 0))

    def way(purse: Purse, day: int) -> None:
        if day == 20:
            purse.put(MONTH, amount, day)

    assert replayed(shock, TERMS, way).broken == broken
    # What would have been below the floor with nothing put away is nobody's fault.
    assert replayed(replace(world, opening=-99_000_00), TERMS, way).broken == 0
