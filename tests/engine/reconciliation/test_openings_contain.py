"""What lies before an opening balance is contained in it: no figure of money on its way counts it again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from reconcile_book import World, at, ident, yuan

from chainbrain.analytics.arrivals import arrivals
from chainbrain.analytics.periods import Period
from chainbrain.analytics.transit import transit
from chainbrain.closing.room import CloseRoom
from chainbrain.lists import ListRoom
from chainbrain.openings import Contained, Twice, contained, twice
from chainbrain.reports.room import make

M = "1900000001"
AUGUST, AFTER, END = date(2026, 8, 1), date(2026, 9, 1), date(2026, 8, 31)
BEGINS = date(2026, 8, 10)


def day(number: int) -> date:
    return date(2026, 8, number)


def opening(book: World, kind: str, balance: str, on: date = BEGINS, **more: str) -> None:
    book.insert(
        "openings", opening_id=ident("opening", kind, on, *more.values()), kind=kind, day=on, balance=yuan(balance),
        file_id=book.file("files"), line=book.line(), **more,
    )  # fmt: skip


def wallet() -> World:
    """A sale and a withdrawal from before the day on which the opening holds, and one of each from after it."""
    book = World(covered=(AUGUST, END)).store("S1").account("wechat", M, "S1").ledger("wechat", M).bank()
    for number, amount, fee, when in (("P0", "100.00", "0.38", 5), ("P1", "200.00", "0.76", 12)):
        book.payment(number, amount, fee=fee, when=at(day=day(when)))
        book.wallet_line(f"L{number}", amount, "payment", business_id=number, when=at(day=day(when)))
        book.wallet_line(f"F{number}", f"-{fee}", "fee", business_id=number, when=at(day=day(when)))
    for number, amount, left in (("W0", "300.00", 9), ("W1", "500.00", 13)):
        book.wallet_line(number, f"-{amount}", "withdrawal", when=at("02:00:00", day(left)))
        book.bank_line(f"B{number}", amount, day=day(left + 1), memo=f"{M} 微信支付提现")
    return book


def told(book: World) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """What was on its way at the end by all who say it: arrivals, the screen, the report, the month-end board."""
    book.reconcile()
    by_number = sum(row.closing or Decimal(0) for row in arrivals(book.book))
    board = CloseRoom(book.book).transit(AUGUST)
    assert board.gap == 0
    assert sum(item.amount for channel in board.channels for item in channel.items) == board.closing
    screen = transit(book.book, Period(AUGUST, AFTER)).total
    assert screen.unexplained == 0
    _, rows = make(book.book, "in-transit", period=None, first=AUGUST, after=AFTER).tables
    return by_number, screen.closing, rows.total()["amount"], board.closing


def test_what_a_wallet_took_before_its_opening_balance_is_in_it() -> None:
    """1 000.00 + 200.00 − 0.76 − 500.00: neither the older sale nor what had already left the wallet."""
    book = wallet()
    opening(book, "wallet", "1000.00", account_no=M)
    assert told(book) == (yuan("699.24"),) * 4
    (channel,) = CloseRoom(book.book).transit(AUGUST).channels
    assert (channel.opening, channel.month.gross, channel.month.fees, channel.month.received) == (
        yuan("1000.00"), yuan("200.00"), yuan("0.76"), yuan("500.00"),
    )  # fmt: skip


def test_what_an_opening_has_in_it_is_told_and_can_be_opened() -> None:
    book = wallet()
    opening(book, "wallet", "1000.00", account_no=M)
    book.reconcile()
    (found,) = CloseRoom(book.book).transit(AUGUST).contained
    assert found == Contained("wechat", M, BEGINS, AUGUST, yuan("100.00"), 1)
    pages = ListRoom(book.book).open(
        "arrivals", {"channel": "wechat", "merchant": M, "part": "contained", "first": AUGUST, "after": AFTER}
    )
    assert pages.total("amount") == found.amount
    for name in ("arrivals", "month-end"):
        report = make(book.book, name, period=None, first=AUGUST, after=AFTER)
        tables = {table.name: table for table in report.tables}
        assert tables["contained"].total()["gross"] == tables["contained_days"].total()["gross"] == found.amount
        said = tables["contained"].worded("zh")["remark"][0]
        assert said == "微信：2026-08-10 以前的收款 100.00 元已含在期初里，不再计"
    assert contained(book.book, AFTER, None) == ()


def test_nothing_is_told_where_no_row_lies_before_the_opening() -> None:
    book = wallet()
    opening(book, "wallet", "870.00", on=AUGUST, account_no=M)
    book.reconcile()
    assert CloseRoom(book.book).transit(AUGUST).contained == ()
    assert {table.name for table in make(book.book, "arrivals", period=None).tables} == {"arrivals"}


N = "1900000002"


@pytest.mark.parametrize("named", [{"channel": "wechat", "store_code": "S1"}, {"channel": "wechat"}])
def test_one_opening_of_several_numbers_and_a_later_one_of_one_of_them_is_told(named: dict[str, str]) -> None:
    book = wallet().account("wechat", N, "S1")
    opening(book, "wallet", "870.00", on=AUGUST, **named)
    assert twice(book.book) == ()
    opening(book, "wallet", "1000.00", account_no=M)
    assert twice(book.book) == (Twice("wechat", AUGUST, (M,)),)
    book.reconcile()
    step = CloseRoom(book.book).board(AUGUST).step("bank")
    assert "close.opening_twice" in {one.code for one in step.missing}
    opening(book, "wallet", "50.00", account_no=N)
    assert twice(book.book) == ()


def test_what_was_between_wallet_and_bank_clears_the_opening_that_has_it() -> None:
    """1 000.00 in the wallet and 300.00 on their way: 1 300.00 + 200.00 − 0.76 − 800.00."""
    book = wallet()
    opening(book, "wallet", "1000.00", account_no=M)
    opening(book, "in_transit", "300.00", channel="wechat")
    assert told(book) == (yuan("699.24"),) * 4
    (channel,) = CloseRoom(book.book).transit(AUGUST).channels
    assert (channel.opening, channel.month.received) == (yuan("1300.00"), yuan("800.00"))


def test_a_later_opening_balance_replaces_an_earlier_one() -> None:
    book = wallet()
    opening(book, "wallet", "870.00", on=AUGUST, account_no=M)
    opening(book, "wallet", "1000.00", account_no=M)
    assert told(book) == (yuan("699.24"),) * 4


@pytest.mark.parametrize("named", [{"channel": "wechat", "store_code": "S1"}, {"channel": "wechat"}])
def test_one_wallet_that_is_named_otherwise_the_second_time_has_one_opening(named: dict[str, str]) -> None:
    book = wallet()
    opening(book, "wallet", "870.00", on=AUGUST, **named)
    opening(book, "wallet", "1000.00", account_no=M)
    assert told(book) == (yuan("699.24"),) * 4


def test_a_later_balance_of_money_on_its_way_has_the_withdrawal_in_it_that_the_wallet_still_had() -> None:
    """870.00 + 100.00 − 0.38 − 300.00 + 200.00 − 0.76 − 500.00 in the wallet; the 300.00 on their way arrived."""
    book = wallet()
    opening(book, "wallet", "870.00", on=AUGUST, account_no=M)
    opening(book, "in_transit", "300.00", channel="wechat")
    assert told(book) == (yuan("368.86"),) * 4


def test_an_earlier_balance_of_money_on_its_way_is_cleared_by_what_arrives_before_that_of_the_wallet() -> None:
    """300.00 left on the 9th and arrived on the 10th; 1 000.00 in the wallet on the 12th, before the sale."""
    book = wallet()
    opening(book, "in_transit", "300.00", channel="wechat")
    opening(book, "wallet", "1000.00", on=day(12), account_no=M)
    assert told(book) == (yuan("699.24"),) * 4


@pytest.mark.parametrize("named", [{"channel": "meituan"}, {"channel": "meituan", "store_code": "S1"}])
def test_a_payout_of_days_on_both_sides_clears_the_opening_by_what_is_older(named: dict[str, str]) -> None:
    """80.00 opened; 40.00 of older sales arrive with 15.00 of newer ones, 50.00 are still to come: 90.00."""
    book = World(covered=(AUGUST, END)).bank().store("S1").account("meituan", "501", "S1", rate=None)
    sales = (("T0", "50.00", 9, "B1"), ("T1", "25.00", 10, "B1"), ("T2", "60.00", 12, "B2"))
    for number, amount, sold, payout in sales:
        common = {"channel": "meituan", "merchant": "501", "bill_day": day(sold), "settlement_ref": payout}
        book.payment(number, amount, fee="10.00", when=at(day=day(sold)), **common)
        net = str(Decimal(amount) - 10)
        paid = day(12) if payout == "B1" else AFTER + timedelta(days=3)
        book.settlement_row("501", net, external_id=payout, day=day(sold), pays_on=paid, payout="50011903")
    memo = "美团外卖结算款 50011903 20260812"
    book.bank_line("D1", "55.00", day=day(12), payer="北京三快在线科技有限公司", memo=memo)
    opening(book, "in_transit", "80.00", **named)
    assert told(book) == (yuan("90.00"),) * 4
    (channel,) = CloseRoom(book.book).transit(AUGUST).channels
    left = {standing: Decimal(0) for standing in ("opening", "expected")}
    for item in channel.items:
        left[item.standing] += item.amount
    assert left == {"opening": yuan("40.00"), "expected": yuan("50.00")}


def test_a_sale_from_before_stays_visible_and_another_number_keeps_its_rows() -> None:
    """The opening of one number has nothing of another one of the same channel in it."""
    book = wallet()
    other = "1900000002"
    book.account("wechat", other, "S1").ledger("wechat", other)
    book.payment("P9", "50.00", fee="0.00", merchant=other, when=at(day=day(5)))
    book.wallet_line("LP9", "50.00", "payment", business_id="P9", merchant=other, when=at(day=day(5)))
    opening(book, "wallet", "1000.00", account_no=M)
    assert told(book) == (yuan("749.24"),) * 4
    seen = book.book.rows_of("select count(*) from base.arrival_movements where contained and part = 'gross'")
    assert seen == [(1,)]
