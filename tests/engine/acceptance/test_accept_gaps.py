"""Where a file does not hold all of a day, nothing of that day is called missing."""

# Rows of files stand one to a line, however long.

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from acceptance_book import Book
from acceptance_tables import Till, account, accounts, csv_file, stores
from acceptance_wallets import wx_bill, wx_sale
from openpyxl import load_workbook

A = "1900000101"
DAY = "2026-03-10"


def wx(number: int) -> str:
    return f"42000018{number:020d}"


def test_a_day_of_which_rows_were_left_out_is_never_short(book: Book) -> None:
    """The broken row of the bill may be the very receipt the till waits for."""
    till = Till()
    for number in (1, 2):
        till.order("S1", f"S1-{number}", f"{DAY} 12:0{number}:00", "10.00", ("微信", "10.00", A, wx(number)))
    good, bad = (wx_sale(wx(n), f"o{n}", f"{DAY} 12:0{n}:05", "10.00", "0.06", mch=A) for n in (1, 2))
    bill = wx_bill(book.folder / "a.csv", [good, bad])
    text = bill.read_text(encoding="utf-8-sig")
    lines = text.split("\n")
    broken = [line.replace("`10.00", "`1O.00", 1) if wx(2) in line else line for line in lines]
    bill.write_text("\n".join(broken), encoding="utf-8-sig")
    book.add(
        stores(book.folder, "S1 一号店"), accounts(book.folder, account("微信", A, "S1")), *till.write(book.folder)
    )
    told = book.take(bill, status=3, options=["--accept-differences"])
    assert told[0]["rows"] == {"new": 1, "seen": 0, "suspect": 0, "broken": 1}
    book.reconcile()
    assert book.codes() == []
    assert book.states("tender", "till") == {"matched": 1, "timing": 1}
    cells = book.rows("select source, state from base.source_days(date '2026-03-10', date '2026-03-11') order by 1")
    assert cells == [("till", "full"), ("wechat", "part")]


def test_a_statement_whose_balance_jumps_vouches_for_no_day(book: Book) -> None:
    """What a person exports for himself may be filtered: it is taken, and it proves no absence."""
    head = ("记账日期", "货币", "交易金额", "联机余额", "交易摘要", "对手信息", "客户摘要")
    rows = [
        ("2026-03-09", "CNY", "100.00", "1,100.00", "转账汇款", "张三", ""),
        (DAY, "CNY", "-3.00", "81.22", "快捷支付", "李四", ""),
    ]
    told = book.take(csv_file(book.folder / "6214000012345678.csv", [head, *rows]))
    assert (told[0]["format"], told[0]["outcome"], told[0]["control_total"]) == (
        "bank-personal/cmb_debit",
        "imported",
        "none",
    )
    assert book.rows("select count(*), bool_or(whole) from base.coverage") == [(2, False)]


GOLDEN = Path(__file__).parents[2] / "golden"


def test_two_lists_of_the_same_money_are_never_both_taken(book: Book) -> None:
    """JD lists a day per product and per order, with numbers of their own; the second is refused, in either order."""
    long = Path(shutil.copy(GOLDEN / "jd-daojia" / "sku.xlsx", book.folder))
    wide = two_days_later(GOLDEN / "jd-daojia" / "merchant.xlsx", book.folder / "merchant.xlsx")
    together = book.workspace.imports.plan([long, wide])
    assert [(file.outcome, file.code) for file in together.files] == [
        ("imported", None),
        ("refused", "import.told_before"),
    ]
    book.add(wide)
    assert book.take(long, status=3)[0]["outcome"] == "refused"


def test_a_list_that_names_no_store_is_another_list_of_the_same_days(book: Book) -> None:
    """The sales list of vouchers need not name the store; the settlement list of those days tells the same money."""
    at = "2026-03-01 12:00:00"
    sale = csv_file(
        book.folder / "售卖.csv",
        [
            ("所属订单ID", "子订单ID", "券码状态", "核销时间", "订单实收", "软件服务费"),
            ("O1", "S1", "已核销", at, "100.00", "5.00"),
        ],
    )
    settled = csv_file(
        book.folder / "对账.csv",
        [
            ("核销门店", "核销时间", "订单实收", "软件服务费", "达人服务费", "核销ID"),
            ("南山店", at, "100.00", "-5.00", "0.00", "V1"),
        ],
    )
    for together in ([sale, settled], [settled, sale]):
        plan = book.workspace.imports.plan(together)
        assert [(file.outcome, file.code) for file in plan.files] == [
            ("imported", None),
            ("refused", "import.told_before"),
        ]
    book.add(sale)
    assert book.take(settled, status=3)[0]["outcome"] == "refused"
    assert book.rows("select amount, fee from payments") == [(Decimal("100.00"), Decimal("5.00000"))]


def two_days_later(path: Path, target: Path) -> Path:
    workbook = load_workbook(path)
    for sheet in workbook:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            if isinstance(cell.value, datetime):
                cell.value += timedelta(days=2)
            elif isinstance(cell.value, str):
                cell.value = cell.value.replace("2026-03-02", "2026-03-04").replace("2026-03-01", "2026-03-03")
    workbook.save(target)
    return target
