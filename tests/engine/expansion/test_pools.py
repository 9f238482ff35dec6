"""Which own stores stand for a planned one: as like it as enough of them are, and what was left aside is said."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from expansion_examples import WORKED, WORKED_JSON, D

from chainbrain import texts
from chainbrain.expansion import Scenario, run
from chainbrain.expansion.kept import of_answer as kept_answer
from chainbrain.expansion.kept import of_result
from chainbrain.expansion.own_stores import StoreTemplate, nothing_known
from chainbrain.expansion.pool_note import noted, pool_note
from chainbrain.expansion.programme import Programme
from chainbrain.expansion.programme.run import run as run_programme
from chainbrain.expansion.ranges import Basis, ranges
from chainbrain.expansion.result import ScenarioResult
from chainbrain.own_openings import MatureStore, Traits, alike
from chainbrain.reports import board_pack
from chainbrain.reports.programme import of_answer
from chainbrain.workspace import Workspace


def some(number: int, sales: int, **said: str) -> list[MatureStore]:
    """Mature stores of one kind, each selling a little more than the one before."""
    return [
        MatureStore(f"{sales}-{n}", f"店{n}", said.get("city"), said.get("ownership", "own"), 300, D(sales + n),
                    said.get("format"), said.get("city_tier"))
        for n in range(number)
    ]  # fmt: skip


MALLS = some(5, 300_000, format="商场店", city="深圳", city_tier="一线")
STREET = some(6, 200_000, format="街边店", city="深圳", city_tier="一线")
FEW = some(2, 100_000, format="社区店", city="佛山", city_tier="二线")
UNSAID = some(4, 50_000, city="深圳")
CHAIN: StoreTemplate = replace(nothing_known(), mature=(*MALLS, *STREET, *FEW, *UNSAID))


@pytest.mark.parametrize(
    ("wanted", "by", "stores", "closest"),
    [
        (Traits(format="商场店"), ("format",), 5, 5),
        (Traits("商场店", "own", "深圳", "一线"), ("format", "ownership", "city", "city_tier"), 5, 5),
        # Eleven are in a city of the tier; the four of which nobody said it are in none.
        (Traits(city_tier="一线"), ("city_tier",), 11, 11),
        # Its city tells most of those that have enough.
        (Traits(format="社区店", city="深圳", city_tier="一线"), ("city", "city_tier"), 11, 0),
        (Traits(format="社区店", city_tier="二线"), (), 17, 2),
        (Traits(format="商场店", ownership="franchise"), ("format",), 5, 0),
        (Traits(), (), 17, 17),
    ],
)
def test_the_most_traits_that_enough_stores_share(
    wanted: Traits, by: tuple[str, ...], stores: int, closest: int
) -> None:
    found = alike(CHAIN.mature, wanted)
    assert (found.by, len(found.stores), found.closest, found.least) == (by, stores, closest, 5)
    assert all(getattr(one, name) == getattr(wanted, name) for one in found.stores for name in by)


def test_sales_and_their_range_come_from_stores_of_the_format() -> None:
    bare = {name: value for name, value in WORKED_JSON.items() if name != "mature_monthly_sales"}
    mall = Scenario.parse({**bare, "format": "商场店", "city_tier": "一线"}, CHAIN)
    assert mall.mature_monthly_sales == D(300_002)
    assert Scenario.parse(mall.to_mapping()).traits == Traits("商场店", None, None, "一线")
    sales = ranges(mall, CHAIN).of("mature_monthly_sales")
    assert (sales.basis, sales.observations) == (Basis.OWN_STORES, 5)
    assert (sales.p10, sales.p90) == pytest.approx((D(300_000), D(300_004)), abs=D("0.2"))
    assert Scenario.parse(bare, CHAIN).mature_monthly_sales == D(200_002)


@pytest.mark.parametrize(
    ("said", "code", "parts"),
    [
        ({"format": "商场店", "ownership": "own"}, "expansion.note.pool", ("商场店、直营", "5 家")),
        ({"format": "社区店", "city": "深圳"}, "expansion.note.pool_wider", ("社区店、深圳", "0 家", "“深圳”的 15 家")),
        ({"format": "社区店"}, "expansion.note.pool_all", ("社区店", "2 家", "全部 17 家")),
    ],
)
def test_the_answer_says_on_which_stores_it_rests(said: dict[str, str], code: str, parts: tuple[str, ...]) -> None:
    found = run(replace(WORKED, **said), CHAIN, paths=100)  # type: ignore[arg-type]
    (note,) = [one for one in found.notes if one.code.startswith("expansion.note.pool")]
    assert note.code == code
    for lang in texts.LANGUAGES:
        assert "…" not in texts.message(note.code, lang, **note.facts)
    assert all(part in texts.message(note.code, "zh", **note.facts) for part in parts)
    assert noted({"code": note.code, **json.loads(json.dumps(dict(note.facts)))}) == note
    (told,) = [one for one in _board_notes(found) if one == texts.message(note.code, "zh", **note.facts)]
    assert told
    said_in_json = [one["code"] for one in json.loads(json.dumps(found.to_mapping()))["notes"]]
    assert said_in_json.count(code) == 1


def _board_notes(found: ScenarioResult) -> list[str]:
    worked = of_result(found, CHAIN)
    made = board_pack.of_figures("方案", worked.kind, worked.given, worked.plain_figures, "1")
    (table,) = (one for one in made.tables if one.name == "board_notes")
    return table.worded("zh").to_series().to_list()


def test_nothing_is_said_where_sales_rest_on_no_own_store() -> None:
    mall = replace(WORKED, format="商场店")
    assert pool_note(WORKED, ranges(WORKED, CHAIN)) is None
    assert pool_note(mall, ranges(mall, None)) is None
    assert pool_note(mall, ranges(mall, nothing_known())) is None


def test_each_store_of_a_programme_says_its_own() -> None:
    store = {name: WORKED_JSON[name] for name in ("capex", "gross_margin", "rent", "labour")}
    given = {
            "first_month": "2026-12", "months": 6, "paths": 100, "store": {**store, "ramp": [50, 100]},
            "chain": {"opening_cash": "300万", "monthly_cash": 0, "worse_by": 0},
            "candidates": [{"name": "甲", "format": "商场店"}, {"name": "乙", "format": "社区店"}, {"name": "丙"}],
        }  # fmt: skip
    programme = Programme.parse(given, CHAIN)
    assert [one.scenario.mature_monthly_sales for one in programme.candidates] == [D(300_002), D(200_002), D(200_002)]
    found = run_programme(programme, CHAIN)
    assert [one.pool and one.pool.code for one in found.candidates] == [
        "expansion.note.pool", "expansion.note.pool_all", None,
    ]  # fmt: skip
    assert [one["pool"] and one["pool"]["stores"] for one in found.to_mapping()["candidates"]] == ["5", "17", None]  # type: ignore[index,attr-defined]
    (_, stores, _) = of_answer(found).tables
    assert stores.columns[-1].key == "programme_pool"
    assert [said is None for said in stores.rows["programme_pool"]] == [False, False, True]
    worked = kept_answer(found, given, CHAIN)
    board = board_pack.of_figures("方案", worked.kind, worked.given, worked.plain_figures, "1")
    (again,) = (one for one in board.tables if one.name == "programme_stores")
    assert again.worded("zh")["programme_pool"].to_list() == stores.worded("zh")["programme_pool"].to_list()
    plain = run_programme(Programme.parse({**given, "candidates": given["candidates"][2:]}, CHAIN), CHAIN)
    assert of_answer(plain).tables[1].columns[-1].key == "programme_why"


OLD = "名称,城市,月租金,装修设备,押金,预计成熟月销,最早开业"
OLD_ROWS = "老表店,深圳,22000,450000,60000,220000,2027-01\n无期店,深圳,22000,450000,60000,220000,"


def test_a_table_of_candidates_may_say_format_and_tier(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a.chainbrain") as here:
        for name, text in (
            ("a.csv", f"{OLD}\n{OLD_ROWS}\n"),
            ("b.csv", "名称,预计成熟月销,店型,城市等级\n南山店,220000,商场店,一线\n老表店,1,街边店,\n"),
        ):
            (tmp_path / name).write_text(text, encoding="utf-8")
            here.imports.apply(here.imports.plan([tmp_path / name]))
        found = {one["name"]: (one.get("format"), one.get("city_tier")) for one in here.expansion.candidates()}
        # Of one that was imported again the later table counts.
        assert found == {"南山店": ("商场店", "一线"), "老表店": ("街边店", None), "无期店": (None, None)}
        ids = here.book.rows_of("select cast(row_id as varchar) from base.candidates where capex > 0 order by name")
    # Written by a version that did not know the columns.
    assert [one for (one,) in ids] == OLD_IDS


OLD_IDS = ["6368d84b-87b2-e645-279a-dc7140f63999", "75c4a39f-0882-3c87-4502-2bf08d7df815"]
