"""Workbooks: far-off cells, rounded numbers, typed cells, several tables in one file."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from .conftest import Read, Reader

ReadOne = Callable[..., Read]
HEADER = ["订单号", "门店编号", "支付方式", "支付金额", "支付时间", "是否退款", "商户号", "流水号"]


def _book(*rows: list[object], sheet: str = "支付明细", **others: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = sheet
    for row in rows:
        first.append(row)
    for name, content in others.items():
        extra = book.create_sheet(name)
        for row in content:
            extra.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _with_sheet_xml(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            part = source.read(name)
            archive.writestr(name, change(part) if name == "xl/worksheets/sheet1.xml" else part)
    return out.getvalue()


def test_a_cell_at_the_far_corner_is_refused_before_it_is_read(read: ReadOne) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book(HEADER)))
    assert book.active is not None
    book.active["XFD1048576"] = 1
    out = io.BytesIO()
    book.save(out)
    reading = read(out.getvalue()).reading
    assert (reading.outcome, reading.code, reading.facts["cell"]) == ("refused", "import.sheet_too_wide", "XFD1048576")


def test_a_cell_far_below_is_refused_before_it_is_read(read: ReadOne) -> None:
    book = openpyxl.load_workbook(io.BytesIO(_book(HEADER)))
    assert book.active is not None
    book.active["A1048576"] = 1
    out = io.BytesIO()
    book.save(out)
    assert read(out.getvalue()).reading.code == "import.sheet_too_long"


def test_a_wrong_dimension_does_not_lose_rows(read: ReadOne) -> None:
    data = _book(HEADER, *(["A1", "1", "现金", 1, "2026-03-01", "否", None, None] for _ in range(5)))
    lying = _with_sheet_xml(data, lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', part))
    assert read(lying).frames["tenders"].height == 5


def test_numbers_moments_and_texts_of_cells(read: ReadOne) -> None:
    found = read(
        _book(
            ["某某餐饮"], [], HEADER,
            [1, 1001, "现金", 12.3, datetime(2026, 3, 1, 10, 5, 6), False, 1600000001, None],
            ["B2", "S01", "微信", 0.1 + 0.2, "2026/3/1 10:05", "否", "1600000001", "4200002026030100000000000011"],
            [None] * 8,
            [3, 1001, "现金", "1,234.50", date(2026, 3, 1), True, None, "`420"],
        )
    )  # fmt: skip
    rows = found.frames["tenders"].to_dicts()
    assert [row["line"] for row in rows] == [4, 5, 7]
    assert [row["store_code"] for row in rows] == ["1001", "S01", "1001"]
    assert [row["amount"] for row in rows] == [Decimal("12.30"), Decimal("0.30"), Decimal("-1234.50")]
    assert rows[0]["merchant_no"] == "1600000001"
    assert rows[2]["reference"] == "420"
    assert rows[0]["paid_at"] == datetime(2026, 3, 1, 10, 5, 6)


def test_long_numbers_in_number_cells_are_rounded_and_said_so(read: ReadOne) -> None:
    good = [["A1", "1", "微信", 1, "2026-03-01", "否", None, "4200002026030100000000000011"] for _ in range(3)]
    bad = ["A2", "1", "微信", 1, "2026-03-01", "否", None, 4200002026030100000000000011]
    found = read(_book(HEADER, *good, bad))
    assert [(problem.line, problem.column, problem.code) for problem in found.reading.problems] == [
        (5, "流水号", "id_rounded")
    ]
    assert found.frames["tenders"].height == 3


def test_a_file_whose_numbers_are_mostly_rounded_is_refused(read: ReadOne) -> None:
    rows = [["A1", "1", "微信", 1, "2026-03-01", "否", None, 4200002026030100000000000011] for _ in range(3)]
    reading = read(_book(HEADER, *rows)).reading
    assert (reading.outcome, reading.code) == ("refused", "import.ids_rounded")
    assert reading.facts == {"rows": "3", "total": "3"}


@pytest.mark.parametrize("number", ["4.2E+27", "4.20000202603010E+27", "4200002026030100000000000000"])
def test_rounded_numbers_saved_as_text(read: ReadOne, number: str) -> None:
    good = [["A1", "1", "微信", 1, "2026-03-01", "否", None, "4200002026030100000000000011"] for _ in range(9)]
    assert read(_book(HEADER, *good, ["A2", "1", "微信", 1, "2026-03-01", "否", None, number])).codes == ["id_rounded"]


def test_a_running_number_may_end_in_zeros(read: ReadOne) -> None:
    rows = [["A1", "1", "微信", 1, "2026-03-01", "否", None, f"1000202603011{number:010d}"] for number in range(20)]
    assert read(_book(HEADER, *rows)).reading.problems == ()


def test_several_tables_in_one_workbook_are_several_members(tmp_path: Path, read_path: Reader) -> None:
    data = _book(
        ["门店编号", "门店名称", "营业日切"], [1001, "南山店", time(4, 0)], sheet="门店",
        账户=[["渠道", "商户号", "门店编号", "结算日切"], ["微信", "1600000001", 1001, "24:00"]], 说明=[["写给人看的"]],
    )  # fmt: skip
    path = tmp_path / "master.xlsx"
    path.write_bytes(data)
    found = {item.reading.name: item for item in read_path(path)}
    assert {name: item.reading.format for name, item in found.items()} == {
        "master.xlsx!门店": "chainbrain-stores", "master.xlsx!账户": "chainbrain-accounts",
    }  # fmt: skip
    assert len({item.reading.sha256 for item in found.values()}) == 2
    assert found["master.xlsx!门店"].frames["stores"]["day_cutoff"].to_list() == [time(4)]
    assert found["master.xlsx!账户"].frames["accounts"]["settlement_cutoff"].to_list() == [None]


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_truncated_workbook(read: ReadOne, share: float) -> None:
    data = _book(HEADER, ["A1", "1", "现金", 1, "2026-03-01", "否", None, None])
    reading = read(data[: int(len(data) * share)]).reading
    assert (reading.outcome, reading.code in ("import.workbook_damaged", "import.zip_damaged")) == ("refused", True)


def test_a_workbook_with_nothing_in_it(read: ReadOne) -> None:
    assert read(_book()).reading.code == "import.empty"


def test_an_unknown_workbook(read: ReadOne) -> None:
    reading = read(_book(["甲", "乙"], [1, 2])).reading
    assert (reading.outcome, reading.headers) == ("unknown", ("甲", "乙"))
