"""How a store began beside earlier openings, and what it took: on small chains whose truth is known."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from expansion_examples import D, OwnChain

from chainbrain import opening_words
from chainbrain.database.book import Book
from chainbrain.expansion.openings import StoreOpening, opening, openings
from chainbrain.reports.room import ReportRoom

FIRST = date(2025, 3, 3)
DAYS = 300
STARTS = {"OLD1": 20, "OLD2": 27, "YOUNG": 230, "BABY": 297}
PLACE = {"latitude": 22.5200, "longitude": 113.9300, "datum": "WGS-84"}
NEXT = {"latitude": 22.5260, "longitude": 113.9355, "datum": "WGS-84"}
FAR = {"latitude": 22.7200, "longitude": 114.2500, "datum": "WGS-84"}


def weekly(chain: OwnChain, opened: date, *tenths: int) -> dict[date, Decimal]:
    """Sales of so many tenths of 7,000 yuan a day, week by week; the last one stays."""
    return {day: D(700) * tenths[min((day - opened).days // 7, len(tenths) - 1)] for day in chain.days if day >= opened}


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    """Four mature stores of 7,000 a day; two that opened early, one that lacks a week, one of three days."""
    chain = OwnChain(FIRST, DAYS)
    for number in range(4):
        chain.steady(f"S{number}", 7_000, **FAR)
    for code, steps in (("OLD1", (4, 6, 8, 10)), ("OLD2", (6, 8, 10, 10)), ("YOUNG", (9, 5, 7)), ("BABY", (5,))):
        opened = FIRST + timedelta(days=STARTS[code])
        sales = weekly(chain, opened, *steps)
        if code == "YOUNG":
            for day in range(14, 18):
                del sales[opened + timedelta(days=day)]
        chain.store(code, sales, opened, **PLACE)
    chain.store("NODATE", dict.fromkeys(chain.days, D(7_000)), **{"opened_on": None, **FAR})
    made = chain.done()
    yield made
    made.close()


def test_weeks_of_age_stand_beside_the_band_of_earlier_openings(book: Book) -> None:
    found = opening(book, "YOUNG")
    assert found.curve is not None
    assert found.curve.share[:4] == (D("0.9000"), D("0.5000"), None, D("0.7000"))
    assert not found.curve.finished and [one.store_id for one in found.earlier] == ["OLD1", "OLD2"]
    assert all(one.finished for one in found.earlier)
    edge = found.band[0]
    assert edge is not None
    assert (edge.low, edge.middle, edge.high, edge.stores) == (D("0.4"), D("0.5"), D("0.6"), 2)
    weeks = found.weeks()
    assert len(weeks) == len(found.band) and weeks[2][1] is None and weeks[30][1] is None
    words = opening_words.began(found, "zh")
    assert "还在爬坡" in words and "70.0%" in words and "它比哪一家都低" in words
    # The hole in the curve is told.
    assert words.endswith("第 3 周的普通营业日不到四天（节假日或缺文件），没有数字。")


def test_an_opening_knows_only_those_before_it(book: Book) -> None:
    assert opening(book, "OLD1").earlier == ()
    assert "没有更早的开业" in opening_words.began(opening(book, "OLD1"), "zh")
    second = opening(book, "OLD2")
    assert [one.store_id for one in second.earlier] == ["OLD1"]
    assert "只有 1 家" in opening_words.began(second, "zh")


@pytest.mark.parametrize(
    ("store", "why", "words"),
    [
        ("S0", "before_book", "开业那几周不在账本里"), ("NODATE", "no_date", "没有写开业日期"),
        ("BABY", "no_week", "还没有哪一周"), ("NOBODY", "no_sales", "还没有它的销售"),
    ],
)  # fmt: skip
def test_no_curve_is_made_up(book: Book, store: str, why: str, words: str) -> None:
    found = opening(book, store)
    assert (found.curve, found.why_no_curve) == (None, why)
    assert words in opening_words.began(found, "zh") and found.effect is None
    assert "量不出来" in opening_words.took(found, "zh") and opening_words.took(found, "en")


def test_without_a_mature_store_there_is_nothing_to_hold_it_against() -> None:
    chain = OwnChain(FIRST, 60)
    opened = FIRST + timedelta(days=20)
    chain.store("A", weekly(chain, opened, 5, 6), opened).store("B", weekly(chain, opened, 5, 6), opened)
    found = opening(chain.done(), "A")
    assert (found.curve, found.why_no_curve, found.why_no_effect) == (None, "no_mature", "short_before")
    assert opening(Book.in_memory(), "A").why_no_curve == "no_sales" and openings(Book.in_memory()) == ()


def beside(loss: int, *, opened: int = 60, controls: int = 6, near: bool = True) -> StoreOpening:
    """A newcomer of 7,500 a day; the store next door falls from 9,000 by ``loss``."""
    chain = OwnChain(FIRST, 150)
    start = FIRST + timedelta(days=opened)
    for number in range(controls):
        chain.steady(f"S{number}", 7_000 + 100 * number, **FAR)
    fallen = {day: D(9_000 - (loss if day >= start else 0)) for day in chain.days}
    chain.store("NEAR", fallen, **(NEXT if near else FAR))
    chain.store("N", {day: D(7_500) for day in chain.days if day >= start}, start, **PLACE)
    return opening(chain.done(), "N")


def test_what_it_took_is_clear_or_noise_or_nothing() -> None:
    clear = beside(900)
    assert clear.effect is not None and clear.effect.share == D("0.12") and clear.effect.clear
    assert "12.0%" in opening_words.took(clear, "zh") and "明显大过波动" in opening_words.took(clear, "zh")
    nothing = beside(0)
    assert nothing.effect is not None and "没有少卖" in opening_words.took(nothing, "zh")


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (lambda: beside(900, opened=10), "short_before"), (lambda: beside(900, opened=130), "short_after"),
        (lambda: beside(900, controls=2), "few_controls"), (lambda: beside(900, near=False), "no_neighbours"),
    ],
)  # fmt: skip
def test_what_cannot_be_measured_says_why(found, why: str) -> None:  # type: ignore[no-untyped-def]
    shown = found()
    assert (shown.effect, shown.why_no_effect) == (None, why)
    words = opening_words.took_code(shown)
    assert words[0] == f"opening.effect_{why}"


def test_the_workbook_holds_the_weeks(book: Book, tmp_path: Path) -> None:
    found = openings(book)
    assert [one.store_id for one in found] == ["BABY", "YOUNG", "OLD2", "OLD1"]
    path = tmp_path / "开业.xlsx"
    ReportRoom(book).write_openings(found, path)
    rows = list(openpyxl.load_workbook(path)["开业各周"].iter_rows(values_only=True))
    young = [row for row in rows if row[0] == "YOUNG"]
    assert [row[3:9] for row in young[:3]] == [
        (1, 0.9, 0.4, 0.5, 0.6, 2), (2, 0.5, 0.6, 0.7, 0.8, 2), (3, None, 0.8, 0.9, 1, 2)
    ]  # fmt: skip
