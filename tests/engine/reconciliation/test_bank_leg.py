"""Withdrawals and payouts against bank lines: named, alone, or only suggested."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from reconcile_book import DAY, World, a_shop, at, ident

M = "1900000001"
WAIT = timedelta(days=1)


def a_withdrawal(book: World, number: str, amount: str, *, day: date = DAY, merchant: str = M) -> World:
    return book.wallet_line(number, f"-{amount}", "withdrawal", when=at("08:00:00", day), merchant=merchant)


def a_payout(
    book: World, amount: str, *, pays_on: date, external_id: str = "70000001", payout: str = "50011903"
) -> World:
    book.account("meituan", "18204417", "S1", rate=None)
    book.payment(
        "301", amount, channel="meituan", merchant="18204417", fee="0", bill_day=DAY, settlement_ref=external_id
    )
    return book.settlement_row("18204417", amount, external_id=external_id, pays_on=pays_on, payout=payout)


def state(book: World, number: str) -> tuple[str, str | None]:
    return book.state(ident("line", "wechat", number), "bank")


def test_merchant_number_day_and_amount_prove_a_withdrawal() -> None:
    book = a_withdrawal(a_shop().bank(), "W1", "5000.00").bank_line("B1", "5000.00", memo=f"微信支付提现 {M} 20260803")
    book.reconcile()
    assert book.pairs("settlement_bank") == [(ident("line", "wechat", "W1"), ident("bank", "62220001", "B1"))]
    assert book.codes() == []
    assert state(book, "W1") == ("matched", None)


def test_the_day_in_the_memo_tells_two_equal_withdrawals_apart() -> None:
    """The first never arrived; its amount is the second's. The memo names the second's day."""
    later = DAY + WAIT
    book = a_withdrawal(a_withdrawal(a_shop().bank(), "W1", "100.00"), "W2", "100.00", day=later)
    book.bank_line("B1", "100.00", day=later, memo=f"商户号{M} 2026-08-04")
    book.reconcile()
    assert book.pairs("settlement_bank") == [(ident("line", "wechat", "W2"), ident("bank", "62220001", "B1"))]
    assert book.codes() == [("D08", Decimal("-100.00"))]
    assert state(book, "W1")[0] == "difference"


def test_equal_amounts_without_a_day_are_reported_as_several() -> None:
    later = DAY + WAIT
    book = a_withdrawal(a_withdrawal(a_shop().bank(), "W1", "100.00"), "W2", "100.00", day=later)
    book.bank_line("B1", "100.00", day=later, memo="提现")
    book.reconcile()
    assert book.pairs("settlement_bank") == []
    assert len(book.pairs("settlement_bank", "suggested")) == 2
    assert book.book.rows_of("select distinct solutions from main.matches") == [(2,)]
    assert book.state(ident("bank", "62220001", "B1"), "bank") == ("timing", "suggested")


def test_a_lone_large_amount_without_any_name_is_proven_by_its_rarity() -> None:
    book = a_withdrawal(a_shop().bank(), "W1", "48109.98").bank_line("B1", "48109.98", memo="转账存入")
    book.reconcile()
    assert len(book.pairs("settlement_bank")) == 1
    ((explanation,),) = book.book.rows_of("select explanation from main.matches where kind = 'settlement_bank'")
    assert '"chance":' in explanation


def test_a_lone_small_amount_without_any_name_is_only_suggested() -> None:
    """12.00 spreads over 120 fen at most: one chance in 120 is no proof."""
    book = a_withdrawal(a_shop().bank(), "W1", "12.00").bank_line("B1", "12.00", memo="转账存入")
    book.reconcile()
    assert book.pairs("settlement_bank") == []
    assert len(book.pairs("settlement_bank", "suggested")) == 1


def test_a_memo_that_names_another_merchant_is_not_taken() -> None:
    book = a_shop().account("wechat", "1900000002", "S1").bank()
    a_withdrawal(book, "W1", "48109.98").bank_line("B1", "48109.98", memo="微信支付提现 1900000002 20260803")
    book.reconcile()
    assert book.pairs("settlement_bank") == []
    assert book.codes() == [("D08", Decimal("-48109.98"))]
    # the merchant it names has no ledger in the book yet
    assert book.state(ident("bank", "62220001", "B1"), "bank") == ("timing", "waiting_for_file")


def test_another_payer_is_not_a_payout_of_the_channel() -> None:
    book = a_withdrawal(a_shop().bank(), "W1", "48109.98").bank_line("B1", "48109.98", payer="黄志强", memo="往来款")
    book.reconcile()
    assert book.pairs("settlement_bank") == []
    assert book.codes() == [("D08", Decimal("-48109.98")), ("D09", Decimal("48109.98"))]


def test_one_confirmed_deposit_leaves_the_next_one_alone_with_its_candidate() -> None:
    """B1 names W1, which is then no rival of W2 for the unnamed deposit of the same amount."""
    book = a_withdrawal(a_withdrawal(a_shop().bank(), "W1", "48109.98"), "W2", "48109.98", day=DAY + WAIT)
    book.bank_line("B1", "48109.98", memo=f"{M} 20260803").bank_line("B2", "48109.98", day=DAY + WAIT, memo="转账")
    book.reconcile()
    assert set(book.pairs("settlement_bank")) == {
        (ident("line", "wechat", "W1"), ident("bank", "62220001", "B1")),
        (ident("line", "wechat", "W2"), ident("bank", "62220001", "B2")),
    }


def test_late_after_two_working_days_of_complete_statements() -> None:
    """Friday's withdrawal is late when the statement reaches Tuesday; on Monday it is still in transit."""
    friday = date(2026, 8, 7)
    for last, verdict in ((date(2026, 8, 10), "timing"), (date(2026, 8, 11), "difference")):
        book = a_withdrawal(a_shop().bank(first=DAY, last=last), "W1", "5000.00", day=friday)
        book.reconcile()
        assert state(book, "W1")[0] == verdict


