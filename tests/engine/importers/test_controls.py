"""What a file says about itself against its rows: alterations, cuts and missing ends must show."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from .conftest import GOLDEN, Read, Reader

ReadOne = Callable[..., Read]
WECHAT = (GOLDEN / "wechat-merchant-trade" / "ALL.csv").read_bytes()
FUNDFLOW = (GOLDEN / "wechat-merchant-fundflow" / "basic.csv").read_bytes()
LEDGER = (GOLDEN / "alipay-merchant-ledger" / "newest-first.csv").read_bytes()
BANK = (GOLDEN / "bank-corporate" / "ccb_02.csv").read_bytes()


def _alipay_detail() -> bytes:
    path = next((GOLDEN / "alipay-merchant-trade").glob("*.zip"))
    archive = zipfile.ZipFile(path)
    return next(data for name in archive.namelist() if b"\xc3\xf7\xcf\xb8\xc1\xd0" in (data := archive.read(name)))


def _altered(data: bytes, amount: bytes) -> Iterator[bytes]:
    """The file with one digit of one amount altered, for every digit of every amount that matches."""
    for found in re.finditer(amount, data):
        for at in range(found.start(1), found.end(1)):
            if chr(data[at]).isdigit():
                yield data[:at] + (b"7" if data[at : at + 1] != b"7" else b"1") + data[at + 1 :]


@pytest.mark.parametrize(
    ("data", "amount"),
    [
        pytest.param(WECHAT, rb"CNY,`([\d.]+),", id="wechat settled"),
        pytest.param(WECHAT, rb"R2026030100001,`([\d.]+),", id="wechat refund"),
        pytest.param(WECHAT, rb",`(-?[\d.]+),`0.38%", id="wechat fee"),
        pytest.param(WECHAT, rb"0.38%,`([\d.]+),", id="wechat order"),
        pytest.param(
            WECHAT, rb"\r\n`([\d.]+,`[\d.]+,`[\d.]+,`[\d.]+,`[\d.]+,`[\d.]+,`[\d.]+)\r\n$", id="wechat summary"
        ),
        pytest.param(
            FUNDFLOW, rb"(?:\xe6\x94\xb6\xe5\x85\xa5|\xe6\x94\xaf\xe5\x87\xba),`([\d.]+,`[\d.]+),", id="fund bill"
        ),
        pytest.param(LEDGER, rb",(-?[\d.]+),[\d.]+,\xd6\xa7\xb8\xb6", id="ledger amount"),
        pytest.param(LEDGER, rb",(-?[\d.]+),\xd6\xa7\xb8\xb6", id="ledger balance"),
        pytest.param(BANK, rb"0.00,(88.00,1588.00),\xc8\xcb\xc3\xf1", id="bank"),
        pytest.param(_alipay_detail(), rb"\)\t,-?[\d.]+,(-?[\d.]+),", id="alipay received"),
    ],
)
def test_one_altered_digit_shows(read: ReadOne, data: bytes, amount: bytes) -> None:
    assert read(data).reading.control_total == "agrees"
    altered = list(_altered(data, amount))
    assert len(altered) >= 4
    for other in altered:
        reading = read(other).reading
        assert reading.outcome != "read" or reading.control_total == "differs"


@pytest.mark.parametrize(
    "data", [WECHAT, FUNDFLOW, LEDGER, _alipay_detail()], ids=["wechat", "funds", "ledger", "alipay"]
)
def test_a_cut_file_never_agrees(read: ReadOne, data: bytes) -> None:
    body = data.rstrip()
    first_row = data.index(b"\n", data.rindex(b"\r\n", 0, data.index(b"2026-03-01"))) + 1
    for end in range(first_row + 40, len(body) - 140, 23):
        reading = read(data[:end]).reading
        assert reading.outcome != "read" or reading.control_total == "differs", data[end - 40 : end]


def test_a_missing_row_shows_both_figures(read: ReadOne) -> None:
    lines = WECHAT.split(b"\r\n")
    reading = read(b"\r\n".join([*lines[:2], *lines[3:]])).reading
    wrong = {total.name: (str(total.stated), str(total.summed)) for total in reading.controls if not total.agrees}
    assert wrong["总交易单数"] == ("4", "3")
    assert wrong["应结订单总金额"] == ("1382.50", "1318.00")


def test_a_broken_row_does_not_hide_behind_the_control_total(read: ReadOne) -> None:
    """The row's date cannot be read, its amount can: the file agrees, the row is named and left out."""
    found = read(WECHAT.replace(b"`2026-03-01 12:01:09", b"`2026-03-01 25:01:09"))
    assert found.reading.control_total == "agrees"
    assert [(problem.line, problem.column, problem.code) for problem in found.reading.problems] == [
        (3, "交易时间", "moment")
    ]
    assert found.frames["payments"].height == 3
    assert found.reading.row_count == 4


def test_the_break_of_a_balance_names_its_line(read: ReadOne) -> None:
    reading = read(FUNDFLOW.replace(b"`127.86", b"`127.87")).reading
    balance = next(total for total in reading.controls if total.name == "账户结余")
    assert [str(balance.stated), str(balance.summed), reading.facts["balance_line"]] == ["127.87", "127.86", "4"]


