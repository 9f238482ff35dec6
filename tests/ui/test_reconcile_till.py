"""Sales without a number at the reconcile screen: the suggestion first, its reasons and its sum, accepted by Enter."""

import csv
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from fixtures_book import book_of
from pypinyin import Style, pinyin
from PySide6.QtCore import Qt
from reconcile_place import choose, press, trigger

from chainbrain.reconciliation.progress import together
from ui.views.reconcile.items import ItemKind, Period, group_of
from ui.views.reconcile.reading import read_items
from ui.views.reconcile.saved_views import SavedViews
from ui.views.reconcile.sums import arithmetic
from ui.views.reconcile.view import ReconcileView
from ui.views.reconcile.words import headline, proof, who

pytest_plugins = ["fixtures_book"]


@pytest.fixture(scope="module")
def numberless_book(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small chain, but one till prints no numbers."""
    folder = tmp_path_factory.mktemp("numberless")
    shutil.copytree(exports, folder / "exports")
    tills = sorted((folder / "exports").rglob("支付明细*.csv"))
    assert tills
    for path in tills:
        # Each till writes in its own way.
        encoding = "utf-8-sig" if path.read_bytes().startswith((b"\xef\xbb\xbf", "订单号".encode())) else "gb18030"
        with path.open(encoding=encoding, newline="") as file:
            rows = list(csv.DictReader(file))
        with path.open("w", encoding=encoding, newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows({**row, "流水号": ""} for row in rows)
    return book_of(folder / "book.chainbrain", folder / "exports")


def test_a_suggested_sale_is_accepted_with_enter(qtbot, desk, numberless_book):
    place = desk(ReconcileView, numberless_book)
    view = place.view
    work = [group for group in view.state.summary.work_of("till") if group.work in {"single", "several"}]
    assert work and work[0].count
    assert [len(read_items(place.context.rooms, group_of(one), Period(), None)) for one in work] == [
        one.count for one in work
    ]
    choose(place, "till", work[0].work)
    detail, before = view.answer.detail, view.lines.items
    assert detail.item.kind is ItemKind.TENDER and detail.evidence.match_id == detail.item.match_id
    assert headline(detail)[:2] == ("最好的一组", "several")
    assert "没有单号" in proof(detail) or "部分退款" in proof(detail)
    last = arithmetic(detail)[-1]
    assert (last.text, last.amount) == ("还差", Decimal("0.00")) and last.state == "timing"
    assert {record.list_name for record in detail.records} == {"tenders", "payments"}
    assert view.answer.verdicts() == ("accept", "reject")
    assert view.answer.foot.startswith("收银 ") and view.answer.foot.endswith("差 0.00")
    press(qtbot, place, Qt.Key.Key_Return)
    assert detail.item not in view.lines.items and len(view.lines.items) < len(before)
    states = place.workspace.book.rows_of(
        "select distinct s.state from base.row_states s join base.match_members m on m.record_id = s.record_id "
        "where s.leg = 'till' and s.record_type = 'tender' and cast(m.match_id as varchar) = $m",
        m=detail.item.match_id,
    )
    assert states == [("matched",)]
    press(qtbot, place, Qt.Key.Key_U)
    assert detail.item in view.lines.items
    assert place.workspace.check().good


def test_a_store_is_found_by_its_sound(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    choose(place, "till", "till_only")
    lines = place.view.lines
    name = who(lines.current, dict(place.view.state.store_names))[0]
    letters = "".join(syllable[0][0] for syllable in pinyin(name, style=Style.NORMAL))
    press(qtbot, place, Qt.Key.Key_Slash)
    qtbot.keyClicks(lines.search, letters)
    assert lines.current is not None
    assert {who(item, dict(place.view.state.store_names))[0] for item in lines.model.rows} == {name}


def test_progress_goes_to_zero_and_a_store_is_chosen(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    whole = together(view.state.progress)
    assert whole.open == view.state.summary.open_count
    assert f"，还剩 {whole.open} 笔、" in view.band.progress and "全部门店 2026-10" in view.band.progress
    choose(place, "till", "till_only")
    press(qtbot, place, Qt.Key.Key_X)
    view.answer.note.answered.emit("exclude", "seen")
    assert f"还剩 {whole.open - 1} 笔" in view.band.progress, "at once, before the book was read again"
    place.settle()
    assert f"已处理 {whole.settled + 1}/{whole.found}" in view.band.progress
    store = view.lines.current.store
    view.stores.choose(store)
    view.refresh()
    place.settle()
    assert view.lines.items and {item.store for item in view.lines.items} == {store}
    own = together(one for one in view.state.progress if one.store_id == store)
    assert view.state.summary.open_count == own.open
    assert view.stores.text() in view.band.progress and f"还剩 {own.open} 笔" in view.band.progress


def test_filters_are_saved_recalled_renamed_and_removed(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view, menu = place.view, place.view.lines.views
    choose(place, "till", "wallet_only")
    store = view.lines.current.store
    view.stores.choose(store)
    view.refresh()
    place.settle()
    press(qtbot, place, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(view.lines.naming.field, "mine")
    qtbot.keyClick(view.lines.naming.field, Qt.Key.Key_Return)
    assert menu.current.name == "mine" and [action.text() for action in menu.commands()][:3] == [
        "本月短款", "没到账的", "mine",
    ]  # fmt: skip
    view.stores.choose(None)
    choose(place, "ledger", "fee")
    assert view.lines.items
    press(qtbot, place, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert (view.tabs.current, view.lines.group.name, view.stores.store) == ("till", "wallet_only", store)
    assert {item.store for item in view.lines.items} == {store}
    press(qtbot, place, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert view.lines.group.name == "cash" and view.months.period.first is not None
    press(qtbot, place, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    trigger(place, "给“mine”改名…")
    view.lines.naming.field.setText("ours")
    qtbot.keyClick(view.lines.naming.field, Qt.Key.Key_Return)
    assert menu.current.name == "ours"
    again = SavedViews(place.context.settings, place.context.info.path)
    assert [one.title for one in again.all()] == ["本月短款", "没到账的", "ours"]
    trigger(place, "删除“ours”")
    assert [one.title for one in again.all()] == ["本月短款", "没到账的"]


def test_back_leads_to_the_line_that_was_left(qtbot, desk, reconciled_book):
    place = desk(ReconcileView, reconciled_book)
    view = place.view
    choose(place, "till", "wallet_only")
    store = view.lines.current.store
    view.stores.choose(store)
    view.refresh()
    place.settle()
    view.lines.search.setText(store)
    view.lines.table.select_number(len(view.lines.model.rows) - 1)
    place.settle()
    left, key = dict(view.place()), view.lines.current.key
    view.stores.choose(None)
    choose(place, "ledger", "fee")
    assert view.place() != left and not view.lines.search.text()
    view.take_place(left)
    place.settle()
    assert (view.tabs.current, view.lines.group.name, view.stores.store) == ("till", "wallet_only", store)
    assert view.lines.search.text() == store and view.lines.current.key == key
    assert view.place() == left
    view.take_place({})
    place.settle()
    assert view.place() == left, "a place that says nothing changes nothing"


def test_what_waits_is_written_as_a_workbook_and_a_pdf(qtbot, desk, reconciled_book, tmp_path):
    place = desk(ReconcileView, reconciled_book)
    view, rooms = place.view, place.context.rooms
    store = next(one.store_id for one in view.state.progress if one.store_id and one.open)
    for chosen in (None, store):
        view.stores.choose(chosen)
        view.refresh()
        place.settle()
        tables = {
            one.name: one.rows for one in rooms.reports.make("work-list", **view.report_filters("work-list")).tables
        }
        lines = sum(len(tables[name]) for name in ("work_bank", "work_till", "differences"))
        assert lines == tables["work_kinds"]["open"].sum() == view.state.summary.open_count > 0
        assert tables["work_kinds"]["open_amount"].sum() == view.state.summary.open_amount
    for suffix in ("xlsx", "pdf"):
        path = tmp_path / f"work.{suffix}"
        view.export.write("work-list", path)
        place.settle()
        assert path.stat().st_size > 2_000 and "work" in place.told[-1][1]
