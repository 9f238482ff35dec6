"""Figures of the industry beside a store's own: nothing averaged, nothing made up, taken back by undoing."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sales_book import MONDAY, SalesBook

from chainbrain import benchmark_words, cli
from chainbrain.analytics import benchmarks, periods, stores
from chainbrain.analytics.benchmarks import Benchmark
from chainbrain.analytics.periods import Change
from chainbrain.analytics.stores import LeagueRow
from chainbrain.analytics.walls import FourWall
from chainbrain.reports import industry
from chainbrain.reports.filters import Filters
from chainbrain.workspace import Workspace

TABLE = """指标,业态,城市,期间,下四分位,中位数,上四分位,来源,日期
综合费率,快餐,,2026上半年,1.2%,2.1%,3.4%,协会,2026-07-31
综合费率,快餐,,2025,1.0%,2.0%,3.0%,协会,2025-12-31
综合费率,,上海,2026,5%,6%,7%,上海报告,2026-06-30
租金占比,,,,,12%,,同行,2026-09-01
"""
NOTHING = Change(None, None)


def row(**given: object) -> LeagueRow:
    wall = FourWall("S1", date(2026, 9, 1), Decimal(200_000), Decimal(0), None, {"rent": Decimal(30_000)})
    made = LeagueRow(
        "S1", "西溪店", "杭州", "own", Decimal(100_000), 5_000, Decimal("20.00"), Decimal(2_500), NOTHING, 0, 0, 28,
        Decimal(3_500), Decimal(100_000), Decimal("0.035"), wall, (),
    )  # fmt: skip
    return replace(made, **given)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("benchmarks")
    (folder / "行业数据.csv").write_text(TABLE, encoding="utf-8-sig")
    path = folder / "book.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([folder / "行业数据.csv"]))
    return path


def test_what_is_known_goes_into_a_file_of_its_own(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "industry.json"
    assert cli.main(["--quiet", "benchmarks", str(book), "--out", str(out)]) == 0
    shares, yuan = json.loads(out.read_text(encoding="utf-8"))["tables"]
    told = [(one["metric"], one["median"], one["source"], one["city"]) for one in shares["rows"]]
    with Workspace.open(book) as workspace:
        known = workspace.analytics.benchmarks()
    assert len(told) == len(known) == 3 and not yuan["rows"]
    assert {(one[2], one[3]) for one in told} == {(one.source, one.city) for one in known}


def test_each_store_stands_beside_the_industry_in_the_report() -> None:
    known = (Benchmark("take_rate", "快餐", None, "2026", Decimal("0.012"), Decimal("0.021"), Decimal("0.034"), "协会",
                       date(2026, 7, 31)),)  # fmt: skip
    lines = {line[2]: line for line in industry._rows([row()], known)}
    assert set(lines) == set(benchmarks.METRICS)
    assert lines["take_rate"][3] == Decimal("0.035") and lines["take_rate"][9] == "benchmark_at.above"
    assert lines["ticket"][9] == "benchmark.none" and lines["labour_ratio"][5] == "benchmark_lacks.costs"
    chain = next(line for line in industry._rows([row(store_id="", name="")], known) if line[2] == "take_rate")
    assert chain[:2] == (None, "stores.all") and chain[3] == Decimal("0.035")


def test_the_report_of_all_stores_begins_with_the_chain_as_the_screen_shows_it() -> None:
    chain = SalesBook()
    for number, store in enumerate(("S1", "S2"), start=1):
        chain.store(store, f"{store}店", opened_on=date(2020, 1, 1)).sales(store, MONDAY, [100 * number] * 28)
    with closing(chain.done()) as book:
        span = periods.known(book)
        assert span is not None
        yuan = industry.industry(book, Filters()).tables[1].worded("zh")
        assert yuan["store"].to_list() == ["全连锁", "S2店", "S1店"]
        assert yuan["own_value"][0] == stores.league(book, periods.chosen("last_28", span)).total.ticket
        assert industry.industry(book, Filters(stores=["S1"])).tables[1].rows["store"].to_list() == ["S1店"]


def test_own_figures_are_worked_out_or_say_what_lacks() -> None:
    found = {one.own.metric: one.own for one in benchmarks.compared(row(), ())}
    assert found["take_rate"].value == Decimal("0.035")
    assert found["refund_rate"].value == Decimal("0.025000")
    assert found["rent_ratio"].value == Decimal("0.150000")
    assert found["rent_ratio"].month == date(2026, 9, 1)
    assert (found["labour_ratio"].value, found["labour_ratio"].lacks) == (None, "costs")
    assert (found["four_wall_margin"].value, found["four_wall_margin"].lacks) == (None, "costs")
    chain = {one.own.metric: one.own for one in benchmarks.compared(row(store_id=""), ())}
    assert chain["rent_ratio"].lacks == "stores"
    nobody = benchmarks.own(row(missing_days=28), "ticket")
    assert (nobody.value, nobody.lacks) == (None, "sales")
    assert benchmarks.own(row(take_rate=None), "take_rate").lacks == "fees"


def test_a_figure_of_another_city_is_left_out_and_a_source_is_shown_by_its_newest_day(book: Path) -> None:
    with Workspace.open(book) as workspace:
        known = workspace.analytics.benchmarks()
    assert [(one.metric, one.source, one.dated.year) for one in known] == [
        ("rent_ratio", "同行", 2026),
        ("take_rate", "上海报告", 2026),
        ("take_rate", "协会", 2026),
    ]
    found = {one.own.metric: one.benchmarks for one in benchmarks.compared(row(), known)}
    assert [one.source for one in found["take_rate"]] == ["协会"]
    assert found["ticket"] == ()
    there = {one.own.metric: one.benchmarks for one in benchmarks.compared(row(city="上海"), known)}
    assert [one.source for one in there["take_rate"]] == ["上海报告", "协会"]


def test_where_a_figure_stands() -> None:
    quartiles = Benchmark(
        "take_rate", None, None, None, Decimal("0.012"), Decimal("0.021"), Decimal("0.034"), "x", date(2026, 1, 1)
    )
    places = [benchmarks.position(Decimal(value), quartiles) for value in ("0.011", "0.012", "0.034", "0.035")]
    assert places == ["below", "inside", "inside", "above"]
    alone = replace(quartiles, low=None, high=None)
    assert [benchmarks.position(Decimal(value), alone) for value in ("0.02", "0.021", "0.03")] == [
        "under",
        "at",
        "over",
    ]
    assert benchmark_words.spread(quartiles, "zh") == "2.10% (1.20%–3.40%)"
    assert benchmark_words.spread(replace(quartiles, high=None), "zh") == "2.10% (1.20%–未写)"


def test_the_command_line_lists_them_and_undoing_takes_them_back(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--quiet", "benchmarks", str(book)]) == 0
    told = capsys.readouterr().out
    assert "协会 2026-07-31" in told
    assert "2.10% (1.20%–3.40%)" in told
    assert cli.main(["--quiet", "benchmarks", str(book), "--store", "S1"]) == 2
    assert "没有门店“S1”" in capsys.readouterr().err
    with Workspace.open(book) as workspace:
        workspace.undo()
    assert cli.main(["--quiet", "benchmarks", str(book)]) == 0
    assert "没有行业数据" in capsys.readouterr().out
    assert cli.main(["--quiet", "benchmarks", str(book), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"benchmarks": []}
