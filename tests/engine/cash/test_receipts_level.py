"""Receipts to come at one level: whose they are, what was taken before, and the command and report that tell them."""

from __future__ import annotations

import csv
import json
from contextlib import nullcontext
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from sales_book import MONDAY, SalesBook

from chainbrain.cash.forecast import days
from chainbrain.cash.receipts_level import OFFERED
from chainbrain.cash.room import CashRoom
from chainbrain.cli import main
from chainbrain.errors import UserError
from chainbrain.lists import ListRoom
from chainbrain.reports.content import MAKERS
from chainbrain.reports.filters import Filters
from chainbrain.workspace import Rooms

WEEK = [100, 90, 95, 110, 150, 210, 180]
WEEKS = 10
AFTER = MONDAY + timedelta(days=WEEKS * 7)


def _amounts(scale: int) -> list[str | int | None]:
    return [scale * WEEK[i % 7] + (i * 37) % 11 for i in range(WEEKS * 7)]


@pytest.fixture(scope="module")
def room() -> CashRoom:
    """Two companies; of S2 the till file of the tenth day before the end lacks."""
    gaps = _amounts(7)
    gaps[-10] = None
    book = (
        SalesBook()
        .store("S1", name="南山店", region="南", opened_on=MONDAY)
        .store("S2", name="福田店", opened_on=MONDAY)
        .account("S1", "wechat", "w1", legal_entity="甲", bank_account="1")
        .account("S2", "wechat", "w2", legal_entity="乙")
        .sales("S1", MONDAY, _amounts(10))
        .sales("S1", MONDAY, _amounts(3), channel="meituan")
        .sales("S2", MONDAY, gaps)
    )
    return CashRoom(book.done())


def test_a_level_stands_beside_what_its_lines_took_before_to_the_cent(room: CashRoom) -> None:
    found = room.receipts(days.shipped(), "entity", 7)
    ours, other = found.line("甲"), found.line("乙")
    assert ours is not None and other is not None and found.lines[0] is ours
    week = [*_amounts(10)[-7:], *_amounts(3)[-7:]]
    assert ours.before == sum(Decimal(str(one)) for one in week) and ours.stores == ("S1",)
    assert len(ours.past) == len(ours.line.days) == 7 and ours.line.total.last == AFTER + timedelta(days=6)
    lists = ListRoom(room._book)
    rows = lists.open("receipt_days", {"first": AFTER - timedelta(days=7), "after": AFTER, "stores": list(ours.stores)})
    assert (rows.total("amount"), rows.count) == (ours.before, 14)
    pair = room.receipts(days.shipped(), "store-channel", 7).line("S1 / meituan")
    assert pair is not None and pair.named == ("南山店", "meituan")
    rows = lists.open("receipt_days", {"first": AFTER - timedelta(days=7), "after": AFTER, "channel": "meituan"})
    assert rows.total("amount") == pair.before


def test_what_no_till_file_tells_is_no_sum(room: CashRoom) -> None:
    week, month = (room.receipts(days.shipped(), "store", length).line("S2") for length in (7, 28))
    assert week is not None and week.before is not None
    assert month is not None and month.before is None and month.past.count(None) == 1
    chain = room.receipts(days.shipped(), "chain", 28).line("")
    assert chain is not None and chain.before is None and chain.past[-10] is None
    assert chain.past[-9] is not None


def test_every_level_tells_the_same_money_as_the_forecast_of_all(room: CashRoom) -> None:
    of_all = room.forecast(days.shipped(), 14, pairs=True)
    for level in OFFERED:
        found = room.receipts(days.shipped(), level, 14)
        assert {one.line for one in found.lines} == {one for one in of_all.lines if one.level == level}
    with pytest.raises(UserError) as caught:
        room.receipts(days.shipped(), "shop", 14)
    assert caught.value.code == "forecast.level" and caught.value.facts["level"] == "shop"


def test_the_command_shows_one_level_and_writes_what_it_shows(
    room: CashRoom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = Rooms(room._book, tmp_path / "chain.chainbrain")
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    asked = ["--quiet", "forecast", "chain.chainbrain", "--horizon", "7", "--level"]
    assert main([*asked, "store-channel"]) == 0
    assert "南山店 / 美团外卖" in capsys.readouterr().out
    assert main([*asked, "region"]) == 0
    assert "—" in capsys.readouterr().out  # S2 has no region
    assert main([*asked, "entity", "--json"]) == 0
    told = {one["key"]: one for one in json.loads(capsys.readouterr().out)["lines"]}
    assert Decimal(told["甲"]["before"]) == sum(Decimal(one) for one in told["甲"]["past"])
    assert main([*asked, "shop"]) != 0 and "store_channel" in capsys.readouterr().err
    table = tmp_path / "r.csv"
    assert main([*asked, "entity", "--out", str(table)]) == 0
    rows = list(csv.reader(table.read_text("utf-8-sig").splitlines()))
    assert rows[1][:2] == ["收付主体", "甲"] and rows[1][5] == told["甲"]["cumulative"][-1]["mean"]
    assert rows[1][-1] == told["甲"]["before"]
    book = tmp_path / "r.xlsx"
    assert main([*asked[:-1], "--by-channel", "--out", str(book)]) == 0
    sheets = openpyxl.load_workbook(book, read_only=True)
    levels = {row[0] for row in sheets.worksheets[0].iter_rows(values_only=True)}
    assert {"整个连锁", "区域", "收付主体", "渠道", "门店", "门店和渠道"} <= levels


def test_the_report_has_every_level_of_four_weeks(room: CashRoom) -> None:
    sums, steps = MAKERS["receipts"](room._book, Filters()).tables
    assert set(sums.rows["forecast_level"]) == set(OFFERED)
    whole = sums.rows.group_by("forecast_level").agg(pl.col("estimate").sum())
    assert whole["estimate"].n_unique() == 1  # every level is the same money
    assert steps.rows.height == 28 * sums.rows.height
