"""Past openings from the command line: printed, as JSON and as a file, in words where nothing can be known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chainbrain.cli import main

STORES = """门店编号,门店名称,城市,经营方式,开业日期,纬度,经度,坐标系
S1,西溪店,杭州,直营,2026-03-01,30.2741,120.1551,WGS-84
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("past")
    (folder / "门店档案.csv").write_text(STORES, encoding="utf-8-sig")
    path = folder / "book.chainbrain"
    assert main(["import", str(path), str(folder / "门店档案.csv")]) == 0
    return path


def test_a_book_without_sales_has_no_opening_and_no_error_is_made_up(
    book: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["past-openings", str(book)]) == 0
    told = capsys.readouterr().out
    assert "账本里没有一家店的开业" in told and "预测没有修正" in told
    assert main(["--lang", "en", "past-openings", str(book), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["openings"], found["level"]["error"], found["losses"]["factor"]) == ([], None, 1.0)
    out = tmp_path / "past.json"
    assert main(["past-openings", str(book), "--out", str(out)]) == 0
    assert "past_notes" in out.read_text(encoding="utf-8")
