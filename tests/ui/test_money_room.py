"""The screen 资金: what is asked for is seen, and nothing is cut or takes room for nothing."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint

pytest_plugins = ("fixtures_chain", "fixtures_money")


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
