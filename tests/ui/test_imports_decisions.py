"""Decisions about a plan: row by row with mouse and keys, all rows of a file, single files."""

import pytest
from imports_desk import choose, plan_of, shown_rows, with_cell
from PySide6.QtCore import Qt

from chainbrain.intake.decisions import LEAVE, NEW, SAME
from ui.views.imports.question import LEAVE_FILE, TAKE_FILE
from ui.views.imports.view import ImportsView
from ui.views.imports.words import Group, group_of
from ui.views.mapping.view import MappingDialog

pytest_plugins = ["fixtures_book"]

NAME, BILL = "订单明细_改.csv", "微信_改一位.csv"


@pytest.fixture
def doubtful(exports, tmp_path):
    """Orders of which three have another amount than the book, and a bill that contradicts its own total."""
    orders = (exports / "收银" / "订单明细_直营_202610.csv").read_text("utf-8-sig").split("\n")
    for number in (5, 6, 7):
        orders[number] = with_cell(with_cell(orders[number], 5, "901.00"), 7, "900.00")
    (tmp_path / NAME).write_text("\n".join(orders[:40]), encoding="utf-8-sig")
    text = sorted((exports / "微信支付").glob("*All20261030.csv"))[0].read_text(encoding="utf-8")
    cell = text.split("\n")[1].split(",")[12]
    (tmp_path / BILL).write_text(text.replace(f",{cell},", f",`{float(cell[1:]) + 1:.2f},", 1), encoding="utf-8")
    return [tmp_path / NAME, tmp_path / BILL]


@pytest.fixture
def asked(desk, reconciled_book, doubtful):
    """The plan of both, with the orders shown."""
    place = desk(ImportsView, reconciled_book)
    plan_of(place, *doubtful)
    choose(place.view, NAME)
    place.settle()
    look(place)
    return place


def look(place):
    place.view.stage.detail.table.viewport().grab()
    place.settle()


def counts(place, name=NAME):
    found = next(file for file in place.view.plan.files if file.name == name).counts
    return found.suspect, found.new, found.seen


def test_each_suspect_row_is_answered_in_its_own_line(qtbot, asked):
    table = asked.view.stage.detail.table
    assert counts(asked) == (3, 0, 36)
    assert [row[0] for row in shown_rows(table)[:3]] == ["6", "7", "8"]
    for number, word in ((0, NEW), (1, SAME)):
        box = table.answer_rect(number, word)
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
        asked.settle()
        look(asked)
    assert counts(asked) == (1, 1, 37)
    assert [row[:2] for row in shown_rows(table)[:3]] == [["6", "新增"], ["7", "已有"], ["8", "疑似"]]
    box = table.answer_rect(0, LEAVE)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    asked.settle()
    assert counts(asked) == (2, 0, 37)


def test_arrows_and_one_key_each_answer_too_and_the_row_stays(qtbot, asked):
    table = asked.view.stage.detail.table
    table.setFocus()
    table.select_number(0)
    qtbot.keyClick(table, Qt.Key.Key_N)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_S)
    asked.settle()
    look(asked)
    assert counts(asked) == (1, 1, 37), "the second answer was given while the first was counted"
    assert table.hasFocus() and table.currentIndex().row() == 1
    qtbot.keyClick(table, Qt.Key.Key_X)
    asked.settle()
    assert counts(asked) == (2, 1, 36)
    texts = [action.text() for action in asked.view.actions()]
    assert {"疑似的行：是新的", "疑似的行：同一笔", "疑似的行：先不写"} <= set(texts)


def test_a_row_that_asks_nothing_takes_no_answer(qtbot, asked):
    table = asked.view.stage.detail.table
    table.setFocus()
    table.select_number(10)
    before = asked.view.plan
    qtbot.keyClick(table, Qt.Key.Key_N)
    asked.settle()
    assert asked.view.plan is before


