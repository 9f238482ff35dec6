"""The screen 资金: verdict, fan, plan by hand, proposals, floor, empty states; on a book without sales."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from fixtures_chain import context_of, copy_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainbrain.cash.drafts import PlanText, read
from chainbrain.workspace import Workspace
from ui.theme.translator import Language
from ui.views.money.view import MoneyView

pytest_plugins = ("fixtures_chain",)

A, B = "甲公司", "乙公司"
NUMBERS = {A: "33050161872700000719", B: "33157820401410603"}


@pytest.fixture(scope="module")
def money_made(tmp_path_factory):
    """Two companies with balances; A pays its wages on the 15th, which no plan knows."""
    path = tmp_path_factory.mktemp("money") / "book.chainbrain"
    with Workspace.create(path) as workspace:
        book = workspace.book
        for entity, number in NUMBERS.items():
            book.execute(
                "insert into base.accounts (account_id, row_id, channel, merchant_no, legal_entity, bank_account,"
                " settlement_rule, file_id, line, entry_id)"
                " values (uuid(), uuid(), 'wechat', $number, $entity, $number, 'T1', uuid(), 1, 1)",
                number=number, entity=entity,
            )  # fmt: skip
        for month in (7, 8, 9, 10):
            _line(book, A, datetime(2026, month, 15, 9), ("-38140", "140000", "代发工资"))
        _line(book, A, datetime(2026, 10, 30, 9), ("-1", "100000", "手续费"))
        _line(book, B, datetime(2026, 10, 30, 9), ("-1", "20000", "手续费"))
        workspace.cash_desk.write(read(PlanText("2026-11-10", A, "租金", "60000", "每月", "2026-12-31")))
    return path


def _line(book, entity, at, told):
    amount, balance, payee = told
    book.execute(
        "insert into base.bank_lines (bank_line_id, bank_account, posted_at, amount, balance, counterparty, file_id,"
        " line) values (uuid(), $number, $at, $amount, $balance, $payee, uuid(), 1)",
        number=NUMBERS[entity], at=at, amount=Decimal(amount), balance=Decimal(balance), payee=payee,
    )  # fmt: skip


@pytest.fixture
def money_book(money_made, tmp_path):
    with copy_of(money_made, tmp_path) as workspace:
        yield workspace


def shown(qtbot, context):
    view = MoneyView()
    qtbot.addWidget(view)
    view.resize(1240, 848)
    view.show()
    view.set_workspace(context)
    settled(qtbot, view, view.refresh)
    return view


def settled(qtbot, view, act):
    """Do something, and wait until the plan and the forecast that follow from it are on screen."""
    before = view._foreseen
    act()
    qtbot.waitUntil(lambda: view._foreseen is not before and not view.running, timeout=20_000)
    qtbot.waitUntil(lambda: not view._loader.running, timeout=20_000)


@pytest.fixture
def view(qtbot, money_book, jobs, heard):
    return shown(qtbot, context_of(money_book, jobs, heard))


def test_the_floor_is_typed_in_and_the_verdict_says_when_why_and_what_helps(qtbot, view, money_book):
    assert "还没有定底线" in view.verdict.sentence and "12-10" in view.verdict.sentence
    assert "账上 ¥120,000.00" in view.verdict.notes and "没有算进以后的收款" in view.verdict.notes
    QTest.keyClicks(view.verdict.floor, "10,000")
    settled(qtbot, view, lambda: QTest.keyClick(view.verdict.floor, Qt.Key.Key_Return))
    assert money_book.cash.floors() == {None: Decimal("10000.00")}
    assert view.verdict.sentence == "12-10 起最紧，P5 只有 ¥0"
    assert "12-10 租金 ¥60,000.00" in view.verdict.reason and "多备 ¥10,000.00" in view.verdict.reason
    fan = view.fan.chart._fan
    assert fan.floor == (10000.0, "底线 ¥1.0 万") and fan.names == ("P5", "P50", "P95")
    assert fan.marks[0][1] == 0.0 and len(fan.labels) == 91
    view.verdict.floor.selectAll()
    QTest.keyClicks(view.verdict.floor, "abc")
    assert not view.verdict.floor_button.isEnabled()


def test_one_entity_is_shown_alone(qtbot, view):
    assert [view.entity.itemText(i) for i in range(view.entity.count())] == ["全部主体", B, A]
    view.entity.setCurrentIndex(1)
    assert "¥20,000.00" in view.verdict.notes and view.plan._model.rows == ()
    view.entity.setCurrentIndex(2)
    assert [line.item.kind for line in view.plan._model.rows] == ["rent"]
    assert "共 2 笔" in view.plan.sum_words and "120,000.00" in view.plan.sum_words


def test_an_item_is_added_changed_removed_and_each_can_be_undone(qtbot, view, money_book, heard):
    QTest.mouseClick(view.plan.add_button, Qt.MouseButton.LeftButton)
    form = view.form
    assert form.isVisible() and not form.save_button.isEnabled()
    form.entity.setCurrentText(A)
    form.day.set_day(date(2026, 11, 30))
    form.kind.setCurrentIndex(form.kind.findData("tax"))
    form.cycle.setCurrentIndex(form.cycle.findData("quarterly"))
    QTest.keyClicks(form.amount, "12,000")
    QTest.keyClicks(form.until, "2026-11-01")
    assert not form.save_button.isEnabled()
    form.until.clear()
    settled(qtbot, view, lambda: QTest.mouseClick(form.save_button, Qt.MouseButton.LeftButton))
    assert not form.isVisible() and heard.notices[-1] == ("matched", "已写进资金计划")
    added = next(one for one in money_book.cash.plan() if one.kind == "tax")
    assert (added.amount, added.cycle, added.day) == (Decimal("12000.00"), "quarterly", date(2026, 11, 30))
    view.plan.table.select_number([line.item.kind for line in view.plan._model.rows].index("tax"))
    QTest.mouseClick(view.plan.change_button, Qt.MouseButton.LeftButton)
    form.amount.selectAll()
    QTest.keyClicks(form.amount, "13000")
    settled(qtbot, view, lambda: QTest.keyClick(form.amount, Qt.Key.Key_Return))
    assert {one.amount for one in money_book.cash.plan()} == {Decimal("60000.00"), Decimal("13000.00")}
    view.plan.table.select_number([line.item.kind for line in view.plan._model.rows].index("tax"))
    settled(qtbot, view, lambda: QTest.mouseClick(view.plan.remove_button, Qt.MouseButton.LeftButton))
    assert [one.kind for one in money_book.cash.plan()] == ["rent"]
    money_book.undo()
    assert [one.amount for one in money_book.cash.plan()] == [Decimal("60000.00"), Decimal("13000.00")]


def test_a_proposal_shows_its_evidence_and_counts_only_once_taken_in(qtbot, view, money_book):
    (proposal,) = view.proposals._model.rows
    assert proposal.payee == "代发工资" and "已付 4 次" in view.proposals.evidence
    assert "2026-10-15 38,140.00" in view.proposals.evidence
    before = view._foreseen.outlook.chain.days[-1].expected
    settled(qtbot, view, lambda: QTest.mouseClick(view.proposals.accept_button, Qt.MouseButton.LeftButton))
    assert view.proposals._model.rows == ()
    assert before - view._foreseen.outlook.chain.days[-1].expected == 3 * Decimal(38140)
    assert {one.kind for one in money_book.cash.plan()} == {"rent", "wages"}


def test_the_plan_goes_out_as_the_table_it_came_as(qtbot, view, heard, tmp_path):
    path = tmp_path / "plan.csv"
    view.write_table(path)
    qtbot.waitUntil(lambda: ("matched", "已导出：plan.csv") in heard.notices, timeout=10_000)
    assert "租金,60000.00,每月,2026-12-31" in path.read_text("utf-8-sig")


def test_an_empty_book_says_what_is_lacking_and_where_to_go(qtbot, empty_context, heard):
    view = shown(qtbot, empty_context)
    assert view.is_empty
    QTest.mouseClick(view.empty._button, Qt.MouseButton.LeftButton)
    assert heard.navigated == [("imports", {})]
    QTest.mouseClick(view._first, Qt.MouseButton.LeftButton)
    assert not view.is_empty and view.form.isVisible()


def test_every_text_changes_with_the_language(qtbot, view):
    Language.set(Language.ENGLISH)
    try:
        qtbot.waitUntil(lambda: view.verdict.sentence.startswith("Lowest on 12-10"), timeout=5_000)
        assert view.title() == "Money" and view.entity.itemText(0) == "all entities"
        assert "Paid 4 times" in view.proposals.evidence
    finally:
        Language.set(Language.CHINESE)


def test_idle_money_goes_by_own_products_once_there_is_a_floor(qtbot, view, money_book):
    card = view.ladder
    QTest.mouseClick(card.add_button, Qt.MouseButton.LeftButton)
    assert card.form.isVisible() and not card.save_button.isEnabled()
    QTest.keyClicks(card.name, "Weekly")
    QTest.keyClicks(card.lock, "7")
    QTest.keyClicks(card.rate, "1.8")
    settled(qtbot, view, lambda: QTest.keyClick(card.rate, Qt.Key.Key_Return))
    assert [(one.name, one.rate) for one in money_book.cash.products()] == [("Weekly", Decimal("0.018000"))]
    assert card._model.rows == () and "先定底线" in card.foot
    QTest.keyClicks(view.verdict.floor, "20,000")
    settled(qtbot, view, lambda: QTest.keyClick(view.verdict.floor, Qt.Key.Key_Return))
    (rung,) = card._model.rows
    # Nothing falls due within a week: all but the floor is idle for so long.
    assert rung.amount == Decimal("100000.00") and "¥100,000.00" in card.foot
    card.table.select_number(0)
    settled(qtbot, view, lambda: QTest.mouseClick(card.remove_button, Qt.MouseButton.LeftButton))
    assert money_book.cash.products() == ()
