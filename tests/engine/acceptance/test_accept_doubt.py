"""Where the till's word is not enough: shared merchant numbers, missing references, cancelled orders, files without an owner."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import pytest
from acceptance_book import Book
from acceptance_tables import Till, account, accounts, stores
from acceptance_wallets import ali_bill, ali_ledger, ali_sale, wx_bill, wx_fund, wx_refund, wx_sale

A, B, P = "1900000101", "1900000202", "2088111122223334"
DAY = "2026-03-10"
D = Decimal


def wx(number: int) -> str:
    return f"42000018{number:020d}"


def shared(folder: Path) -> list[Path]:
    """One merchant number for both shops, no terminals."""
    return [
        stores(folder, "S1 一号店", "S2 二号店"),
        accounts(folder, account("微信", A, "S1"), account("微信", A, "S2")),
    ]


@pytest.mark.parametrize("merchant", [A, ""])
def test_a_number_of_two_shops_behind_one_merchant_goes_to_the_right_one(book: Book, merchant: str) -> None:
    """Both shops rang up number 0001 over the same amount; the wallet has one of the two, half an hour after the other."""
    till = Till()
    till.order("S1", "S1-1", f"{DAY} 12:01:00", "18.00", ("微信", "18.00", merchant, "0001"))
    till.order("S2", "S2-1", f"{DAY} 12:31:00", "18.00", ("微信", "18.00", merchant, "0001"))
    book.add(
        *shared(book.folder),
        *till.write(book.folder),
        wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "0001", f"{DAY} 12:31:05", "18.00", "0.11")]),
    )
    book.reconcile()
    assert ("S1-1", wx(1)) not in book.pairs()


def test_numbers_of_two_shops_behind_one_merchant_with_both_in_the_wallet(book: Book) -> None:
    till = Till()
    till.order("S1", "S1-1", f"{DAY} 12:31:00", "18.00", ("微信", "18.00", A, "0001"))
    till.order("S2", "S2-1", f"{DAY} 12:01:00", "18.00", ("微信", "18.00", A, "0001"))
    rows = [
        wx_sale(wx(1), "0001", f"{DAY} 12:31:05", "18.00", "0.11"),
        wx_sale(wx(2), "0001", f"{DAY} 12:01:05", "18.00", "0.11"),
    ]
    book.add(*shared(book.folder), *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    book.reconcile()
    assert book.pairs() <= {("S1-1", wx(1)), ("S2-1", wx(2))}


def test_a_number_of_two_shops_behind_one_merchant_with_other_amounts(book: Book) -> None:
    """The one that has no wallet row must not be joined with the other shop's row as "amount differs"."""
    till = Till()
    till.order("S1", "S1-1", f"{DAY} 09:01:00", "18.00", ("微信", "18.00", A, "0001"))
    rows = [wx_sale(wx(2), "0001", f"{DAY} 20:31:05", "66.00", "0.40")]
    till.order("S2", "S2-9", f"{DAY} 12:00:00", "5.00", ("现金", "5.00", "", ""))
    book.add(*shared(book.folder), *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    book.reconcile()
    assert book.pairs() == set()
    assert book.codes() == [("D01", "open", D("-18.00")), ("D02", "open", D("66.00"))]


def test_a_till_without_references_is_joined_by_its_order_numbers(book: Book) -> None:
    till = Till()
    for n in range(1, 5):
        till.order("S1", f"2026031000{n}", f"{DAY} 12:0{n}:00", "18.00", ("微信", "18.00", "", ""))
    rows = [wx_sale(wx(n), f"2026031000{n}", f"{DAY} 12:0{n}:05", "18.00", "0.11") for n in range(1, 4)]
    book.add(
        stores(book.folder, "S1 一号店"),
        accounts(book.folder, account("微信", A, "S1")),
        *till.write(book.folder),
        wx_bill(book.folder / "a.csv", rows),
    )
    book.reconcile()
    assert book.pairs() == {(f"2026031000{n}", wx(n)) for n in range(1, 4)}
    assert book.codes() == [("D01", "open", D("-18.00"))]


def test_a_till_without_any_number_confirms_nothing_by_amount(book: Book) -> None:
    till = Till()
    till.order("S1", "1", f"{DAY} 12:01:00", "18.00", ("微信", "18.00", "", ""))
    till.order("S1", "2", f"{DAY} 12:02:00", "18.00", ("微信", "18.00", "", ""))
    rows = [wx_sale(wx(n), f"Z{n}", f"{DAY} 12:0{n}:05", "18.00", "0.11") for n in (1, 2)]
    book.add(
        stores(book.folder, "S1 一号店"),
        accounts(book.folder, account("微信", A, "S1")),
        *till.write(book.folder),
        wx_bill(book.folder / "a.csv", rows),
    )
    book.reconcile()
    assert book.pairs() == set()


def test_scanned_without_a_word_of_the_channel(book: Book) -> None:
    till = Till()
    till.order("S1", "1", f"{DAY} 12:01:00", "18.00", ("扫码支付", "18.00", "", wx(1)))
    till.order("S1", "2", f"{DAY} 12:02:00", "40.00", ("扫码支付", "40.00", "", "2026031022001400000000000001"))
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("微信", A, "S1"), account("支付宝", P, "S1")), *till.write(book.folder),
             wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "Z1", f"{DAY} 12:01:05", "18.00", "0.11")]),
             ali_bill(book.folder / "b.csv", [ali_sale("2026031022001400000000000001", "Z2", f"{DAY} 12:02:05", "40.00", "0.24", "S1")]))  # fmt: skip
    book.reconcile()
    assert book.pairs() == {("1", wx(1)), ("2", "2026031022001400000000000001")}
    assert book.codes() == []


