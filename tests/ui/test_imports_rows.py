"""The rows of a planned file on the screen: bank lines, the row in full, jumps by state, room for the plan."""

import shutil
from pathlib import Path

import pytest
from imports_desk import choose, plan_of, shown_rows, with_cell
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics

from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.views.imports.matrix_panel import MatrixPanel
from ui.views.imports.view import ImportsView, Page

pytest_plugins = ["fixtures_book"]

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "bank-corporate"
ORDERS = "订单明细_改.csv"


@pytest.fixture
def doubtful(desk, exports, reconciled_book, tmp_path):
    """Orders: one broken row, three that differ from the book, the rest known."""
    lines = (exports / "收银" / "订单明细_直营_202610.csv").read_text("utf-8-sig").split("\n")
    for number in (5, 6, 7):
        lines[number] = with_cell(with_cell(lines[number], 5, "901.00"), 7, "900.00")
    lines[2] = with_cell(lines[2], 7, "18.O0")
    (tmp_path / ORDERS).write_text("\n".join(lines[:40]), encoding="utf-8-sig")
    place = desk(ImportsView, reconciled_book)
    plan_of(place, tmp_path / ORDERS)
    look(place)
    return place


def look(place):
    place.view.stage.detail.table.viewport().grab()
    place.settle()


def test_a_bank_row_shows_party_memo_and_the_day_without_an_invented_time(desk, tmp_path):
    for name in ("icbc_02.csv", "bocom.csv"):
        shutil.copy(GOLDEN / name, tmp_path)
    place = desk(ImportsView)
    plan_of(place, tmp_path)
    choose(place.view, "icbc_02.csv")
    look(place)
    rows = shown_rows(place.view.stage.detail.table)
    assert [row[2] for row in rows] == ["2026-03-01", "2026-03-02"]
    assert rows[0][3] == "北京三快在线科技有限公司 · 美团外卖 90001"
    assert "对方 北京三快在线科技有限公司、摘要 美团外卖 90001" in place.view.stage.detail.row_pane.text
    assert "工商银行" in place.view.stage.detail.head.about and "icbc" not in place.view.stage.detail.head.about
    choose(place.view, "bocom.csv")
    look(place)
    assert shown_rows(place.view.stage.detail.table)[0][2:4] == ["2026-03-01 09:00:00", "甲 · 收款"]


def test_the_reason_of_the_chosen_row_is_read_in_full(qtbot, doubtful):
    detail = doubtful.view.stage.detail
    assert "第 3 行" in detail.row_pane.text and "18.O0" in detail.row_pane.text
    assert "没有写入" in detail.row_pane.text, "the whole reason, not its first sentence"
    label = detail.row_pane._text
    assert label.height() >= label.heightForWidth(label.width())
    detail.table.setFocus()
    qtbot.keyClick(detail.table, Qt.Key.Key_Down)
    assert "第 6 行" in detail.row_pane.text


def test_a_count_leads_to_the_first_row_of_its_state_after_decisions_too(qtbot, doubtful):
    detail = doubtful.view.stage.detail
    for number, word in ((1, "new"), (2, "same")):
        box = detail.table.answer_rect(number, word)
        qtbot.mouseClick(detail.table.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
        doubtful.settle()
        look(doubtful)
    for step, number in ((0, 0), (1, 3), (1, 1), (1, 2)):
        detail.strip.setFocus()
        for _ in range(step):
            qtbot.keyClick(detail.strip, Qt.Key.Key_Right)
        qtbot.keyClick(detail.strip, Qt.Key.Key_Return)
        doubtful.settle()
        assert detail.table.currentIndex().row() == number
        assert detail.table.hasFocus()


@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
def test_at_150_percent_the_plan_and_its_button_need_no_scrolling(qtbot, desk, exports, language):
    Language.set(language)
    Theme.current().set(scale=1.5)
    place = desk(ImportsView, size=(1362, 822))
    assert place.view.stage.zone.height() == Theme.current().px(72)
    plan_of(place, exports / "档案")
    view = place.view
    assert view.page is Page.PLAN
    assert view.stage.zone.height() == Theme.current().px(36)
    shown = view.rect()
    for part in (view.stage.detail.head, view.stage.detail.strip, view.stage.detail.table, view.bar.confirm):
        assert shown.contains(part.mapTo(view, part.rect().bottomRight())), type(part).__name__
    assert view.stage.verticalScrollBar().value() == 0
    view.bar.cancel.click()
    place.settle()
    assert view.stage.zone.height() == Theme.current().px(72)


@pytest.mark.parametrize("width", [220, 300, 460])
@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
def test_every_word_of_the_legend_has_its_place(qtbot, width, language):
    Language.set(language)
    panel = MatrixPanel()
    qtbot.addWidget(panel)
    panel.resize(width, 204)
    panel.show()
    key = panel._key
    key.show()
    metrics = QFontMetrics(Theme.current().font(Role.SMALL))
    places = key.places(key.width())
    assert len(places) == len(key._items) == 5
    for number, left, top in places:
        assert left + metrics.horizontalAdvance(key._items[number][1]) <= key.width()
        assert top < key.height()
