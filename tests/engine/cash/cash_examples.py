"""Books with bank statements and sales, for the tests of the cash forecast."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from sales_book import MONDAY, SalesBook, uid

from chainbrain.cash.forecast import days
from chainbrain.cash.measuring import measure
from chainbrain.cash.outlook import CashOutlook, CashPath
from chainbrain.cash.pay_days import PayDays
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.reckoning import reckon

A, B = "甲公司", "乙公司"
NUMBER, OTHER, BLANK = "33050161872700000719", "33157820401410603", "57197820140010601"
WEEKS = 9
SOLD_TO = MONDAY + timedelta(days=7 * WEEKS - 1)
"""A Sunday: 2026-08-02."""
WEEK = [400, 360, 380, 440, 600, 840, 720]


def item_of(day: date, amount: str, entity: str = A, cycle: str = "once", kind: str = "wages") -> PlanItem:
    return PlanItem(f"{entity}{day}{amount}", day, entity, kind, Decimal(amount), cycle)


def statement(chain: SalesBook, number: str, day: date, amount: str, balance: str | None) -> SalesBook:
    return chain.row(
        "bank_lines", bank_line_id=uid("bank", number, day, amount), bank_account=number, file_id=uid("file", number),
        posted_at=datetime.combine(day, time(9)), amount=Decimal(amount), sheet=None, line=1,
        balance=None if balance is None else Decimal(balance),
    )  # fmt: skip


def bank_line(chain: SalesBook, account: str, day: date, amount: str, **more: object) -> None:
    """One line of a statement; ``place`` tells lines apart that are alike."""
    number = more.pop("place", 0)
    chain.row(
        "bank_lines", bank_line_id=uid("line", account, day, amount, number), bank_account=account,
        file_id=uid("file", account), posted_at=datetime.combine(day, time(9)), amount=Decimal(amount), sheet=None,
        line=number, **{"balance": None, **more},
    )  # fmt: skip


def banks() -> SalesBook:
    """Two companies with balances, and one account of which no balance is known; no sales."""
    chain = (
        SalesBook()
        .account("S1", "wechat", "1", legal_entity=A, bank_account=NUMBER, settlement_rule="T1")
        .account("S2", "wechat", "2", legal_entity=B, bank_account=OTHER, settlement_rule="T1")
        .account("S3", "wechat", "3", legal_entity=A, bank_account=BLANK, settlement_rule="T1")
    )
    statement(chain, NUMBER, SOLD_TO, "-10.00", "100000.00")
    statement(chain, OTHER, SOLD_TO - timedelta(days=3), "-10.00", "20000.50")
    return chain


def outlook_of(
    chain: SalesBook,
    *plan: PlanItem,
    floors: dict[str | None, Decimal] | None = None,
    horizon: int = 28,
    pay_days: PayDays | None = None,
) -> CashOutlook:
    book = chain.done()
    measured = measure(book, days.shipped(), {item.entity for item in plan}, horizon)
    return reckon(book, measured, plan, floors or {}, pay_days=pay_days)


def prove(path: CashPath) -> None:
    """The parts are the path, to the cent, and the range holds its middle."""
    balance = path.opening
    for day in path.days:
        balance += day.settlements + day.receipts - day.planned - day.irregular
        assert day.expected == balance
        assert day.p5 <= day.p50 <= day.p95


def selling() -> SalesBook:
    """One store of A: three quarters of what it takes is paid by WeChat, at 0.38 %."""
    chain = banks().store("S1", opened_on=MONDAY)
    for number in range(7 * WEEKS):
        day, amount = MONDAY + timedelta(days=number), WEEK[number % 7] + number % 5
        chain.sale("S1", day, str(amount), method="wechat")
        net = Decimal(amount) * 3 / 4
        chain.payment("S1", "wechat", day, f"{net:.2f}", f"{net * Decimal('0.0038'):.5f}")
    return chain


def wallet(chain: SalesBook) -> SalesBook:
    return chain.account("S1", "wechat", "wechat-S1", legal_entity=A, bank_account=NUMBER, settlement_rule="T1")


def proven(found: CashOutlook) -> CashPath:
    """The path of the first company, proven to roll forward."""
    path = found.path(A)
    assert path is not None
    prove(path)
    return path
