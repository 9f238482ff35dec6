"""A formula's error in a binary workbook is told as what it is, not read as an empty cell."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from old_workbooks import Fault, xls

from chainbrain.importers.files.workbook import Workbook
from chainbrain.importers.limits import Limits

from .conftest import Read

HEADER = ("订单号", "门店编号", "营业日期", "下单时间", "实收金额", "优惠金额", "订单状态")


def _row(number: str, amount: object, discount: object = 0.0) -> tuple[object, ...]:
    return (number, "S1", "2026-03-01", "2026-03-01 12:00:00", amount, discount, "已完成")


@pytest.mark.parametrize("computed", [False, True])
@pytest.mark.parametrize(("code", "word"), [(0x17, "#REF!"), (0x2A, "#N/A"), (0x00, "#NULL!"), (0x07, "#DIV/0!")])
def test_an_error_is_a_broken_row(read: Callable[..., Read], computed: bool, code: int, word: str) -> None:
    fault = Fault(code, computed)
    # An empty discount is 0; one that could not be computed is not known.
    rows = [HEADER, _row("A1", 38.5), _row("A2", fault), _row("A3", 12.0, fault), _row("A4", 7.0, None)]
    found = read(xls(rows))  # type: ignore[arg-type]
    assert [(one.line, one.column, one.value) for one in found.reading.problems] == [
        (3, "实收金额", word),
        (4, "优惠金额", word),
    ]
    assert found.frames["orders"]["order_no"].to_list() == ["A1", "A4"]


def test_errors_stand_where_they_stood() -> None:
    book = Workbook.open(xls([[None, None], [None, "a", Fault(0x17)], [None, Fault(0x2A), 3.0]]), Limits())
    plain = Workbook.open(xls([[None, None], [None, "a", "x"], [None, "y", 3.0]]), Limits())
    (sheet,) = book.sheets
    shown, wanted = book.frame(sheet), plain.frame(sheet)
    assert shown.height == wanted.height
    assert [[{"x": "#REF!", "y": "#N/A"}.get(cell, cell) for cell in row] for row in wanted.rows()] == [
        list(row) for row in shown.rows()
    ]
