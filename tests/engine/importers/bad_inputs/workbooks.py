"""Workbooks: far cells, lying dimensions, errors for values, damage, entities in their parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal

from closed_files import closed_workbook

from .case import ORDERS, Case, order, with_part, workbook, zipped_as

_NAMES = ORDERS.split(",")
_SHEET = "xl/worksheets/sheet1.xml"
_DAMAGED = "import.workbook_damaged"
_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 1_000 + b'">]>'


def _rows(key: str, *rows: list[object]) -> bytes:
    first, last = (order(f"{key}-{number}").split(",") for number in (1, 9))
    return workbook(_NAMES, first, *rows, last)


def _row(key: str, amount: object = "18.00", moment: object = "2026-03-01 12:00:00") -> list[object]:
    return [f"{key}-2", 1001, "2026-03-01", moment, amount, "已完成"]


def _changed(key: str, change: Callable[[bytes], bytes], part: str = _SHEET) -> Callable[[], bytes]:
    return lambda: with_part(_rows(key, _row(key, 18)), part, change)


def _far(cell: bytes) -> Callable[[bytes], bytes]:
    return lambda xml: xml.replace(b"</sheetData>", b'<row r="9"><c r="' + cell + b'"><v>1</v></c></row></sheetData>')


def _error(key: str, value: str, *, column: int = 4, named: str = "实收金额", code: str = "cell_error") -> Case:
    def make() -> bytes:
        row = _row(key)
        row[column] = value
        return _rows(key, row)

    return Case(
        f"a cell with {value} in {named}", make, "imported", rows=((3, named, code),), good=2, amount=Decimal(36)
    )


_CASES = (
    Case("a cell in the far corner", _changed("w1", _far(b"XFD1048576")), code="import.sheet_too_wide", facts={"cell": "XFD1048576"}),
    Case("a cell far to the right", _changed("w2", _far(b"ZZZ9")), code="import.sheet_too_wide"),
    Case("a cell far below", _changed("w3", _far(b"A1048576")), code="import.sheet_too_long"),
    Case("a dimension that is too small", _changed("w4", lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', xml)), "imported", good=3),
    Case("a dimension that is too large", _changed("w5", lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)), "imported", good=3),
    Case("a workbook of 600 columns", lambda: workbook([*_NAMES, *(f"c{number}" for number in range(600))], order("w6").split(",")), code="import.too_many_columns"),
    Case("a sheet of nothing", workbook, code="import.empty"),
    Case("a sheet with a header only", lambda: workbook(_NAMES), "imported"),
    Case("a sheet of another kind", lambda: workbook(["天气", "温度"], ["晴", 20]), "needs_mapping", "import.unknown_format"),
    Case("a header of two rows with merged cells", lambda: workbook(["基础信息", None, None, None, None, "状态"], [*_NAMES[:5], None], order("w7").split(",")), "imported", good=1),
    Case("a header whose upper row names the column", lambda: workbook([None, None, None, None, None, _NAMES[5]], [*_NAMES[:5], None], order("w8").split(",")), "imported", good=1),
    Case("a workbook called csv", lambda: _rows("w9"), "imported", good=2),
    Case("a workbook cut short", lambda: _rows("w10")[:3000], code=_DAMAGED),
    Case("a workbook without its sheet", lambda: with_part(_rows("w11"), _SHEET, lambda _: b""), code=_DAMAGED),
    Case("a workbook whose sheet is no xml", _changed("w12", lambda _: b"<worksheet"), code=_DAMAGED),
    Case("a workbook without a list of its sheets", _changed("w13", lambda _: b"", "xl/workbook.xml"), code=_DAMAGED),
    Case("a workbook without its connections", _changed("w14", lambda _: b"", "xl/_rels/workbook.xml.rels"), code=_DAMAGED),
    Case("a workbook that is only called one", lambda: zipped_as({"xl/workbook.xml": "hello"}), code=_DAMAGED),
    Case("laughs in a workbook", _changed("w16", lambda xml: _LAUGHS + xml.replace(b"</sheetData>", b'<row r="9"><c r="A9" t="str"><v>&b;</v></c></row></sheetData>')), code="import.markup_entities"),
    Case("a cell whose element is broken", _changed("w37", lambda xml: xml.replace(b'<c r="E3"', b'<\xef\xbf\xbdc r="E3"')), code=_DAMAGED),
    Case("a cell whose end is missing", _changed("w38", lambda xml: xml.replace(b"</c>", b"", 1)), code=_DAMAGED),
    Case("a workbook with a password", lambda: closed_workbook(_rows("w17"), "1"), code="import.encrypted"),
    Case("an old workbook that is cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, code=_DAMAGED),
    Case("a cell of words for an amount", lambda: _rows("w18", _row("w18", "一十八元")), "imported", rows=((3, "实收金额", "amount"),), good=2),
    Case("a switch for an amount", lambda: _rows("w19", _row("w19", amount=True)), "imported", rows=((3, "实收金额", "amount"),), good=2),
    Case("a day for an amount", lambda: _rows("w20", _row("w20", date(2026, 3, 1))), "imported", rows=((3, "实收金额", "amount"),), good=2),
    Case("three decimals for an amount", lambda: _rows("w21", _row("w21", 18.005)), "imported", rows=((3, "实收金额", "amount"),), good=2),
    Case("the noise of a float", lambda: _rows("w22", _row("w22", 0.1 + 0.2)), "imported", good=3, amount=Decimal("36.30")),
    Case("an amount of 1e308", lambda: _rows("w23", _row("w23", 1e308)), "imported", rows=((3, "实收金额", "amount"),), good=2),
    Case("a time of day for a moment", lambda: _rows("w24", _row("w24", moment=time(12, 0))), "imported", rows=((3, "下单时间", "moment"),), good=2),
    Case("a moment of 1899", lambda: _rows("w25", _row("w25", moment=0.5)), "imported", rows=((3, "下单时间", "moment"),), good=2),
    Case("a moment as a spreadsheet counts", lambda: _rows("w26", _row("w26", moment=datetime(2026, 3, 1, 12, 0))), "imported", good=3),
    _error("w27", "#REF!"),
    _error("w28", "#N/A"),
    _error("w29", "#DIV/0!"),
    _error("w30", "#VALUE!", column=3, named="下单时间", code="moment"),
    _error("w31", "#NAME?", column=0, named="订单号"),
    _error("w32", "=1+1", code="amount"),
    _error("w33", "=SUM(E2:E9)", code="amount"),
    Case("a formula that was computed", _changed("w34", lambda xml: xml.replace(b"<v>18</v>", b"<f>9*2</f><v>18</v>")), "imported", good=3, amount=Decimal(54)),
    Case("two sheets of one kind", lambda: workbook(_NAMES, order("w35").split(","), 二=[_NAMES, order("w36").split(",")]), "imported", good=2),
)  # fmt: skip
CASES = tuple(Case(**{**vars(case), "suffix": ".csv" if case.name.endswith("csv") else ".xlsx"}) for case in _CASES)
