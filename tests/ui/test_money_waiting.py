"""What the screen 资金 says while its forecast is being worked out."""

from fixtures_chain import context_of
from fixtures_money import settled

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
