"""A small shop that takes money with a personal wallet: its bill is ledger and receipts, purchases are no sales."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from acceptance_book import Book

from chainbrain.analytics.periods import Period
from chainbrain.analytics.transit import transit

GOLDEN = Path(__file__).parents[2] / "golden"
WECHAT = GOLDEN / "wechat-personal" / "2026-03.csv"
ALIPAY = GOLDEN / "alipay-personal" / "new.csv"
JD = GOLDEN / "jd-personal" / "2026-03.csv"
MEITUAN = GOLDEN / "meituan-personal" / "2026-03.csv"


def test_guests_money_is_booked_and_nothing_else_becomes_a_difference(book: Book) -> None:
    book.add(WECHAT, ALIPAY, GOLDEN / "alipay-personal" / "old_web.csv", JD, MEITUAN)
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 11}
    reasons = book.rows(
        "select w.kind, r.state, r.reason, count(*) from base.row_states r "
        "join wallet_lines w on w.wallet_line_id = r.record_id where r.leg = 'ledger' and r.reason is not null "
        "group by all order by all"
    )
    assert {state for _, state, _, _ in reasons} == {"excluded"}
    assert {(kind, reason) for kind, _, reason, _ in reasons if reason != "not_a_sale"} == {
        ("closed", "nothing_moved"), ("withdrawal", "withdrawal"),
    }  # fmt: skip


def test_what_came_back_is_counted_once(book: Book) -> None:
    """130.00(已退款30.00) beside its refund's row leaves 100.00; 50.00(已全额退款) leaves nothing."""
    book.add(WECHAT, ALIPAY, GOLDEN / "alipay-personal" / "old_web.csv", JD)
    kept = dict(book.rows("select split_part(reference, '_', 1), sum(amount) from wallet_lines group by 1"))
    assert (kept["90002"], kept["90003"]) == (Decimal("-100.00"), Decimal("0.00"))
    assert kept["HM20260302000001"] == Decimal("-158.00")
    assert (kept["T200P1"], kept["D1"]) == (Decimal("-60.00"), Decimal("0.00"))
    assert (kept["T1"], kept["T2"], kept["T4"]) == (Decimal("-60.00"), Decimal("0.00"), Decimal("-20.00"))
    assert (kept["90005"], kept["T3"], kept["90004"]) == (Decimal(0), Decimal(0), Decimal(0))


def test_the_same_bill_in_both_forms_is_one_bill(book: Book) -> None:
    book.add(WECHAT)
    (again,) = book.take(GOLDEN / "wechat-personal" / "2026-03.xlsx")
    assert again["rows"] == {"new": 0, "seen": 12, "suspect": 0, "broken": 0}
    assert book.rows("select count(*), sum(amount) from payments") == [(5, Decimal("242.50"))]


def test_one_number_in_several_rows_stays_several_rows(book: Book) -> None:
    """Time and amount tell them apart; only the two rows that agree in all three are asked about."""
    path = GOLDEN / "samples" / "wechat" / "wechat-personal.csv"
    (sample,) = book.take(path, options=["--accept-differences"], status=3)
    assert sample["rows"] == {"new": 26, "seen": 0, "suspect": 1, "broken": 0}
    assert [(problem["line"], problem["code"]) for problem in sample["problems"]] == [(44, "repeated_in_file")]


def test_card_purchases_are_not_on_their_way_to_the_bank(book: Book) -> None:
    book.add(WECHAT, JD, MEITUAN)
    book.reconcile()
    figures = transit(book.workspace.book, Period(date(2026, 3, 1), date(2026, 4, 1)))
    # Takings 242.50, spent from the balance 188.00, back 30.00, wages 300.00, fee 0.10; nothing has reached the bank.
    assert {channel.channel: channel.roll.closing for channel in figures.channels} == {"wechat": Decimal("-215.60")}
    assert figures.proven


def test_a_statement_without_an_account_says_so(book: Book) -> None:
    path = GOLDEN / "bank-personal" / "bocom_debit.csv"
    (entry,) = book.take(path)
    assert entry["facts"]["account"] == "missing"
    assert book.rows("select distinct bank_account from bank_lines") == [("bocom_debit",)]
    book.cli("undo", book.path)
    _, _, told = book.cli("import", book.path, path)
    assert "没有写明是哪个账户" in told
