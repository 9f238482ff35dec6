"""Each code in its own small story, with its amount: what came minus what should have come."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from reconcile_book import DAY, World, a_shop, a_tender, at, ident

from chainbrain.money import fee_of

M = "1900000001"


def test_d01_till_only_and_d02_wallet_only() -> None:
    book = a_shop().order("S1", "A1", "28.00", a_tender("4200001"))
    book.order("S1", "A2", "5.00", a_tender("4200002")).payment("4200002", "5.00").payment("4200003", "38.00")
    book.reconcile()
    assert book.codes() == [("D01", Decimal("-28.00")), ("D02", Decimal("38.00"))]


def test_no_verdict_of_shortage_while_the_other_sides_file_is_missing() -> None:
    book = World(covered=None).store("S1").account("wechat", M, "S1")
    book.order("S1", "A1", "28.00", a_tender("4200001")).payment("4200009", "9.00")
    book.reconcile()
    assert book.codes() == []
    assert book.state(ident("tender", "S1", "A1", 0, "4200001", Decimal("28.00")), "till") == (
        "timing",
        "waiting_for_file",
    )
    assert book.states("payment", "till") == ["timing"]


def test_d03_amount_differs_and_stays_matched() -> None:
    book = a_shop().order("S1", "A1", "28.00", a_tender("4200001")).payment("4200001", "25.00")
    book.reconcile()
    assert len(book.pairs()) == 1
    assert book.codes() == [("D03", Decimal("-3.00"))]
    assert book.states("payment", "till") == ["difference"]
    assert book.states("tender", "till") == ["difference"]
    assert book.states("order", "till") == ["difference"]


def test_d03_of_a_coupon_that_the_merchant_paid_for_is_explained() -> None:
    book = a_shop().order("S1", "A1", "28.00", a_tender("4200001")).payment("4200001", "25.00", order_amount="28.00")
    book.reconcile()
    assert book.book.rows_of("select code, state, cause from main.differences") == [
        ("D03", "explained", "merchant_coupon")
    ]


def test_d03_an_order_that_is_not_the_sum_of_its_tenders() -> None:
    book = a_shop().order("S1", "A1", "82.00", a_tender("4200001", "50.00"), a_tender(None, "24.00", method="coupon"))
    book.payment("4200001", "50.00")
    book.reconcile()
    assert book.codes() == [("D03", Decimal("-8.00"))]


def test_d04_another_business_day_is_timing() -> None:
    book = a_shop().order("S1", "A1", "28.00", a_tender("4200001"), clock="23:59:30")
    book.payment("4200001", "28.00", when=at("00:00:40", DAY + timedelta(days=1)))
    book.reconcile()
    assert book.book.rows_of("select code, state, amount from main.differences") == [
        ("D04", "timing", Decimal("0.00000"))
    ]
    assert book.states("tender", "till") == ["timing"]
    assert book.states("payment", "till") == ["timing"]


def test_the_stores_own_day_cutoff_decides_the_business_day() -> None:
    book = World().store("S1", cutoff="04:00:00").account("wechat", M, "S1")
    book.order("S1", "A1", "28.00", a_tender("4200001", paid_at=at("01:10:00", DAY + timedelta(days=1))))
    book.payment("4200001", "28.00", when=at("01:10:05", DAY + timedelta(days=1)))
    book.reconcile()
    assert book.codes() == []


def test_d05_tender_exported_twice_is_one_difference_and_no_other() -> None:
    book = a_shop().order("S1", "A1", "16.00", a_tender("4200001"), a_tender("4200001")).payment("4200001", "16.00")
    book.reconcile()
    assert book.codes() == [("D05", Decimal("-16.00"))]


@pytest.mark.parametrize("payer", [None, "same guest"])
def test_d05_guest_charged_twice(payer: str | None) -> None:
    number = "M-1" if payer is None else None
    book = (
        a_shop()
        .order("S1", "A1", "12.90", a_tender("4200001"))
        .payment("4200001", "12.90", order_no=number, payer=payer)
    )
    book.payment("4200002", "12.90", order_no=number, payer=payer, when=at("12:01:00"))
    book.reconcile()
    assert book.codes() == [("D05", Decimal("12.90"))]
    assert len(book.pairs()) == 1


def test_d06_refund_on_one_side_only() -> None:
    book = (
        a_shop()
        .order("S1", "A1", "50.00", a_tender("4200001"), a_tender("4200001", "-50.00"))
        .payment("4200001", "50.00")
    )
    book.order("S1", "A2", "24.00", a_tender("4200002")).payment("4200002", "24.00")
    book.payment("4200002", "-24.00", kind="refund", refund_id="R1")
    book.reconcile()
    assert book.codes() == [("D06", Decimal("-24.00")), ("D06", Decimal("50.00"))]


@pytest.mark.parametrize(
    ("amount", "rate", "fee"),
    [
        ("12.34", "0.0038", "0.05"),
        ("0.50", "0.0038", "0.00"),
        ("8.00", "0.0038", "0.03"),
        ("25.50", "0.0038", "0.10"),
        ("199.00", "0.0038", "0.76"),
        ("1.30", "0.0038", "0.00"),
        ("12.34", "0.006", "0.07"),
        ("0.50", "0.006", "0.00"),
        ("8.00", "0.006", "0.05"),
        ("25.50", "0.006", "0.15"),
        ("199.00", "0.006", "1.19"),
        ("1.30", "0.006", "0.01"),
        ("0.80", "0.006", "0.00"),
    ],
)
def test_fees_of_the_table_are_right(amount: str, rate: str, fee: str) -> None:
    assert fee_of(Decimal(amount), Decimal(rate)) == Decimal(fee)
    book = World().store("S1").account("wechat", M, "S1", rate=rate)
    book.order("S1", "A1", amount, a_tender("4200001")).payment("4200001", amount, fee=fee)
    book.reconcile()
    assert book.codes() == []


def test_d07_overcharge_of_the_audit_example() -> None:
    book = World().store("S1").account("wechat", M, "S1", rate="0.006")
    book.order("S1", "A1", "33.33", a_tender("4200001")).payment("4200001", "33.33", fee="0.25")
    book.reconcile()
    assert book.codes() == [("D07", Decimal("-0.05"))]
    assert book.states("payment", "till") == ["difference"]
    assert book.states("tender", "till") == ["matched"]


def test_a_refund_gives_back_its_share_of_the_fee() -> None:
    """30.00 of 100.00 at 0.60 % returns 0.18; 0.10 would be too little."""
    book = World().store("S1").account("wechat", M, "S1", rate="0.006")
    book.order("S1", "A1", "100.00", a_tender("4200001"), a_tender("4200001", "-30.00")).payment(
        "4200001", "100.00", fee="0.60"
    )
    book.payment("4200001", "-30.00", kind="refund", refund_id="R1", fee="-0.18")
    book.reconcile()
    assert book.codes() == []
    book.order("S1", "A2", "100.00", a_tender("4200002"), a_tender("4200002", "-30.00")).payment(
        "4200002", "100.00", fee="0.60"
    )
    book.payment("4200002", "-30.00", kind="refund", refund_id="R2", fee="-0.10")
    book.reconcile()
    assert book.codes() == [("D07", Decimal("-0.08"))]


def test_a_full_refund_gives_back_the_fee_of_its_sale() -> None:
    book = World().store("S1").account("wechat", M, "S1", rate="0.006")
    book.order("S1", "A1", "33.33", a_tender("4200001"), a_tender("4200001", "-33.33")).payment(
        "4200001", "33.33", fee="0.25"
    )
    book.payment("4200001", "-33.33", kind="refund", refund_id="R1", fee="-0.25")
    book.reconcile()
    assert book.codes() == [("D07", Decimal("-0.05"))]


def test_d10_cash_over_and_short_and_cash_proven_by_the_count() -> None:
    book = (
        World()
        .store("S1")
        .order("S1", "A1", "57.00", a_tender(None, method="cash"))
        .cash_count("S1", sales="57.00", counted="256.50")
    )
    book.order("S1", "A2", "30.00", a_tender(None, method="cash"), day=DAY + timedelta(days=1))
    book.cash_count("S1", sales="31.00", counted="231.00", day=DAY + timedelta(days=1))
    book.order("S1", "A3", "30.00", a_tender(None, method="cash"), day=DAY + timedelta(days=2))
    book.reconcile()
    assert book.codes() == [("D10", Decimal("-0.50"))]
    assert sorted(book.book.rows_of("select state, reason from main.row_states where record_type = 'tender'")) == [
        ("excluded", "cash_not_counted"),
        ("excluded", "cash_total_differs"),
        ("matched", "cash_counted"),
    ]


def test_d11_paid_through_another_stores_terminal() -> None:
    book = (
        World()
        .store("S1")
        .store("S2")
        .account("wechat", M, "S1", terminal="1001")
        .account("wechat", M, "S2", terminal="1002")
    )
    book.order("S1", "A1", "28.00", a_tender("4200001")).payment("4200001", "28.00", terminal="1002")
    book.reconcile()
    assert book.codes() == [("D11", Decimal("0.00"))]
    assert len(book.pairs()) == 1


def test_d12_commission_above_the_contract() -> None:
    """Base 44.00 at 6.5 % is 2.86 (platform-orders, section 1); 3.16 was taken."""
    book = World().store("S1").account("meituan", "50001", "S1", rate="0.065")
    for number, commission in (("1", "2.86"), ("2", "3.16")):
        book.order("S1", f"T{number}", "44.00", a_tender(f"301{number}", method="meituan"))
        book.payment(
            f"301{number}",
            "44.00",
            channel="meituan",
            merchant="50001",
            fee=str(Decimal(commission) + Decimal("4.15")),
            commission=Decimal(commission),
            bill_day=DAY,
            settlement_ref="B1",
        )
    book.settlement_row("50001", "73.68", external_id="B1", pays_on=DAY + timedelta(days=3))
    book.reconcile()
    assert book.codes() == [("D12", Decimal("-0.30"))]
    assert book.states("payment", "payout") == ["difference", "matched"]


def test_d14_stored_value_charged_otherwise_or_not_at_all() -> None:
    book = World().store("S1")
    for number, used in (("1", "24.00"), ("2", "22.00"), ("3", None)):
        book.order("S1", f"A{number}", "24.00", a_tender(f"XF{number}", method="stored_value"))
        if used:
            book.used("S1", f"XF{number}", used)
    book.used("S1", "XF9", "7.00")
    book.reconcile()
    assert book.codes() == [("D14", Decimal("-24.00")), ("D14", Decimal("-2.00")), ("D14", Decimal("7.00"))]
    assert book.states("tender", "till") == ["difference", "difference", "matched"]


def test_stored_value_without_any_source_is_left_out() -> None:
    book = World().store("S1").order("S1", "A1", "24.00", a_tender("XF1", method="stored_value"))
    book.reconcile()
    assert book.codes() == []
    assert book.states("tender", "till") == ["excluded"]


def test_without_contracts_the_pairs_already_made_say_which_wallet_serves_the_store() -> None:
    book = World().store("S1").cover("wallet", "wechat", M)
    book.order("S1", "A1", "5.00", a_tender("4200001")).payment("4200001", "5.00")
    book.order("S1", "A2", "28.00", a_tender("4200002")).payment("4200003", "38.00")
    book.reconcile()
    assert book.codes() == [("D01", Decimal("-28.00")), ("D02", Decimal("38.00"))]
