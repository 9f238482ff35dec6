"""The screen 预测准确度: measuring, its sentences and claims, events written, changed, taken back, what is exported."""

import time
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest
from fixtures_chain import context_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainbrain import kept_days
from chainbrain.cash import backtest
from chainbrain.cash.backtest import Backtest
from chainbrain.cash.forecast.levels import Grain
from chainbrain.cash.measures import Measure
from chainbrain.changes import Changes
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace
from ui.theme.translator import Language
from ui.views.accuracy.view import AccuracyView

pytest_plugins = ("fixtures_chain",)

ORIGINS = tuple(date(2026, 10, 3) - timedelta(days=28 * number) for number in range(8))
FOUND = Backtest(
    ORIGINS,
    (
        Measure("store", Grain.DAY, 1, 7, 8, 420, 0.883, 0.79, 0.82, 0.861, 0.701, 0.953, "narrow", "as_said"),
        Measure("chain", Grain.WEEK, 1, 7, 8, 56, 0.971, 0.92, 0.94, 0.958, 0.982, 1.0, "wide", "as_said"),
        Measure("chain", Grain.CUMULATIVE, 1, 28, 8, 8, 0.976, 0.93, 0.95, 0.949, 0.75, 1.0),
        Measure("region", Grain.DAY, 1, 7, 8, 0, None, None, None, None, None, None),
    ),
    2, "weekday_median", ("S9",), 3, 12,
)  # fmt: skip
RIGHT = Qt.MouseButton.LeftButton


@pytest.fixture
def accuracy_book(tmp_path):
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        with workspace.book.transaction():
            for code, region in (("S1", "南"), ("S2", "北")):
                workspace.book.execute(
                    "insert into base.stores (code, name, region, ownership, row_id, entry_id, file_id, line)"
                    " values ($code, $name, $region, 'own', uuid(), 1, uuid(), 1)",
                    code=code, name=f"{region}店", region=region,
                )  # fmt: skip
            kept_days.keep(workspace.book)
        yield workspace


@pytest.fixture
def enough(monkeypatch):
    monkeypatch.setattr(backtest, "check", lambda _book: None)


@pytest.fixture
def view(qtbot, accuracy_book, jobs, heard):
    made = AccuracyView()
    qtbot.addWidget(made)
    made.resize(1240, 848)
    made.show()
    context = context_of(accuracy_book, jobs, heard)
    context = replace(context, changed=lambda changes: (heard.changes.append(changes), made.refresh(changes)))
    made.set_workspace(context)
    made.refresh()
    qtbot.waitUntil(lambda: made.events.place.count() == 5, timeout=5_000)
    return made


def measured(qtbot, view):
    QTest.mouseClick(view.measures.measure_button, RIGHT)
    qtbot.waitUntil(lambda: not view.running, timeout=10_000)


def test_what_was_measured_is_told_with_its_claims_and_fallbacks(qtbot, enough, view, monkeypatch):
    monkeypatch.setattr(backtest, "backtest", lambda *_: FOUND)
    assert "重新预测" in view.measures.told and view.measures.measure_button.text() == "现在测"
    measured(qtbot, view)
    rows = view.measures._model
    shown = [[rows.data(rows.index(row, at)) for at in range(rows.columnCount())] for row in range(4)]
    assert shown[0][:3] == ["门店 按天", "1–7", "11.7 元"] and shown[2][:2] == ["整个连锁 累计", "1–28"]
    verdicts = [line[6] for line in shown]
    assert verdicts == ["证明不了 5 元以内", "过去证明差 5 元以内", "证明不了 5 元以内", "没有收款，无法衡量"]
    assert [line[7:9] for line in shown[:2]] == [["70.1% 偏窄", "95.3%"], ["98.2% 偏宽", "100.0%"]]
    assert set(shown[3][2:6]) == set(shown[3][7:9]) == {"—"}
    told = view.measures.told
    assert "收到 100 元，预测平均差几元" in told and "准确率" not in told
    assert "8 次里有 2 次" in told and "同一星期几的中位数" in told and "S9" in told and "3 个店日" in told
    assert "12 个门店日没有算进准确度" in told
    view.refresh(Changes(frozenset({"daily_sales"}), 1))
    assert "测完以后账本又有变化" in view.measures.told
    measured(qtbot, view)
    assert "测完以后" not in view.measures.told
    Language.set("en")
    qtbot.waitUntil(lambda: "At 2 of 8 times" in view.measures.told, timeout=2_000)
    assert view.title() == "Forecast accuracy"


