"""A book of two companies with balances and a plan, and the screen 资金 over it."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from fixtures_chain import context_of, copy_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from chainbrain.cash.drafts import PlanText, read
from chainbrain.workspace import Workspace
from ui.views.money.view import MoneyView

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
            bank_line(book, A, datetime(2026, month, 15, 9), ("-38140", "140000", "代发工资"))
        bank_line(book, A, datetime(2026, 10, 30, 9), ("-1", "100000", "手续费"))
        bank_line(book, B, datetime(2026, 10, 30, 9), ("-1", "20000", "手续费"))
        workspace.cash_desk.write(read(PlanText("2026-11-10", A, "租金", "60000", "每月", "2026-12-31")))
    return path


def bank_line(book, entity, at, told):
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
    # The window has the screen read again what moved; here nobody else does.
    heard = context.changed
    context = replace(context, changed=lambda changes: (heard(changes), view.refresh(changes)))
    view.set_workspace(context)
    settled(qtbot, view, view.refresh)
    if not view.more.open:  # idle money and kept forecasts are folded away at first
        QTest.mouseClick(view.more.button, Qt.MouseButton.LeftButton)
    return view


def settled(qtbot, view, act):
    """Do something, and wait until the plan and the forecast that follow from it are on screen."""
    before = view._foreseen
    act()
    qtbot.waitUntil(lambda: view._foreseen is not before and not view.running, timeout=20_000)
    qtbot.waitUntil(lambda: not view._loader.running, timeout=20_000)
    # The map is read beside them, and written down once.
    qtbot.waitUntil(view.context.jobs.is_idle, timeout=20_000)


def opened_of(card):
    """What a card asks to be opened from now on, instead of the window with the rows."""
    seen = []
    card.opened.disconnect()
    card.opened.connect(lambda name, filters, _title: seen.append((name, filters)))
    return seen


def added(workspace, seen):
    """The amounts of the only list that was asked for, added up."""
    ((name, filters),) = seen
    seen.clear()
    with workspace.reading().lists.open(name, filters) as pages:
        assert pages.count > 0
        return pages.total("amount")


@pytest.fixture
def view(qtbot, money_book, jobs, heard):
    made = shown(qtbot, context_of(money_book, jobs, heard))
    settled(qtbot, made, lambda: made.irregular.choose("known"))
    return made


def planned_idle(qtbot, view, act):
    """Do something, and wait until idle money is planned anew."""
    before = view.ladder.idle
    settled(qtbot, view, act)
    qtbot.waitUntil(lambda: view.ladder.idle is not before and not view._idle_job.running, timeout=20_000)