def test_a_withdrawal_before_the_first_statement_waits() -> None:
    book = a_withdrawal(a_shop().bank(first=DAY + timedelta(days=3), last=DAY + timedelta(days=13)), "W1", "5000.00")
    book.reconcile()
    assert state(book, "W1") == ("timing", "before_statement")
    assert book.codes() == []


def test_a_platform_payout_lower_than_its_bills() -> None:
    pays_on = DAY + timedelta(days=3)
    book = a_payout(World().store("S1").bank(), "1199.45", pays_on=pays_on)
    book.bank_line(
        "B1", "1149.45", day=pays_on, memo="美团外卖结算款 50011903 20260806", payer="北京三快在线科技有限公司"
    )
    book.reconcile()
    assert ("D12", Decimal("-50.00")) in book.codes()
    assert len(book.pairs("settlement_bank")) == 1
    assert book.states("settlement", "bank") == ["difference"]
    assert book.states("bank_line", "bank") == ["difference"]
    assert book.states("settlement", "payout") == ["matched"]


def test_a_payout_of_several_shops_and_days_arrives_as_one() -> None:
    pays_on = DAY + timedelta(days=3)
    book = World().store("S1").store("S2").bank()
    for shop, store, bill, amount in (("18204417", "S1", "70001", "1000.00"), ("18235088", "S2", "70002", "550.07")):
        book.account("meituan", shop, store, rate=None)
        book.payment(f"30{bill}", amount, channel="meituan", merchant=shop, fee="0", bill_day=DAY, settlement_ref=bill)
        book.settlement_row(shop, amount, external_id=bill, pays_on=pays_on, payout="50011903")
    book.bank_line("B1", "1550.07", day=pays_on, memo="50011903 20260806", payer="北京三快在线科技有限公司")
    book.reconcile()
    assert len(book.pairs("settlement_bank")) == 1
    assert book.states("payment", "payout") == ["matched", "matched"]
    assert book.book.rows_of("select gross, fee, net from main.settlements") == [
        (Decimal("1550.07"), Decimal(0), Decimal("1550.07"))
    ]


