"""What is said before the sums of a plan of idle money: not yet, who is short, whose money it is."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from cash_examples import A, B, banks
from sales_book import uid

from chainbrain.cli import main
from chainbrain.workspace import Rooms

WORD = (
    'insert into base.cash_product_words (word_id, entry_id, "at", who, name, removed, lock_days, lag_days,'
    " cap, rate, risk, said_on) select 900, 1, now(), 'me', '七天', false, 7, 0, null, 0.01, 'R1', '2025-01-01'"
)


def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, amount: int, floor: int) -> None:
    """B has 20,000.50, A 100,000; B pays on 20 August."""
    chain = banks()
    chain.row(
        "cash_plans", cash_plan_id=uid("plan"), day=date(2026, 8, 20), party=B, kind="wages", amount=Decimal(amount),
        cycle="once", file_id=uid("plan"), sheet=None, line=1,
    )  # fmt: skip
    made = Rooms(chain.done(), tmp_path / "chain.chainbrain")
    made.book.execute("insert into base.history values (1, now(), 'me', 'cash_floor', '{}', true, null, null)")
    made.book.execute(f"insert into base.cash_floor_words values (1, 1, now(), 'me', null, {floor})")
    made.book.execute(WORD)
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(made))


ASKED = ("--quiet", "cash-ladder", "chain.chainbrain", "--today", "2026-08-03")


def test_a_plan_for_all_says_that_it_moves_nobodys_money_and_who_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms(tmp_path, monkeypatch, 50000, 1000)
    assert main([*ASKED]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("先不要按这个总数放") and "乙 2026-08-20 ¥29,999.50" in lines[0]
    assert lines[1].startswith("这是把全部公司的钱合在一起算的") and "选那家公司" in lines[1]
    assert main([*ASKED, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["all_companies_together"] and made["not_yet"]
    assert [one["entity"] for one in made["companies_short"]] == [B]
    out = tmp_path / "idle.xlsx"
    assert main([*ASKED, "--out", str(out)]) == 0
    cells = [str(cell) for sheet in openpyxl.load_workbook(out) for row in sheet.values for cell in row if cell]
    assert any(one.startswith("先不要按这个总数放") for one in cells)
    assert any("合在一起算的" in one for one in cells)
    capsys.readouterr()
    # Of one company nothing of others is said.
    assert main([*ASKED, "--entity", A, "--safety", "1000"]) == 0
    told = capsys.readouterr().out
    assert "合在一起" not in told and "先不要" not in told


def test_where_the_floor_stays_in_no_scenario_the_first_word_is_not_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms(tmp_path, monkeypatch, 50000, 200000)
    assert main([*ASKED, "--entity", A, "--safety", "200000"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("先不要放：") and "没有一种每天都不低于 ¥200,000.00" in told.splitlines()[0]
    assert main([*ASKED, "--json"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["plan"]["kept"] == 0 and made["not_yet"]
    rooms(tmp_path, monkeypatch, 10, 1000)
    assert main([*ASKED]) == 0
    told = capsys.readouterr().out
    assert "先不要" not in told and told.startswith("这是把全部公司的钱合在一起算的")
