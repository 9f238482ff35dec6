"""The trade area of a site from the command line: imported lists, printed shares, files, and refusals in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chainbrain.cli import main
from chainbrain.workspace import Workspace

STORES = """门店编号,门店名称,城市,经营方式,面积,纬度,经度,坐标系
S1,西溪店,杭州,直营,120,30.2741,120.1551,WGS-84
S2,武林店,杭州,直营,80,30.2700,120.1600,WGS-84
S3,没坐标店,杭州,直营,80,,,
"""
LISTS = {
    "门店档案.csv": STORES,
    "候选门店.csv": "名称,纬度,经度,坐标系,面积,预计成熟月销\n银泰候选,30.2720,120.1580,WGS-84,60,200000\n",
    "竞品门店.csv": "名称,品牌,类型,纬度,经度,坐标系,面积或吸引力\n对面红杯,红杯,咖啡,30.2721,120.1581,WGS-84,\n",
    "需求点.csv": "名称,纬度,经度,坐标系,权重\n小区,30.2730,120.1560,WGS-84,1000\n远处,31.0,121.0,WGS-84,9000\n",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("areas")
    for name, content in LISTS.items():
        (folder / name).write_text(content, encoding="utf-8-sig")
    path = folder / "book.chainbrain"
    assert main(["import", str(path), *(str(folder / name) for name in LISTS)]) == 0
    return path


def test_a_candidate_is_looked_at_by_its_name(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["trade-area", str(book), "--site", "银泰候选", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["basis"], found["people"], found["rivals"], found["unsized"]) == ("points", 1000.0, 1, 1)
    assert [one["kind"] for one in found["shares"]] == ["rival", "own", "own", "new"]
    assert sum(one["after"] for one in found["shares"]) == pytest.approx(1)
    assert found["unplaced"] == ["没坐标店"]
    assert (found["sales"], found["sales_basis"], found["cannibalisation"]) == ("200000.00", "candidate", None)
    assert main(["trade-area", str(book), "--site", "银泰候选"]) == 0
    told = capsys.readouterr().out
    assert "没坐标店" in told
    assert "1 家不知道面积" in told
    assert "算不出蚕食比例" in told


def test_it_goes_into_files(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, points = tmp_path / "area.json", tmp_path / "points.csv"
    command = ["--lang", "en", "trade-area", str(book), "--site", "30.272,120.158,wgs84", "--people", "even"]
    assert main([*command, "--out", str(out), "--surface", str(points)]) == 0
    capsys.readouterr()
    written = json.loads(out.read_text(encoding="utf-8"))
    assert "area_shares" in json.dumps(written)
    lines = points.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Latitude (WGS-84),Longitude (WGS-84),Weight,New store's share,对面红杯,武林店,西溪店"
    # Everybody at a point goes somewhere.
    assert sum(float(share.rstrip("%")) for share in lines[700].split(",")[3:]) == pytest.approx(100, abs=0.02)
    assert len(lines) > 2000


def test_what_cannot_be_is_refused_in_words(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = {
        "没有写坐标系": ["--site", "30.272,120.158"],
        "看不懂位置": ["--site", "火星店"],
        "没有坐标": ["--site", "S3"],
        "找不到栅格文件": ["--site", "S1", "--raster", "nowhere.tif"],
        "没有给出栅格": ["--site", "S1", "--people", "raster"],
        "不超过 50": ["--site", "S1", "--reach", "-1"],
    }
    for words, options in cases.items():
        assert main(["trade-area", str(book), *options]) == 2
        assert words in capsys.readouterr().err


def test_without_a_mature_store_there_is_nothing_alike(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analogues", str(book), "--site", "银泰候选"]) == 0
    assert "还没有成熟门店" in capsys.readouterr().out
    assert main(["analogues", str(book), "--site", "银泰候选", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stores"] == 0


def test_importing_a_list_again_adds_nothing(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(book), str(book.parent / "竞品门店.csv")]) == 0
    assert "新增 0 行" in capsys.readouterr().out
    assert main(["check", str(book)]) == 0
    with Workspace.open(book) as workspace:
        assert len(workspace.expansion.areas.ground().rivals) == 1
