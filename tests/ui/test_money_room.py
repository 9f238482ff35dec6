"""The screen 资金: what is asked for is seen, and nothing is cut or takes room for nothing."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fixtures_money import planned_idle, settled
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from chainbrain.cash.ladder_terms import Product
from ui.theme.theme import Theme

pytest_plugins = ("fixtures_chain", "fixtures_money")

ON_DEMAND = Product("活期宝", 0, 0, None, Decimal("0.018"), "R1", date(2026, 10, 1))


def _seen(view, widget):
    """Whether a widget lies in the visible part of the page as a whole."""
    at = widget.mapTo(view._board.viewport(), QPoint(0, 0))
    return at.y() >= 0 and at.y() + widget.height() <= view._board.viewport().height()


@pytest.mark.parametrize("start", ["top", "bottom"])
def test_a_new_item_asked_for_by_command_is_seen_and_typed_into_at_once(qtbot, view, start):
    bar = view._board.verticalScrollBar()
    bar.setValue(0 if start == "top" else bar.maximum())
    view.activateWindow()
    next(one for one in view.actions() if one.text() == "资金计划加一项").trigger()
    assert view.form.isVisible() and _seen(view, view.form)
    qtbot.waitUntil(view.form.day.hasFocus, timeout=2_000)


def test_an_open_form_makes_its_card_higher_and_nothing_in_it_is_cut(qtbot, view, money_book):
    money_book.cash_desk.set_floor(Decimal(40000), None)
    money_book.cash_desk.write_product(ON_DEMAND)
    planned_idle(qtbot, view, view.refresh)
    for card, labels in ((view.ladder, view.ladder.form._labels), (view.placed, view.placed._labels)):
        form = card.form
        before = card.height()
        QTest.mouseClick(card.add_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda card=card, before=before: card.height() > before, timeout=2_000)
        qtbot.waitUntil(lambda form=form: form.height() >= form.sizeHint().height(), timeout=2_000)
        for label in labels.values():
            assert label.height() >= label.sizeHint().height() or not label.isVisible()
        QTest.mouseClick(form.cancel_button if card is view.ladder else card.cancel_button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda card=card, before=before: card.height() == before, timeout=2_000)


def test_while_no_forecast_is_kept_its_card_is_one_line(qtbot, view):
    scale = Theme.current().scale
    assert "还没有记下过预测" in view.compare._empty.text() and view.compare._empty.isVisible()
    assert view.compare.height() <= 90 * scale
    settled(qtbot, view, lambda: QTest.mouseClick(view.compare.keep_button, Qt.MouseButton.LeftButton))
    qtbot.waitUntil(lambda: view.compare.filled and view.compare.height() >= 280 * scale, timeout=5_000)


def test_no_column_of_idle_money_hides_behind_the_edge_at_150_percent(qtbot, view, money_book):
    money_book.cash_desk.set_floor(Decimal(40000), None)
    money_book.cash_desk.write_product(ON_DEMAND)
    planned_idle(qtbot, view, view.refresh)
    theme = Theme.current()
    before = theme.scale
    try:
        theme.set(scale=1.5)
        view.resize(1330, 850)
        table = view.ladder.table
        qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0, timeout=2_000)
        shown = [
            one.key for number, one in enumerate(view.ladder._model.columns) if not table.isColumnHidden(number)
        ]  # fmt: skip
        assert {"lock", "back", "binding", "amount", "earned"} <= set(shown)
    finally:
        theme.set(scale=before)


def test_a_single_day_that_is_over_is_one_day(view):
    path = view.fan._path
    one = replace(path, since=date(2026, 11, 1))
    view.fan.set_path(one)
    assert view.fan._note.text() == "10-31 已过去，之后是估计"
    view.fan.set_path(replace(path, since=date(2026, 11, 3)))
    assert view.fan._note.text() == "10-31 到 11-02 已过去，之后是估计"
    outlook = replace(view._foreseen.outlook, paths=(one, *view._foreseen.outlook.paths[1:]))
    view.verdict.set_outlook(outlook, one)
    assert "2026-10-31 已过去，没有流水证明。" in view.verdict.reason
