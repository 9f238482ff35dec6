"""The pages 往来账 and 付款清单: months, lines, rows; lines typed in; files given and compared; a list for the bank."""

import csv
import os
from datetime import date, timedelta
from decimal import Decimal

import pytest
from fixtures_chain import book_of, context_of, copy_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ui.theme.theme import Theme
from ui.theme.translator import Language
from ui.views.splits import ledger_tables
from ui.views.splits.view import SplitsView
from ui.widgets import Choice

pytest_plugins = ("fixtures_chain",)

STORES = """门店编号,门店名称,经营方式
S1,西溪店,直营
F1,鼓楼老街与解放路交叉口东南角旗舰体验店（加盟）,加盟
F2,江北店,加盟
"""
ACCOUNTS = """渠道,商户号,终端号,门店编号,收款主体,费率
微信,1600000001,1,S1,甲公司,0.38%
微信,1600000001,2,F1,甲公司,0.38%
微信,1600000077,,F2,,0.38%
"""
LINES = """日期,门店编号,类型,金额,单号,备注
2026-03-02,F1,采购,300.00,CG1,面粉
2026-03-05,F2,其他,900.00,,补贴
2026-03-06,F1,其他,1000.00,,补贴
"""
PAYEES = """收款方,户名,账号,开户行,统一社会信用代码
F1,乙公司,33157820401410603,建设银行,91350100M000100Y43
"""
RULES = """规则名称,门店编号,接收方,基数,方式,数值,生效日期
品牌使用费,F1,总部,扣退款,比例,5%,2026-01-01
"""
DAY = date(2026, 3, 31)


@pytest.fixture(scope="module")
def ledger_made(tmp_path_factory):
    """A chain with two franchisees; of the number of one nothing tells whose it is."""
    files = tmp_path_factory.mktemp("files")
    for name, text in (
        ("门店", STORES), ("账户", ACCOUNTS), ("往来", LINES), ("收款人", PAYEES), ("规则", RULES),
    ):  # fmt: skip
        (files / f"{name}.csv").write_text(text, encoding="utf-8")
    return book_of(tmp_path_factory.mktemp("book"), files)


@pytest.fixture
def ledger_book(ledger_made, tmp_path):
    """A copy of one test's own."""
    with copy_of(ledger_made, tmp_path) as workspace:
        yield workspace


@pytest.fixture
def view(qtbot, ledger_book, jobs, heard):
    view = SplitsView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.payments.today = lambda: DAY
    view.set_workspace(context_of(ledger_book, jobs, heard))
    with qtbot.waitSignal(view._loader.loaded, timeout=60_000):
        view.refresh()
    view.open_page("ledger")
    jobs.wait_idle(30_000)
    return view


def settle(qtbot, jobs):
    for _ in range(3):
        jobs.wait_idle(60_000)
        QApplication.processEvents()


def rows(table):
    return table.model().rows


def choose(qtbot, jobs, view, store):
    codes = [row.store for row in rows(view.ledger.months)]
    view.ledger.months.select_number(codes.index(store))
    settle(qtbot, jobs)


def test_the_months_lead_to_lines_and_both_sides_are_told(qtbot, view, jobs):
    settle(qtbot, jobs)
    assert {row.store: row.closing for row in rows(view.ledger.months)} == {
        "F1": Decimal("700.00"), "F2": Decimal("900.00"),
    }  # fmt: skip
    assert "相差 0.00" in view.hint
    choose(qtbot, jobs, view, "F1")
    assert [line.kind for line in rows(view.ledger.below["lines"])] == ["purchase", "other"]
    assert "F1" in view.ledger._title.text()


def test_a_line_is_typed_told_written_and_undone(qtbot, view, jobs, ledger_book, heard):
    choose(qtbot, jobs, view, "F1")
    QTest.mouseClick(view.ledger.new_button, Qt.MouseButton.LeftButton)
    form = view.ledger.form
    assert form.isVisible() and form.store.currentData() == "F1" and not form.save_button.isEnabled()
    form.kind.setCurrentIndex(form.kind.findData("penalty"))
    form.day.set_day(date(2026, 3, 20))
    QTest.keyClicks(form.amount, "1,200.50")
    assert "F1" in form.hint and "少 1,200.50" in form.hint
    QTest.keyClicks(form.number, "FK9")
    QTest.keyClick(form.number, Qt.Key.Key_Return)
    settle(qtbot, jobs)
    assert not heard.failures
    assert {row.store: row.penalties for row in rows(view.ledger.months)}["F1"] == Decimal("1200.50")
    assert heard.notices[-1][0] == "matched" and not form.isVisible()
    ledger_book.undo()
    view.refresh()
    settle(qtbot, jobs)
    assert {row.store: row.penalties for row in rows(view.ledger.months)}["F1"] == 0


