"""The list of money in products: what is complete is handed over, what is due already says so."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainbrain.cash.placements import Placement
from ui.views.money.placed_card import PlacedCard

TODAY, KNOWN = date(2026, 11, 28), date(2026, 11, 1)


@pytest.fixture
def card(qtbot, monkeypatch):
    # The statements end four weeks before the day on which it is written down.
    monkeypatch.setenv("CHAINBRAIN_TODAY", "2026-11-28")
    made = PlacedCard()
    qtbot.addWidget(made)
    made.set_placed(
        (
            Placement("1", "月月", "甲", Decimal(50_000), date(2026, 10, 1), date(2026, 10, 31)),
            Placement("2", "随时", "甲", Decimal(20_000), date(2026, 10, 1)),
        ),
        ("月月", "随时"), ("甲",), KNOWN,
    )  # fmt: skip
    return made


def test_what_is_due_already_is_told_and_not_counted(card):
    due, open_one = card._model.rows
    assert card._back(due) == "2026-10-31，已到期" and card._back(open_one) == "随时"
    assert card._total.text() == "¥20,000.00"


def test_only_a_complete_sum_is_handed_over(qtbot, card):
    card.begin()
    assert card.put_on.text() == "2026-11-28" and not card.save_button.isEnabled()
    card.amount.setText("30,000")
    # Without a day locked money is back by its product's own terms.
    assert card.save_button.isEnabled()
    card.back_on.setText("2026-11-28")
    assert not card.save_button.isEnabled()
    card.back_on.setText("2026/12/29")
    with qtbot.waitSignal(card.said) as said:
        card.save()
    assert said.args == [Placement("", "月月", "甲", Decimal(30_000), TODAY, date(2026, 12, 29))]
    card.begin()
    card.product.setCurrentIndex(1)
    card.amount.setText("5")
    assert card.save_button.isEnabled()
    with qtbot.waitSignal(card.removed) as removed:
        card.table.select_number(1)
        card._remove()
    assert removed.args == ["2"]


def test_a_sum_is_of_the_company_looked_at_and_one_that_is_back_already_is_said(qtbot, card):
    card.set_placed((), ("月月",), ("甲", "乙"), KNOWN, "乙")
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


def test_every_field_has_its_caption_and_a_grey_button_says_why(qtbot, card):
    card.show()
    QTest.mouseClick(card.add_button, Qt.MouseButton.LeftButton)
    said = {key: label.text() for key, label in card._labels.items() if label.isVisible()}
    assert said == {"product": "产品", "amount": "金额", "put_on": "哪天放的", "back_on": "哪天回来"}
    assert not card.save_button.isEnabled() and card._hint.isVisible() and card.hint == "要写金额。"
    QTest.keyClicks(card.amount, "0")
    assert card.hint == "金额要大于 0，最多两位小数。"
    card.amount.selectAll()
    card.amount.insert("3万")
    assert card.save_button.isEnabled() and not card._hint.isVisible()
    for field, text, hint in (
        (card.back_on, "2026-11-27", "哪天回来要晚于哪天放的。"),
        (card.back_on, "下月", "哪天回来看不懂，请写成 2026-12-31，或者不填。"),
        (card.put_on, "昨天", "哪天放的看不懂，请写成 2026-12-31。"),
    ):
        field.selectAll()
        field.insert(text)  # keys send Latin letters only
        assert not card.save_button.isEnabled() and card.hint == hint
    QTest.keyClick(card.amount, Qt.Key.Key_Return)
    assert card.form.isVisible()
    QTest.mouseClick(card.cancel_button, Qt.MouseButton.LeftButton)
    assert card.hint == "" and not card._hint.isVisible()
