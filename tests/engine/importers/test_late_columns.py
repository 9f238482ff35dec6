"""An optional cell that cannot be read breaks its own row, or its order, and never the whole file."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from chainbrain.importers.harvest import Harvest
from chainbrain.importers.platforms.platform_rows import whole_orders
from chainbrain.importers.tables.table import LINE, Cells, Table

from .conftest import GOLDEN, Reader

CASES = (
    ("douyin-laike/sale.xlsx", "售卖金额", "十元", "amount"),
    ("jd-pop/settlement.xlsx", "商户订单号", "4.2E+27", "id_rounded"),
    ("jd-pop/settlement.xlsx", "对账日期", "昨天", "day"),
    ("jd-daojia/sku.xlsx", "秒送单号", "2.6E+15", "id_rounded"),
)


def _damaged(path: Path, source: Path, column: str, value: str) -> Path:
    """The workbook with this value in the first row below the header that names the column."""
    book = load_workbook(source)
    (name,) = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value == column]
    name.parent.cell(name.row + 1, name.column).value = value
    book.save(path)
    return path


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[1])
def test_a_bad_optional_cell_breaks_its_row(case: tuple[str, str, str, str], tmp_path: Path, read_path: Reader) -> None:
    name, column, value, code = case
    path = _damaged(tmp_path / "damaged.xlsx", GOLDEN / name, column, value)
    (found,) = read_path(path)
    assert found.reading.outcome == "read", found.reading.facts
    broken = [problem for problem in found.reading.problems if problem.state == "broken"]
    assert (column, value, code) in {(problem.column, problem.value, problem.code) for problem in broken}
    lines = {(problem.sheet, problem.line) for problem in broken}
    records = [row for frame in found.frames.values() for row in frame.select("sheet", "line", "rows").iter_rows()]
    assert lines.isdisjoint((sheet, line) for sheet, line, _ in records)
    stand_for = {(sheet, line): rows for sheet, line, rows in records}
    assert sum(stand_for.values()) + len(lines) == found.reading.row_count


@pytest.mark.parametrize("counts", ["take", "whole_orders"])
def test_a_column_read_too_late_is_a_mistake_of_ours(counts: str) -> None:
    frame = pl.DataFrame({LINE: [2, 3], "订单号": ["A1", "A2"]})
    cells = Cells(Table(frame, None, ("订单号",), 1), ("订单号",))
    number = cells.identifier("订单号", required=True)
    if counts == "take":
        Harvest().count(cells)
    else:
        whole_orders(cells, "订单号", (number,))
    with pytest.raises(RuntimeError, match="订单号"):
        cells.identifier("订单号")
