"""Receipts to come at one level: whose they are, what was taken before, and the command and report that tell them."""

from __future__ import annotations

import csv
import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from sales_book import MONDAY, SalesBook

from chainbrain.cash import receipt_words
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


def test_one_entity_is_told_by_its_own_stores_alone_and_by_the_same_figures(room: CashRoom) -> None:
    of_all = {level: room.receipts(days.shipped(), level, 14) for level in OFFERED}
    one = {level: room.receipts(days.shipped(), level, 14, entity="甲") for level in OFFERED}
    # The whole of it is its line among the entities; stores say what they say beside those of others.
    whole = of_all["entity"].line("甲")
    assert [one[level].lines for level in ("chain", "entity")] == [(whole,)] * 2 and one["chain"].level == "entity"
    assert [each.line.key for each in one["store"].lines] == ["S1"]
    assert one["store"].lines[0] == of_all["store"].line("S1")
    assert {each.line.key for each in one["store_channel"].lines} == {"S1 / in_store", "S1 / meituan"}
    assert whole is not None
    for level in OFFERED:
        assert sum(each.line.total.mean for each in one[level].lines) == whole.line.total.mean
        assert sum(each.before or 0 for each in one[level].lines) == whole.before
        assert all(each.stores == ("S1",) for each in one[level].lines)
    other = room.receipts(days.shipped(), "channel", 14, entity="乙")
    assert [each.line.key for each in other.lines] == ["in_store"] and other.lines[0].stores == ("S2",)
    # Of the two only the second one lacks a till file.
    assert (one["chain"].found.filled_days, other.found.filled_days, of_all["chain"].found.filled_days) == (0, 1, 1)
    assert set(one["chain"].found.by_past) <= {"S1"}
    assert room.receipts(days.shipped(), "store", 14, entity="丙").lines == ()


def test_a_store_of_several_entities_is_in_none_and_said() -> None:
    book = (
        SalesBook()
        .store("S1", opened_on=MONDAY)
        .store("S2", opened_on=MONDAY)
        .account("S1", "wechat", "w1", legal_entity="甲", bank_account="1")
        .account("S2", "wechat", "w2", legal_entity="甲")
        .account("S2", "alipay", "a2", legal_entity="乙")
        .sales("S1", MONDAY, _amounts(10))
        .sales("S2", MONDAY, _amounts(7))
    )
    both = CashRoom(book.done())
    found = both.receipts(days.shipped(), "chain", 7, entity="甲")
    assert [each.stores for each in found.lines] == [("S1",)] and found.shared == ("S2",)
    ((code, facts),) = receipt_words.of_entity(found)
    assert code == "forecast.shared" and facts["stores"] == ("S2",)
    other = both.receipts(days.shipped(), "chain", 7, entity="乙")
    assert other.lines == () and receipt_words.nothing_of(found) is None
    # A company that shares its only store is told so, one without stores that none of its data are missing.
    assert receipt_words.nothing_of(other) == ("forecast.only_shared", {"entity": "乙", "stores": ("S2",)})
    alone = both.receipts(days.shipped(), "store", 7, entity="丙")
    assert receipt_words.nothing_of(alone) == ("forecast.no_stores_of", {"entity": "丙"})
    unsold = replace(alone, found=replace(alone.found, unknown=("三店",)))
    assert receipt_words.nothing_of(unsold) == ("forecast.none_sold", {"entity": "丙", "stores": ("三店",)})
    assert receipt_words.nothing_of(both.receipts(days.shipped(), "chain", 7)) is None
    assert receipt_words.of_entity(both.receipts(days.shipped(), "chain", 7)) == ()


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
    assert main([*asked, "store", "--entity", "乙", "--json"]) == 0
    of_one = json.loads(capsys.readouterr().out)
    assert [one["key"] for one in of_one["lines"]] == ["S2"] and of_one["entity"] == "乙"
    # A company with a bank account and no store.
    monkeypatch.setattr(CashRoom, "owners", lambda _: ("丙", "乙", "甲"))
    for lang, said in (("zh", "“丙”名下没有在收款的门店"), ("en", "No store takes money for “丙”")):
        assert main(["--lang", lang, *asked, "chain", "--entity", "丙"]) == 0
        told_of = capsys.readouterr().out
        assert said in told_of and "量不出" not in told_of and "Too little" not in told_of
    assert main([*asked, "chain", "--entity", "丙", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["nothing"] == "forecast.no_stores_of"
    monkeypatch.undo()
    monkeypatch.setattr("chainbrain.workspace.Workspace.open", lambda *_: nullcontext(rooms))
    assert main([*asked, "store", "--entity", "丁"]) != 0 and "甲" in capsys.readouterr().err
    own = tmp_path / "own.csv"
    assert main([*asked[:-1], "--entity", "甲", "--out", str(own)]) == 0
    capsys.readouterr()
    kinds = [row[0] for row in csv.reader(own.read_text("utf-8-sig").splitlines())][1:]
    assert kinds.count("收付主体") >= 1 and "整个连锁" not in kinds
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


def test_the_report_narrowed_to_one_entity_holds_its_own_stores_alone(room: CashRoom, tmp_path: Path) -> None:
    sums, steps = MAKERS["receipts"](room._book, Filters(entity="乙")).tables
    assert set(sums.rows["forecast_level"]) == set(OFFERED) - {"chain"}
    own = room.receipts(days.shipped(), "entity", 28, entity="乙").lines[0].line.total.mean
    whole = sums.rows.group_by("forecast_level").agg(pl.col("estimate").sum())
    assert set(whole["estimate"]) == {own} and steps.rows.height == 28 * sums.rows.height
    # What stands on screen is written with the name of the company it is of.
    found = room.receipts(days.shipped(), "store", 7, entity="乙")
    out = tmp_path / "own.xlsx"
    Rooms(room._book, tmp_path / "chain.chainbrain").reports.write_receipts((found,), out)
    cells = [str(cell) for sheet in openpyxl.load_workbook(out) for row in sheet.values for cell in row if cell]
    assert any("乙" in one for one in cells)
    assert "福田店" in cells and "南山店" not in cells
