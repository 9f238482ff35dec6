"""The card of a replay: nothing before it is asked for, one sentence after, in words why there is none."""

from datetime import date
from decimal import Decimal

import pytest

from chainbrain.cash.book_replay import BookReplay, ReplayedWay
from chainbrain.errors import UserError
from ui.views.money.replay_card import ReplayCard

DAY = date(2026, 10, 1)


@pytest.fixture
def card(qtbot):
    made = ReplayCard()
    qtbot.addWidget(made)
    return made


def _found():
    ways = (
        ReplayedWay("plan", None, Decimal("940.00"), Decimal("0.06"), 0),
        ReplayedWay("instant", "随时", Decimal("500.00"), Decimal("0.5"), 2),
        ReplayedWay("foresight", None, Decimal("1000.00"), Decimal("0.0000"), 0),
    )
    return BookReplay(None, DAY, DAY, 30, Decimal(50_000), Decimal(50_000), 1, ways)


def test_what_is_lacking_and_what_was_found_is_said(card):
    assert not card.start_button.isEnabled() and "要先有产品" in card.foot
    card.set_entity(None, able=True)
    assert card.start_button.isEnabled() and card._model.rows == ()
    card._done(_found())
    assert "940.00" in card.foot and "少 6.0%" in card.foot and "不放也在底线下的有 1 天" in card.foot
    # Thirty days judge nothing, which stands before every figure.
    assert card.foot.startswith("只重演了 30 天，不到 91 天") and "收益只算到 2026-10-01 为止" in card.foot
    assert [one.key for one in card._model.rows] == ["plan", "instant", "foresight"]
    card._done(UserError("cash.replay_short", days=40, least=84))
    assert card.found is None and "40 天" in card.foot and card._model.rows == ()


def test_another_entity_forgets_it(card):
    card.set_entity(None, able=True)
    card._done(_found())
    card.set_entity(None, able=True)
    assert card.found is not None
    card.set_entity("甲", able=True)
    assert card.found is None
