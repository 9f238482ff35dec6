"""Reads the written exports with nothing but the standard library and a spreadsheet reader, as somebody else would."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal
from functools import cache
from pathlib import Path

import fastexcel

Row = dict[str, str]


def money(text: str) -> Decimal:
    return Decimal(text or "0")


def gbk_members(path: Path) -> dict[str, bytes]:
    """The members of a zip whose names are GBK without the UTF-8 flag."""
    with zipfile.ZipFile(path) as archive:
        return {info.filename.encode("cp437").decode("gbk"): archive.read(info) for info in archive.infolist()}


@cache
def content(exports: Path, name: str) -> str:
    """The text of a file or of a member named ``file.zip!member``."""
    if "!" in name:
        outer, member = name.split("!")
        data = gbk_members(exports / outer)[member]
    else:
        data = (exports / name).read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(f"{name} is in no known encoding")


def table(exports: Path, name: str) -> list[Row]:
    """A plain csv table."""
    return list(csv.DictReader(io.StringIO(content(exports, name))))


def ticked(exports: Path, name: str) -> tuple[list[Row], Row]:
    """A WeChat bill: its rows without backticks and its summary."""
    lines = content(exports, name).splitlines()

    def pair(header: str, row: str) -> Row:
        cells = row.split(",")
        assert all(cell.startswith("`") for cell in cells)
        return dict(zip(header.split(","), [cell[1:] for cell in cells], strict=True))

    return [pair(lines[0], line) for line in lines[1:-2]], pair(lines[-2], lines[-1])


def alipay(exports: Path, name: str) -> tuple[list[Row], list[str]]:
    """An Alipay export: rows (surplus commas belong to 商品名称) and the trailing comment lines."""
    lines = content(exports, name).splitlines()
    assert [line[0] for line in lines[:4]] == ["#"] * 4
    header = lines[4].split(",")
    body = [line for line in lines[5:] if not line.startswith("#")]
    rows = []
    for line in body:
        cells = line.split(",")
        surplus = len(cells) - len(header)
        cells[3 : 4 + surplus] = [",".join(cells[3 : 4 + surplus])]
        rows.append({key: cell.strip("\t") for key, cell in zip(header, cells, strict=True)})
    return rows, lines[5 + len(body) :]


@cache
def grid(path: Path, name: str) -> tuple[tuple[str, ...], ...]:
    """All cells of a sheet as texts; empty cells are empty texts."""
    found = fastexcel.read_excel(path).load_sheet(name, header_row=None, dtypes="string").to_polars()
    return tuple(tuple(cell or "" for cell in row) for row in found.rows())


def sheet(path: Path, name: str, header_row: int) -> list[Row]:
    """A sheet as rows of text; empty cells are empty texts."""
    rows = grid(path, name)
    header = [cell for cell in rows[header_row - 1] if cell]
    return [dict(zip(header, row, strict=False)) for row in rows[header_row:]]


def cell_text(exports: Path, name: str, sheet_name: str, line: int) -> str:
    """One physical line of a file, or one row of a sheet, as a single text."""
    if not sheet_name:
        return content(exports, name).splitlines()[line - 1]
    return ",".join(grid(exports / name, sheet_name)[line - 1])