def test_all_rows_of_the_file_are_answered_at_once(qtbot, asked):
    bar = asked.view.stage.detail.decision
    assert bar.isVisible() and bar.question == "3 行疑似重复" and bar.answers.current == LEAVE
    bar.answers.setFocus()
    qtbot.keyClick(bar.answers, Qt.Key.Key_Right)
    asked.settle()
    assert counts(asked) == (0, 3, 36)
    assert bar.isVisible() and bar.answers.current == NEW and bar.answers.hasFocus(), "the way back stays"
    look(asked)
    table = asked.view.stage.detail.table
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=table.answer_rect(0, SAME).center().toPoint())
    asked.settle()
    assert bar.answers.current == "", "the rows differ now"
    assert counts(asked) == (0, 2, 37)
    asked.view.bar.confirm.click()
    asked.settle()
    assert not asked.failures


def test_a_file_against_its_own_total_is_taken_only_on_a_word(asked):
    choose(asked.view, BILL)
    asked.settle()
    file = asked.view.stage.detail.plan
    assert (file.outcome, group_of(file)) == ("refused", Group.DECIDE)
    bar = asked.view.stage.detail.decision
    bar.decided.emit(TAKE_FILE)
    asked.settle()
    assert asked.view.stage.detail.plan.outcome == "imported" and bar.answers.current == TAKE_FILE
    bar.decided.emit(LEAVE_FILE)
    asked.settle()
    assert asked.view.stage.detail.plan.outcome == "refused"


def test_one_file_is_left_out_and_put_back(qtbot, asked):
    files = asked.view.stage.files
    head = asked.view.stage.detail.head
    qtbot.mouseClick(head.leave, Qt.MouseButton.LeftButton)
    asked.settle()
    assert asked.view.stage.detail.plan.outcome == "left_out" and asked.view.stage.detail.plan.name == NAME
    assert not asked.view.plan.writable and head.leave.text() == "放回来"
    files.setFocus()
    qtbot.keyClick(files, Qt.Key.Key_Delete)
    asked.settle()
    assert asked.view.stage.detail.plan.outcome == "imported"


def test_every_suspect_row_of_every_file_is_taken_by_one_command(asked):
    asked.view._actions.suspects.trigger()
    asked.settle()
    assert counts(asked) == (0, 3, 36)
    assert asked.view._actions.suspects.text() == "疑似重复的行先不写"
    asked.view._actions.suspects.trigger()
    asked.settle()
    assert counts(asked) == (3, 0, 36)


def test_stopping_the_count_undoes_the_last_decision(asked):
    place = asked
    place.view._planner.decide_rows(place.view._planner.suspects_of(place.view.stage.detail.plan), NEW)
    place.view.progress.stop()
    place.settle()
    assert counts(place) in {(3, 0, 36), (0, 3, 36)}
    shown = {place.view.stage.detail._decision_of(place.view.stage.detail.model.row(0))}
    assert shown == ({LEAVE} if counts(place)[0] else {NEW})


def test_a_table_nobody_knows_is_read_once_its_columns_are_named(qtbot, desk, tmp_path):
    (tmp_path / "没见过.csv").write_text(
        "日子,多少,店\n2026-10-01,18.00,S001\n2026-10-02,20.00,S001\n", encoding="utf-8"
    )
    place = desk(ImportsView)
    plan_of(place, tmp_path / "没见过.csv")
    reason = place.view.stage.detail.reason
    assert reason.map_button.isVisible() and "日子、多少、店" in reason.text
    qtbot.mouseClick(reason.map_button, Qt.MouseButton.LeftButton)
    dialog = place.view.window().findChild(MappingDialog)
    assert dialog is not None and dialog.isVisible()
    place.settle()
    runs = place.view.plan.run
    dialog.saved.emit("我的表")
    place.settle()
    assert place.view.plan.run > runs, "the plan was made again with the maps of the book"
    dialog.reject()
    place.settle()
