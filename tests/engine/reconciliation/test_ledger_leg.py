"""Wallet bills against the wallets' ledgers: which line belongs to which payment, and what is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from reconcile_book import DAY, World, a_shop, a_tender, at, ident

M = "1900000001"
A = "2088123412341234"


def a_sale(book: World, number: str = "4200001", amount: str = "100.00", **more: str) -> World:
    return book.order("S1", f"A{number}", amount, a_tender(number)).payment(number, amount, **more)


def test_gross_and_fee_are_two_lines_of_one_payment() -> None:
    book = a_sale(a_shop()).ledger("wechat", M)
    book.wallet_line("F1", "100.00", "payment", business_id="4200001").wallet_line(
        "F2", "-0.38", "fee", business_id="4200001"
    )
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == ["matched"]
    assert book.states("wallet_line", "ledger") == ["matched", "matched"]
    members = book.book.rows_of(
        "select side, sum(amount) from main.match_members join main.matches using (match_id) "
        "where kind = 'payment_wallet' group by side order by side"
    )
    assert members == [("inner", Decimal("99.62000")), ("outer", Decimal("99.62000"))]


def test_one_net_line_is_as_good() -> None:
    book = a_sale(a_shop()).ledger("wechat", M).wallet_line("F1", "99.62", "payment", business_id="4200001")
    book.reconcile()
    assert book.states("payment", "ledger") == ["matched"]
    assert book.codes() == []


@pytest.mark.parametrize("key", ["refund_id", "voucher", "sale"])
def test_a_refund_is_found_by_its_number_its_voucher_or_its_sale(key: str) -> None:
    book = a_sale(a_shop()).order("S1", "R", "0.00", a_tender("4200001", "-30.00")).ledger("wechat", M)
    book.payment("4200001", "-30.00", kind="refund", refund_id="R1", refund_no="MR1")
    book.wallet_line("F1", "100.00", "payment", business_id="4200001").wallet_line(
        "F2", "-0.38", "fee", business_id="4200001"
    )
    business = {"refund_id": "R1", "voucher": "unknown", "sale": "4200001"}[key]
    voucher = "MR1" if key == "voucher" else None
    book.wallet_line("F3", "-30.00", "refund", business_id=business, reference=voucher)
    book.wallet_line("F4", "0.11", "fee_return", business_id=business, reference=voucher)
    book.reconcile()
    assert book.states("payment", "ledger") == ["matched", "matched"]
    assert book.states("wallet_line", "ledger") == ["matched"] * 4
    assert book.codes() == []


def test_two_refunds_of_one_alipay_sale_take_their_own_lines() -> None:
    book = World().store("S1").account("alipay", A, "S1").ledger("alipay", A)
    book.order(
        "S1",
        "A1",
        "100.00",
        a_tender("2026X", method="alipay"),
        a_tender("2026X", "-30.00", method="alipay"),
        a_tender("2026X", "-12.00", method="alipay"),
    )
    book.payment("2026X", "100.00", channel="alipay", merchant=A, order_no="M1")
    for number, amount in (("B1", "-30.00"), ("B2", "-12.00")):
        book.payment("2026X", amount, channel="alipay", merchant=A, order_no="M1", kind="refund", refund_no=number)
    lines = [
        ("1", "100.00", "payment"),
        ("2", "-0.38", "fee"),
        ("3", "-12.00", "refund"),
        ("4", "0.05", "fee"),
        ("5", "-30.00", "refund"),
        ("6", "0.11", "fee"),
    ]
    for number, amount, kind in lines:
        book.wallet_line(
            number, amount, kind, business_id="2026X", channel="alipay", merchant=A + "0156", reference="M1"
        )
    book.reconcile()
    assert book.codes() == []
    assert book.states("wallet_line", "ledger") == ["matched"] * 6
    pairs = set(book.pairs("payment_wallet"))
    assert (ident("payment", "alipay", "2026X", None, "B2", "refund", None), ident("line", "alipay", "3")) in pairs
    assert (ident("payment", "alipay", "2026X", None, "B1", "refund", None), ident("line", "alipay", "6")) in pairs


def test_a_charge_is_found_by_the_order_number() -> None:
    book = World().store("S1").account("alipay", A, "S1").ledger("alipay", A)
    book.order("S1", "A1", "100.00", a_tender("2026X", method="alipay"))
    book.payment("2026X", "100.00", channel="alipay", merchant=A, order_no="M1")
    book.wallet_line("1", "100.00", "payment", business_id="2026X", channel="alipay", merchant=A)
    book.wallet_line("2", "-0.38", "fee", business_id="own number", channel="alipay", merchant=A, reference="M1")
    book.reconcile()
    assert book.codes() == []


def test_amount_and_fee_that_the_ledger_books_otherwise() -> None:
    book = a_sale(a_sale(a_shop()), "4200002").ledger("wechat", M)
    book.wallet_line("F1", "98.00", "payment", business_id="4200001").wallet_line(
        "F2", "-0.38", "fee", business_id="4200001"
    )
    book.wallet_line("F3", "100.00", "payment", business_id="4200002").wallet_line(
        "F4", "-0.60", "fee", business_id="4200002"
    )
    book.reconcile()
    assert book.codes() == [("D03", Decimal("-2.00")), ("D07", Decimal("-0.22"))]
    assert book.states("payment", "ledger") == ["difference", "difference"]
    assert book.states("wallet_line", "ledger") == ["difference", "difference", "matched", "matched"]


def test_missing_and_unexplained_lines() -> None:
    book = a_sale(a_shop()).ledger("wechat", M).wallet_line("F9", "55.00", "payment", business_id="4299999")
    book.reconcile()
    assert book.codes() == [("D08", Decimal("-99.62")), ("D09", Decimal("55.00"))]


def test_without_a_complete_ledger_the_payment_waits() -> None:
    book = a_sale(a_shop()).wallet_line("F9", "-80.00", "withdrawal")
    book.reconcile()
    assert book.codes() == []
    assert book.state(ident("payment", "wechat", "4200001", None, None, "payment", None), "ledger") == (
        "timing",
        "waiting_for_ledger",
    )


def test_a_merchant_without_any_ledger_has_no_ledger_leg() -> None:
    book = a_sale(a_shop())
    book.reconcile()
    assert book.states("payment", "ledger") == []


def test_a_fund_bill_without_a_number_belongs_to_whom_its_trades_belong() -> None:
    book = a_sale(a_shop()).wallet_line(
        "F1", "100.00", "payment", business_id="4200001", merchant=None, file="fund bill.csv"
    )
    book.wallet_line("F2", "-0.38", "fee", business_id="4200001", merchant=None, file="fund bill.csv")
    book.reconcile()
    assert book.book.rows_of("select distinct merchant_no from main.wallet_lines") == [(M,)]
    assert book.states("wallet_line", "ledger") == ["matched", "matched"]


def test_a_fund_bill_of_several_merchants_belongs_to_nobody() -> None:
    book = a_shop().account("wechat", "1900000002", "S1")
    a_sale(a_sale(book), "4200002", merchant="1900000002")
    for number in ("4200001", "4200002"):
        book.wallet_line(f"F{number}", "100.00", "payment", business_id=number, merchant=None, file="mixed.csv")
    book.reconcile()
    assert book.book.rows_of("select * from base.wallet_file_accounts") == []


def test_a_closed_refund_comes_back_and_is_an_amount_difference() -> None:
    book = a_sale(a_shop()).order("S1", "R", "0.00", a_tender("4200001", "-30.00")).ledger("wechat", M)
    book.payment("4200001", "-30.00", kind="refund", refund_id="R1", fee="-0.11")
    book.wallet_line("F1", "100.00", "payment", business_id="4200001").wallet_line(
        "F2", "-0.38", "fee", business_id="4200001"
    )
    book.wallet_line("F3", "-30.00", "refund", business_id="R1").wallet_line(
        "F4", "30.00", "refund_closed", business_id="R1"
    )
    book.reconcile()
    assert ("D03", Decimal("30.00")) in book.codes()


def test_the_day_of_a_line_shortly_after_midnight_needs_the_neighbouring_bill() -> None:
    """A sale of 23:59:58 booked at 00:00:02 of a day whose trade bill is there, the day before's is not: wait."""
    book = World(covered=(DAY, DAY)).store("S1").account("wechat", M, "S1").ledger("wechat", M)
    book.wallet_line("F1", "9.00", "payment", business_id="4200009", when=at("00:00:02"))
    book.reconcile()
    assert book.codes() == []
    assert book.state(ident("line", "wechat", "F1"), "ledger") == ("timing", "waiting_for_bill")
