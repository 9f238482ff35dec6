"""Till and wallet: which key pairs what, and what is never paired."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from reconcile_book import DAY, World, a_shop, a_tender, at, ident

M = "1900000001"


def test_the_wallets_own_number_pairs_and_settles_both_rows() -> None:
    book = a_shop().order("S1", "A1", "38.00", a_tender("4200001", merchant_no=M)).payment("4200001", "38.00")
    done = book.reconcile()
    assert len(book.pairs()) == 1
    assert book.codes() == []
    assert done.states == {("till", "matched"): 3}


def test_a_merchant_order_number_pairs_within_its_merchant() -> None:
    book = (
        a_shop().order("S1", "A1", "38.00", a_tender("M-1", merchant_no=M)).payment("4200001", "38.00", order_no="M-1")
    )
    book.reconcile()
    assert len(book.pairs()) == 1


def test_a_merchant_order_number_without_merchant_is_held_to_the_store() -> None:
    book = (
        a_shop()
        .store("S2")
        .account("wechat", "1900000002", "S2")
        .order("S2", "B1", "5.00", a_tender(None, method="coupon"))
    )
    book.order("S1", "A1", "38.00", a_tender("0001")).payment(
        "4200001", "38.00", order_no="0001", merchant="1900000002"
    )
    book.reconcile()
    assert book.pairs() == []
    assert book.codes() == [("D01", Decimal("-38.00")), ("D02", Decimal("38.00"))]


def test_the_orders_own_number_serves_a_till_that_prints_no_wallet_numbers() -> None:
    book = a_shop()
    for number in range(6):
        book.order("S1", f"A{number}", "18.00", a_tender(f"flow-{number}"))
        book.payment(f"42{number}", "18.00", order_no=f"A{number}")
    book.reconcile()
    assert len(book.pairs()) == 6


def test_the_orders_number_does_not_paper_over_a_wallet_number_that_finds_nothing() -> None:
    """The guest was charged again under the same order number; the first charge is missing. No pair may come of it."""
    book = a_shop()
    for number in range(6):
        book.order("S1", f"A{number}", "18.00", a_tender(f"42{number}", merchant_no=M))
        if number:
            book.payment(f"42{number}", "18.00", order_no=f"A{number}")
    book.payment("4299", "18.00", order_no="A0")
    book.reconcile()
    assert (
        ident("tender", "S1", "A0", 0, "420", Decimal("18.00")),
        ident("payment", "wechat", "4299", None, None, "payment", None),
    ) not in book.pairs()
    assert [code for code, _ in book.codes()] == ["D01", "D02"]


def test_nothing_is_paired_by_amount_alone() -> None:
    book = a_shop().order("S1", "A1", "38.00", a_tender(None))
    book.payment("4200001", "38.00", order_no="other", when=at("12:02:01"))
    book.reconcile()
    assert book.pairs() == []


def test_another_channel_is_not_a_partner() -> None:
    book = a_shop().account("alipay", "2088000000000001", "S1")
    book.order("S1", "A1", "38.00", a_tender("X1", method="alipay")).payment("X1", "38.00", channel="wechat")
    book.reconcile()
    assert book.pairs() == []


def test_an_unnamed_method_takes_the_channel_that_knows_the_number() -> None:
    book = a_shop().order("S1", "A1", "38.00", a_tender("4200001", method="other")).payment("4200001", "38.00")
    book.reconcile()
    assert len(book.pairs()) == 1


def test_long_and_short_alipay_numbers_are_one_merchant() -> None:
    book = World().store("S1").account("alipay", "2088123412341234", "S1")
    book.order("S1", "A1", "38.00", a_tender("M-1", method="alipay", merchant_no="2088123412341234"))
    book.payment("2026080322001", "38.00", channel="alipay", merchant="20881234123412340156", order_no="M-1")
    book.reconcile()
    assert len(book.pairs()) == 1
    assert book.codes() == []


def test_a_number_used_again_every_day_pairs_only_within_its_day() -> None:
    """Day 1's payment is missing: its tender must not take day 2's, though number and amount agree."""
    book = a_shop()
    for offset in range(6):
        day = DAY + timedelta(days=offset)
        book.order("S1", f"D{offset}", "18.00", a_tender("0001", merchant_no=M), day=day)
        if offset != 1:
            book.payment(f"42{offset}", "18.00", order_no="0001", when=at(day=day))
    book.reconcile()
    wanted = {
        (
            ident("tender", "S1", f"D{n}", 0, "0001", Decimal("18.00")),
            ident("payment", "wechat", f"42{n}", None, None, "payment", None),
        )
        for n in (0, 2, 3, 4, 5)
    }
    assert set(book.pairs()) == wanted
    assert book.codes() == [("D01", Decimal("-18.00"))]


def test_two_tenders_of_one_order_find_their_own_payments() -> None:
    book = a_shop().order(
        "S1", "A1", "50.00", a_tender("M-1", "30.00", merchant_no=M), a_tender("M-1", "20.00", merchant_no=M)
    )
    book.payment("421", "20.00", order_no="M-1").payment("422", "30.00", order_no="M-1")
    book.reconcile()
    assert set(book.pairs()) == {
        (
            ident("tender", "S1", "A1", 0, "M-1", Decimal("30.00")),
            ident("payment", "wechat", "422", None, None, "payment", None),
        ),
        (
            ident("tender", "S1", "A1", 1, "M-1", Decimal("20.00")),
            ident("payment", "wechat", "421", None, None, "payment", None),
        ),
    }
    assert book.codes() == []


def test_refunds_pair_with_refunds_by_the_sales_number_then_amount() -> None:
    book = a_shop().order(
        "S1",
        "A1",
        "50.00",
        a_tender("4200001"),
        a_tender("4200001", "-10.00"),
        a_tender("4200001", "-4.00"),
        clock="12:00:00",
    )
    book.payment("4200001", "50.00")
    book.payment("4200001", "-4.00", kind="refund", refund_id="R1").payment(
        "4200001", "-10.00", kind="refund", refund_id="R2"
    )
    book.reconcile()
    assert len(book.pairs()) == 3
    assert book.codes() == []


def test_of_equal_refunds_of_one_sale_those_of_the_same_second_go_together() -> None:
    """The first of three equal refunds is unknown to the till: the earlier must not go with the earlier."""
    clocks = ("19:01:30", "21:19:22", "21:28:01")
    back = [a_tender("M-1", "-18.70", merchant_no=M, paid_at=at(clock)) for clock in clocks[1:]]
    book = a_shop().order("S1", "A1", "75.00", a_tender("M-1", "75.00", merchant_no=M), *back)
    book.payment("42", "75.00", order_no="M-1")
    for clock in clocks:
        book.payment(
            "42", "-18.70", kind="refund", refund_id=clock, refund_no=f"R{clock}", order_no="M-1", when=at(clock)
        )
    book.reconcile()
    told = book.book.rows_of(
        "select strftime(t.paid_at, '%X'), p.refund_id from main.matches m "
        "join main.match_members i on i.match_id = m.match_id and i.side = 'inner' "
        "join main.match_members o on o.match_id = m.match_id and o.side = 'outer' "
        "join base.tenders t on t.tender_id = i.record_id join base.payments p on p.payment_id = o.record_id "
        "where m.state = 'confirmed' and t.is_refund order by all"
    )
    assert told == [(clock, clock) for clock in clocks[1:]]
    unknown = book.book.rows_of(
        "select d.code, p.refund_id from main.differences d join base.payments p on p.payment_id = d.record_id"
    )
    assert unknown == [("D06", clocks[0])]


def test_a_refund_on_a_later_day_belongs_to_that_day() -> None:
    later = DAY + timedelta(days=5)
    book = a_shop().order(
        "S1", "A1", "50.00", a_tender("4200001"), a_tender("4200001", "-50.00", paid_at=at(day=later))
    )
    book.payment("4200001", "50.00").payment("4200001", "-50.00", kind="refund", refund_id="R1", when=at(day=later))
    book.reconcile()
    assert len(book.pairs()) == 2
    assert book.codes() == []


def test_a_cancelled_order_is_left_out_and_so_is_its_tender() -> None:
    book = a_shop().order("S1", "A1", "38.00", a_tender("4200001"), status="cancelled")
    book.reconcile()
    assert book.states("order", "till") == ["excluded"]
    assert book.states("tender", "till") == ["excluded"]
    assert book.codes() == []


def test_a_platform_order_billed_twice_counts_with_its_latest_bill() -> None:
    book = World().store("S1").account("meituan", "50001", "S1", rate=None)
    book.order("S1", "T1", "44.00", a_tender("3018", method="meituan"))
    for offset in (0, 2):
        book.payment(
            "3018", "44.00", channel="meituan", merchant="50001", fee="7.01", bill_day=DAY + timedelta(days=offset)
        )
    book.reconcile()
    assert book.pairs() == [
        (
            ident("tender", "S1", "T1", 0, "3018", Decimal("44.00")),
            ident("payment", "meituan", "3018", None, None, "payment", DAY + timedelta(days=2)),
        )
    ]
    assert book.states("payment", "till") == ["excluded", "matched"]
