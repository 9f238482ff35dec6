"""The card of idle money says how often the band really stays, and a band below the floor cannot be chosen."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.idle import Wish, idle
from chainbrain.cash.ladder_terms import Product
from chainbrain.cash.outlook import CashDay, CashPath
from chainbrain.money import half_up
from ui.views.money.ladder_card import LadderCard
from ui.views.money.moves_card import MovesCard

START = date(2026, 11, 1)
ZERO, HIGH, FLOOR = Decimal("0.00"), Decimal(200_000), Decimal(100_000)
INSTANT = Product("instant", 0, 0, None, Decimal("0.02"), "R1", START)


@pytest.fixture
def card(qtbot):
    made = LadderCard()
    qtbot.addWidget(made)
    days = tuple(
        CashDay(START + timedelta(days=number), ZERO, ZERO, ZERO, ZERO, HIGH, HIGH, HIGH, HIGH) for number in range(20)
    )
    path = CashPath(None, HIGH, FLOOR, None, (), days)
    made.set_products((INSTANT,), known=True)
    made.set_idle(idle(path, (INSTANT,), Wish(ZERO, curve=True), shipped()))
    return made


def test_the_floor_takes_the_place_of_a_lower_band_and_says_so(card):
    assert "1 种情形里有 1 种每天账上都不低于 ¥100,000.00" in card.foot
    assert "安全垫 ¥0.00 低于底线，按底线 ¥100,000.00 算" in card.foot


def test_what_is_put_today_earns_what_its_products_give_and_a_year_is_said_to_hold_later_lots(card):
    rows, placing = card._model.rows, card.idle.placing
    earned = sum((place.today.earned for place in rows), ZERO)
    assert earned == Decimal("109.59") and "这笔钱往后 20 天里按您填的收益率约得 ¥109.59" in card.foot
    # 100,000 at 2 % for 20 days: what may stay is not asked back for the last day only to be put there again.
    assert earned == half_up(Decimal(100_000) * INSTANT.rate * 20 / 365)
    assert f"连同以后有余再放的，整个计划折成一年约得 ¥{placing.yearly:,.2f}" in card.foot


def test_what_lies_below_the_floor_is_a_picture_only(card):
    said = []
    card.band_said.connect(said.append)
    bands = [point.safety for point in card.idle.curve]
    assert bands[0] < FLOOR < bands[-1]
    card._choose(0)
    assert said == [] and "低于底线，只供比较" in card.chart._words(0)
    card._choose(len(bands) - 1)
    assert said == [bands[-1]] and "只供比较" not in card.chart._words(len(bands) - 1)


def test_money_on_demand_that_nobody_needs_has_no_day_of_coming_back(qtbot, card):
    (place,) = card._model.rows
    back = next(one for one in card._model.columns if one.key == "back")
    assert place.today.at_call and back.shown(place) == "随时可取" and back.tip(place) == "随时可取，预测期内不用取"
    moved = MovesCard()
    qtbot.addWidget(moved)
    moved.set_idle(card.idle)
    other = next(one for one in moved._model.columns if one.key == "other")
    assert {other.shown(one) for one in moved.rows} == {"随时可取，预测期内不用取"}
