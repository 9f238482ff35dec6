"""What fell due and no statement shows: answered as paid on the screen 资金, taken back, and undone."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from fixtures_chain import context_of
from fixtures_money import A, bank_line, settled, shown
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainbrain.cash.drafts import PlanText, read

pytest_plugins = ("fixtures_chain", "fixtures_money")


@pytest.fixture
def view(qtbot, money_book, jobs, heard):
    """An invoice and a deposit that fell due on days that the statements know; no line says of which they are."""
    bank_line(money_book.book, A, datetime(2026, 10, 21, 9), ("-700", "101000", "李四"))
    bank_line(money_book.book, A, datetime(2026, 10, 24, 9), ("-1000", "100001", "王五"))
    desk = money_book.cash_desk
    desk.write(read(PlanText("2026-10-20", A, "税", "700")))
    desk.write(read(PlanText("2026-10-22", A, "其他", "-400", note="退押金")))
    return shown(qtbot, context_of(money_book, jobs, heard))


def _asked(qtbot, view):
    """Ask by the button, until the lines that are offered stand in the form."""
    QTest.mouseClick(view.plan.answers.paid_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(view.paid_form.isVisible, timeout=10_000)
    qtbot.waitUntil(view.context.jobs.is_idle, timeout=10_000)
    return view.paid_form


def test_one_step_asks_which_line_it_was_and_the_answer_goes_into_the_history(qtbot, view, money_book, heard):
    card = view.plan
    assert card.sum_words.startswith("2 项已过期，流水里没认出付款：付了吗？")
    assert card.answers.paid_button.isVisible() and card.answers.paid_button.text() == "已付…"
    # Whatever is chosen, the button begins with the oldest that is open.
    card.table.select_number(len(card._model.rows) - 1)
    form = _asked(qtbot, view)
    assert card.chosen.kind == "tax" and "2026-10-20 税 ¥700.00" in form._note.text()
    # The one line of the very amount is chosen, and its day is that of the payment.
    assert form.line.currentText().split() == ["2026-10-21", "¥700.00", "李四"] and form.line.count() == 3
    assert form.day.day() == date(2026, 10, 21) and not form.day.isEnabled() and form.save_button.isEnabled()
    form.line.setCurrentIndex(2)
    assert form.hint == "流水是 ¥1,000.00，计划是 ¥700.00：这一项整笔当作办完。" and form.day.day() == date(
        2026, 10, 24
    )
    form.line.setCurrentIndex(1)
    before = view._foreseen.outlook.chain
    settled(qtbot, view, lambda: QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton))
    assert not form.isVisible() and heard.notices[-1] == ("matched", "已说明，以后不再算这一笔")
    (said,) = money_book.cash.said_paid()
    assert (said.paid_on, said.amount, said.payee) == (date(2026, 10, 21), Decimal(700), "李四")
    # The bank's past counts as before, so that no day is another one; the item stands behind those that are open.
    assert view._foreseen.outlook.chain.days == before.days
    line = card._model.rows[-1]
    assert (line.mark, line.item.kind) == ("said_paid", "tax") and card._what(line) == "10-21 已付 税"
    assert card._tip(line).endswith("不再算：您说明是 2026-10-21 的流水 ¥700.00 李四")
    assert card.sum_words.startswith("1 项已过期")
    # Chosen it can be taken back; both are entries of the history.
    card.table.select_number(len(card._model.rows) - 1)
    assert card.answers.paid_button.text() == "其实没付"
    settled(qtbot, view, lambda: QTest.mouseClick(card.answers.paid_button, Qt.MouseButton.LeftButton))
    assert money_book.cash.said_paid() == () and card.sum_words.startswith("2 项已过期")
    money_book.undo()
    settled(qtbot, view, view.refresh)
    assert card._model.rows[-1].mark == "said_paid"


def test_without_a_line_only_a_day_that_the_statements_know_is_taken(qtbot, view, money_book):
    card = view.plan
    card.table.select_number([line.item.note for line in card._model.rows].index("退押金"))
    assert card.answers.paid_button.text() == "已收到…"
    form = _asked(qtbot, view)
    assert form.line.count() == 1 and "前后的流水里没有金额相近的" in form.hint
    form.day.set_day(date(2026, 10, 31))
    assert not form.save_button.isEnabled() and "流水全都到的是 2026-10-30" in form.hint
    form.day.set_day(date(2026, 10, 30))
    settled(qtbot, view, lambda: QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton))
    (line,) = [one for one in card._model.rows if one.answer is not None]
    assert card._what(line) == "10-30 已收 其他 退押金"
    assert "没有指定流水" in card._tip(line)


def test_where_nothing_is_open_there_is_no_button_and_the_form_can_be_closed(qtbot, view, money_book):
    form = _asked(qtbot, view)
    QTest.mouseClick(form.cancel_button, Qt.MouseButton.LeftButton)
    assert not form.isVisible() and money_book.cash.said_paid() == ()
    for item in money_book.cash.plan():
        if item.cycle == "once":
            money_book.cash_desk.remove(item.item_id)
    settled(qtbot, view, view.refresh)
    assert not view.plan.answers.paid_button.isVisible() and "过期" not in view.plan.sum_words


def test_what_may_stand_there_twice_is_answered_in_the_list(qtbot, view, money_book, heard):
    view.irregular.choose("past")
    # The wages of the 15th are paid every month; the list of this month comes to a fifth more.
    money_book.cash_desk.write(read(PlanText("2026-11-16", A, "工资", "46000", note="代发 员工张三")))
    money_book.cash_desk.write(read(PlanText("2026-11-12", A, "租金", "61000")))
    settled(qtbot, view, view.refresh)
    card = view.plan
    marks = {line.item.amount: line.mark for line in card._model.rows}
    assert marks[Decimal(61000)] == "twice" and marks[Decimal(46000)] == ""
    card.table.select_number([line.item.amount for line in card._model.rows].index(Decimal(61000)))
    # Another item of the plan stands for it: one of the two is taken out, or they are said to be two.
    assert card.answers.other_button.isVisible() and not card.answers.same_button.isVisible()
    assert "1 项可能记了两次：是同一笔就删掉一项，是两笔就选中它点“是两笔”" in card.sum_words
    before = view._foreseen.outlook.chain.days[-1].expected
    settled(qtbot, view, lambda: QTest.mouseClick(card.answers.other_button, Qt.MouseButton.LeftButton))
    assert heard.notices[-1] == ("matched", "已说明是两笔，都扣，不再问") and "记了两次" not in card.sum_words
    assert view._foreseen.outlook.chain.days[-1].expected == before
    for item in money_book.cash.plan():
        if item.amount == 61000:
            money_book.cash_desk.remove(item.item_id)
    # Whom the bank pays steadily is named: that it is one payment takes it off once.
    bank = [datetime(2026, month, 12, 9) for month in (7, 8, 9, 10)]
    for at in bank:
        bank_line(money_book.book, A, at, ("-6000", "138000", "兴隆食品"))
    money_book.cash_desk.write(read(PlanText("2026-11-13", A, "货款", "7200", note="兴隆食品 十一月")))
    view.set_workspace(view.context)
    settled(qtbot, view, view.refresh)
    line = next(one for one in card._model.rows if one.item.amount == 7200)
    assert line.mark == "twice" and "前后另有定期付的 ¥6,000.00，两边都扣着" in card._tip(line)
    card.table.select_number(card._model.rows.index(line))
    assert card.answers.same_button.isVisible()
    before = view._foreseen.outlook.chain.days[-1].expected
    settled(qtbot, view, lambda: QTest.mouseClick(card.answers.same_button, Qt.MouseButton.LeftButton))
    assert view._foreseen.outlook.chain.days[-1].expected == before + 6000
    assert next(one for one in card._model.rows if one.item.amount == 7200).mark == ""
    money_book.undo()
    settled(qtbot, view, view.refresh)
    assert view._foreseen.outlook.chain.days[-1].expected == before
