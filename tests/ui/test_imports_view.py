"""The import screen on real files: groups, rows, decisions, writing, taking back."""

import shutil
from pathlib import Path

import pytest
from accessible_names import nameless
from imports_desk import choose, plan_of, shown_rows, with_cell
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from chainbrain.importers.plan import RowCounts
from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.imports.after_import import joined, month_of
from ui.views.imports.counts_strip import CountsStrip
from ui.views.imports.view import ImportsView, Page
from ui.views.imports.words import Group, first_sentence, group_of
from ui.widgets.completeness import CellState

pytest_plugins = ["fixtures_book"]


@pytest.fixture
def trouble(exports, tmp_path) -> Path:
    """One file of every kind of trouble, against a book that has the originals."""
    folder = tmp_path / "trouble"
    folder.mkdir()
    lines = (exports / "收银" / "支付明细_直营_202610.csv").read_text("utf-8-sig").split("\n")
    lines[3] = with_cell(lines[3], 3, "18.O0")
    lines[9] = with_cell(lines[9], 4, "2026-10-25 25:14:09")
    (folder / "支付明细_坏.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    orders = (exports / "收银" / "订单明细_直营_202610.csv").read_text("utf-8-sig").split("\n")
    for number in (5, 6, 7):
        orders[number] = with_cell(with_cell(orders[number], 5, "901.00"), 7, "900.00")
    (folder / "订单明细_改.csv").write_text("\n".join(orders[:200]), encoding="utf-8-sig")
    bill = sorted((exports / "微信支付").glob("*All20261030.csv"))[0]
    text = bill.read_text(encoding="utf-8")
    cell = text.split("\n")[1].split(",")[12]
    raised = f"`{float(cell[1:]) + 1:.2f}"
    (folder / "微信_改一位.csv").write_text(text.replace(f",{cell},", f",{raised},", 1), encoding="utf-8")
    (folder / "没见过.csv").write_text("甲,乙,丙\n1,2,3\n4,5,6\n", encoding="utf-8")
    archive = sorted((exports / "支付宝").glob("*.zip"))[0].read_bytes()
    (folder / "断了.zip").write_bytes(archive[: len(archive) // 2])
    shutil.copy(exports / "档案" / "门店档案.xlsx", folder)
    return folder


def test_an_empty_book_says_what_to_do_and_names_what_it_knows(desk):
    place = desk(ImportsView)
    assert place.view.page is Page.EMPTY
    assert place.view.badge_count() == 0
    assert not place.view.bar.isVisible()
    assert not nameless(place.view)


def test_a_plan_shows_every_file_and_writes_nothing(desk, exports):
    place = desk(ImportsView)
    plan = plan_of(place, exports)
    view = place.view
    assert view.page is Page.PLAN
    assert len(plan.writable) == len(plan.files) > 20
    assert view.bar.text == f"将写入 {len(plan.files)} 个文件，{plan.new_rows:,} 行"
    assert place.workspace.info().files == 0
    heads = [
        entry
        for entry in map(view.stage.files.files.entry, range(view.stage.files.files.rowCount()))
        if entry.plan is None
    ]
    assert [(head.group, head.count) for head in heads] == [(Group.READY, len(plan.files))]
    assert not nameless(view)


def test_the_rows_of_a_file_are_all_there_and_read_page_by_page(qtbot, desk, exports):
    place = desk(ImportsView)
    plan_of(place, exports)
    plan = choose(place.view, "1624810037All202610.csv")
    place.settle()
    table = place.view.stage.detail.table
    assert table.model().rowCount() == plan.counts.total == plan.reading.row_count
    table.select_number(table.model().rowCount() - 1)
    table.viewport().grab()
    place.settle()
    assert place.view.stage.detail.model.row(plan.counts.total - 1).state == "new"


def test_the_files_own_totals_stand_beside_the_sums(desk, exports):
    place = desk(ImportsView)
    plan_of(place, exports)
    plan = choose(place.view, "1624810037All202610.csv")
    place.settle()
    assert place.view.stage.detail.controls.model.rowCount() == len(plan.reading.controls) == 7
    choose(place.view, "门店档案.xlsx")
    assert place.view.stage.detail.controls.model.rowCount() == 0


def test_the_month_shows_what_comes_in_now(desk, exports):
    place = desk(ImportsView)
    plan_of(place, exports)
    rows = {row.label: row for row in place.view.stage.detail.matrix.matrix._rows}
    assert {"收银机", "微信", "支付宝", "美团外卖", "银行"} <= set(rows)
    assert [state for state in rows["收银机"].cells if state is not CellState.EMPTY] == [CellState.NEW] * 7


def test_confirm_writes_and_offers_the_way_back(desk, exports):
    place = desk(ImportsView)
    plan = plan_of(place, exports)
    place.view.bar.confirm.click()
    place.settle()
    assert place.workspace.info().files == len(plan.files)
    assert place.view.page is Page.HISTORY and place.view.plan is None
    kind, text, action, undo = place.told[-1]
    assert (kind, action) == ("matched", "撤销")
    assert f"{plan.new_rows:,} 行" in text
    undo()
    place.settle()
    assert place.workspace.info().files == 0
    again = plan_of(place, exports)
    assert again.new_rows == plan.new_rows


def test_after_writing_the_main_button_leads_to_reconciling(desk, exports):
    place = desk(ImportsView)
    plan_of(place, exports / "档案")
    place.view.confirm()
    place.settle()
    place.view.bar.confirm.click()
    assert place.gone_to == [("reconcile", {})]


def test_cancel_drops_the_plan_and_writes_nothing(desk, exports):
    place = desk(ImportsView)
    plan_of(place, exports / "档案")
    place.view.bar.cancel.click()
    assert place.view.plan is None and place.view.page is Page.EMPTY
    assert place.workspace.info().files == 0


def test_reading_can_be_stopped(desk, exports):
    place = desk(ImportsView)
    place.view.accept_files([exports])
    assert place.view.progress.isVisible()
    place.view.progress.stop()
    place.settle()
    assert place.view.plan is None
    assert not place.view.progress.isVisible()
    assert place.workspace.info().files == 0


def test_more_files_join_the_plan(desk, exports):
    place = desk(ImportsView)
    first = plan_of(place, exports / "档案")
    more = plan_of(place, exports / "银行")
    assert len(more.files) == len(first.files) + 3


def test_files_dropped_on_the_zone_are_planned(desk, exports):
    place = desk(ImportsView)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(exports / "档案"))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    place.view.stage.zone.dropEvent(event)
    place.settle()
    assert len(place.view.plan.files) == 10


def test_trouble_stands_in_its_groups_with_reasons(desk, reconciled_book, trouble):
    place = desk(ImportsView, reconciled_book)
    plan = plan_of(place, trouble)
    groups = {file.name: group_of(file) for file in plan.files}
    assert groups == {
        "支付明细_坏.csv": Group.READY,
        "订单明细_改.csv": Group.READY,
        "微信_改一位.csv": Group.DECIDE,
        "没见过.csv": Group.DECIDE,
        "断了.zip": Group.LEFT,
        "门店档案.xlsx": Group.LEFT,
    }
    assert place.view.badge_count() == 4
    choose(place.view, "没见过.csv")
    assert "认不出" in place.view.stage.detail.reason.text and "甲、乙、丙" in place.view.stage.detail.reason.text
    choose(place.view, "断了.zip")
    assert "重新下载" in place.view.stage.detail.reason.text


def test_broken_rows_come_first_with_the_cell_marked_and_the_reason(desk, reconciled_book, trouble):
    place = desk(ImportsView, reconciled_book)
    plan_of(place, trouble)
    choose(place.view, "支付明细_坏.csv")
    place.settle()
    table = place.view.stage.detail.table
    table.viewport().grab()
    place.settle()
    rows = shown_rows(table)
    assert [row[0] for row in rows[:2]] == ["4", "10"]
    assert rows[0][1] == "坏行" and rows[0][5] == "18.O0" and "18.O0" in rows[0][6]
    assert rows[1][2] == "2026-10-25 25:14:09"
    assert {row[1] for row in rows[2:200]} == {"已有"}
    place.view.stage.detail.strip.setFocus()
    place.view.stage.detail.strip.chosen.emit("seen")
    place.settle()
    assert table.currentIndex().row() == 2


def test_every_text_follows_the_language(desk, reconciled_book, trouble):
    place = desk(ImportsView, reconciled_book)
    plan_of(place, trouble)
    Language.set("en")
    place.settle()
    assert place.view.bar.text == "No new rows; only takes note of 2 files"
    assert place.view.title() == "Import"
    assert not nameless(place.view)


def test_a_narrow_large_window_stacks_and_still_confirms(desk, exports):
    Theme.current().set(scale=1.5)
    place = desk(ImportsView, size=(1100, 700))
    plan_of(place, exports / "档案")
    assert place.view.stage.narrow
    place.view.bar.confirm.click()
    place.settle()
    assert place.workspace.info().files == 10


def test_the_strip_says_when_rows_and_file_disagree(qtbot):
    strip = CountsStrip()
    qtbot.addWidget(strip)
    strip.set_counts(RowCounts(new=3, broken=1), 4)
    assert "合计 = 文件行数 4" in strip.accessibleDescription()
    strip.set_counts(RowCounts(new=3), 4)
    assert "文件有 4 行" in strip.accessibleDescription()
    chosen = []
    strip.chosen.connect(chosen.append)
    for _ in range(3):
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Left)
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert chosen == ["new"]


@pytest.mark.parametrize(
    ("state", "brought", "after"),
    [
        (CellState.MISSING, True, CellState.NEW),
        (CellState.EMPTY, True, CellState.NEW),
        (CellState.PART, True, CellState.PART_NEW),
        (CellState.FULL, True, CellState.FULL),
        (CellState.MISSING, False, CellState.MISSING),
        (CellState.CLOSED, True, CellState.CLOSED),
    ],
)
def test_a_day_after_the_import(state, brought, after):
    assert joined(state, brought) is after


def test_no_coverage_has_no_month():
    assert month_of(()) is None


def test_the_first_sentence_of_a_reason():
    assert first_sentence("金额不对。没有写入。请改。") == "金额不对"
    assert first_sentence("The amount is wrong. Nothing was written.") == "The amount is wrong"
    assert first_sentence("plain") == "plain"
