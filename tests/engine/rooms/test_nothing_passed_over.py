"""Commands that could not do all of it say so: rows that were left out are counted, an empty pack is not written."""

from __future__ import annotations

from pathlib import Path

import pytest

from chainbrain.cli import main

COSTS = (
    "门店编号,月份,科目,金额,备注",
    "S001,2026-10,租金,15000.00,",
    "S001,2026-10,水电,一万五,",
    "S001,2026-10,人工,9.50,",
)


def test_every_row_of_a_file_is_accounted_for_and_no_board_pack_is_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, book = tmp_path / "门店费用.csv", tmp_path / "a.chainbrain"
    table.write_text("\n".join(COSTS), encoding="utf-8")
    assert main(["--quiet", "import", str(book), str(table)]) == 3
    said = capsys.readouterr()
    assert "新增 2 行" in said.out and "另有 1 行没有写入（坏 1、疑似 0）" in said.out
    assert "第 3 行" in said.err and "一万五" in said.err
    pack = tmp_path / "董事会.xlsx"
    assert main(["--quiet", "report", str(book), "board-pack", "--out", str(pack)]) == 2
    assert "还没有存下的方案" in capsys.readouterr().err and not pack.exists()
