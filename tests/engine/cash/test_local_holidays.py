"""Holidays of one region or city: they hold for its stores only, are learned from the past, and come as a table."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sales_book import MONDAY, SalesBook

from chainbrain import event_table
from chainbrain.cash import receipts
from chainbrain.cash.events import StoreEvent, checked, days_of
from chainbrain.cash.forecast import days, engine, learned
from chainbrain.cash.forecast.trees import Shape
from chainbrain.cash.receipts import ReceiptsForecast
from chainbrain.cli import main
from chainbrain.database import history
from chainbrain.errors import UserError
from chainbrain.workspace import Workspace

WEEK = [100, 90, 95, 110, 150, 210, 180]
COUNT = 7 * 14
NEXT = MONDAY + timedelta(days=COUNT)


@pytest.fixture(autouse=True)
def small_forests(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "_ROWS", 3_000)
    monkeypatch.setattr(engine, "_SHAPE", Shape(trees=8, depth=3))


def _holiday(first: date, last: date | None = None, **place: str) -> StoreEvent:
    return StoreEvent("", "holiday", first, last or first, **place)


def _forecast(*events: StoreEvent, special: tuple[int, ...]) -> ReceiptsForecast:
    """Nanning sells half as much again on ``special`` days, Foshan as always; no week is quite like another, or the
    median of its weekdays could not be beaten."""
    chain, chance = SalesBook(), random.Random(7)
    for key, city, region, more in (("S1", "南宁", "广西", 3), ("S2", "佛山", "广东", 2)):
        amounts: list[str | int | None] = [
            WEEK[i % 7] * (more if i in special else 2) * chance.randint(95, 105) // 10 for i in range(COUNT)
        ]
        chain.store(key, region=region, city=city, opened_on=MONDAY).sales(key, MONDAY, amounts)
    book = chain.done()
    for event in events:
        entry = history.add(book, "store_event", {}, undoable=True)
        book.run(
            "cash/add_event",
            entry=entry, at=MONDAY, who="", event=None, removed=False, kind=event.kind, store=event.store_id,
            region=event.region, first=event.first, last=event.last, note=None,
        )  # fmt: skip
    return receipts.forecast(book, days.shipped(), 14)


def test_a_local_holiday_moves_the_stores_of_its_city_only() -> None:
    special = tuple(7 * week + 2 for week in range(1, 13, 2))
    known = [_holiday(MONDAY + timedelta(days=day), region="南宁") for day in special]
    found = _forecast(*known, _holiday(NEXT + timedelta(days=2), region="南宁"), special=special)
    share = {key: found.line("store", key).days[2].mean / (20 * WEEK[2]) for key in ("S1", "S2")}
    assert share["S1"] > Decimal("1.15") and abs(share["S2"] - 1) < Decimal("0.08")
    assert not found.untaught


def test_one_without_a_past_is_said_to_be_untaught() -> None:
    assert _forecast(_holiday(NEXT, region="广西"), special=()).untaught
    # Of a region without stores it holds for nobody.
    assert not _forecast(_holiday(NEXT, region="云南"), special=()).untaught


def test_region_and_city_both_name_stores() -> None:
    stores = [("S1", "广西", "南宁"), ("S2", "广西", "桂林"), ("S3", None, "南宁")]
    held = days_of([_holiday(NEXT, region="南宁")], "holiday", stores, NEXT, 2)
    assert held.tolist() == [[True, False], [False, False], [True, False]]
    assert days_of([_holiday(NEXT, region="广西")], "holiday", stores, NEXT, 1).ravel().tolist() == [True, True, False]
    event = _holiday(NEXT, region="南宁")
    assert checked(event, {"S1": "广西"}, ["南宁"]) == event
    with pytest.raises(UserError) as refused:
        checked(event, {"S1": "广西"})
    assert refused.value.code == "event.no_region"


def test_a_table_is_written_once_and_undone_as_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, table = tmp_path / "a.chainbrain", tmp_path / "安排.csv"
    with Workspace.create(book) as workspace:
        workspace.book.execute(
            "insert into base.stores (code, name, city, region, ownership, day_cutoff, row_id, file_id, line, entry_id)"
            " values ('S1', '南宁店', '南宁', '广西', 'own', time '00:00', uuid(), uuid(), 1, 0)"
        )
    rows = (
        "类型,第一天,最后一天,门店编号,区域,备注",
        "地方假日,2027-04-08,2027-04-10,,广西,三月三",
        "停业,2027/5/1,,S1,,装修",
    )
    table.write_bytes("\r\n".join(rows).encode("gb18030"))
    assert main(["forecast-event", str(book), "--table", str(table)]) == 0
    assert main(["forecast-event", str(book), "--table", str(table)]) == 0
    first, again = capsys.readouterr().out.splitlines()
    assert "新记下 2 项" in first and "undo" in first
    # Nothing was written: an undo offered here would take the first reading back.
    assert "2 项都已经记过" in again and "undo" not in again
    for lang in ("zh", "en"):
        with Workspace.open(book) as workspace:
            workspace.reports.write("store-events", tmp_path / "listed.csv", lang)
        assert main(["forecast-event", str(book), "--table", str(tmp_path / "listed.csv")]) == 0
        assert "2 项都已经记过" in capsys.readouterr().out
    with Workspace.open(book) as workspace:
        events = workspace.cash.events()
        assert [(one.kind, one.first, one.last, one.region, one.store_id, one.note) for one in events] == [
            ("holiday", date(2027, 4, 8), date(2027, 4, 10), "广西", None, "三月三"),
            ("closure", date(2027, 5, 1), date(2027, 5, 1), None, "S1", "装修"),
        ]
        workspace.undo()
        assert workspace.cash.events() == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("类型,备注\n促销,a\n", "event.table_column"), ("类型,第一天\n", "event.table_empty"),
        ("类型,第一天\n庙会,2027-04-08\n", "event.table_kind"), ("类型,第一天\n促销,昨天\n", "event.table_day"),
        ("类型,第一天\n促销,99999999999-1-1\n", "event.table_day"),
    ],
)  # fmt: skip
def test_what_a_table_cannot_say_is_refused_with_its_line(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        event_table.read(path)
    assert refused.value.code == code
    with pytest.raises(UserError) as missing:
        event_table.read(tmp_path / "b.csv")
    assert missing.value.code == "event.table_missing"
