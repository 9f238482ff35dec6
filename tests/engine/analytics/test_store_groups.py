"""Groups of stores: who is of them, how they are named, and that figures of a group are those of its stores."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainbrain.analytics.store_groups import KINDS, StoreGroup
from chainbrain.cli import main
from chainbrain.demo import generate
from chainbrain.errors import UserError
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
    every = {one.store_id for one in workspace.analytics.stores()}
    for kind in KINDS:
        values = {getattr(one, kind) for one in workspace.analytics.stores()}
        found = [store for value in values for store in workspace.analytics.members(StoreGroup(kind, value))]
        assert sorted(found) == sorted(every), kind
    assert workspace.analytics.members(StoreGroup("city", "不在")) == ()


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
        stores = workspace.analytics.members(StoreGroup("city", city))
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
    ],
)
def test_a_group_or_store_that_is_not_there_is_said(
    path: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert main(["stores", str(path), *options]) == 2
    assert said in capsys.readouterr().err
