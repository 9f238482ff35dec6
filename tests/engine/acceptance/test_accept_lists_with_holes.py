"""A list of payments of which rows were left out says nothing of the days that they lie on, and all of the others."""

# Rows of files stand one to a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from acceptance_book import Book
from acceptance_tables import Till, account, accounts, stores
from acceptance_wallets import ali_bill, ali_sale

MERCHANT = "20881111222233340156"
SOUND, DAMAGED = "3202510050000301", "3.20251E+15"


def sale(day: str, number: int, amount: str, fee: str) -> dict[str, str]:
    return ali_sale(f"20260310220014000000000000{number:02d}", f"{SOUND[:-1]}{number}", f"{day} 12:00:00", amount, fee)


def wallet(folder: Path) -> Path:
    """The three sales of the two days; the till knows the first two."""
    sales = [
        sale("2026-03-10", 1, "20.00", "0.12"),
        sale("2026-03-11", 3, "30.00", "0.18"),
        sale("2026-03-11", 4, "7.00", "0.04"),
    ]
    return ali_bill(folder / "bill", sales, after="2026年03月12日")


def chain(folder: Path, reference: str, name: str) -> tuple[Path, Path]:
    """Two days; on each a sale at the till. That of the tenth bears ``reference``."""
    till = Till()
    till.order("S1", "001", "2026-03-10 12:00:02", "20.00", ("支付宝", "20.00", MERCHANT, reference))
    till.order("S1", "002", "2026-03-10 13:00:00", "5.00", ("现金", "5.00", "", ""))
    till.order("S1", "003", "2026-03-11 12:00:02", "30.00", ("支付宝", "30.00", MERCHANT, f"{SOUND[:-1]}3"))
    return till.write(folder, name)


def test_an_order_number_that_a_spreadsheet_rounded(book: Book) -> None:
    """The wallet's sale of that day waits for the list; what the till lacks on the other day is told as ever."""
    folder = book.folder
    bill = wallet(folder)
    orders, tenders = chain(folder, DAMAGED, "damaged")
    book.add(stores(folder, "S1 一号店"), accounts(folder, account("支付宝", MERCHANT, "S1")), bill, orders)
    [entry] = book.take(tenders, status=3)
    assert entry["rows"] == {"new": 2, "seen": 0, "suspect": 0, "broken": 1}
    assert [(row["column"], row["value"], row["code"]) for row in entry["problems"]] == [
        ("流水号", DAMAGED, "id_rounded")
    ]
    book.reconcile()
    assert book.codes() == [("D02", "open", Decimal("7.00"))]
    waiting = book.rows(
        "select r.state, r.reason from base.row_states r join payments p on p.payment_id = r.record_id "
        "where p.amount = 20 and r.leg = 'till'"
    )
    assert waiting == [("timing", "waiting_for_file")]
    book.add(*chain(folder, SOUND, "sound")[1:])
    book.reconcile()
    assert len(book.pairs()) == 2
    assert book.codes() == [("D02", "open", Decimal("7.00"))]


def test_a_row_whose_moment_cannot_be_read_may_be_of_any_day(book: Book) -> None:
    folder = book.folder
    bill = wallet(folder)
    orders, tenders = chain(folder, SOUND, "moment")
    text = tenders.read_text(encoding="utf-8-sig").replace("2026-03-10 12:00:02", "昨天中午")
    tenders.write_text(text, encoding="utf-8-sig")
    book.add(stores(folder, "S1 一号店"), accounts(folder, account("支付宝", MERCHANT, "S1")), bill, orders)
    [entry] = book.take(tenders, status=3)
    assert entry["rows"]["broken"] == 1
    book.reconcile()
    assert book.codes() == []


def test_an_order_of_which_one_tender_was_left_out_is_not_short(book: Book) -> None:
    """6.00 in cash and 20.00 by a number that a spreadsheet rounded: the order waits for the list; one that is short on another day is."""
    till = Till()
    till.order(
        "S1", "001", "2026-03-10 12:00:02", "26.00", ("现金", "6.00", "", ""), ("支付宝", "20.00", MERCHANT, DAMAGED)
    )
    till.order("S1", "002", "2026-03-11 13:00:00", "5.00", ("现金", "4.00", "", ""))
    orders, tenders = till.write(book.folder, "damaged")
    book.add(stores(book.folder, "S1 一号店"), accounts(book.folder, account("支付宝", MERCHANT, "S1")), orders)
    book.add(ali_bill(book.folder / "bill", [sale("2026-03-10", 1, "20.00", "0.12")], after="2026年03月12日"))
    book.take(tenders, status=3)
    book.reconcile()
    assert book.codes() == [("D03", "open", Decimal("-1.00"))]
    asked = "select r.state, r.reason, r.due_on from row_states r join orders o on o.order_id = r.record_id where o.order_no = '001'"
    assert book.rows(asked) == [("timing", "waiting_for_file", date(2026, 3, 11))]
    again = Till()
    again.order(
        "S1", "001", "2026-03-10 12:00:02", "26.00", ("现金", "6.00", "", ""), ("支付宝", "20.00", MERCHANT, SOUND)
    )
    again.order("S1", "002", "2026-03-11 13:00:00", "5.00", ("现金", "4.00", "", ""))
    book.add(again.write(book.folder, "sound")[1])
    book.reconcile()
    assert [state for state, _, _ in book.rows(asked)] == ["matched"]
    assert book.codes() == [("D03", "open", Decimal("-1.00"))]