def test_a_cancelled_order_that_was_paid_and_given_back(book: Book) -> None:
    till = Till()
    till.order("S1", "1", f"{DAY} 12:01:00", "18.00", ("微信", "18.00", A, "X1"), state="已取消")
    till.order("S1", "2", f"{DAY} 12:05:00", "5.00", ("现金", "5.00", "", ""))
    rows = [
        wx_sale(wx(1), "X1", f"{DAY} 12:01:05", "18.00", "0.11"),
        wx_refund(wx(1), "X1", f"{DAY} 12:03:00", "18.00", "5031", "R1", "-0.11"),
    ]
    book.add(
        stores(book.folder, "S1 一号店"),
        accounts(book.folder, account("微信", A, "S1")),
        *till.write(book.folder),
        wx_bill(book.folder / "a.csv", rows),
    )
    book.reconcile()
    assert sum((amount for *_, amount in book.codes()), D(0)) == 0 or [code for code, *_ in book.codes()] == ["D06"]
    assert book.rows(
        "select state from row_states s join orders o on o.order_id = s.record_id where o.order_no = '1'"
    ) == [("excluded",)]


def test_a_cancelled_order_that_was_never_paid_is_excluded(book: Book) -> None:
    till = Till()
    till.order("S1", "1", f"{DAY} 12:01:00", "18.00", ("微信", "18.00", A, "X1"), state="已取消")
    till.order("S1", "2", f"{DAY} 12:05:00", "5.00", ("微信", "5.00", A, "X2"))
    rows = [wx_sale(wx(2), "X2", f"{DAY} 12:05:05", "5.00", "0.03")]
    book.add(
        stores(book.folder, "S1 一号店"),
        accounts(book.folder, account("微信", A, "S1")),
        *till.write(book.folder),
        wx_bill(book.folder / "a.csv", rows),
    )
    book.reconcile()
    assert book.codes() == []
    assert book.states("tender", "till") == {"excluded": 1, "matched": 1}


def test_one_payment_for_two_orders_is_no_clean_match(book: Book) -> None:
    till = Till()
    till.order("S1", "1", f"{DAY} 12:01:00", "30.00", ("微信", "30.00", A, wx(1)))
    till.order("S1", "2", f"{DAY} 12:01:00", "45.00", ("微信", "45.00", A, wx(1)))
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("微信", A, "S1")), *till.write(book.folder),
             wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "Z1", f"{DAY} 12:01:05", "75.00", "0.45")]))  # fmt: skip
    book.reconcile()
    assert book.states("tender", "till") == {"difference": 2}
    assert sum((amount for *_, amount in book.codes()), D(0)) == 0


