"""Finding one's way on the reconcile screen: search, filters, keys, panes in low and narrow windows."""

import pytest
from accessible_names import nameless
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from reconcile_place import choose, press, trigger

from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.reconcile.items import SETTLED, Group, Period
from ui.views.reconcile.reading import read_items
from ui.views.reconcile.view import ReconcileView

pytest_plugins = ["fixtures_book"]


def test_the_search_narrows_the_list_by_words_and_amounts(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "bank", "matched")
    lines = place.view.lines
    total = len(lines.items)
    press(qtbot, place, Qt.Key.Key_Slash)
    assert lines.search.hasFocus()
    wanted = lines.items[3]
    lines.search.setText(figures.money(wanted.amount))
    place.settle()
    assert wanted in lines.model.rows and lines.model.rowCount() < total
    lines.search.setText("no such words")
    place.settle()
    assert lines.model.rowCount() == 0 and place.view.answer.detail is None
    lines.search.clear()
    place.settle()
    assert lines.model.rowCount() == total


def test_other_screens_point_at_a_difference_and_at_a_match(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    differences = read_items(place.context.rooms, Group("till", "refund", ("D06",)), Period(), None)
    place.view.open_with(difference=differences[-1].difference_id)
    place.settle()
    assert place.view.tabs.current == "till"
    assert place.view.lines.current.key == differences[-1].key
    line = read_items(place.context.rooms, Group("bank", "matched"), Period(), None)[5]
    place.view.open_with(match=line.match_id)
    place.settle()
    assert place.view.lines.current.key == line.key
    pages = place.context.rooms.lists.open("tenders", {"state": "matched"})
    tender = next(row for row in pages.page(0) if row[9] is not None)
    pages.close()
    place.view.open_with(match=str(tender[9]))
    place.settle()
    assert place.view.answer.detail.evidence.kind == "tender_payment"
    assert [record.list_name for record in place.view.answer.detail.records] == ["tenders", "payments"]
    place.view.open_with(code="D14")
    place.settle()
    assert {item.code for item in place.view.lines.items} == {"D14"}


def test_one_account_and_one_month_narrow_what_is_shown(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "bank", "matched")
    total = len(place.view.lines.items)
    account = place.view.state.accounts[0]
    place.view.accounts.choose(account)
    place.view.accounts.changed.emit()
    place.settle()
    assert 0 < len(place.view.lines.items) < total
    assert {item.channel for item in place.view.lines.items} == {account}
    place.view.months.choose(place.view.state.months[0])
    place.view.months.changed.emit()
    place.settle()
    assert place.view.months.period.first.day == 1
    assert place.view.months.text() == "2026-10"


def test_f6_walks_the_panes(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    place.view.lines.table.setFocus()
    walked = []
    for _ in range(3):
        trigger(place, "换栏")
        walked.append(place.view.focusWidget())
    assert walked == [place.view.answer.candidates, place.view.work, place.view.lines.table]


def test_every_key_has_a_menu_entry(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    keys = {action.shortcut().toString() for action in place.view.actions() if isinstance(action, QAction)}
    assert {"F5", "F6", "N", "E", "X", "T", "S", "L", "U", "/", "Esc", "Ctrl+Return", "Ctrl+F"} <= keys
    assert all(action.text() for action in place.view.actions())


def test_words_follow_the_language(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "till_only")
    Language.set("en")
    place.settle()
    assert place.view.title() == "Reconcile"
    assert place.view.answer.sum.accessibleName().startswith("Till ")
    assert not nameless(place.view)


def test_a_very_narrow_window_puts_the_answer_below(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book, (760, 600))
    assert place.view.panes.stacked
    place.view.resize(770, 548)
    place.settle()
    answer_pane = place.view.answer
    shown = answer_pane.buttons.shown
    assert shown
    for button in shown:
        assert button.visibleRegion().boundingRect() == button.rect()
    place.view.resize(1240, 848)
    place.settle()
    assert not place.view.panes.stacked


@pytest.mark.parametrize("size", [(908, 548), (800, 480)])
def test_a_low_window_keeps_three_panes_and_goes_to_the_candidates(qtbot, desk, reconciled_book, size):
    """What is left of 1440 and 1280 px at 150 %: rows, sum and candidates are all there, each reached by keyboard."""
    place = desk(ReconcileView, reconciled_book, size)
    choose(place, "bank", "no_candidate")
    view = place.view
    assert not view.panes.stacked and view.lines.table.viewport().height() > 5 * Theme.current().px(m.ROW)
    assert view.work.visibleRegion().boundingRect().width() == view.work.width(), "no count is cut"
    press(qtbot, place, Qt.Key.Key_F6)
    table = view.answer.candidates
    assert table.hasFocus()
    seen = table.visibleRegion().boundingRect().height()
    assert seen >= Theme.current().px(m.TABLE_HEAD + m.ROW), "the keyboard goes nowhere out of sight"
    press(qtbot, place, Qt.Key.Key_E)
    assert not view.answer.note.isHidden() and view.answer.buttons.isHidden()
    qtbot.keyClick(view.answer.note.field, Qt.Key.Key_Escape)
    assert not view.answer.buttons.isHidden()


def test_the_last_column_is_there_only_where_it_says_something(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    columns = {}
    for leg, name in (("bank", "no_candidate"), ("bank", "late"), ("till", "till_only")):
        choose(place, leg, name)
        columns[name] = place.view.lines.model.columns[-1].key
    assert columns == {"no_candidate": "amount", "late": "answer", "till_only": "amount"}


def test_the_first_reconciliation_opens_on_work(desk, imported_book):
    place = desk(ReconcileView, imported_book)
    place.view.decisions.anew.run()
    place.settle()
    assert place.view.tabs.current == "bank"
    assert place.view.lines.items and place.view.work.current.name == "no_candidate"


def test_a_word_given_in_haste_waits_for_its_own_line(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "till_only")
    view, table = place.view, place.view.lines.table
    table.setFocus()
    first = view.lines.current
    # Faster than the second line's answer can be read.
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_E)
    assert view.lines.current != first
    place.settle()
    assert view.answer.detail.item == view.lines.current
    assert not view.answer.note.isHidden()
    view.answer.note.field.setText("已核实")
    qtbot.keyClick(view.answer.note.field, Qt.Key.Key_Return)
    place.settle()
    assert first in view.lines.items
    found = read_items(place.context.rooms, Group("till", SETTLED), Period(), None)
    assert [item.said for item in found] == ["已核实"]
    # One Enter too many after the note takes nothing back.
    choose(place, "till", SETTLED)
    press(qtbot, place, Qt.Key.Key_Return)
    assert read_items(place.context.rooms, Group("till", SETTLED), Period(), None) == found
    trigger(place, "重新打开这笔差异")
    assert read_items(place.context.rooms, Group("till", SETTLED), Period(), None) == ()