def test_a_number_twice_is_refused_and_the_form_stays(qtbot, view, jobs, heard):
    choose(qtbot, jobs, view, "F1")
    view.ledger.begin()
    form = view.ledger.form
    form.kind.setCurrentIndex(form.kind.findData("purchase"))
    form.amount.setText("300")
    form.number.setText("CG1")
    form.save_button.click()
    settle(qtbot, jobs)
    assert heard.failures.pop().code == "ledger.twice" and form.isVisible()


def test_who_collects_is_asked_only_where_nothing_tells(qtbot, view, jobs, ledger_book):
    choose(qtbot, jobs, view, "F1")
    assert "统一结算" in view.ledger._way.text() and not view.ledger.unified_button.isVisible()
    choose(qtbot, jobs, view, "F2")
    assert "1600000077" in view.ledger._way.text()
    QTest.mouseClick(view.ledger.independent_button, Qt.MouseButton.LeftButton)
    settle(qtbot, jobs)
    choose(qtbot, jobs, view, "F2")
    assert "独立结算" in view.ledger._way.text()
    assert ledger_book.history()[0].kind == "collecting"


def test_statement_and_fairness_file_are_written_and_compared(qtbot, view, jobs, tmp_path, heard):
    choose(qtbot, jobs, view, "F1")
    view.ledger.files.write_statement(tmp_path / "s.pdf")
    view.ledger.files.write_fairness(tmp_path / "F1.fair")
    settle(qtbot, jobs)
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
    view.ledger.files.compare(tmp_path / "F1.fair")
    settle(qtbot, jobs)
    assert {one.state for one in rows(view.ledger.below["compared"])} == {"equal"}
    assert view.ledger._stack.currentWidget() is view.ledger.below["compared"]
    QTest.mouseClick(view.ledger.back_button, Qt.MouseButton.LeftButton)
    assert view.ledger._stack.currentWidget() is view.ledger.below["lines"]
    text = (tmp_path / "F1.fair").read_text(encoding="utf-8")
    (tmp_path / "F1.fair").write_text(text.replace("300.00", "310.00"), encoding="utf-8")
    view.ledger.files.compare(tmp_path / "F1.fair")
    settle(qtbot, jobs)
    assert heard.failures.pop().code == "fairness.damaged"


def test_the_payment_list_is_made_once_and_told_when_it_comes_again(qtbot, view, jobs, *, tmp_path, ledger_book):
    view.open_page("payments")
    settle(qtbot, jobs)
    board = view.payments
    assert {line.store: line.goes() for line in rows(board.table)} == {"F1": True, "F2": False}
    assert "700.00" in view.hint and board.make_button.isEnabled()
    board.make(tmp_path / "pay.csv")
    settle(qtbot, jobs)
    with (tmp_path / "pay.csv").open(encoding="utf-8-sig") as file:
        assert [(row["金额"], row["付款日期"]) for row in csv.DictReader(file)] == [("700.00", DAY.isoformat())]
    assert [one.pays_on for one in ledger_book.payments.made()] == [DAY]
    assert f"{DAY} 付 700.00 元" in ledger_tables.checks_text(rows(board.table)[0])
    board.day.set_day(DAY + timedelta(days=3))
    settle(qtbot, jobs)
    assert board._due.day == DAY + timedelta(days=3)
    tick = board.accept["duplicate"]
    assert tick.isVisible() and not board.make_button.isEnabled()
    tick.click()
    assert board.make_button.isEnabled() and board.accepted == ("duplicate",)


@pytest.mark.parametrize("page", ["ledger", "payments"])
@pytest.mark.parametrize(("mode", "scale", "lang"), [("light", 1.0, "zh"), ("dark", 1.5, "zh"), ("light", 1.0, "en")])
def test_the_pages_are_drawn_in_every_look(qtbot, view, jobs, *, page, mode, scale, lang):
    Theme.current().set(mode=mode, scale=scale)
    Language.set(lang)
    view.resize(round(1240 * scale), round(848 * scale))
    view.open_page(page)
    if page == "ledger":
        choose(qtbot, jobs, view, "F1")
        view.ledger.begin()
    settle(qtbot, jobs)
    picture = view.grab()
    assert not picture.isNull()
    if folder := os.environ.get("CHAINBRAIN_SHOTS"):
        picture.save(f"{folder}/{page}-{mode}-{lang}.png")
    assert view.ledger.new_button.text() == {"zh": "登记一笔", "en": "Write a line"}[lang]
    assert isinstance(view.ledger.form.store, Choice)
