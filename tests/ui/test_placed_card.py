"""The list of money in products: what is complete is handed over, what is due already says so."""

from datetime import date
from decimal import Decimal

import pytest

from chainbrain.cash.placements import Placement
from ui.views.money.placed_card import PlacedCard

TODAY = date(2026, 11, 1)


@pytest.fixture
def card(qtbot):
    made = PlacedCard()
    qtbot.addWidget(made)
    made.set_placed(
        (
            Placement("1", "月月", "甲", Decimal(50_000), date(2026, 10, 1), date(2026, 10, 31)),
            Placement("2", "随时", "甲", Decimal(20_000), date(2026, 10, 1)),
        ),
        ("月月", "随时"), ("甲",), TODAY,
    )  # fmt: skip
    return made


def test_what_is_due_already_is_told_and_not_counted(card):
    due, open_one = card._model.rows
    assert card._back(due) == "2026-10-31，已到期" and card._back(open_one) == "随时"
    assert card._total.text() == "¥20,000.00"


def test_only_a_complete_sum_is_handed_over(qtbot, card):
    card.begin()
    assert card.put_on.text() == "2026-11-01" and not card.save_button.isEnabled()
    card.amount.setText("30,000")
    # Without a day locked money is back by its product's own terms.
    assert card.save_button.isEnabled()
    card.back_on.setText("2026-11-01")
    assert not card.save_button.isEnabled()
    card.back_on.setText("2026/12/01")
    with qtbot.waitSignal(card.said) as said:
        card.save()
    assert said.args == [Placement("", "月月", "甲", Decimal(30_000), TODAY, date(2026, 12, 1))]
    card.begin()
    card.product.setCurrentIndex(1)
    card.amount.setText("5")
    assert card.save_button.isEnabled()
    with qtbot.waitSignal(card.removed) as removed:
        card.table.select_number(1)
        card._remove()
    assert removed.args == ["2"]
