"""Stores beside each other: the figures of the league, distances to the first, gaps for missing days, whole weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sales_book import MONDAY, SalesBook, uid

from chainbrain.analytics import compare, peers, stores
from chainbrain.analytics.periods import Period
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.reports.room import ReportRoom

# From a Wednesday to a Monday: two whole weeks, five days before them and one after.
PERIOD = Period(MONDAY + timedelta(days=2), MONDAY + timedelta(days=22))


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    chain = SalesBook()
    for number in range(1, 8):
        trade = "商场店" if number == 1 else None
        chain.store(f"S{number}", f"{number}号店", opened_on=date(2020, 1, 1), format=trade)
    chain.store("NEW", "新店", opened_on=MONDAY + timedelta(days=14))
    chain.store("LATER", "还没开", opened_on=MONDAY + timedelta(days=200))
    chain.sales("S1", MONDAY, [100] * 22).sales("S2", MONDAY, [80] * 22)
    chain.sale("S2", MONDAY + timedelta(days=3), "20", channel="meituan", refund="5")
    chain.sales("S3", MONDAY, [50 if day != 10 else None for day in range(22)])
    chain.sales("NEW", MONDAY + timedelta(days=14), [30] * 8)
    chain.payment("S1", "wechat", PERIOD.first, "100.00", "0.38")
    made = chain.done()
    yield made
    made.close()


def line(found: compare.Comparison, key: str) -> compare.Line:
    return next(one for one in found.lines if one.key == key)


def test_the_figures_are_those_of_the_league_and_the_distances_go_to_the_first(book: Book) -> None:
    found = compare.compare(book, PERIOD, ["S1", "S2", "S3"])
    league = {row.store_id: row for row in stores.league(book, PERIOD).rows}
    assert [row.store_id for row in found.rows] == ["S1", "S2", "S3"]
    receipts = line(found, "receipts")
    assert receipts.values == tuple(league[s].receipts for s in ("S1", "S2", "S3"))
    assert receipts.values == (Decimal(2000), Decimal(1620), Decimal(950))
    # A day of the third store lacks: its sum is held against nobody, its average day is.
    assert [receipts.off(place) for place in range(3)] == [None, Decimal(-380), None]
    assert receipts.partial == (False, False, True)
    daily = line(found, "daily")
    assert daily.values == (Decimal(100), Decimal(81), Decimal(50)) and daily.off(2) == Decimal(-50)
    assert receipts.ratio(1) == Decimal("-0.19")
    # Only of the first anything is known of charges: nobody is held against it, and no net is made up.
    assert line(found, "net").values == (Decimal("1999.62"), None, None) and line(found, "net").off(1) is None
    assert line(found, "margin").values == (None, None, None)
    said = line(found, "format")
    assert said.words == ("商场店", None, None) and said.off(1) is None and said.ratio(1) is None
    assert line(found, "missing_days").values == (0, 0, 1)
    shares = line(found, "meituan")
    assert shares.channel and shares.values[1] == Decimal("0.012346") and shares.ratio(1) is None
    by_store = zip(*(one.values for one in found.lines if one.channel), strict=True)
    assert all(sum(value or 0 for value in mine) == 1 for mine in by_store)


def test_a_day_that_is_there_in_part_is_held_against_nobody() -> None:
    chain = SalesBook()
    for store in ("S1", "S2"):
        chain.store(store, city="深圳", opened_on=date(2020, 1, 1)).sales(store, PERIOD.first, [100] * 20)
        chain.payment(store, "wechat", PERIOD.first, "100.00", "0.38")
    chain.row(
        "coverage", kind="till", channel=None, account_no="S2", day=PERIOD.first, file_id=uid("part"), whole=False
    )
    book = chain.done()
    found = compare.compare(book, PERIOD, ["S1", "S2"])
    ranks = peers.ranks(stores.league(book, PERIOD).rows, "city", PERIOD.last)
    book.close()
    assert found.series[1].values[0] is None
    for key in ("receipts", "daily", "orders", "net"):
        assert line(found, key).off(1) is None, key
    assert line(found, "net").values == (Decimal("1999.62"), None)
    assert [(store, one.of) for store, one in ranks.items()] == [("S1", 1)]


def test_a_missing_day_is_a_gap_and_a_store_not_yet_open_has_none_either(book: Book) -> None:
    found = compare.compare(book, PERIOD, ["S3", "NEW"])
    third, new = found.series
    assert found.starts[8] == MONDAY + timedelta(days=10) and third.values[8] is None
    assert third.values.count(None) == 1 and new.values[:12] == (None,) * 12 and new.values[12] == 30
    assert (third.average, third.indexed[0], third.indexed[8]) == (Decimal(50), Decimal(100), None)


def test_only_whole_weeks_stand_and_a_week_with_a_gap_is_one(book: Book) -> None:
    found = compare.compare(book, PERIOD, ["S1", "S3", "NEW"], "week")
    assert found.starts == (MONDAY + timedelta(days=7), MONDAY + timedelta(days=14)) and found.cut == 6
    assert [one.values for one in found.series] == [
        (Decimal(700), Decimal(700)), (None, Decimal(350)), (None, Decimal(210))
    ]  # fmt: skip
    short = compare.compare(book, Period(PERIOD.first, PERIOD.first + timedelta(days=5)), ["S1", "S2"], "week")
    assert short.starts == () and short.cut == 5 and short.series[0].indexed == ()


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        (["S1"], "compare.count"), ([f"S{n}" for n in range(1, 8)], "compare.count"), (["S1", "S1"], "compare.twice"),
        (["S1", "S99"], "compare.unknown"), (["S1", "LATER"], "compare.not_open"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(book: Book, chosen: list[str], code: str) -> None:
    with pytest.raises(UserError) as refused:
        compare.compare(book, PERIOD, chosen)
    assert refused.value.code == code


def test_the_workbook_holds_the_same_figures(book: Book, tmp_path: Path) -> None:
    found = compare.compare(book, PERIOD, ["S1", "S2"], "week")
    path = tmp_path / "对比.xlsx"
    ReportRoom(book).write_stores(found, path)
    sheets = openpyxl.load_workbook(path)
    rows = [row for row in sheets["门店对比"].iter_rows(values_only=True) if row[2] == "实收"]
    assert [(row[0], row[3], row[4], row[5]) for row in rows] == [("S1", 2000, None, None), ("S2", 1620, -380, -0.19)]
    weeks = [row for row in sheets["每周"].iter_rows(values_only=True) if row[1] == "S2"]
    assert [row[3] for row in weeks] == [560, 560]