def test_a_line_in_which_a_simple_way_was_better_is_said(qtbot, enough, view, monkeypatch):
    weekly = replace(FOUND.measures[1], accuracy=0.982, naive=0.984)
    monkeypatch.setattr(backtest, "backtest", lambda *_: FOUND)
    measured(qtbot, view)
    assert "简单办法差得更少" not in view.measures.told
    view.measures.set_found(replace(FOUND, measures=(FOUND.measures[0], weekly)), stale=False)
    assert "2 行里有 1 行，简单办法差得更少" in view.measures.told
    assert "照抄上周每百元差 1.6 元，预测差 1.8 元" in view.measures.told


def test_a_single_day_of_the_past_is_said_to_prove_little(qtbot, enough, view, monkeypatch):
    monkeypatch.setattr(backtest, "backtest", lambda *_: replace(FOUND, origins=ORIGINS[:1], fallback=None))
    measured(qtbot, view)
    assert "只够回到 2026-10-03 这一个日子" in view.measures.told and "偶然性大" in view.measures.told
    assert "之间" not in view.measures.told


def test_too_few_sales_are_said_before_it_is_measured(qtbot, view):
    assert view.measures.told.startswith("账本里还没有销售")
    assert not view.measures.measure_button.isVisible() and not view._again.isEnabled()
    Language.set("en")
    qtbot.waitUntil(lambda: view.measures._first._text.text().startswith("The book has no"), timeout=2_000)


def test_what_turns_out_too_little_is_said_and_the_screen_is_free_again(qtbot, enough, view, heard):
    assert view.measures.measure_button.isVisible()
    measured(qtbot, view)
    assert view.measures.told.startswith("账本里还没有销售") and not heard.failures
    assert not view.measures.measure_button.isVisible() and not view.progress.isVisible()


def test_measuring_can_be_stopped(qtbot, enough, view, monkeypatch):
    def endless(_book, _calendar, report):
        for step in range(10_000):
            report(step, 10_000, "progress.forecasting")
            time.sleep(0.001)
        raise UserError("forecast.no_sales")

    monkeypatch.setattr(backtest, "backtest", endless)
    QTest.mouseClick(view.measures.measure_button, RIGHT)
    qtbot.waitUntil(view.progress.isVisible, timeout=5_000)
    assert not view.measures.measure_button.isEnabled()
    view.progress._stop.click()
    qtbot.waitUntil(lambda: not view.running, timeout=5_000)
    assert view.measures.measure_button.isEnabled()


def test_events_are_written_changed_and_taken_back(qtbot, view, accuracy_book, heard):
    card = view.events
    QTest.mouseClick(card.add_button, RIGHT)
    assert card.form.isVisible()
    assert [card.place.itemText(i) for i in range(5)] == ["全部门店", "北", "南", "南店 S1", "北店 S2"]
    QTest.keyClick(card.kind, Qt.Key.Key_Down)
    card.place.setCurrentIndex(3)
    card.first.set_day(date(2026, 12, 10))
    card.last.set_day(date(2026, 12, 9))
    assert not card.save_button.isEnabled() and card.foot == "最后一天早于第一天。"
    card.last.set_day(date(2026, 12, 12))
    QTest.keyClicks(card.note, "repair")
    QTest.keyClick(card.note, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(card._model.rows) == 1, timeout=5_000)
    (event,) = accuracy_book.cash.events()
    assert (event.kind, event.store_id, event.last, event.note) == ("closure", "S1", date(2026, 12, 12), "repair")
    assert heard.notices[-1] == ("matched", "已记下") and not card.form.isVisible()
    card.table.select_number(0)
    QTest.mouseClick(card.change_button, RIGHT)
    assert (card.place.currentIndex(), card.last.day()) == (3, date(2026, 12, 12))
    card.place.setCurrentIndex(1)
    QTest.mouseClick(card.save_button, RIGHT)
    qtbot.waitUntil(lambda: [one.region for one in card._model.rows] == ["北"], timeout=5_000)
    card.table.select_number(0)
    QTest.mouseClick(card.remove_button, RIGHT)
    qtbot.waitUntil(lambda: card._model.rows == (), timeout=5_000)
    assert accuracy_book.cash.events() == () and not card.remove_button.isEnabled()


def test_what_is_on_screen_is_exported_without_measuring_again(qtbot, enough, view, tmp_path, monkeypatch):
    monkeypatch.setattr(backtest, "backtest", lambda *_: FOUND)
    measured(qtbot, view)
    monkeypatch.setattr(backtest, "backtest", None)
    path = tmp_path / "a.xlsx"
    with qtbot.waitSignal(view._export.wrote, timeout=10_000):
        view._export.write("forecast-accuracy", path)
    cells = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]
    assert "门店" in cells and 420 in cells and "过去证明达到 95%" in cells
    assert {"偏宽", "偏窄", "合适"} <= set(cells)
