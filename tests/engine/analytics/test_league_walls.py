"""The league knows the profit within four walls of all stores at once, and where a store stands among those like it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sales_book import SalesBook, uid

from chainbrain import change_words
from chainbrain.analytics import change, overview, peers, stores, walls
from chainbrain.analytics.periods import Period
from chainbrain.analytics.stores import League
from chainbrain.database.book import Book
from chainbrain.lists import ListRoom
from chainbrain.reports import as_json, selling
from chainbrain.reports.tables import Report

JULY = Period(date(2026, 7, 1), date(2026, 8, 1))


def _book() -> SalesBook:
    """Five stores in July: all known; bills of the wallet lack on a day; a till file lacks; no materials; no costs."""
    chain = SalesBook()
    for number, (city, opened, trade) in enumerate(
        (
            ("深圳", 2020, "街边店"), ("深圳", 2024, "商场店"), ("深圳", 2026, "街边店"), ("广州", 2020, None),
            (None, None, "街边店"),
        ),
        start=1,
    ):  # fmt: skip
        store = f"S{number}"
        chain.store(
            store, f"{number}号店", city=city, opened_on=date(opened, 1, 1) if opened else None, format=trade,
            city_tier="一线" if number == 1 else None,
        )  # fmt: skip
        chain.account(store, "wechat", f"wechat-{store}")
        chain.payment(store, "wechat", JULY.first, "500.00", "1.90")
        after = JULY.after - timedelta(days=1) if number == 2 else JULY.after
        chain.covered("wallet", "wechat", f"wechat-{store}", JULY.first, after)
        chain.sales(store, JULY.first, [None if (number, day) == (3, 5) else 100 * number for day in range(31)])
        for subject in walls.NEEDED if number < 5 else ():
            if (number, subject) != (4, "materials"):
                chain.row(
                    "store_costs", store_cost_id=uid("cost", store, subject), store_code=store, month=JULY.first,
                    subject=subject, amount=Decimal("200.25"), file_id=uid("costs"), line=2,
                )  # fmt: skip
    return chain


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    made = _book().done()
    yield made
    made.close()


@pytest.fixture(scope="module")
def league(book: Book) -> League:
    return stores.league(book, JULY)


def test_profit_only_where_receipts_fees_and_costs_are_known(league: League) -> None:
    found = {row.store_id: row.four_wall for row in league.rows}
    first = found["S1"]
    assert first is not None
    assert first.profit == Decimal(3100) - Decimal("1.90") - 4 * Decimal("200.25")
    assert first.margin == Decimal("0.741000")
    unknown = {store: one.unknown for store, one in found.items() if one is not None}
    assert unknown == {"S1": (), "S2": ("fees",), "S3": ("receipts",), "S4": ("materials",)}
    assert found["S5"] is None and league.margin is None


def test_what_was_given_back_is_no_profit() -> None:
    chain = SalesBook().store("S1", opened_on=date(2020, 1, 1)).account("S1", "wechat", "wechat-S1")
    chain.covered("wallet", "wechat", "wechat-S1", JULY.first, JULY.after)
    chain.sales("S1", JULY.first, [100] * 31).sale("S1", JULY.first, "5000.00", refund="4990.00")
    chain.payment("S1", "wechat", JULY.first, "5000.00", "19.00")
    for subject in walls.NEEDED:
        chain.row(
            "store_costs", store_cost_id=uid("cost", subject), store_code="S1", month=JULY.first, subject=subject,
            amount=Decimal(100), file_id=uid("costs"), line=2,
        )  # fmt: skip
    book = chain.done()
    found = walls.four_walls(book, JULY.after)["S1"]
    book.close()
    assert (found.receipts, found.refunds) == (Decimal(8100), Decimal(4990))
    assert found.profit == Decimal(8100) - Decimal(4990) - 19 - 400
    assert found.margin == Decimal("0.332222")


def test_one_statement_reads_all_stores_and_none_without_costs(book: Book) -> None:
    assert walls.four_walls(book, JULY.first) == {}
    assert set(walls.four_walls(book, JULY.after, ["S2"])) == {"S2"}
    # A month that the book holds in part only has no receipts of a month.
    assert stores.league(book, JULY, ["S1"]).margin == Decimal("0.741000")


def test_the_rank_among_peers_goes_by_the_average_day(league: League) -> None:
    city = peers.ranks(league.rows, "city", JULY.last)
    # A file lacks of the third store, which still has the best day of its city.
    assert [(city[s].place, city[s].of, city[s].average) for s in ("S3", "S2", "S1")] == [
        (1, 3, Decimal("300.00")), (2, 3, Decimal("200.00")), (3, 3, Decimal("100.00"))
    ]  # fmt: skip
    assert (city["S4"].place, city["S4"].of) == (1, 1) and "S5" not in city
    formats = peers.ranks(league.rows, "format", JULY.last)
    # The fourth store has no format and is held against nobody by it.
    assert {s: (one.group, one.place, one.of) for s, one in formats.items()} == {
        "S5": ("街边店", 1, 3), "S3": ("街边店", 2, 3), "S1": ("街边店", 3, 3), "S2": ("商场店", 1, 1)
    }  # fmt: skip
    ages = {store: one.group for store, one in peers.ranks(league.rows, "age", JULY.last).items()}
    assert ages == {"S1": "grown", "S2": "to_third_year", "S3": "first_year", "S4": "grown"}


def test_the_table_beside_the_league_tells_profit_what_lacks_and_rank(league: League) -> None:
    table = selling.walls(league)
    rows = {row["store_id"]: row for row in table.worded("zh").to_dicts()}
    shown = rows["S1"]
    assert (shown["four_wall_month"], shown["four_wall"]) == (JULY.first, Decimal("2297.10"))
    assert (shown["four_wall_margin"], shown["lacks"], shown["rank_city"]) == (Decimal("0.741000"), None, "3/3")
    assert rows["S3"]["four_wall_month"] == JULY.first and rows["S3"]["four_wall"] is None
    assert [rows[store]["lacks"] for store in ("S2", "S3", "S4", "S5")] == [
        "手续费与佣金",
        "实收",
        "食材物料",
        "未录入",
    ]
    assert rows["S5"]["four_wall_month"] is None and rows["S5"]["rank_city"] is None


def test_the_margin_of_all_stands_in_the_table_that_has_its_column(book: Book, tmp_path: Path) -> None:
    known = stores.league(book, JULY, ["S1"])
    assert known.margin == Decimal("0.741000"), "one that is not known is left out of every total"
    tables = (selling.league(known), selling.walls(known))
    as_json.write(Report("store-league", tables), tmp_path / "league.json", "zh")
    written = json.loads((tmp_path / "league.json").read_text(encoding="utf-8"))["tables"]
    assert "four_wall_margin" not in written[0]["total"] and "four_wall_margin" in written[1]["total"]


def test_the_table_beside_the_league_says_format_and_tier_or_that_nobody_entered_them(league: League) -> None:
    rows = {row["store_id"]: row for row in selling.walls(league).worded("zh").to_dicts()}
    assert (rows["S1"]["store_format"], rows["S1"]["city_tier"]) == ("街边店", "一线")
    assert (rows["S4"]["store_format"], rows["S4"]["city_tier"]) == ("未填写", "未填写")


def test_what_a_new_store_grows_by_is_told_apart_from_the_chain() -> None:
    chain = SalesBook()
    days = 62
    for store, opened, sold in (
        ("S1", date(2020, 1, 1), [100] * 31 + [90] * 31),
        ("S2", None, [100] * days),
        ("S3", JULY.base.first - timedelta(days=239), [50] * 31 + [150] * 31),
    ):
        chain.store(store, store, opened_on=opened)
        chain.sales(store, JULY.after - timedelta(days=days), sold)
    book = chain.done()
    league = stores.league(book, JULY)
    row = next(row for row in league.rows if row.store_id == "S3")
    assert league.new(row) and row.like_for_like.ratio is None and row.compared_days == 0
    # With the store that began seven months before the chain would seem to grow; it shrank, and every sum says so.
    shrank = league.total.like_for_like
    assert (shrank.now, shrank.before) == (24 * 190, 24 * 200)
    assert overview.strip(book, JULY).receipts.change == shrank
    found = change.explain(book, JULY)
    new = next(step for step in found.steps if step.key == "new")
    # Of the days compared with, the first four are before the book.
    assert (new.amount, new.names) == (31 * 150 - 27 * 50, ("S3",)) and found.compared == 24 * -10
    assert change_words.step_cause(new, {}, "zh") == "S3"
    rows = ListRoom(book).open("like_days", {"first": JULY.first, "after": JULY.after, "shift": JULY.shift})
    assert (rows.total("amount"), rows.total("base_amount")) == (shrank.now, shrank.before)


def test_a_chain_of_young_stores_alone_is_compared_all_the_same() -> None:
    chain = SalesBook()
    for store, age in (("S1", 239), ("S2", 10)):
        chain.store(store, store, opened_on=JULY.base.first - timedelta(days=age))
        chain.sales(store, JULY.after - timedelta(days=62), [100] * 31 + [120] * 31)
    book = chain.done()
    league = stores.league(book, JULY)
    assert league.total.like_for_like.ratio == Decimal("0.2") and not any(league.new(row) for row in league.rows)
    assert change.explain(book, JULY).compared == 24 * 40


def test_a_store_is_old_enough_after_240_days() -> None:
    days = 62
    old = SalesBook().store("S1", "一号店", opened_on=JULY.base.first - timedelta(days=240))
    old.sales("S1", JULY.after - timedelta(days=days), [100] * days)
    league = stores.league(old.done(), JULY)
    assert not league.new(league.rows[0]) and league.rows[0].compared_days == 24
