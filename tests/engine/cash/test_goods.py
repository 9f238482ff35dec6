"""Payments for goods follow what is sold: more is taken off where more is sold, and in each path by its own sales."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from cash_examples import NUMBER, SOLD_TO, A, prove

from chainbrain.cash import irregular
from chainbrain.cash.coming import Frame, Inflows
from chainbrain.cash.goods import TERMS, sold_before
from chainbrain.cash.irregular import Usual
from chainbrain.cash.recurring import Outgoing

FIRST = SOLD_TO + timedelta(days=1)
PAST, AHEAD = 56, 40


def _frame() -> Frame:
    return Frame(FIRST, AHEAD, {A: SOLD_TO})


def _inflows(past: float, to_come: float, *others: float) -> Inflows:
    """A stream that sold so much on each day and will sell so much, in paths that sell otherwise."""
    sold = np.array([[past] * PAST + [to_come] * AHEAD])
    paths = np.array([[[other] * AHEAD] for other in others or (to_come,)])
    return Inflows((A,), np.full((1, AHEAD), to_come), paths, sold, FIRST - timedelta(days=PAST))


def test_goods_are_paid_as_they_were_sold_over_four_weeks() -> None:
    found = sold_before(_inflows(100.0, 200.0, 200.0, 300.0), [0], _frame(), A, PAST)
    assert found is not None
    # The first day to come is one of twenty-eight with twice the sales, the twenty-eighth is the last of them.
    assert np.isclose(found.shares[0], 1 + 1 / TERMS) and np.isclose(found.shares[TERMS - 1 :], 2.0).all()
    # The second path sells as much again beside it, so that its payments follow by as much.
    assert not found.off[0].any() and np.isclose(found.off[1, 0], 1 / TERMS)
    assert np.isclose(found.off[1, TERMS - 1 :], 1.0).all()


def test_growth_is_no_disorder_of_the_payments() -> None:
    """Payments of goods that doubled with the sales lie as close together as if nothing had grown."""
    sold = np.concatenate([np.full(PAST, 100.0), np.full(PAST, 200.0), np.full(AHEAD, 200.0)])
    first = FIRST - timedelta(days=2 * PAST)
    inflows = Inflows((A,), np.full((1, AHEAD), 200.0), np.full((1, 1, AHEAD), 200.0), sold[None], first)
    found = sold_before(inflows, [0], _frame(), A, 2 * PAST)
    assert found is not None and np.isclose(found.before[[0, PAST - 1, -1]], [2 / 3, 2 / 3, 4 / 3]).all()
    weeks = np.zeros((16, 7))
    weeks[:, 2] = found.before.reshape(16, 7).mean(axis=1) * 700.0
    evened = found.evened(Usual(2 * PAST, Decimal(3000), weeks, Decimal(1)))
    assert evened.weeks[:, 2].std() < 0.2 * weeks[:, 2].std() and np.isclose(evened.weeks[0, 2], 700.0)
    half = found.evened(Usual(2 * PAST, Decimal(3000), weeks, Decimal("0.5")))
    assert evened.weeks[:, 2].std() < half.weeks[:, 2].std() < weeks[:, 2].std()


@pytest.mark.parametrize("idle", [range(40), range(50, 85)], ids=["opened later", "closed for five weeks"])
def test_what_is_paid_while_nothing_is_sold_follows_no_sales(idle: range) -> None:
    """A payment before the opening, or within a closure, stands as it is: no multiple of itself, and not nothing."""
    sold = np.full((1, 2 * PAST + AHEAD), 100.0)
    sold[0, list(idle)] = 0.0
    first = FIRST - timedelta(days=2 * PAST)
    inflows = Inflows((A,), np.full((1, AHEAD), 100.0), np.full((1, 1, AHEAD), 100.0), sold, first)
    found = sold_before(inflows, [0], _frame(), A, 2 * PAST)
    assert found is not None and (found.before > 0).all()
    nothing_sold = np.array([sold[0, max(day - TERMS + 1, 0) : day + 1].sum() == 0 for day in range(2 * PAST)])
    assert nothing_sold.any() and (found.before[nothing_sold] == 1.0).all()
    paid = np.full((16, 7), 10.0)
    for goods in ("0.95", "1"):
        evened = found.evened(Usual(2 * PAST, Decimal(300), paid, Decimal(goods))).weeks.ravel()
        assert np.isfinite(evened).all() and (evened[nothing_sold] == 10.0).all() and evened.max() <= 40.0
        # Just after the opening the days since then are what counts, not the four weeks before it.
        assert evened[-1] == pytest.approx(10.0 / (1 + float(goods) * (found.before[-1] - 1)))


def test_nothing_is_said_of_what_is_usual_while_the_tills_know_too_little() -> None:
    assert sold_before(_inflows(100.0, 200.0), [0], _frame(), A, 27) is None
    assert sold_before(_inflows(0.0, 200.0), [0], _frame(), A, PAST) is None
    assert sold_before(_inflows(100.0, 200.0), [], _frame(), A, PAST) is None


def test_only_the_share_of_goods_follows() -> None:
    days = [date(2026, 6, 3) + timedelta(days=7 * number) for number in range(8)]
    lines = [
        Outgoing(f"g{day}", NUMBER, day, Decimal(3000 + 700 * (i % 3)), "菜场", "货款", None, 1)
        for i, day in enumerate(days)
    ]
    lines += [
        Outgoing(f"r{day}", NUMBER, day, Decimal(1000 + 900 * (i % 3)), "维修部", None, None, 1)
        for i, day in enumerate(days)
    ]
    found = irregular.usual(lines, (), {NUMBER: A}, {A: (days[0], SOLD_TO)})[A]
    goods = sum(line.amount for line in lines if line.memo)
    assert found.goods == goods / sum(line.amount for line in lines)
    flat, more = irregular.spread(found, 28), irregular.spread(found, 28, [1.5] * 28)
    assert abs(sum(more) / sum(flat) - (1 + found.goods / 2)) < Decimal("0.0001")
    assert irregular.spread(found, 28, [1.0] * 28) == flat
    assert Usual(60, Decimal("1.00"), found.weeks).goods == 0


def test_the_path_says_how_much_more_it_takes_off() -> None:
    import sys
    from pathlib import Path

    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))
    from bench_shortfall import foreseen
    from shortfall_chains import AHEAD as QUARTER
    from shortfall_chains import PAST as BEFORE
    from shortfall_chains import made

    world = made(24, shortfall=True)
    path = foreseen(world, BEFORE, QUARTER, irregular=True).chain
    prove(path)
    bare = foreseen(world, BEFORE, QUARTER, irregular=False).chain
    assert path.goods_more > 0 and bare.goods_more == 0
    # Its stores ramp up: what was paid on odd days of the past alone would be a tenth too little.
    said = float(sum(one.irregular for one in path.days))
    paid = sum(one.amount for one in world.paid if one.day >= BEFORE and one.memo.startswith(("货款", "维修")))
    assert abs(said - paid) < abs(said - float(path.goods_more) - paid)
    low, _, high = path.days[-1].p5, path.days[-1].p50, path.days[-1].p95
    assert low <= Decimal(str(world.balances()[-1])) <= high
