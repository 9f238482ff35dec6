"""Till against wallets where the keys are treacherous: reused numbers, equal amounts, shared references, refunds."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from acceptance_book import Book
from acceptance_tables import Till, account, accounts, bank, stores
from acceptance_wallets import ali_bill, ali_refund, ali_sale, wx_bill, wx_refund, wx_sale

A, B, P = "1900000101", "1900000202", "2088111122223334"
DAY = "2026-03-10"


def chain(folder: Path) -> list[Path]:
    return [
        stores(folder, "S1 一号店", "S2 二号店"),
        accounts(folder, account("微信", A, "S1"), account("微信", B, "S2")),
    ]


def wx(number: int) -> str:
    return f"42000018{number:020d}"


def run(book: Book, *files: Path) -> None:
    book.add(*chain(book.folder), *files)
    book.reconcile()


def test_sequence_numbers_reused_in_two_stores_and_on_two_days(book: Book) -> None:
    till, rows = Till(), []
    for day in (10, 11):
        for store, merchant in (("S1", A), ("S2", B)):
            for number in (1, 2, 3):
                at = f"2026-03-{day} 12:0{number}:00"
                key = day * 100 + number + (50 if store == "S2" else 0)
                till.order(store, f"{day}{number:04d}", at, "18.00", ("微信", "18.00", merchant, f"{number:04d}"))
                rows.append(wx_sale(wx(key), f"{number:04d}", at, "18.00", "0.11", merchant))
    files = [wx_bill(book.folder / f"{m}.csv", [r for r in rows if r["商户号"] == m]) for m in (A, B)]
    run(book, *till.write(book.folder), *files)
    assert book.codes() == []
    expected = {
        (f"{day}{n:04d}", wx(day * 100 + n + extra)) for day in (10, 11) for n in (1, 2, 3) for extra in (0, 50)
    }
    assert book.pairs() == expected
    assert book.rows("select count(*) from matches m join match_members a on a.match_id = m.match_id and a.side = 'inner' "
                     "join match_members b on b.match_id = m.match_id and b.side = 'outer' join tenders t on t.tender_id = a.record_id "
                     "join payments p on p.payment_id = b.record_id where t.store_id <> p.store_id "
                     "or cast(t.paid_at as date) <> p.business_day") == [(0,)]  # fmt: skip


def test_a_reused_sequence_number_never_joins_two_days(book: Book) -> None:
    """The till numbers its sales anew every day. Number 2 of the first day found no wallet row, number 2 of the second
    day no till row: two findings, not one sale."""
    till, rows = Till(), []
    for day in (10, 11):
        for number in (1, 2, 3):
            at = f"2026-03-{day} 12:0{number}:00"
            if (day, number) != (11, 2):
                till.order("S1", f"{day}{number:04d}", at, "18.00", ("微信", "18.00", A, f"{number:04d}"))
            if (day, number) != (10, 2):
                rows.append(wx_sale(wx(day * 100 + number), f"{number:04d}", at, "18.00", "0.11"))
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == [("D01", "open", Decimal("-18.00")), ("D02", "open", Decimal("18.00"))]


def test_the_same_amount_many_times_within_minutes(book: Book) -> None:
    till, rows = Till(), []
    for number in range(1, 9):
        at = f"{DAY} 08:0{number}:00"
        till.order("S1", f"T{number}", at, "9.90", ("微信", "9.90", A, f"POS2026031000000{number}"))
        if number != 4:
            rows.append(wx_sale(wx(number), f"POS2026031000000{number}", at, "9.90", "0.06"))
    rows.append(wx_sale(wx(99), "POS20260310000099", f"{DAY} 08:04:05", "9.90", "0.06"))
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.pairs() == {(f"T{number}", wx(number)) for number in range(1, 9) if number != 4}
    assert book.codes() == [("D01", "open", Decimal("-9.90")), ("D02", "open", Decimal("9.90"))]


def test_the_same_merchant_order_number_at_two_merchants(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "30.00", ("微信", "30.00", A, "X0001"))
    till.order("S2", "O1", f"{DAY} 12:00:30", "30.00", ("微信", "30.00", B, "X0001"))
    files = [wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "X0001", f"{DAY} 12:00:40", "30.00", "0.18", A)]),
             wx_bill(book.folder / "b.csv", [wx_sale(wx(2), "X0001", f"{DAY} 12:00:00", "30.00", "0.18", B)])]  # fmt: skip
    run(book, *till.write(book.folder), *files)
    assert book.codes() == []
    stores_of = book.rows("select t.store_id, p.store_id from match_members a join match_members b on a.match_id = b.match_id "
                          "join tenders t on t.tender_id = a.record_id join payments p on p.payment_id = b.record_id")  # fmt: skip
    assert sorted(stores_of) == [("S1", "S1"), ("S2", "S2")]


def test_a_sale_and_its_refund_carry_one_key(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "30.00", ("微信", "30.00", A, "X0001"),
               ("微信", "-30.00", A, "X0001", f"{DAY} 13:00:00"), state="已退款")  # fmt: skip
    rows = [wx_sale(wx(1), "X0001", f"{DAY} 12:00:01", "30.00", "0.18"),
            wx_refund(wx(1), "X0001", f"{DAY} 13:00:02", "30.00", "503000001", "R1", "-0.18")]  # fmt: skip
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == []
    assert book.pairs() == {("O1", wx(1)), ("O1 refund", f"{wx(1)} 503000001")}


def test_two_partial_refunds_of_equal_amount(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "100.00", ("微信", "100.00", A, "X0001"),
               ("微信", "-30.00", A, "X0001", f"{DAY} 13:00:00"), ("微信", "-30.00", A, "X0001", f"{DAY} 13:05:00"))  # fmt: skip
    rows = [wx_sale(wx(1), "X0001", f"{DAY} 12:00:01", "100.00", "0.60"),
            wx_refund(wx(1), "X0001", f"{DAY} 13:00:02", "30.00", "503000001", "R1", "-0.18"),
            wx_refund(wx(1), "X0001", f"{DAY} 13:05:02", "30.00", "503000002", "R2", "-0.18")]  # fmt: skip
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == []
    assert len(book.pairs()) == 3


def test_equal_refunds_of_one_alipay_sale_on_two_days(book: Book) -> None:
    number = "2026031022001400000000000001"
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "100.00", ("支付宝", "100.00", P, "X1"),
               ("支付宝", "-30.00", P, "X1", f"{DAY} 13:00:00"), ("支付宝", "-30.00", P, "X1", "2026-03-11 09:00:00"))  # fmt: skip
    first = [ali_sale(number, "X1", f"{DAY} 12:00:00", "100.00", "0.60"),
             ali_refund(number, "X1", f"{DAY} 13:00:00", "30.00", "B1", "0.18", made=f"{DAY} 12:00:00")]  # fmt: skip
    second = [ali_refund(number, "X1", "2026-03-11 09:00:02", "30.00", "B2", "0.18", made=f"{DAY} 12:00:00")]
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("支付宝", P, "S1")), *till.write(book.folder),
             ali_bill(book.folder / "a10.csv", first),
             ali_bill(book.folder / "a11.csv", second, first="2026年03月11日", after="2026年03月12日"))  # fmt: skip
    book.reconcile()
    assert book.codes() == []
    assert book.pairs() == {("O1", number), ("O1 refund", f"{number} B1"), ("O1 refund", f"{number} B2")}
    assert book.rows("select business_day::varchar, amount from payments order by 1, 2") == [
        (DAY, Decimal("-30.00")), (DAY, Decimal("100.00")), ("2026-03-11", Decimal("-30.00")),
    ]  # fmt: skip


def test_the_second_refund_only_in_the_wallet(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "100.00", ("微信", "100.00", A, "X0001"),
               ("微信", "-30.00", A, "X0001", f"{DAY} 13:00:00"))  # fmt: skip
    rows = [wx_sale(wx(1), "X0001", f"{DAY} 12:00:01", "100.00", "0.60"),
            wx_refund(wx(1), "X0001", f"{DAY} 13:00:02", "30.00", "503000001", "R1", "-0.18"),
            wx_refund(wx(1), "X0001", f"{DAY} 13:05:02", "30.00", "503000002", "R2", "-0.18")]  # fmt: skip
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == [("D06", "open", Decimal("-30.00"))]


def test_a_refund_that_only_the_till_knows(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "100.00", ("微信", "100.00", A, "X0001"),
               ("微信", "-30.00", A, "X0001", f"{DAY} 13:00:00"))  # fmt: skip
    rows = [wx_sale(wx(1), "X0001", f"{DAY} 12:00:01", "100.00", "0.60")]
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == [("D06", "open", Decimal("30.00"))]


def test_a_tender_names_the_wallet_number_of_another_store(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "30.00", ("微信", "30.00", "", wx(7)))
    rows = [wx_sale(wx(7), "Z9", f"{DAY} 12:00:05", "30.00", "0.18", B)]
    run(book, *till.write(book.folder), wx_bill(book.folder / "b.csv", rows), wx_bill(book.folder / "a.csv", []))
    assert [code for code, *_ in book.codes()] == ["D11"]
    assert book.states("tender", "till") == {"difference": 1}


def test_one_reference_used_by_two_orders(book: Book) -> None:
    """Only one of them can have been paid by it, and nothing says which other sale the second one is."""
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "30.00", ("微信", "30.00", A, wx(7)))
    till.order("S1", "O2", f"{DAY} 12:10:00", "45.00", ("微信", "45.00", A, wx(7)))
    rows = [wx_sale(wx(7), "Z9", f"{DAY} 12:10:05", "45.00", "0.27", A)]
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.pairs() == {("O2", wx(7))}
    assert book.codes() == [("D01", "open", Decimal("-30.00"))]


def test_two_payments_of_one_order_by_the_same_wallet(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "82.00", ("微信", "50.00", A, "X1"), ("微信", "32.00", A, "X2"))
    till.order("S1", "O2", f"{DAY} 12:00:00", "40.00", ("微信", "20.00", A, "Y1"), ("微信", "20.00", A, "Y1"))
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:05", "50.00", "0.30"), wx_sale(wx(2), "X2", f"{DAY} 12:00:45", "32.00", "0.19"),
            wx_sale(wx(3), "Y1", f"{DAY} 12:01:05", "20.00", "0.12"), wx_sale(wx(4), "Y1", f"{DAY} 12:01:45", "20.00", "0.12")]  # fmt: skip
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == []
    assert book.pairs() == {("O1", wx(1)), ("O1", wx(2)), ("O2", wx(3)), ("O2", wx(4))}


def test_an_order_of_several_methods_as_in_the_worked_example(book: Book) -> None:
    till = Till()
    till.order(
        "S1", "O1", f"{DAY} 12:00:00", "74.00", ("微信", "50.00", A, "X1"), ("储值卡", "24.00", "", ""), discount="8.00"
    )
    run(
        book,
        *till.write(book.folder),
        wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "X1", f"{DAY} 12:00:05", "50.00", "0.30")]),
    )
    assert book.codes() == []
    assert book.rows("select amount, list_amount from orders") == [(Decimal("74.00"), Decimal("82.00"))]
    assert book.states("order", "till") == {"matched": 1}


def test_an_order_whose_tenders_do_not_add_up(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "74.00", ("微信", "50.00", A, "X1"), ("现金", "20.00", "", ""))
    run(
        book,
        *till.write(book.folder),
        wx_bill(book.folder / "a.csv", [wx_sale(wx(1), "X1", f"{DAY} 12:00:05", "50.00", "0.30")]),
    )
    assert book.codes() == [("D03", "open", Decimal("-4.00"))]
    assert book.states("order", "till") == {"difference": 1}


def test_amounts_that_differ_and_a_merchant_coupon_that_explains_it(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "30.00", ("微信", "30.00", A, "X1"))
    till.order("S1", "O2", f"{DAY} 12:05:00", "30.00", ("微信", "30.00", A, "X2"))
    rows = [wx_sale(wx(1), "X1", f"{DAY} 12:00:05", "29.00", "0.17"),
            wx_sale(wx(2), "X2", f"{DAY} 12:05:05", "25.00", "0.15", 订单金额="30.00")]  # fmt: skip
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == [("D03", "explained", Decimal("-5.00")), ("D03", "open", Decimal("-1.00"))]


def test_paid_twice_by_mistake(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "30.00", ("微信", "30.00", A, "X1"))
    rows = [
        wx_sale(wx(1), "X1", f"{DAY} 12:00:05", "30.00", "0.18"),
        wx_sale(wx(2), "X1", f"{DAY} 12:00:45", "30.00", "0.18"),
    ]
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == [("D05", "open", Decimal("30.00"))]


def test_midnight_with_and_without_a_cut_off(book: Book) -> None:
    """S1 closes its day at 04:00: a sale at 00:30 belongs to the evening before, on both sides, and nothing differs.
    S2 has no cut-off: rung up before midnight and paid after it is timing, never a shortage."""
    folder = book.folder
    files = [
        stores(folder, "S1 一号店 04:00", "S2 二号店"),
        accounts(folder, account("微信", A, "S1"), account("微信", B, "S2")),
    ]
    till = Till()
    till.order("S1", "O1", "2026-03-11 00:30:00", "30.00", ("微信", "30.00", A, "X1"), day="2026-03-10")
    till.order("S2", "O2", "2026-03-10 23:59:40", "20.00", ("微信", "20.00", B, "X2"), day="2026-03-10")
    bills = [wx_bill(folder / "a.csv", [wx_sale(wx(1), "X1", "2026-03-11 00:30:05", "30.00", "0.18", A)]),
             wx_bill(folder / "b.csv", [wx_sale(wx(2), "X2", "2026-03-11 00:00:10", "20.00", "0.12", B)])]  # fmt: skip
    book.add(*files, *till.write(folder), *bills)
    book.reconcile()
    assert book.codes() == [("D04", "timing", Decimal("0.00"))]
    assert book.rows("select merchant_no, business_day::varchar from payments order by 1") == [
        (A, "2026-03-10"),
        (B, "2026-03-11"),
    ]
    assert book.states("tender", "till") == {"matched": 1, "timing": 1}


def test_a_missing_wallet_day_waits_and_a_later_file_resolves_it(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "30.00", ("微信", "30.00", A, "X1"))
    till.order("S1", "O2", "2026-03-11 12:00:00", "31.00", ("微信", "31.00", A, "X2"))
    run(
        book,
        *till.write(book.folder),
        wx_bill(book.folder / "a10.csv", [wx_sale(wx(1), "X1", f"{DAY} 12:00:05", "30.00", "0.18")]),
    )
    assert book.codes() == []
    assert book.states("tender", "till") == {"matched": 1, "timing": 1}
    book.add(wx_bill(book.folder / "a11.csv", [wx_sale(wx(2), "X2", "2026-03-11 12:00:05", "31.00", "0.19")]))
    book.reconcile()
    assert book.codes() == []
    assert book.states("tender", "till") == {"matched": 2}


def test_a_missing_till_day_waits(book: Book) -> None:
    till = Till()
    till.order("S1", "O1", f"{DAY} 12:00:00", "30.00", ("微信", "30.00", A, "X1"))
    rows = [
        wx_sale(wx(1), "X1", f"{DAY} 12:00:05", "30.00", "0.18"),
        wx_sale(wx(2), "X2", "2026-03-11 12:00:05", "31.00", "0.19"),
    ]
    run(book, *till.write(book.folder), wx_bill(book.folder / "a.csv", rows))
    assert book.codes() == []
    assert book.states("payment", "till") == {"matched": 1, "timing": 1}


def test_an_expired_account_and_a_terminal_that_moved(book: Book) -> None:
    """The terminal stood in S1 until the 10th and stands in S2 from the 11th; 失效日期 is the first day without it."""
    folder = book.folder
    files = [stores(folder, "S1 一号店", "S2 二号店"), accounts(
        folder, account("微信", A, "S1", terminal="T1", until="2026-03-11"), account("微信", A, "S2", terminal="T1", since="2026-03-11"),
    )]  # fmt: skip
    till = Till()
    till.order("S1", "O1", "2026-03-10 12:00:00", "30.00", ("微信", "30.00", A, "X1"))
    till.order("S1", "O2", "2026-03-11 12:00:00", "31.00", ("微信", "31.00", A, "X2"))
    till.order("S2", "O3", "2026-03-11 12:10:00", "32.00", ("微信", "32.00", A, "X3"))
    rows = [wx_sale(wx(1), "X1", "2026-03-10 12:00:05", "30.00", "0.18", 设备号="T1"),
            wx_sale(wx(2), "X2", "2026-03-11 12:00:05", "31.00", "0.19", 设备号="T1"),
            wx_sale(wx(3), "X3", "2026-03-11 12:10:05", "32.00", "0.19", 设备号="T1")]  # fmt: skip
    book.add(*files, *till.write(folder), wx_bill(folder / "a.csv", rows))
    book.reconcile()
    assert book.rows("select external_id, store_id from payments order by 1") == [
        (wx(1), "S1"),
        (wx(2), "S2"),
        (wx(3), "S2"),
    ]
    assert [code for code, *_ in book.codes()] == ["D11"]


def test_the_bank_of_a_file_alone_is_nothing_to_complain_about(book: Book) -> None:
    book.add(bank(book.folder / "b.csv", [("2026-03-11", "29.82", "深圳市财付通支付科技有限公司", "")]))
    book.reconcile()
    assert book.codes() == []
    assert book.states("bank_line", "bank") == {"timing": 1}
