"""The list of money in products: what is complete is handed over, what is due already says so."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

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


def test_a_sum_is_of_the_company_looked_at_and_one_that_is_back_already_is_said(qtbot, card):
    card.set_placed((), ("月月",), ("甲", "乙"), TODAY, "乙")
    card.show()
    QTest.mouseClick(card.add_button, Qt.MouseButton.LeftButton)
    assert card.entity.currentText() == "乙"
    QTest.keyClicks(card.amount, "300")
    card.put_on.selectAll()
    QTest.keyClicks(card.put_on, "2026-10-01")
    QTest.keyClicks(card.back_on, "2026-11-01")
    # It may be written down all the same: it lay there.
    assert card._hint.isVisible() and "已经在流水里" in card.hint and card.save_button.isEnabled()
    card.back_on.selectAll()
    QTest.keyClicks(card.back_on, "2026-11-02")
    assert card.hint == "" and not card._hint.isVisible()
    card.back_on.selectAll()
    QTest.keyClicks(card.back_on, "2026-10-31")
    with qtbot.waitSignal(card.said) as said:
        QTest.keyClick(card.back_on, Qt.Key.Key_Return)
    assert said.args[0].entity == "乙" and not card._hint.isVisible()
