"""Headers of the delivery platforms as they vary: two rows with merged groups, generations, sheets that are none."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from .conftest import GOLDEN, Read

ReadOne = Callable[..., Read]
FLASH = GOLDEN / "meituan-waimai" / "flash-sale.xlsx"
BILL = GOLDEN / "meituan-waimai" / "2026.xlsx"


def _saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _payments(found: Read) -> list[dict[str, object]]:
    rows = found.frames["payments"].sort("sheet", "line").drop("line", "sheet").to_dicts()
    assert rows
    return rows


def _header_row(sheet: openpyxl.worksheet.worksheet.Worksheet, name: str) -> int:
    return next(row[0].row for row in sheet.iter_rows() if any(cell.value == name for cell in row))


@pytest.mark.parametrize("below", [("商品补贴", "配送费补贴", "打包袋补贴"), ("商品总价", "商家应收款", "商品补贴")])
def test_names_in_the_upper_or_the_lower_row_of_a_header(
    read: ReadOne, read_path: Callable[[Path], list[Read]], below: tuple[str, ...]
) -> None:
    """All columns but the named ones are merged over both rows; the named ones stand below the name of their group."""
    book = openpyxl.load_workbook(FLASH)
    sheet = book["订单明细"]
    top = _header_row(sheet, "商家应收款")
    if top > 1:
        sheet.delete_rows(1, top - 1)
    sheet.insert_rows(2)
    for cell in list(sheet[1]):
        if cell.value in below:
            sheet.cell(2, cell.column).value, cell.value = cell.value, "金额信息"
    found = read(_saved(book))
    assert not found.reading.problems
    assert found.reading.control_total == "agrees"
    assert _payments(found) == _payments(read_path(FLASH)[0])


def test_flattened_group_names_and_tabs(read: ReadOne, read_path: Callable[[Path], list[Read]]) -> None:
    book = openpyxl.load_workbook(BILL)
    sheet = book["订单明细"]
    for cell in sheet[1]:
        if cell.value in ("订单号", "门店id", "门店名称", "订单状态", "下单时间", "账单日期"):
            cell.value = f"基础信息_{cell.value}"
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.value = f"\t{cell.value}\t"
    found = read(_saved(book))
    assert not found.reading.problems
    assert _payments(found) == _payments(read_path(BILL)[0])


def test_a_remark_below_the_header_is_a_row_that_cannot_be_read(read: ReadOne) -> None:
    """One text below a header is no second header row: nothing of the header may be lost to it."""
    book = openpyxl.load_workbook(BILL)
    sheet = book["订单明细"]
    sheet.insert_rows(2)
    note = next(cell.column for cell in sheet[1] if cell.value == "配送方式")
    sheet.cell(2, note).value = "说明"
    found = read(_saved(book))
    assert [(problem.line, problem.code) for problem in found.reading.problems] == [(2, "missing")]