def test_an_alipay_ledger_that_lost_its_comment_lines_finds_its_owner(book: Book) -> None:
    number = "2026031022001400000000000001"
    ledger = [
        (f"{DAY} 12:00:00", "8001", number, "X1", "在线支付", "200.00"),
        (f"{DAY} 12:00:00", "8002", number, "X1", "收费", "-1.20"),
    ]
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("支付宝", P, "S1")), ali_bill(book.folder / "a.csv", [ali_sale(number, "X1", f"{DAY} 12:00:00", "200.00", "1.20", "S1")]),
             ali_ledger(book.folder / "l.csv", ledger, preamble=1, wide=True))  # fmt: skip
    book.reconcile()
    assert book.states("payment", "ledger") == {"matched": 1}
    assert book.rows("select distinct left(merchant_no, 16) from wallet_lines") == [(P,)]


def test_a_compressed_bill_and_a_dry_run(book: Book) -> None:
    plain = wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "9.90", "0.06")])
    packed = book.folder / "a.csv.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    answer = book.take(packed, options=["--dry-run"])[0]
    assert (answer["outcome"], answer["rows"]["new"]) == ("imported", 1)
    assert book.rows("select count(*) from payments") == [(0,)]
    assert book.take(packed)[0]["rows"]["new"] == 1
    assert book.take(plain)[0]["rows"]["new"] == 0


def test_a_refund_on_a_later_day_belongs_to_its_own_day(book: Book) -> None:
    till = Till()
    till.order(
        "S1",
        "1",
        f"{DAY} 12:01:00",
        "18.00",
        ("微信", "18.00", A, "X1"),
        ("微信", "-18.00", A, "X1", "2026-03-12 10:00:00"),
    )
    sale = wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "X1", f"{DAY} 12:01:05", "18.00", "0.11")])
    back = wx_bill(
        book.folder / "b.csv", [wx_refund(wx(1), "X1", "2026-03-12 10:00:05", "18.00", "5031", "R1", "-0.11")], "REFUND"
    )
    book.add(
        stores(book.folder, "S1 一号店"),
        accounts(book.folder, account("微信", A, "S1")),
        *till.write(book.folder),
        sale,
    )
    book.reconcile()
    assert book.codes() == []
    assert book.states("tender", "till") == {"matched": 1, "timing": 1}
    book.add(back)
    book.reconcile()
    assert book.codes() == []
    assert book.states("tender", "till") == {"matched": 2}
    assert book.rows("select business_day::varchar, amount from payments order by 1") == [
        (DAY, D("18.00")),
        ("2026-03-12", D("-18.00")),
    ]


def test_a_ledger_with_equal_refunds_of_one_sale(book: Book) -> None:
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:00", "100.00", "0.60"),
            *(wx_refund(wx(1), "X1", f"{DAY} 13:0{n}:00", "30.00", f"503{n}", f"R{n}", "-0.18") for n in (1, 2))]  # fmt: skip
    fund = [
        (f"{DAY} 12:00:00", wx(1), "1", "交易", "100.00", "X1"),
        (f"{DAY} 12:00:00", wx(1), "2", "扣除交易手续费", "-0.60", "X1"),
    ]
    for n in (1, 2):
        fund += [
            (f"{DAY} 13:0{n}:00", f"503{n}", f"1{n}", "退款", "-30.00", f"R{n}"),
            (f"{DAY} 13:0{n}:00", f"503{n}", f"2{n}", "退还交易手续费", "0.18", f"R{n}"),
        ]
    book.add(
        stores(book.folder, "S1 一号店"),
        accounts(book.folder, account("微信", A, "S1")),
        wx_bill(book.folder / "a.csv", rows),
        wx_fund(book.folder / "f.csv", fund),
    )
    book.reconcile()
    assert book.codes() == []
    assert book.states("payment", "ledger") == {"matched": 3}
    assert book.states("wallet_line", "ledger") == {"matched": 6}


def test_a_number_of_two_shifts_goes_to_its_own_sale(book: Book) -> None:
    """The till counts from 1 again after lunch; only the afternoon's number 1 is in the wallet."""
    till = Till()
    till.order("S1", "am-1", f"{DAY} 09:01:00", "18.00", ("微信", "18.00", A, "0001"))
    till.order("S1", "pm-1", f"{DAY} 15:01:00", "18.00", ("微信", "18.00", A, "0001"))
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("微信", A, "S1")), *till.write(book.folder),
             wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "0001", f"{DAY} 15:01:05", "18.00", "0.11")]))  # fmt: skip
    book.reconcile()
    assert book.pairs() == {("pm-1", wx(1))}
    assert [amount for *_, amount in book.codes()] == [D("-18.00")]