def test_a_bill_that_is_not_the_sum_of_its_rows() -> None:
    book = World().store("S1").account("meituan", "18204417", "S1", rate=None)
    book.payment(
        "301", "44.00", channel="meituan", merchant="18204417", fee="7.01", bill_day=DAY, settlement_ref="70001"
    )
    book.settlement_row("18204417", "30.00", external_id="70001", pays_on=DAY + timedelta(days=3))
    book.reconcile()
    assert ("D12", Decimal("-6.99")) in book.codes()
    assert book.states("settlement", "payout") == ["difference"]


def test_the_books_first_deposits_settle_what_was_in_transit() -> None:
    book = a_payout(World().store("S1").bank(), "800.00", pays_on=DAY + timedelta(days=3))
    book.insert(
        "openings",
        opening_id=ident("o"),
        kind="in_transit",
        channel="meituan",
        account_no=None,
        day=DAY,
        balance=Decimal("700.00"),
        file_id=book.file("files"),
        line=book.line(),
    )
    for number, amount in (("B1", "700.00"), ("B2", "55.00")):
        book.bank_line(
            number, amount, day=DAY + WAIT * (1 if number == "B1" else 2), memo="", payer="北京三快在线科技有限公司"
        )
    book.bank_line(
        "B3", "800.00", day=DAY + timedelta(days=3), memo="50011903 20260806", payer="北京三快在线科技有限公司"
    )
    book.reconcile()
    assert book.state(ident("bank", "62220001", "B1"), "bank") == ("timing", "opening_in_transit")
    assert ("D09", Decimal("55.00")) in book.codes()


@pytest.mark.parametrize(
    ("days", "state"), [(11, ("timing", "opening_in_transit")), (12, ("difference", "no_settlement"))]
)
def test_rest_days_after_the_books_first_ones_settle_nothing_from_before_it(days: int, state: tuple[str, str]) -> None:
    # Opened on a Tuesday: the eighth working day after it is the Friday of the next week.
    book = a_payout(World().store("S1").bank(), "800.00", pays_on=DAY + timedelta(days=3))
    book.insert(
        "openings", opening_id=ident("o"), kind="in_transit", channel="meituan", account_no=None,
        day=DAY + timedelta(days=1), balance=Decimal("700.00"), file_id=book.file("files"), line=book.line(),
    )  # fmt: skip
    book.bank_line("B1", "700.00", day=DAY + timedelta(days=days), payer="北京三快在线科技有限公司")
    book.reconcile()
    assert book.state(ident("bank", "62220001", "B1"), "bank") == state


def test_cash_that_a_store_banked_and_payments_out() -> None:
    book = World().store("S1").bank().cash_count("S1", sales="500.00", counted="200.00", banked="500.00")
    book.bank_line("B1", "500.00", day=DAY + WAIT, memo="现金缴存 S1 20260804", payer="").bank_line(
        "B2", "500.00", day=DAY + WAIT, memo="现金缴存 S1", payer=""
    )
    book.bank_line("B3", "-800.00", memo="货款", payer="杭州鲜禾食品有限公司")
    book.reconcile()
    assert sorted(book.states("bank_line", "bank")) == ["difference", "excluded", "matched"]
    assert book.codes() == [("D09", Decimal("500.00"))]


def test_without_contracts_merchant_day_and_amount_still_prove_a_withdrawal() -> None:
    book = World().store("S1").bank().ledger("wechat", M)
    a_withdrawal(book, "W1", "5000.00").bank_line("B1", "5000.00", memo=f"微信支付提现 {M} 20260803")
    a_withdrawal(book, "W2", "700.00").bank_line("B2", "700.00", memo=f"微信支付提现 {M}")
    book.reconcile()
    assert book.pairs("settlement_bank") == [(ident("line", "wechat", "W1"), ident("bank", "62220001", "B1"))]
    assert state(book, "W2") == ("timing", "account_unknown")
