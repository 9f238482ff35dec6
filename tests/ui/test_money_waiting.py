"""What the screen 资金 says while its forecast is being worked out."""

from fixtures_chain import context_of
from fixtures_money import settled
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.settings import UserSettings
from ui.views.money.view import MoneyView

pytest_plugins = ("fixtures_chain", "fixtures_money")


def test_until_the_forecast_is_there_its_cards_say_that_it_is_worked_out_and_not_that_there_is_nothing(
    qtbot, money_book, jobs, heard
):
    view = MoneyView()
    qtbot.addWidget(view)
    view.set_workspace(context_of(money_book, jobs, heard))
    assert view.way.table._empty == "先要知道一个银行账户的余额"
    settled(qtbot, view, lambda: _said_while_waiting(view))
    assert "正在" not in view.verdict.sentence + view.way.table._empty + view.receipts.card._empty.accessibleName()


def _said_while_waiting(view):
    view.refresh()
    assert not view.is_empty
    assert view.verdict.sentence == "往后账上有多少钱，正在测算…"
    assert view.way.table._empty == "在途的钱正在测算…"
    assert view.receipts.card._empty.accessibleName() == "正在预计收款…"


def test_the_answer_stands_on_top_and_what_is_secondary_is_folded_and_stays_as_it_was_left(
    qtbot, money_book, jobs, heard
):
    context = context_of(money_book, jobs, heard)
    context.settings.money_more = False
    view = MoneyView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    settled(qtbot, view, view.refresh)
    folded = (view.compare, view.ladder, view.placed, view.replay)
    assert view.verdict.isVisible() and not any(card.isVisible() for card in folded)
    assert all(view.verdict.y() < card.y() for card in (view.fan, view.plan, view.receipts.card, view.more))
    view.more.button.setFocus()
    QTest.keyClick(view.more.button, Qt.Key.Key_Space)
    assert all(card.isVisible() and card.y() > view.more.y() for card in folded)
    assert UserSettings().money_more and view.place()["more"] == "yes"
    view.take_place({**view.place(), "more": ""})
    assert not any(card.isVisible() for card in folded) and view.more.button.text() == "展开更多"
    assert not UserSettings().money_more
