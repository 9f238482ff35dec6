"""The screen 月结: the board, what each figure opens, signing with a name and a reason, opening again."""

from decimal import Decimal

import openpyxl
import pytest
from accessible_names import nameless
from fixtures_chain import context_of, copy_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from chainbrain.closing.steps import STEPS
from chainbrain.workspace import Workspace
from ui.theme.translator import Language
from ui.views.close.content import load, next_step
from ui.views.close.view import CloseView
from ui.views.listing.window import ListWindow

pytest_plugins = ("fixtures_book", "fixtures_chain")


@pytest.fixture(scope="module")
def demo_book(reconciled_book):
    """A week has every table of a close, and is sooner signed and reckoned again than two months."""
    return reconciled_book


@pytest.fixture(scope="module")
def demo_workspace(demo_book, tmp_path_factory):
    with copy_of(demo_book, tmp_path_factory.mktemp("close")) as workspace:
        yield workspace


@pytest.fixture(scope="module")
def month(demo_workspace: Workspace):
    """What the screen reads of the month, once for all tests that only look at it."""
    return load(demo_workspace.reading(), None)


def shown(qtbot, context):
    view = CloseView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    with qtbot.waitSignal(view._loader.loaded, timeout=60_000):
        view.refresh()
    return view


@pytest.fixture
def view(qtbot, context, month, monkeypatch):
    def known(rooms, wanted):
        return month if wanted in {None, month.month} else load(rooms, wanted)

    monkeypatch.setattr("ui.views.close.view.load", known)
    return shown(qtbot, context)


def test_before_anything_is_read_nothing_is_said_to_be_complete(qtbot):
    view = CloseView()
    qtbot.addWidget(view)
    assert view.next.words.text() == view.reasons._empty._title.text() == "正在读取…"
    assert view.next.button.isHidden() and view.next.sign.isHidden()


def test_twelve_steps_stand_in_order_and_one_is_next(view):
    assert [step.key for step in view.steps.rows.rows] == list(STEPS)
    board = view.data.board
    _step, missing = next_step(board)
    assert missing is not None and view.next.button.isVisible()
    assert view.next.head.text().startswith("下一步")
    assert len(view.reasons.rows) == len(board.blockers) > 0
    assert not [row for row in view.reasons.rows if "close." in row.title or "…" in row.title]
    assert not nameless(view)


def test_each_step_shows_its_tables_and_their_sums(view):
    seen = set()
    for step in STEPS:
        view.choose(step)
        rolls = view.roll._rolls
        assert rolls
        for roll in rolls:
            view.roll.show_roll(roll.key)
            seen.add(roll.key)
            for key in roll.totals:
                total = sum((getattr(row, key) for row in roll.rows), Decimal(0))
                assert not roll.rows or f"{abs(total):,.2f}" in " ".join(view.roll.total._texts)
    assert {"transit", "bank", "bank_items", "proof", "drawers", "people", "cards", "files", "versions"} <= seen


def test_the_roll_forward_is_exact_and_its_closing_opens_the_rows_it_is_made_of(qtbot, view):
    view.choose("settlement")
    roll = view.roll.roll
    assert roll.key == "transit"
    row = roll.rows[0]
    parts = (row.opening, row.gross, row.refunds, row.fees, row.other, row.received)
    assert sum(parts, Decimal(0)) == row.closing and row.proven
    for key, amount in (("closing", row.closing), ("gross", row.gross), ("received", -row.received)):
        place = [column.key for column in roll.columns].index(key)
        index = view.roll.table.model().index(0, place)
        QTest.mouseClick(
            view.roll.table.viewport(), Qt.MouseButton.LeftButton, pos=view.roll.table.visualRect(index).center()
        )
        window = view.window().findChildren(ListWindow)[-1]
        qtbot.waitUntil(lambda window=window: window._count >= 0, timeout=30_000)
        assert abs(window._totals[0] - amount) < Decimal("0.005")
        window.close()


def test_what_is_missing_leads_to_where_it_is_mended(view, heard):
    row = view.reasons.rows[0]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    missing = view.data.board.blockers[0]
    assert heard.navigated[-1][0] in {"imports", "reconcile", "splits"}
    assert heard.navigated[-1][1] == {key: value for key, value in missing.where.filters.items() if key != "step"}


def _answer(dialog, name, reason=""):
    for field, text in ((dialog.name, name), (dialog.reason, reason)):
        field.selectAll()
        QTest.keyClicks(field, text) if text else field.clear()
    QTest.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)


