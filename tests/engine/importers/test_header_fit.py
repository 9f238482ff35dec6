"""Why a table was recognised: the columns found, those lacking, those nobody asked for."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from chainbrain.importers.limits import Limits
from chainbrain.importers.member import read_file
from chainbrain.importers.plan import HeaderFit, MemberReading

STORED = ("门店编号", "时间", "类型", "金额", "本金", "赠金", "会员号", "单号")
ROW = ("1001", "2026-03-01 09:00:00", "充值", "100.00", "100.00", "0.00", "M1", "C1")


def _read(path: Path) -> MemberReading:
    (reading,) = read_file(path, path.parent, "desk", salt=b"s", limits=Limits())
    return reading


def _csv(path: Path, *rows: tuple[str, ...]) -> Path:
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    return path


def test_a_header_that_agrees_lacks_nothing_and_has_nothing_beyond(tmp_path: Path) -> None:
    fit = _read(_csv(tmp_path / "a.csv", STORED, ROW)).fit
    assert set(fit.found) == set(STORED)
    assert (fit.missing, fit.unused) == ((), ())


def test_columns_lacking_and_columns_beyond_are_named(tmp_path: Path) -> None:
    fit = _read(_csv(tmp_path / "b.csv", (*STORED[:6], "收银员", "备注"), (*ROW[:6], "张", "无"))).fit
    assert set(fit.found) == set(STORED[:6])
    assert set(fit.missing) == {"会员号", "单号"}
    assert fit.unused == ("收银员", "备注")


def test_a_workbook_of_several_sheets_counts_each_name_once(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for number, name in enumerate(("三月", "四月")):
        sheet = book.create_sheet(name, number)
        sheet.append((*STORED, "备注"))
        sheet.append((*ROW[:-1], f"C{number}", ""))
    book.remove(book.worksheets[-1])
    book.save(tmp_path / "c.xlsx")
    fit = _read(tmp_path / "c.xlsx").fit
    assert len(fit.found) == len(STORED)
    assert fit.unused == ("备注",)


def test_a_table_nobody_knows_has_no_fit(tmp_path: Path) -> None:
    reading = _read(_csv(tmp_path / "d.csv", ("甲", "乙"), ("1", "2")))
    assert reading.outcome == "unknown"
    assert reading.fit == HeaderFit()
