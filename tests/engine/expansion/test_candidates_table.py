"""The table 候选门店: imported, read by a programme, and gone again when the import is undone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from expansion_examples import WORKED, D

from chainbrain.cli import main
from chainbrain.expansion.needed import must_be_true
from chainbrain.expansion.programme.table import with_table
from chainbrain.expansion.ranges import Basis, InputRange, Ranges
from chainbrain.expansion.scenario_reading import UNCERTAIN
from chainbrain.expansion.simulation import simulate
from chainbrain.expansion.store_case import store_case
from chainbrain.progress import silent

TABLE = Path(__file__).parents[2] / "golden" / "chainbrain-candidates" / "candidates.csv"
PROGRAMME = {
    "first_month": "2026-12",
    "months": 6,
    "paths": 100,
    "chain": {"opening_cash": "300万", "monthly_cash": 0, "worse_by": 0},
    "store": {
        "ramp": [50, 100], "gross_margin": "62%", "other_variable": "8%", "platform": "6%", "labour": 46_000,
    },
}  # fmt: skip


def test_a_programme_takes_its_stores_from_the_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, scenario = tmp_path / "a.chainbrain", tmp_path / "programme.json"
    scenario.write_text(json.dumps({"programme": PROGRAMME}), encoding="utf-8")
    assert main(["import", str(book), str(TABLE), "--accept-suspect"]) == 3
    capsys.readouterr()
    assert main(["expand", str(book), str(scenario), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    plan = {one["name"]: one for one in found["plan"]}
    assert {one["name"] for one in found["candidates"]} == {"深圳湾店", "千灯湖店"}
    assert plan["千灯湖店"]["month"] == "2027-03"
    assert plan["千灯湖店"]["region"] == "佛山"
    assert plan["深圳湾店"]["invested"] == "510000.00"
    assert main(["undo", str(book)]) == 0
    capsys.readouterr()
    assert main(["expand", str(book), str(scenario), "--json"]) == 2
    assert "candidates" in capsys.readouterr().err


def test_what_a_scenario_says_itself_comes_before_the_table() -> None:
    table = [{"name": "A", "rent": D(1), "capex": D(2)}, {"name": "B", "rent": D(3)}]
    filled = with_table({"candidates": [{"name": "A", "rent": D(9)}, {"name": "C"}]}, table)
    assert filled["candidates"] == [{"name": "A", "rent": D(9), "capex": D(2)}, {"name": "C"}]
    assert with_table({"months": 3}, ()) == {"months": 3}


def test_free_months_save_their_rent_and_nothing_else() -> None:
    plain, free = store_case(WORKED), store_case(replace(WORKED, rent_free_months=3))
    saved = [one.cash - other.cash for one, other in zip(free.months, plain.months, strict=True)]
    assert saved == [0, *[D(22_000)] * 3, *[0] * 33]
    monthly = D("1.10") ** (D(-1) / 12)
    assert abs(free.npv - plain.npv - 22_000 * sum(monthly**n for n in (1, 2, 3))) <= D("0.01")
    needed = must_be_true(replace(WORKED, rent_free_months=3)).npv_is_zero
    assert needed is not None
    assert abs(store_case(replace(WORKED, rent_free_months=3, mature_monthly_sales=needed)).npv) < D("0.2")


def test_the_paths_know_free_months_too() -> None:
    scenario = replace(WORKED, rent_free_months=2, paths=100)
    planned = {name: D(1) if name == "ramp" else D(getattr(scenario, name) or 0) for name in UNCERTAIN}
    certain = Ranges(tuple(InputRange(n, v, v, v, Basis.FIXED, 0, 0) for n, v in planned.items()), ())
    found, case = simulate(scenario, certain, silent), store_case(scenario)
    assert [month.p50 for month in found.fan] == [month.cumulative for month in case.months]
