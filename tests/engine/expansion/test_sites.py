"""Stores and candidates in one datum, what cannot be placed and why, and who is nearest."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chainbrain import cli
from chainbrain.expansion.places import Datum, Place, distance_km
from chainbrain.workspace import Workspace

STORES = """门店编号,门店名称,城市,经营方式,开业日期,关店日期,纬度,经度,坐标系
S1,西溪店,杭州,直营,2020-01-01,,30.2741,120.1551,WGS-84
S2,武林店,杭州,直营,2020-01-01,,{lat2:.6f},{lon2:.6f},GCJ-02
S3,城北店,杭州,直营,2020-01-01,2026-01-01,30.2750,120.1551,WGS-84
S4,没坐标店,杭州,直营,2020-01-01,,,,
S5,没坐标系店,杭州,直营,2020-01-01,,30.28,120.16,
S6,写反店,杭州,直营,2020-01-01,,120.16,30.28,WGS-84
"""
CANDIDATES = """名称,城市,纬度,经度,坐标系,面积,月租金,免租月数,装修设备,押金,预计成熟月销,最早开业
银泰候选,杭州,{lat:.6f},{lon:.6f},BD-09,100,20000,1,400000,60000,200000,2027-01
西溪店,杭州,30.2,120.1,WGS-84,100,20000,1,400000,60000,200000,2027-01
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sites")
    second = Place(30.2500, 120.1700, Datum.WGS84).to(Datum.GCJ02)
    third = Place(30.2700, 120.1600, Datum.WGS84).to(Datum.BD09)
    (folder / "门店档案.csv").write_text(
        STORES.format(lat2=second.latitude, lon2=second.longitude), encoding="utf-8-sig"
    )
    (folder / "候选门店.csv").write_text(
        CANDIDATES.format(lat=third.latitude, lon=third.longitude), encoding="utf-8-sig"
    )
    path = folder / "book.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([folder / "门店档案.csv", folder / "候选门店.csv"]))
    return path


def test_every_datum_becomes_one_and_what_cannot_be_placed_says_why(book: Path) -> None:
    with Workspace.open(book) as workspace:
        found = workspace.expansion.sites()
    assert [one.key for one in found.placed] == ["S1", "S2", "S3", "银泰候选"]
    assert {one.key: one.lacks for one in found.lost} == {"S4": "coordinates", "S5": "datum", "S6": "range"}
    assert not found.unnamed
    second = found.find("武林店")
    assert second is not None
    assert second.place is not None
    assert distance_km(second.place, Place(30.25, 120.17, Datum.WGS84)) * 1000 < 0.1
    candidate = found.find("银泰候选")
    assert candidate is not None
    # The closed store lies nearer; the open one is meant.
    near = found.nearest()
    assert near["银泰候选"].site.key == "S1"
    assert near["S1"].site.key == "S2"
    assert round(near["S1"].km, 3) == 3.038
    assert [one.site.key for one in found.around(candidate, 1.0)] == ["S1", "S3"]


def test_the_command_line_tells_distances_and_what_is_missing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--quiet", "map", str(book)]) == 0
    told = capsys.readouterr().out
    assert "3.038" in told
    assert "没有坐标的 1 家：没坐标店" in told
    assert "没写坐标系、没法放上去的 1 家：没坐标系店" in told
    assert cli.main(["--quiet", "map", str(book), "--around", "银泰候选", "--km", "1", "--json"]) == 0
    near = json.loads(capsys.readouterr().out)["near"]
    assert [(one["key"], one["kind"]) for one in near] == [("S1", "own"), ("S3", "own")]
    assert cli.main(["--quiet", "--lang", "en", "map", str(book), "--around", "S4"]) == 2
    assert "has no coordinates" in capsys.readouterr().err
    assert cli.main(["--quiet", "map", str(book), "--km", "0"]) == 2
    assert "半径" in capsys.readouterr().err
