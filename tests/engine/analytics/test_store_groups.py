"""Groups of stores: who is of them, how they are named, and that figures of a group are those of its stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from chainbrain import texts
from chainbrain.analytics.store_groups import KINDS, GroupedStore, StoreGroup, members
from chainbrain.cli import main
from chainbrain.demo import generate
from chainbrain.errors import UserError
from chainbrain.reports import weekly_page
from chainbrain.workspace import Workspace


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("groups")
    chain = generate(folder / "chain", stores=5, days=7)
    with Workspace.create(folder / "a.chainbrain") as opened:
        opened.imports.apply(opened.imports.plan([chain.exports]))
        opened.reconcile()
    return folder / "a.chainbrain"


@pytest.fixture
def workspace(path: Path) -> Iterator[Workspace]:
    with Workspace.open(path) as opened:
        yield opened


def test_every_store_is_in_one_group_of_each_kind(workspace: Workspace) -> None:
    every = workspace.analytics.grouped_stores()
    assert [one.store_id for one in every] == [one.store_id for one in workspace.analytics.stores()]
    for kind in KINDS:
        groups = {group for one in every for group in one.groups if group.kind == kind}
        found = [store for group in groups for store in members(workspace.book, group)]
        assert sorted(found) == [one.store_id for one in every], kind
    assert members(workspace.book, StoreGroup("city", "不在")) == ()


def test_a_store_can_be_chosen_on_days_that_it_may_have_been_open() -> None:
    store = GroupedStore("S1", "一店", date(2026, 3, 5), date(2026, 9, 30), ())
    ever = GroupedStore("S2", "S2", None, None, ())
    days = [
        (date(2026, 1, 1), date(2026, 3, 5)),
        (date(2026, 3, 1), date(2026, 3, 6)),
        (date(2026, 9, 30), date(2027, 1, 1)),
        (date(2026, 10, 1), date(2026, 11, 1)),
    ]
    assert [store.open_within(*one) for one in days] == [False, True, True, False]
    assert all(ever.open_within(*one) for one in days)


def test_nobodys_place_among_peers_changes_with_the_stores_looked_at(workspace: Workspace) -> None:
    period = workspace.analytics.period("all")
    assert period is not None
    every = workspace.analytics.league(period)
    shared = [row for row in every.rows if every.places(row)["city"].of > 1]
    assert shared
    for row in every.rows:
        alone = workspace.analytics.league(period, [row.store_id])
        assert [one.store_id for one in alone.rows] == [row.store_id]
        assert alone.places(alone.rows[0]) == every.places(row)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("city=杭州", "city", "杭州"),
        ("城市 = 杭州", "city", "杭州"),
        ("Region=苏南", "region", "苏南"),
        ("经营方式=加盟", "ownership", "franchise"),
        ("ownership=Own", "ownership", "own"),
        ("format=a=b", "format", "a=b"),
    ],
)
def test_a_group_is_named_by_key_or_word(text: str, kind: str, value: str) -> None:
    assert StoreGroup.parse(text) == StoreGroup(kind, value)


@pytest.mark.parametrize("text", ["", "杭州", "city", "city=", "city= ", "street=x", "=杭州"])
def test_what_names_no_group_is_refused(text: str) -> None:
    with pytest.raises(UserError) as refused:
        StoreGroup.parse(text)
    assert refused.value.code == "stores.group"


def test_a_report_and_the_league_of_a_group_are_those_of_its_stores(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(path) as workspace:
        city = workspace.analytics.stores()[0].city
        assert city is not None
        stores = members(workspace.book, StoreGroup("city", city))
        found = workspace.reports.make("store-league", group=f"city={city}", period="all")
        named = workspace.reports.make("store-league", stores=stores, period="all")
    assert 0 < len(stores) < 5
    assert found.main.rows.equals(named.main.rows) and set(found.main.rows["store_id"]) == set(stores)
    assert f"城市 {city}" in found.notes("zh") and f"City {city}" in found.notes("en")
    assert main(["stores", str(path), "--group", f"城市={city}", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {row["store_id"] for row in told["rows"]} == set(stores)
    assert main(["stores", str(path), "--store", stores[0], "--json"]) == 0
    assert [row["store_id"] for row in json.loads(capsys.readouterr().out)["rows"]] == [stores[0]]
    out = tmp_path / "league.csv"
    assert main(["report", str(path), "store-league", "--group", f"city={city}", "--out", str(out)]) == 0
    assert all(store in out.read_text("utf-8-sig") for store in stores)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--group", "city=不在"], "没有一家店的“城市”是“不在”"),
        (["--group", "不在"], "看不懂门店分组“不在”"),
        (["--store", "S099"], "没有这些门店：S099"),
        (["--group", "经营方式=无"], "账本里有：加盟、直营。"),
        (["--group", "city=杭州", "--store", "S001"], "只能写一样"),
        (["--group", "city=杭州", "--compare", "S001", "S002"], "只用于排名"),
        (["--store", "S001", "--opening"], "只用于排名"),
    ],
)
def test_a_group_or_store_that_is_not_there_is_said(
    path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert main(["stores", str(path), *options]) == 2
    assert said in capsys.readouterr().err


def test_a_report_refuses_a_group_beside_stores_and_where_it_tells_one(workspace: Workspace) -> None:
    for other in ({"store": "S001"}, {"stores": ["S001"]}):
        with pytest.raises(UserError) as refused:
            workspace.reports.make("store-league", group="city=杭州", **other)
        assert refused.value.code == "stores.group_and_store"
    with pytest.raises(UserError) as refused:
        workspace.reports.make("money-map", group="city=杭州")
    assert refused.value.code == "report.not_taken"
    assert "--group" in workspace.reports.options("weekly") and "--group" not in workspace.reports.options("money-map")


def test_the_weekly_page_of_a_group_says_that_money_on_its_way_is_the_chains(workspace: Workspace) -> None:
    for filters, some in (({}, False), ({"stores": ["S001"]}, True), ({"group": "city=杭州"}, True)):
        page = workspace.reports.make("weekly", period="all", **filters)
        assert weekly_page.content(page, "zh")["some_stores"] is some


def test_every_filter_that_a_report_may_have_no_use_for_has_its_words() -> None:
    for key in ("first", "after", "month", "store", "stores", "group"):
        assert texts.word(f"report_whole.{key}", "zh") != f"report_whole.{key}"
