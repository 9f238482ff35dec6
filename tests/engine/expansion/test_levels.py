"""Mature sales by format, city tier and size: the spread of each kind, its number of stores, and what nobody said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from expansion_examples import D, OwnChain

from chainbrain import expansion
from chainbrain.database.book import Book
from chainbrain.expansion.levels import Level, levels, size_of
from chainbrain.own_openings import LEAST_STORES, MatureStore
from chainbrain.reports.room import ReportRoom


def a_store(number: int, sales: int, **said: object) -> MatureStore:
    return MatureStore(f"S{number}", f"S{number}", "佛山", "own", 300, D(sales), **said)  # type: ignore[arg-type]


def test_a_group_of_five_stands_a_smaller_one_asks_for_an_assumption() -> None:
    mature = [a_store(n, sales, format="商场店") for n, sales in enumerate((50, 10, 40, 20, 30))]
    mature += [a_store(9, 70, format="街边店"), a_store(10, 80)]
    found = [one for one in levels(mature) if one.by == "format"]
    # The i-th of n stands at (i + ½)/n: P10 and P90 of five are the least and the best.
    assert found == [
        Level("format", "商场店", 5, D(10), D(30), D(50)),
        Level("format", "街边店", 1, D(70), D(70), D(70)),
        Level("format", None, 1, D(80), D(80), D(80)),
    ]
    assert [one.enough for one in found] == [True, False, False]


def test_ten_stores_lie_between_their_neighbours() -> None:
    (found, *_) = levels([a_store(n, 100 * n, format="商场店") for n in range(1, 11)])
    # 0.1 · 10 − ½ = ½ of the way from the first to the second, and so on.
    assert (found.p10, found.p50, found.p90) == (D(150), D(550), D(950))


@pytest.mark.parametrize(
    ("area", "group"),
    [("49.99", "< 50 m²"), ("50", "50–100 m²"), ("399.99", "200–400 m²"), ("400", "400–800 m²"), ("800", "≥ 800 m²")],
)
def test_a_class_of_size_holds_its_lower_end(area: str, group: str) -> None:
    assert size_of(Decimal(area)) == group


def test_sizes_stand_in_order_and_those_nobody_said_last() -> None:
    areas = (None, "900", "30", "120", "130")
    mature = [a_store(n, 10, area_m2=Decimal(area) if area else None) for n, area in enumerate(areas)]
    found = [(one.group, one.stores) for one in levels(mature) if one.by == "size"]
    assert found == [("< 50 m²", 1), ("100–200 m²", 2), ("≥ 800 m²", 1), (None, 1)]


@pytest.fixture(scope="module")
def book() -> Book:
    chain = OwnChain(date(2026, 3, 2), 60)
    for number in range(LEAST_STORES):
        chain.steady(f"M{number}", 6_000 + 100 * number, format="商场店", city_tier="二线", area_m2=D(88))
    return chain.steady("U", 9_000, format=None, city_tier=None, area_m2=None).done()


def test_the_template_of_a_book_knows_them(book: Book) -> None:
    found = {(one.by, one.group): one for one in expansion.template(book).levels}
    assert set(found) == {(by, g) for by, g in zip(
        ("format", "format", "city_tier", "city_tier", "size", "size"),
        ("商场店", None, "二线", None, "50–100 m²", None), strict=True,
    )}  # fmt: skip
    assert found["format", "商场店"].p50 == D("188583.33")  # 6 200 · 365 / 12
    assert found["size", None].p50 == D("273750.00")


def test_the_report_says_how_many_and_what_to_do(book: Book, tmp_path: Path) -> None:
    made = ReportRoom(book).make("store-template")
    rows = made.tables[1].worded("zh").to_dicts()
    assert [(row["template_by"], row["template_group"], row["template_seen"]) for row in rows[:2]] == [
        ("业态", "商场店", 5), ("业态", "未填写", 1),
    ]  # fmt: skip
    assert rows[0]["template_note"] is None and rows[1]["template_note"] == "门店档案没有填，不归任何一类"
    few = {row["template_figure"]: row["template_note"] for row in made.tables[0].worded("zh").to_dicts()}
    assert few["成熟月销（中位数）"] is None and few["分走老店的占比"] == "样本不够，请自己填"
