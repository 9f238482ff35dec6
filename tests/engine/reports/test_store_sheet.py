"""The store sheet: a page for each chosen store with the figures of the screens; honest where nothing is known."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sales_book import MONDAY, SalesBook, uid

from chainbrain import change_words
from chainbrain.analytics import walls
from chainbrain.analytics.periods import Period
from chainbrain.analytics.room import AnalyticsRoom
from chainbrain.database.book import Book
from chainbrain.reports import as_pdf, store_page
from chainbrain.reports.room import make, write
from chainbrain.reports.tables import Report

JULY = Period(date(2026, 7, 1), date(2026, 8, 1))
COSTS = {"rent": "3000.00", "wages": "8000.50", "utilities": "700.00", "materials": "1200.00", "depreciation": "410.00"}


def _chain() -> SalesBook:
    """Two stores from the first of June to the end of July; costs of July for both, one without materials."""
    chain = (
        SalesBook().store("S1", "南山店", opened_on=date(2020, 1, 1)).store("S2", "福田店", opened_on=date(2020, 1, 1))
    )
    for store, start in (("S1", 1000), ("S2", 400)):
        chain.account(store, "wechat", f"wechat-{store}")
        for day, amount, fee in ((0, "100.10", "0.38"), (21, "200.00", "1.20"), (-14, "200.00", "1.60")):
            chain.payment(store, "wechat", JULY.first + timedelta(days=day), amount, fee)
        chain.covered("wallet", "wechat", f"wechat-{store}", JULY.first, JULY.after)
        for number in range((JULY.after - MONDAY).days):
            day = MONDAY + timedelta(days=number)
            amount = Decimal(start + 13 * (number % 11) + (900 if number == 50 else 0)) + Decimal("0.07")
            chain.sale(store, day, amount, hour=12, channel="dine_in")
        for line, (subject, amount_of) in enumerate(COSTS.items(), start=2):
            if (store, subject) != ("S2", "materials"):
                chain.row(
                    "store_costs", store_cost_id=uid("cost", store, subject), store_code=store, month=JULY.first,
                    subject=subject, amount=Decimal(amount_of), file_id=uid("costs"), line=line,
                )  # fmt: skip
    return chain


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    made = _chain().done()
    off = MONDAY + timedelta(days=50)
    made.execute("insert into base.history values (77, now(), 'me', 'unusual_known', '{}', true, null, null)")
    made.run(
        "analytics/add_unusual_word", entry=77, at=datetime(2026, 7, 22), who="me", store="S1", day=off, kind="known",
        removed=False, until=None, note="包场",
    )  # fmt: skip
    yield made
    made.close()


@pytest.fixture(scope="module")
def report(book: Book) -> Report:
    return make(book, "store-sheet")


def pages(report: Report, lang: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(json.dumps(store_page.content(report, lang)))["pages"]
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figures_of_a_page_are_those_of_the_screens(book: Book, report: Report, lang: str) -> None:
    room, page = AnalyticsRoom(book), pages(report, lang)[0]
    period = room.fair(JULY)
    strip, explained = room.strip(period, ["S1"]), room.explain(period, ["S1"])
    assert (page["number"], page["store"]) == ("S1", "南山店")
    assert strip.receipts.value is not None and strip.fees.value is not None
    assert page["tiles"][0]["value"] == f"¥{strip.receipts.value:,.2f}"
    assert page["tiles"][3]["value"] == f"¥{strip.fees.value:,.2f}"
    # The rate is that of the whole sum above it, as the screens have it, not of the comparable days.
    rates, told = strip.take_rate, page["tiles"][3]["notes"]
    assert rates.value is not None and rates.change.now is not None and rates.value != rates.change.now
    assert f"{round(rates.value * 100, 2)}%" in told[0] and len(told) == 2
    assert page["why"]["answer"] == change_words.sentence(explained, lang)
    for by, key in (("channel", "channels"), ("daypart", "dayparts")):
        assert [row["receipts"] for row in page[key]] == [
            f"{p.receipts:,.2f}" for p in room.mix(period, by, ["S1"]).parts
        ]
    busiest = room.heatmap(period, ["S1"]).busiest
    assert busiest is not None and f"{busiest.receipts:,.2f}" in page["heat"]["busiest"]
    assert len(page["days"]["bars"]) == 35


def test_a_day_far_off_stands_with_what_was_said_of_it(report: Report) -> None:
    page = pages(report, "zh")[0]
    assert page["outside"][0][0] == "07-21" and page["outside"][0][4] == "包场"
    assert page["said"] == [["07-21", "包场"]] and pages(report, "zh")[1]["said"] == []


def test_four_walls_only_where_every_cost_was_entered(book: Book, report: Report) -> None:
    found = walls.four_walls(book, JULY.after)
    strip = AnalyticsRoom(book).strip(JULY, ["S1"])
    assert strip.receipts.value is not None and strip.fees.value is not None
    # Depreciation is told, and not taken off.
    profit = strip.receipts.value - strip.fees.value - Decimal("12900.50")
    assert found["S1"].profit == profit
    assert found["S2"].profit is None and found["S2"].lacking == ("materials",)
    first, second = pages(report, "zh")
    assert ["四墙利润（折旧前）", f"{profit:,.2f}".replace("-", "−"), True] in first["walls"]
    assert ["食材物料", "", False] in second["walls"] and ["四墙利润（折旧前）", "", True] in second["walls"]


def test_a_month_that_the_book_holds_in_part_has_no_profit() -> None:
    chain = SalesBook().store("S1", "南山店", opened_on=date(2020, 1, 1)).sales("S1", MONDAY, ["10.00", "20.00"])
    for subject in walls.NEEDED:
        chain.row(
            "store_costs", store_cost_id=uid("part", subject), store_code="S1", month=MONDAY, subject=subject,
            amount=Decimal("1.00"), file_id=uid("costs"), line=2,
        )  # fmt: skip
    book = chain.done()
    found = walls.four_walls(book, MONDAY + timedelta(days=2))
    assert (found["S1"].receipts, found["S1"].profit, found["S1"].lacking) == (None, None, ())
    book.close()


def test_every_chosen_store_is_a_page(book: Book, report: Report, tmp_path: Path) -> None:
    for chosen, count in ((report, b"2"), (make(book, "store-sheet", store="S2"), b"1")):
        as_pdf.write(chosen, tmp_path / "s.pdf", "zh")
        assert re.findall(rb"/Count (\d+)", (tmp_path / "s.pdf").read_bytes()) == [count]


def test_the_workbook_holds_the_same_figures(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    write(book, "store-sheet", path)
    rows = list(openpyxl.load_workbook(path)["主要数字"].iter_rows(values_only=True))
    receipts = {row[0]: row[3] for row in rows if row[2] == "实收（元）"}
    league = AnalyticsRoom(book).league(JULY)
    assert receipts == {row.store_id: float(row.receipts) for row in league.rows}


def test_a_store_without_costs_says_so_and_one_day_is_enough(tmp_path: Path) -> None:
    book = SalesBook().store("S1", "南山店", opened_on=date(2020, 1, 1)).sales("S1", MONDAY, ["12.30"]).done()
    found = make(book, "store-sheet")
    page = pages(found, "en")[0]
    # Days before the book's first are no gaps.
    assert [bar["day"] for bar in page["days"]["bars"]] == ["06-01"] and not page["days"]["any_range"]
    assert page["walls"] == [] and page["tiles"][0]["value"] == "¥12.30" and page["why"]["steps"] == []
    as_pdf.write(found, tmp_path / "one.pdf", "en")
    book.close()
