"""Quotes in personal bills: tabs behind quoted cells, quotes inside names, and one that opens nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import polars as pl
import pytest

from chainbrain.importers.tables.quotes import loosely_quoted

from .conftest import GOLDEN, Read

ReadOne = Callable[..., Read]
JD = (GOLDEN / "jd-personal" / "2026-03.csv").read_bytes()


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a,"b"\t,c', ["a", "b", "c"]),
        ('a,点击"多多"视频,"/"', ["a", '点击"多多"视频', "/"]),
        ('a,"b, c"\t,"d"', ["a", "b, c", "d"]),
        ('a,"b ""x""",c', ["a", 'b "x"', "c"]),
        ("a,b,c,", ["a", "b", "c"]),
        ("a,b", [None, None, None]),
        ('a,"b,c', ["a", '"b', "c"]),
        ("a,b,c,d", [None, None, None]),
    ],
)
def test_cells(line: str, cells: list[str | None]) -> None:
    assert list(loosely_quoted(pl.Series([line]), 3).row(0)) == cells


@pytest.mark.parametrize("names", [('12" 显示器', "餐具 等多件"), ('12" 显示器', '8" 蛋糕盘')])
def test_an_inch_mark_opens_no_cell(read: ReadOne, names: tuple[str, str]) -> None:
    """One or two of them: the rows between are neither joined nor lost."""
    data = JD.replace("打印纸".encode(), names[0].encode()).replace("餐具 等多件".encode(), names[1].encode())
    found = read(data)
    assert (found.reading.control_total, found.reading.row_count, found.reading.problems) == ("agrees", 7, ())
    assert found.frames["wallet_lines"]["amount"].sum() == Decimal("-159.90")