def test_a_month_is_signed_with_name_and_reason_and_opened_again_with_another(qtbot, demo_copy, jobs, heard):
    view = shown(qtbot, context_of(demo_copy, jobs, heard))
    month = view.data.month
    assert view.next.sign.isVisible()
    QTest.mouseClick(view.next.sign, Qt.MouseButton.LeftButton)
    dialog = view.writing.dialog
    assert not nameless(dialog)
    _answer(dialog, "")
    assert dialog.isVisible() and "谁签字" in dialog.problem.text()
    _answer(dialog, "Lin")
    assert dialog.isVisible() and "原因" in dialog.problem.text()
    with qtbot.waitSignal(view._loader.loaded, timeout=120_000):
        _answer(dialog, "Lin", "the owner agreed")
    assert demo_copy.closing.month(month).signed_by == "Lin"
    view.months.choose(month)
    with qtbot.waitSignal(view._loader.loaded, timeout=60_000):
        view.refresh()
    assert view.data.board.month.closed and "Lin" in view.next.words.text()
    till = view.steps.rows.rows[1]
    assert view.steps._progress(till) == ("timing", "写明放行"), "signed with a reason is not the same as done"
    assert view.roll.roll.key == "versions" and view.roll.roll.rows[0].reason == "the owner agreed"
    QTest.mouseClick(view.next.button, Qt.MouseButton.LeftButton)
    assert not view.next.progress.isHidden(), "a replay shows how far it is and can be stopped"
    qtbot.waitUntil(lambda: view.data.replayed is not None, timeout=180_000)
    assert view.data.replayed.identical and view.roll.roll.key == "replayed"
    QTest.mouseClick(view.next.sign, Qt.MouseButton.LeftButton)
    again = view.writing.dialog
    assert again.name.text() == "Lin", "the name is kept"
    with qtbot.waitSignal(view._loader.loaded, timeout=120_000):
        _answer(again, "Lin", "a bill came late")
    state = demo_copy.closing.month(month)
    assert (state.closed, state.version) == (False, 1)
    assert not heard.failures


def test_escape_writes_nothing(qtbot, demo_copy, jobs, heard):
    view = shown(qtbot, context_of(demo_copy, jobs, heard))
    view.writing.ask()
    QTest.keyClick(view.writing.dialog, Qt.Key.Key_Escape)
    assert not view.writing.dialog.isVisible()
    assert not any(one.closed for one in demo_copy.closing.months())


def test_a_book_without_rows_says_what_to_do(qtbot, empty_context, heard):
    view = shown(qtbot, empty_context)
    assert view.is_empty
    view._empty.acted.emit()
    assert heard.navigated == [("imports", {})]


def test_vouchers_and_accounts_are_written_and_read_again(qtbot, demo_copy, jobs, heard, tmp_path):
    view = shown(qtbot, context_of(demo_copy, jobs, heard))
    labels = [action.text() for action in view.vouchers._layouts.values()]
    assert any("没有在软件里试过" in label for label in labels) and any("没有找到公开说明" in label for label in labels)
    path, table = tmp_path / "v.xlsx", tmp_path / "a.xlsx"
    with qtbot.waitSignal(view.vouchers.wrote, timeout=30_000):
        view.vouchers.write("kingdee_kis", view.data.month, path)
    assert openpyxl.load_workbook(path).worksheets[0].max_row > 10
    with qtbot.waitSignal(view.vouchers.wrote, timeout=30_000):
        view.vouchers.write_accounts(table)
    book = openpyxl.load_workbook(table)
    cell = next(row[4] for row in book.worksheets[0].iter_rows() if row[0].value == "cash")
    cell.value = "100101"
    book.save(table)
    view.vouchers.read_table(table)
    qtbot.waitUntil(lambda: bool(heard.changes), timeout=30_000)
    assert demo_copy.vouchers.accounts()["cash", None, None].code == "100101"


def test_revenue_without_vat_is_a_choice_that_tells_how_near_a_small_taxpayer_is(qtbot, demo_copy, jobs, heard):
    view = shown(qtbot, context_of(demo_copy, jobs, heard))
    view.vouchers.choose_vat(untaxed=True)
    qtbot.waitUntil(lambda: bool(heard.notices), timeout=60_000)
    assert demo_copy.vouchers.untaxed
    assert "凭证里收入改为不含税" in heard.notices[-1][1] and "宁波合兴餐饮管理有限公司" in heard.notices[-1][1]
    view.vouchers.show_choices()
    qtbot.waitUntil(view.vouchers._untaxed.isChecked, timeout=30_000)
    view.vouchers.choose_vat(untaxed=False)
    qtbot.waitUntil(lambda: len(heard.notices) > 1, timeout=60_000)
    assert not demo_copy.vouchers.untaxed


def test_the_pack_is_written(qtbot, view, tmp_path):
    path = tmp_path / "pack.xlsx"
    with qtbot.waitSignal(view.export.wrote, timeout=120_000):
        view.export.write("month-end", path)
    assert len(openpyxl.load_workbook(path).worksheets) >= 15


def test_english(qtbot, view):
    Language.set("en")
    qtbot.waitUntil(lambda: view.next.head.text().startswith("Next"), timeout=5_000)
    assert view.title() == "Month-end"
    assert not view.findChildren(QLineEdit) or not nameless(view)
