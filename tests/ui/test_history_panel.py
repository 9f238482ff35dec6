"""What was written and the way back."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from reconcile_place import trigger

from chainbrain.database.history import Entry
from ui.theme.translator import Language
from ui.views.imports.history_words import entry_words
from ui.views.imports.view import ImportsView, Page
from ui.views.reconcile.view import ReconcileView

pytest_plugins = ["fixtures_book"]


def entry(what, **facts):
    return Entry(7, datetime(2026, 11, 23, 8, 2), "会计", what, facts, True, None, None)


def test_a_book_with_files_opens_on_what_was_written(desk, reconciled_book):
    place = desk(ImportsView, reconciled_book)
    view = place.view
    assert view.page is Page.HISTORY
    assert [one.kind for one in view.stage.history.entries] == ["reconcile", "import"]
    view.stage.history.table.select_number(1)
    assert view.stage.history.files.rowCount() == place.workspace.info().files
    assert view.stage.history.undo_button.isEnabled()
    view.stage.history.table.select_number(0)
    assert view.stage.history.files.rowCount() == 0
    assert not view.stage.history.undo_button.isEnabled(), "a reconciliation is repeated, not undone"


@pytest.mark.parametrize("by_key", [True, False])
def test_an_import_is_taken_back_and_says_so(qtbot, desk, reconciled_book, by_key):
    place = desk(ImportsView, reconciled_book)
    view = place.view
    view.stage.history.table.select_number(1)
    if by_key:
        qtbot.keyClick(view.stage.history, Qt.Key.Key_U)
    else:
        view.stage.history.undo_button.click()
    place.settle()
    assert place.workspace.info().files == 0
    assert view.stage.history.entries[0].kind == "undo"
    assert view.stage.history.table.current_row() == view.stage.history.entries[2], "the undone step stays chosen"
    assert view.stage.history.entries[2].undone_by == view.stage.history.entries[0].entry_id
    assert place.told[-1][0] == "matched"
    view.stage.history.table.select_number(2)
    assert view.stage.history.undo_button.text() == "再做一次"
    assert view.stage.history._file_table._empty == "已撤销，文件可以再导入"
    if by_key:
        qtbot.keyClick(view.stage.history, Qt.Key.Key_R)
    else:
        view.stage.history.undo_button.click()
    place.settle()
    assert place.workspace.info().files == view.stage.history.files.rowCount() > 0
    assert view.stage.history.entries[0].kind == "redo"
    assert view.stage.history.undo_button.text() == "撤销这一步" and view.stage.history.undo_button.isEnabled()


def test_the_history_opens_and_closes_beside_a_plan(desk, reconciled_book, exports):
    place = desk(ImportsView, reconciled_book)
    view = place.view
    view.accept_files([exports / "档案"])
    place.settle()
    assert view.page is Page.PLAN
    view._actions.past.trigger()
    assert view.page is Page.HISTORY
    view._actions.past.trigger()
    assert view.page is Page.PLAN


def test_a_new_import_is_the_chosen_step(desk, exports):
    place = desk(ImportsView)
    view = place.view
    for folder in ("档案", "收银"):
        view.accept_files([exports / folder])
        place.settle()
        view.confirm()
        place.settle()
    assert [one.kind for one in view.stage.history.entries] == ["import", "import"]
    assert view.stage.history.table.current_row() == view.stage.history.entries[0]


def test_words_of_every_kind_of_entry():
    assert entry_words(entry("import", files=3, rows=12000, names=["a", "b"])) == "3 个文件，12,000 行"
    assert entry_words(entry("import", files=1, rows=2, names=["a.csv"])) == "1 个文件，2 行 · a.csv"
    assert entry_words(entry("reconcile", open=35)) == "还有 35 笔差异待处理"
    assert entry_words(entry("decide", verdict="explain", count=2, note="已补单")) == "已说明 2 笔 · 已补单"
    facts = {"verdict": "exclude", "count": 1, "code": "D01", "amount": "-1084.90", "store": "南山店", "note": "测试单"}
    assert (
        entry_words(entry("decide", **facts)) == "已排除 1 笔 · 金额 -1,084.90 · 南山店 · 测试单 · D01 收银有，钱包没有"
    )
    facts = {"verdict": "timing", "count": 1, "expected_on": "2026-10-08", "note": ""}
    assert entry_words(entry("decide", **facts)) == "算时间差 1 笔 · 预计 2026-10-08 到"
    assert entry_words(entry("decide", verdict="unmatch", count=1, note="")) == "撤开勾对 1 组"
    assert (
        entry_words(entry("rule", key="fee", value="0.38%", valid_from="2026-01-01")) == "fee = 0.38%，自 2026-01-01 起"
    )
    assert entry_words(entry("holiday", day="2026-10-01", name="国庆")) == "2026-10-01 国庆"
    assert entry_words(entry("undo", entry=4, kind="import")) == "撤销了第 4 步：导入"
    Language.set("en")
    assert entry_words(entry("import", files=1, rows=2, names=["a.csv"])) == "1 file, 2 rows · a.csv"


def test_the_next_step_is_named_until_it_is_done(desk, exports):
    place = desk(ImportsView)
    place.view.accept_files([exports / "档案"])
    place.settle()
    place.view.confirm()
    place.settle()
    assert place.view.bar.isVisible()
    place.workspace.reconcile()
    place.view.refresh()
    place.settle()
    assert not place.view.bar.isVisible()


def test_a_plan_is_read_again_when_the_book_changes_under_it(desk, reconciled_book, exports):
    place = desk(ImportsView, reconciled_book)
    view = place.view
    view.accept_files([exports / "档案"])
    place.settle()
    assert {file.outcome for file in view.plan.files} == {"already_imported"}
    view._writer.undo(view.stage.history.entries[1].entry_id)
    place.settle()
    assert {file.outcome for file in view.plan.files} == {"imported"}
    view.bar.confirm.click()
    place.settle()
    assert place.workspace.info().files == 10


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        ("place", {"count": 2, "stores": ["S001"]}, "归位 2 项"),
        ("import", {"files": 1, "rows": 11, "names": ["9月.zip!明细.csv"]}, "1 个文件，11 行 · 明细.csv · 9月.zip"),
    ],
)
def test_every_step_says_what_it_did_as_people_write_it(qtbot, kind, facts, words):
    Language.set(Language.CHINESE)
    assert entry_words(entry(kind, **facts)) == words


def test_only_the_decisions_are_shown_where_the_reconcile_screen_leads_to_them(qtbot, desk, reconciled_book):
    place = desk(ImportsView, reconciled_book)
    view = place.view
    ids = [str(one) for (one,) in place.workspace.book.rows_of("select difference_id from base.differences limit 2")]
    for one in ids:
        place.workspace.decide("difference", [one], "explain", "seen")
    view.refresh()
    place.settle()
    view.open_with(history="decide")
    history = view.stage.history
    assert history.isVisible()
    assert [one.kind for one in history.entries] == ["decide", "decide"]
    assert history.undo_button.isEnabled() and history.table.current_row() == history.entries[0]
    assert "seen" in str(history.entries[0].facts)
    assert not history._lower.isVisible(), "no decision brought files"
    # In a narrow window the history stands below the known tables: it is brought to where it is seen.
    view.resize(700, 560)
    view.stage.verticalScrollBar().setValue(0)
    view.open_with(history="decide")
    seen = view.stage.viewport()
    top = history.table.mapTo(seen, history.table.rect().topLeft()).y()
    assert view.stage.narrow and 0 <= top < seen.height() - 100
    view.open_with(history=True)
    assert history._lower.isVisible()
    assert {"decide", "import"} <= {one.kind for one in history.entries}


def test_the_reconcile_screen_leads_to_what_was_decided(desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    heard = []
    place.view.context = replace(place.view.context, navigate=lambda name, **filters: heard.append((name, filters)))
    trigger(place, "处理记录：谁在什么时候处理了什么")
    assert heard == [("imports", {"history": "decide"})]


def test_an_old_decision_is_listed_and_what_is_cut_is_counted(desk, reconciled_book, monkeypatch, tmp_path):
    Language.set(Language.CHINESE)
    monkeypatch.setattr("ui.views.imports.past.LIMIT", 2)
    place = desk(ImportsView, reconciled_book)
    workspace, panel = place.workspace, place.view.stage.history
    one = str(workspace.book.one_of("select difference_id from base.differences limit 1")[0])
    workspace.decide("difference", [one], "explain", "很早说的")
    for day in range(1, 5):
        workspace.edit_holiday(date(2026, 12, day), "holiday", "停业")
    place.view.refresh()
    place.settle()
    count = len(workspace.history())
    assert [one.kind for one in panel.entries] == ["holiday", "holiday"]
    assert panel._cut_line.isVisible() and panel._cut.text() == f"共 {count} 步，只列最近 2 步；导出的是全部"
    panel.show_kind("decide")
    assert ["很早说的" in str(one.facts) for one in panel.entries] == [True]
    assert not panel._cut_line.isVisible(), "all decisions are listed"
    # The export holds what the filter of the panel holds, none of it cut.
    for kind, rows in (("all", count), ("decide", 1)):
        panel.show_kind(kind)
        panel.export.write("history", tmp_path / f"{kind}.csv")
        place.settle()
        assert len((tmp_path / f"{kind}.csv").read_text("utf-8-sig").splitlines()) == rows + 1