def _workbook(path: Path, change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(path)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _set(sheet: str, cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return change


@pytest.mark.parametrize(
    ("cell", "value", "name", "figures"),
    [
        ("R3", "36.89", "账单金额 18950001 2026-03-01", ["56.91", "56.81"]),
        ("R6", "-24.90", "账单金额 18950001 2026-03-02", ["-34.91", "-34.90"]),
        ("S2", "43.70", "商家应收款", ["24.92", "24.82"]),
        ("W3", "-7.02", "商家应收款", ["36.99", "36.98"]),
    ],
)
def test_takeaway_rows_add_up_to_their_bill_and_by_themselves(
    read: ReadOne, cell: str, value: str, name: str, figures: list[str]
) -> None:
    data = _workbook(GOLDEN / "meituan-waimai" / "2026.xlsx", _set("订单明细", cell, value))
    wrong = {total.name: total for total in read(data).reading.controls if not total.agrees}
    assert name in wrong
    assert [str(wrong[name].stated), str(wrong[name].summed)] == figures


@pytest.mark.parametrize(
    ("file", "cell", "value", "name", "figures"),
    [
        ("older.xlsx", "J2", "26.12", "结算金额 E5001 2026-03-01", ["88.93", "89.03"]),
        ("wide.xlsx", "O2", "38.10", "结算金额", ["26.02", "26.12"]),
        ("wide.xlsx", "R3", "-2.96", "平台服务费", ["-7.01", "-7.11"]),
        ("wide.xlsx", "J6", "-12.60", "合计 结算金额", ["81.43", "81.33"]),
        ("retail.xlsx", "H3", "54.00", "结算金额", ["45.00", "44.00"]),
    ],
)
def test_eleme_rows_add_up_to_their_bill_and_by_themselves(
    read: ReadOne, file: str, cell: str, value: str, *, name: str, figures: list[str]
) -> None:
    path = GOLDEN / "eleme-taobao-shangou" / file
    sheet = "销售账单明细" if file == "retail.xlsx" else "外卖账单明细"
    assert read(path.read_bytes()).reading.control_total == "agrees"
    wrong = {
        total.name: total
        for total in read(_workbook(path, _set(sheet, cell, value))).reading.controls
        if not total.agrees
    }
    assert [str(wrong[name].stated), str(wrong[name].summed)] == figures


def test_an_order_with_an_unreadable_row_has_no_amount(read: ReadOne) -> None:
    """Three rows are one order: where one of them cannot be read, none is written, and the payout is not known."""
    path = GOLDEN / "jd-daojia" / "sku.xlsx"
    found = read(_workbook(path, _set("sku对账单下载", "J8", "计费基数")))
    assert [(problem.line, problem.code) for problem in found.reading.problems] == [
        (7, "order_incomplete"),
        (8, "amount"),
        (9, "order_incomplete"),
    ]
    assert (
        "2611000000000002" not in found.frames["payments"].filter(pl.col("kind") == "payment")["external_id"].to_list()
    )
    assert set(found.frames["settlement_rows"]["external_id"]) == {"JS20260305001"}


@pytest.mark.parametrize(
    ("sheet", "cell", "value"),
    [("支付明细", "E4", 51), ("订单明细", "R4", 75), ("订单明细", "P5", 51), ("支付明细", "E10", 134)],
)
def test_till_sheets_agree_with_each_other_and_their_totals(read: ReadOne, sheet: str, cell: str, value: int) -> None:
    assert (
        read(_workbook(GOLDEN / "meituan-pos" / "report.xlsx", _set(sheet, cell, value))).reading.control_total
        == "differs"
    )


def test_a_tender_listed_twice_is_a_business_matter(read: ReadOne) -> None:
    def twice(book: openpyxl.Workbook) -> None:
        sheet = book["支付明细"]
        sheet.insert_rows(5)
        for column in range(1, sheet.max_column + 1):
            sheet.cell(5, column).value = sheet.cell(4, column).value
        sheet["E11"] = 183

    found = read(_workbook(GOLDEN / "meituan-pos" / "report.xlsx", twice))
    assert found.reading.control_total == "agrees"
    assert found.frames["tenders"].filter(found.frames["tenders"]["line"].is_in([4, 5])).height == 2


def test_the_summary_of_the_same_archive_is_a_control_total(tmp_path: Path, read_path: Reader) -> None:
    source = zipfile.ZipFile(next((GOLDEN / "alipay-merchant-trade").glob("*.zip")))
    path = tmp_path / "altered.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number, name in enumerate(source.namelist()):
            # A store's discount, which the detail bill's own end does not sum.
            text = (
                source.read(name)
                .decode("gb18030")
                .replace("S02\t,二号店\t,1,0,88.00,88.00,0.00", "S02\t,二号店\t,1,0,88.00,88.00,1.00")
            )
            archive.writestr(f"{number}.csv", text.encode("gb18030"))
    detail = next(item.reading for item in read_path(path) if item.reading.format == "alipay-merchant-trade")
    wrong = {total.name: (str(total.stated), str(total.summed)) for total in detail.controls if not total.agrees}
    assert wrong["S02 支付宝优惠（元）"] == ("1.00", "0.00")
