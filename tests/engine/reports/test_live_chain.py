"""The planned cash of a chain in the board's workbook is the engine's, where nothing is uncertain: to the cent."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sheet_formulas import Sheets

from chainbrain.expansion import kept
from chainbrain.expansion import programme as programmes
from chainbrain.expansion.programme import Programme
from chainbrain.reports import as_xlsx, board_pack
from chainbrain.reports.live_chain import running

STORE: dict[str, Any] = {
    "capex": "300000", "mature_monthly_sales": "220000", "gross_margin": "62%", "other_variable": "8%",
    "platform": "6%", "rent": "22000", "labour": "46000",
}  # fmt: skip
ASKED: dict[str, Any] = {
    "first_month": "2027-01", "months": 6, "paths": 100,
    "chain": {"opening_cash": 2_000_000, "monthly_cash": [10_000, 20_000, 0], "worse_by": 0},
    "store": {
        **STORE, "deposit": 60_000, "life_months": 12, "ramp": ["50%", "80%", "100%"],
        "spreads": {name: [value, value] for name, value in STORE.items()} | {"ramp": ["100%", "100%"]},
    },
    "candidates": [{"name": "甲", "must": True, "earliest": "2027-03", "latest": "2027-03", "replaces": "旧店"}],
    "closures": [
        {"name": "旧店", "monthly_cash": 20_000, "cost": 50_000, "deposit": 30_000, "remaining_months": 5},
        {"name": "亏店", "monthly_cash": -8_000, "cost": 9_000, "remaining_months": 9, "latest": "2027-01"},
    ],
    "funding": [{"name": "设备贷", "amount": 300_000, "annual_rate": "6%", "months": 6}],
}  # fmt: skip


def test_closures_and_relocations_are_in_the_planned_cash_of_the_chain(tmp_path: Path) -> None:
    answer = programmes.run(Programme.parse(ASKED))
    assert [(one.kind.value, one.name) for one in answer.entries] == [("relocation", "甲"), ("closure", "亏店")]
    worked = kept.of_answer(answer, ASKED, None)
    pack = board_pack.of_figures("搬店", worked.kind, worked.given, worked.plain_figures, "1")
    assert pack.live_chain is not None
    _, totals = running(pack.live_chain, pack.live)
    engine = [Decimal(month["p50"]) for month in worked.plain_figures["cash"]]
    # The closed store would have earned until May, when its deposit comes back anyway.
    assert [round(total, 2) for total in totals] == engine
    as_xlsx.write(pack, tmp_path / "pack.xlsx", "zh")
    book = openpyxl.load_workbook(tmp_path / "pack.xlsx")
    chain, sheets = book["全链公式"], Sheets(book)
    cells = [chain.cell(7 + number, chain.max_column).coordinate for number in range(len(totals))]
    assert [sheets.value("全链公式", cell) for cell in cells] == pytest.approx([float(one) for one in engine], abs=1e-6)
