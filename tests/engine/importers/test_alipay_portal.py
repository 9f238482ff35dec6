"""The charge column of the portal's fund flow: taken beside the amount, or told a second time by rows of its own."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest

from .conftest import GOLDEN, Read

ReadOne = Callable[..., Read]
FOLDER = GOLDEN / "alipay-merchant-portal-xlsx"
BALANCE, OUT = "I", "H"


def _without_balances(
    name: str, change: Callable[[openpyxl.worksheet.worksheet.Worksheet], None] | None = None
) -> bytes:
    book = openpyxl.load_workbook(FOLDER / name)
    sheet = book.active
    for row in range(4, sheet.max_row + 1):
        sheet[f"{BALANCE}{row}"] = None
    if change is not None:
        change(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _charges(found: Read) -> list[Decimal]:
    lines = found.frames["wallet_lines"]
    return sorted(lines.filter(lines["kind"].is_in(["fee", "fee_return"]))["amount"].to_list())


def test_rows_of_charges_that_add_up_to_the_column_are_the_charges(read: ReadOne) -> None:
    assert _charges(read(_without_balances("fundflow-own-fee-rows.xlsx"))) == [Decimal("-0.48"), Decimal("-0.30")]


def test_without_rows_of_charges_the_column_is_taken(read: ReadOne) -> None:
    charges = _charges(read(_without_balances("fundflow.xlsx")))
    assert charges == [Decimal("-0.48"), Decimal("-0.30"), Decimal("0.07")]


def test_rows_of_other_charges_leave_the_column_unproven(read: ReadOne) -> None:
    def change(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet[f"{OUT}5"] = "9.90"

    found = read(_without_balances("fundflow-own-fee-rows.xlsx", change))
    assert [(problem.column, problem.value, problem.code) for problem in found.reading.problems] == [
        ("服务费（元）", "0.30", "charge_unproven"),
        ("服务费（元）", "0.48", "charge_unproven"),
    ]
    assert _charges(found) == [Decimal("-9.90"), Decimal("-0.48")]


@pytest.mark.parametrize("name", ["fundflow.xlsx", "fundflow-own-fee-rows.xlsx"])
def test_balances_decide_where_there_are_some(read: ReadOne, name: str) -> None:
    found = read((FOLDER / name).read_bytes())
    assert found.reading.control_total == "agrees"
    assert len(_charges(found)) == (3 if name == "fundflow.xlsx" else 2)
