"""The card 预计收款: level and days by key and mouse, the line that is drawn, the days behind the past, the export."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from chainbrain.workspace import Workspace
from ui.theme.translator import Language
from ui.views.money.export import MoneyExport
from ui.views.money.receipts.desk import ReceiptsDesk

pytest_plugins = ("fixtures_chain",)
LEFT = Qt.MouseButton.LeftButton


class Place(QWidget):
    """The desk with its two cards, alone in a window, and its settled answer."""

    def __init__(self, qtbot, context):
        super().__init__()
        self.qtbot, self.context = qtbot, context
        self.desk = ReceiptsDesk(self)
        self.card, self.picture = self.desk.card, self.desk.picture
        for number, part in enumerate((self.card, self.picture)):
            part.setParent(self)
            part.setGeometry(0, number * 340, 1000, 340)
        self.desk.set_context(context)

    def settled(self, act):
        before = self.desk.found
        act()
        self.qtbot.waitUntil(lambda: self.desk.found is not before and not self.desk.running, timeout=20_000)
        self.qtbot.waitUntil(self.context.jobs.is_idle, timeout=20_000)


@pytest.fixture
def place(qtbot, context):
    made = Place(qtbot, context)
    qtbot.addWidget(made)
    made.resize(1000, 680)
    made.show()
    made.settled(made.desk.refresh)
    return made


def _cell(table, row, key):
    index = table.model().index(row, [column.key for column in table.columns].index(key))
    table.scrollTo(index)
    return table.visualRect(index).center()


def test_a_level_is_chosen_by_keys_and_a_line_is_drawn(place, heard):
    card, picture = place.card, place.picture
    assert card.asked == ("chain", 90) and place.desk.found.level == "chain"
    card.level.setFocus()
    place.settled(lambda: QTest.keyClick(card.level, Qt.Key.Key_End))
    assert place.desk.found.level == "store_channel" and len(place.desk.found.lines) > 3
    card.days.setFocus()
    place.settled(lambda: QTest.keyClick(card.days, Qt.Key.Key_Left))
    assert card.asked == ("store_channel", 28) and place.desk.found.found.horizon == 28
    first, second = place.desk.found.lines[:2]
    assert picture.chart.rows()[1][-1][2] == first.line.days[-1].mean
    QTest.mouseClick(card.table.viewport(), LEFT, pos=_cell(card.table, 1, "name"))
    labels, rows = picture.chart.rows()
    assert len(labels) == 4 and len(rows) == 28 + 28
    assert rows[-1][2] == second.line.days[-1].mean and rows[0][2] == second.past[0]
    # The line that was chosen stays when the same is worked out again.
    place.settled(place.desk.refresh)
    assert picture.chart.rows()[1][-1][2] == second.line.days[-1].mean
    QTest.mouseClick(picture.by, LEFT, pos=QPoint(picture.by.width() - 5, picture.by.height() // 2))
    assert picture.steps.isVisible() and picture.steps.model().rowCount() == 28
    assert heard.failures == []


def test_words_name_who_and_how_sure_in_both_languages(place):
    card = place.card
    place.settled(lambda: card.choose("entity", "28"))
    shown = {card._lines.columns[0].shown(one) for one in place.desk.found.lines}
    assert all("公司" in name for name in shown)
    assert "估计" in card._lines.columns[1].title() and "前 28 天实收" in card._lines.columns[-1].title()
    # Eight weeks are too short to measure on, and every store is answered by its past.
    assert "起。" in card.foot and "过去的数据太短" in card.foot and "S001" in card.foot
    Language.set(Language.ENGLISH)
    place.qtbot.waitUntil(lambda: "Too little past" in card.foot, timeout=5_000)
    assert card._lines.columns[-1].title() == "Last 28 days"
    assert card.level.itemText(2) == "Legal entity" and card.asked == ("entity", 28)
    Language.set(Language.CHINESE)


def test_of_a_chosen_company_only_its_own_is_shown_and_said(place, context):
    card = place.card
    place.settled(lambda: card.choose("entity", "28"))
    whole = {one.line.key: one for one in place.desk.found.lines}
    name = next(one for one in whole if one)
    place.settled(lambda: card.set_entity(name))
    # The whole of it is its line among the companies; what stood there before is gone at once.
    assert card.level.currentText() == "这个主体合计" and card.level.findData("entity") < 0
    assert [one.line for one in place.desk.found.lines] == [whole[name].line]
    assert card._note.text().startswith(f"{name} · ")
    card.level.setFocus()
    place.settled(lambda: QTest.keyClick(card.level, Qt.Key.Key_End))
    stores = {store for one in place.desk.found.lines for store in one.stores}
    assert stores == set(whole[name].stores)
    before = place.desk.found
    card.set_entity("没有这家")
    assert not card.filled and place.picture.chart.rows() == ((), [])
    place.qtbot.waitUntil(lambda: not place.desk.running, timeout=20_000)
    assert place.desk.found is None and before is not None
    told = [label.text() for label in card._empty.findChildren(type(card._foot))]
    assert "这个主体没有可估的门店收款" in told
    assert any(one.startswith("“没有这家”名下没有在收款的门店") and "不是缺数据" in one for one in told)
    place.settled(lambda: card.set_entity(None))
    assert card.level.findData("entity") >= 0


def test_what_was_taken_before_opens_the_days_it_was_made_from(place, context):
    card, asked = place.card, []
    place.settled(lambda: card.choose("store", "7"))
    card.opened.connect(lambda *told: asked.append(told))
    QTest.mouseClick(card.table.viewport(), LEFT, pos=_cell(card.table, 0, "before"))
    ((name, filters, title),) = asked
    with context.workspace.reading().lists.open(name, filters) as rows:
        assert rows.total("amount") == place.desk.found.lines[0].before > 0
    assert title.startswith("每日实收 · ")
    QTest.mouseClick(card.table.viewport(), LEFT, pos=_cell(card.table, 0, "mean"))
    assert len(asked) == 1  # an estimate is made of no rows


def test_the_export_holds_what_stands_on_screen(qtbot, place, context, tmp_path):
    place.settled(lambda: place.card.choose("entity", "7"))

    class View:
        receipts, ladder = place.desk, SimpleNamespace(idle=None)

    button, target = MoneyExport(View()), tmp_path / "收款.xlsx"
    qtbot.addWidget(button)
    button.context = context
    with qtbot.waitSignal(button.wrote, timeout=10_000):
        button.write("receipts", target)
    cells = [row for row in openpyxl.load_workbook(target).worksheets[0].iter_rows(values_only=True) if row[1]]
    told = {row[1]: Decimal(str(row[5])) for row in cells if row[0] == "收付主体"}
    assert told == {one.line.key: one.line.total.mean for one in place.desk.found.lines}


def test_a_book_without_sales_says_why_there_is_nothing(qtbot, jobs, heard, tmp_path):
    from fixtures_chain import context_of

    with Workspace.create(tmp_path / "e.chainbrain") as workspace:
        place = Place(qtbot, context_of(workspace, jobs, heard))
        qtbot.addWidget(place)
        place.show()
        place.desk.refresh()
        qtbot.waitUntil(lambda: not place.desk.running, timeout=10_000)
        assert not place.card.filled and place.desk.found is None
        texts = {label.text() for label in place.card._empty.findChildren(type(place.card._foot))}
        assert any("还没有销售" in text for text in texts)


def test_a_forecast_that_fails_leaves_nobody_waiting(qtbot, place, context, heard, monkeypatch):
    def broken(*_given, **_more):
        raise RuntimeError("broken")

    place.desk.card.set_found(None)
    monkeypatch.setattr(type(context.workspace.cash), "receipts", broken)
    place.desk.refresh()
    assert place.card._waiting
    qtbot.waitUntil(lambda: not place.desk.running, timeout=10_000)
    assert not place.card._waiting
    (told,) = heard.failures
    assert "broken" in told.details
    heard.failures.clear()
