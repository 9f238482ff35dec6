"""From the wallets' withdrawals to the deposits at the bank, with exact amounts."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from acceptance_book import Book
from acceptance_money import BANK, CFT, DAY, ZFB, A, B, Money, P, master, withdrawals
from acceptance_tables import Till, account, bank
from acceptance_wallets import ali_bill, ali_ledger, ali_sale


def test_equal_withdrawals_on_neighbouring_days(book: Book) -> None:
    """Two withdrawals of one amount, two deposits of it without a memo: which is which is not proven, so nothing is
    confirmed, nothing is missing."""
    files = withdrawals(book.folder, (f"{DAY} 02:00:00", "8001", "5000.00"), ("2026-03-11 02:00:00", "8002", "5000.00"))
    lines = [("2026-03-11", "5000.00", CFT, ""), ("2026-03-12", "5000.00", CFT, ""), ("2026-03-20", "-1.00", "x", "")]
    book.add(*master(book.folder, rate="0"), *files, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert [code for code, *_ in book.codes() if code in ("D08", "D09")] == []
    for number, amount in book.deposits():
        assert (number, amount) in {("8001", Money("5000.00")), ("8002", Money("5000.00"))}
    wrong = book.rows("select b.posted_at::date, w.occurred_at::date from matches m join match_members i on i.match_id = m.match_id and i.side = 'inner' "
                      "join match_members o on o.match_id = m.match_id and o.side = 'outer' join bank_lines b on b.bank_line_id = o.record_id "
                      "join wallet_lines w on w.wallet_line_id = i.record_id where m.state = 'confirmed' and b.posted_at::date - w.occurred_at::date <> 1")  # fmt: skip
    assert wrong == []


def test_two_merchants_with_equal_withdrawals_into_one_account(book: Book) -> None:
    more = [account("微信", B, "S2", "0", BANK)]
    one = withdrawals(book.folder, (f"{DAY} 02:00:00", "8001", "5000.00"))
    two = withdrawals(book.folder, (f"{DAY} 02:00:00", "8002", "5000.00"), merchant=B, name="g.csv", start=50)
    lines = [
        ("2026-03-11", "5000.00", CFT, f"微信支付 {B} 提现"),
        ("2026-03-11", "5000.00", CFT, f"微信支付 {A} 提现"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(*master(book.folder, *more, rate="0"), *one, *two, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.codes() == []
    found = book.rows("select w.merchant_no, b.memo from matches m join match_members i on i.match_id = m.match_id and i.side = 'inner' "
                      "join match_members o on o.match_id = m.match_id and o.side = 'outer' join bank_lines b on b.bank_line_id = o.record_id "
                      "join wallet_lines w on w.wallet_line_id = i.record_id where m.state = 'confirmed' and m.kind = 'settlement_bank'")  # fmt: skip
    assert len(found) == 2 and all(merchant in memo for merchant, memo in found)


def test_a_deposit_of_another_channel_with_the_same_amount(book: Book) -> None:
    files = withdrawals(book.folder, (f"{DAY} 02:00:00", "8001", "5000.00"))
    lines = [
        ("2026-03-10", "5000.00", ZFB, "支付宝提现"),
        ("2026-03-11", "5000.00", "某某供应商", "退货款"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(*master(book.folder, rate="0"), *files, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.deposits() == set()
    codes = book.codes()
    assert ("D08", "open", Money("-5000.00")) in codes, codes


def test_a_withdrawal_before_a_holiday_week(book: Book) -> None:
    """国庆 2026: withdrawn on the last working day, posted on the first one after it: on time."""
    files = withdrawals(book.folder, ("2026-09-30 23:00:00", "8001", "48210.35"))
    lines = [("2026-10-08", "48210.35", CFT, f"{A} 提现"), ("2026-10-20", "-1.00", "x", "")]
    book.add(
        *master(book.folder, rate="0"),
        *files,
        bank(book.folder / "b.csv", [("2026-09-29", "1.00", "利息", "利息"), *lines]),
    )
    book.reconcile()
    assert book.deposits() == {("8001", Money("48210.35"))}
    assert [code for code, *_ in book.codes()] == ["D09"], "the interest only"


def test_within_the_holiday_week_nothing_is_late(book: Book) -> None:
    files = withdrawals(book.folder, ("2026-10-01 10:00:00", "8001", "48210.35"))
    lines = [("2026-09-29", "-2.00", "x", ""), ("2026-10-07", "-1.00", "x", "")]
    book.add(*master(book.folder, rate="0"), *files, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.codes() == []
    assert book.states("wallet_line", "bank") == {"timing": 1}


def test_nothing_arrived_although_the_statement_goes_on(book: Book) -> None:
    files = withdrawals(book.folder, (f"{DAY} 02:00:00", "80010001", "5000.00"))
    book.add(
        *master(book.folder, rate="0"),
        *files,
        bank(book.folder / "b.csv", [("2026-03-09", "-2.00", "x", ""), ("2026-03-20", "-1.00", "x", "")]),
    )
    book.reconcile()
    assert book.codes() == [("D08", "open", Money("-5000.00"))]
    book.add(bank(book.folder / "late.csv", [("2026-03-23", "5000.00", CFT, "W80010001")], opening="997.00"))
    book.reconcile()
    assert book.codes() == []


def test_a_deposit_lower_than_the_named_withdrawal(book: Book) -> None:
    files = withdrawals(book.folder, (f"{DAY} 02:00:00", "80010001", "5000.00"))
    lines = [
        ("2026-03-09", "-2.00", "x", ""),
        ("2026-03-10", "4990.00", CFT, "提现 W80010001"),
        ("2026-03-20", "-1.00", "x", ""),
    ]
    book.add(*master(book.folder, rate="0"), *files, bank(book.folder / "b.csv", lines))
    book.reconcile()
    assert book.codes() == [("D08", "open", Money("-10.00"))]
    assert book.states("bank_line", "bank")["difference"] == 1


def test_alipay_all_the_way_with_the_long_account(book: Book) -> None:
    sale = ali_sale("2026031022001400000000000001", "X1", f"{DAY} 12:00:00", "200.00", "1.20", "S1")
    ledger = [(f"{DAY} 12:00:00", "8001", "2026031022001400000000000001", "X1", "在线支付", "200.00"),
              (f"{DAY} 12:00:00", "8002", "2026031022001400000000000001", "X1", "收费", "-1.20"),
              (f"{DAY} 23:00:00", "8003", "W1", "", "提现", "-198.80")]  # fmt: skip
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "200.00", ("支付宝", "200.00", P, "X1"))
    book.add(*master(book.folder), *till.write(book.folder), ali_bill(book.folder / "a.csv", [sale], account=f"{P}0156"),
             ali_ledger(book.folder / "l.csv", ledger, account=f"{P}0156", newest_first=True),
             bank(book.folder / "b.csv", [(DAY, "-1.00", "x", ""), ("2026-03-11", "198.80", ZFB, f"{P}提现")]))  # fmt: skip
    book.reconcile()
    assert book.codes() == []
    assert book.states("tender", "till") == {"matched": 1}
    assert book.states("payment", "ledger") == {"matched": 1}
    assert book.deposits() == {("8003", Money("198.80"))}
