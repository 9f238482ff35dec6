"""The ledger, the payment list and the fairness file on the command line: figures, words, exit status."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from chainbrain.cli import main

TABLES = {
    "门店": "门店编号,门店名称,经营方式\nS1,西溪店,直营\nF1,鼓楼店,加盟\nF2,江北店,加盟\n",
    "账户": "渠道,商户号,门店编号,收款主体,费率\n微信,1600000001,S1,甲公司,0.38%\n微信,1600000077,F1,,0.38%\n",
    "期初": "类型,渠道或账号,门店编号,日期,余额\n应付加盟,,F1,2026-03-01,1000.00\n",
    "往来": "日期,门店编号,类型,金额,单号,备注\n2026-03-02,F1,采购,300.00,CG1,面粉\n2026-03-09,F2,罚款,50.00,,\n",
    "收款人": "收款方,户名,账号,开户行,统一社会信用代码\nF1,乙公司,33157820401410603,建设银行,91350100M000100Y43\n",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a ledger and nothing else."""
    folder = tmp_path_factory.mktemp("ledger")
    for name, text in TABLES.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    book = folder / "a.chainbrain"
    assert main(["--quiet", "import", str(book), *(str(folder / f"{name}.csv") for name in TABLES)]) == 0
    return book


def _said(capsys: pytest.CaptureFixture[str]) -> str:
    return "".join(capsys.readouterr())


def test_the_ledger_rolls_and_both_sides_agree(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ledger", str(made), "--month", "2026-03", "--store", "F1"]) == 0
    said = _said(capsys)
    assert all(part in said for part in ("1,000.00", "300.00", "700.00", "CG1", "相差 0.00", "1600000077"))
    assert main(["ledger", str(made), "--json"]) == 0
    months = {one["store"]: one for one in json.loads(capsys.readouterr().out)["months"]}
    assert (months["F1"]["closing"], months["F2"]["closing"], months["F1"]["gap"]) == ("700.00", "-50.00", "0.00")
    assert main(["ledger", str(made), "--store", "F9"]) == 2
    assert "F9" in _said(capsys)


def test_a_line_and_a_word_are_written_and_taken_back(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["ledger-line", str(made), "--store", "F1", "--kind", "paid", "--amount", "1,200.50", "--day", "2026-03-20"]
    assert main(line) == 0
    assert main(["collecting", str(made), "F1", "unified", "--since", "2026-03-01"]) == 0
    capsys.readouterr()
    assert main(["history", str(made)]) == 0
    said = _said(capsys)
    assert "F1 2026-03-20 付款 1200.50" in said and "F1 从 2026-03-01 起 统一结算" in said
    assert [main(["undo", str(made)]), main(["undo", str(made)])] == [0, 0]
    for wrong in (["--amount", "1.001"], ["--day", "2026-3"], ["--store", "F9"]):
        assert main([*line, *wrong]) == 2
    assert main(["collecting", str(made), "F9", "unified", "--since", "2026-03-01"]) == 2


def test_the_payment_list_is_written_kept_and_told_when_repeated(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "pay.xlsx"
    ask = ["payments", str(made), "--month", "2026-03"]
    assert main([*ask, "--out", str(out)]) == 0
    said = _said(capsys)
    assert "700.00" in said and "F2 50.00" in said and "不会把钱付出去" in said and "先选付款账户" in said
    assert [cell.value for cell in openpyxl.load_workbook(out).worksheets[0][2]][:3] == [
        "1",
        "乙公司",
        "33157820401410603",
    ]
    assert main(ask) == 3
    assert "付 700.00 元，还没登记付款" in _said(capsys)
    assert main([*ask, "--accept", "duplicate"]) == 0
    assert main([*ask, "--out", str(tmp_path / "again.csv")]) == 2
    assert main(["undo", str(made)]) == 0
    assert main(ask) == 0


def test_a_fairness_file_goes_out_and_is_compared(
    made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "F1.fair"
    assert main(["fairness", str(made), "--store", "F1", "--month", "2026-03", "--out", str(path)]) == 0
    assert main(["fairness-compare", str(made), str(path)]) == 0
    capsys.readouterr()
    assert main(["fairness-compare", str(made), str(path), "--store", "F2"]) == 3
    said = _said(capsys)
    assert "只有对方有" in said and "只有本账本有" in said
    path.write_text(path.read_text(encoding="utf-8").replace("300.00", "310.00"), encoding="utf-8")
    assert main(["fairness-compare", str(made), str(path)]) == 2
    assert "损坏" in _said(capsys)
    assert main(["fairness", str(made), "--store", "F1", "--month", "2025-01", "--out", str(path)]) == 2


def test_the_statement_tells_who_owes_and_every_line(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "s.xlsx"
    report = ["report", str(made), "statement", "--month", "2026-03", "--store", "F1"]
    assert main([*report, "--out", str(out)]) == 0
    text = {str(cell.value) for sheet in openpyxl.load_workbook(out) for row in sheet.iter_rows() for cell in row}
    assert {"总部欠门店", "CG1", "700.0", "采购"} <= text
    assert main([*report, "--out", str(tmp_path / "s.pdf")]) == 0
    assert (tmp_path / "s.pdf").read_bytes().startswith(b"%PDF")
