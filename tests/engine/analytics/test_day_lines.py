"""The kept days beside their expected ranges are what they would be anew; only what moved is reckoned."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from sales_book import SalesBook

from chainbrain import day_lines, facts, kept_days
from chainbrain.analytics import daily
from chainbrain.database.book import Book, Row
from chainbrain.rulebook import RuleBook

FIRST = date(2026, 3, 2)
DAYS = 80
STORES = ("S1", "S2", "S3")


@pytest.fixture(scope="module")
def ten_weeks() -> Book:
    chance = random.Random(5)
    made = SalesBook()
    for store in STORES:
        made.store(store)
        made.sales(store, FIRST, [None if chance.random() < 0.05 else chance.randint(50, 150) for _ in range(DAYS)])
    return made.done()


def _hold(book: Book, step: str) -> None:
    with book.transaction():
        kept_days.keep(book)
    for kept in ("known_stores", "known_contracts", "day_sums", "day_lines"):
        other = f"(from base.{kept} except all from base.{kept}_of_rows) union all "
        other += f"(from base.{kept}_of_rows except all from base.{kept})"
        assert book.rows_of(other) == [], (kept, step)
    # Kept or not, a day is told once and alike, also beyond what is kept.
    days = {"since": FIRST - timedelta(days=400), "until": FIRST + timedelta(days=400)}
    told, anew = "base.store_days($since, $until)", "base.store_days_among($since, $until, false)"
    assert (
        book.rows_of(f"(from {told} except all from {anew}) union all (from {anew} except all from {told})", **days)
        == []
    )


def _move(book: Book, chance: random.Random) -> str:
    day, store = FIRST + timedelta(days=chance.randrange(DAYS)), chance.choice(STORES)
    what = chance.choice(["amount", "gone", "holiday", "closed", "file"])
    if what == "amount":
        sql = "update base.orders set amount = amount + 7 where business_day = $day and store_code = $store"
        book.execute(sql, day=day, store=store)
    elif what == "gone":
        book.execute("delete from base.orders where business_day >= $day", day=max(day, FIRST + timedelta(days=70)))
    elif what == "holiday":
        RuleBook(book).set_holiday(day, chance.choice(["holiday", None]), "x")
    elif what == "closed":
        book.execute("update base.stores set closed_on = $day where code = $store", day=day, store=store)
    else:
        book.execute("delete from base.till_days where day = $day", day=day)
        sql = "insert into base.till_days values ($store, $day, false, null)"
        book.execute(sql, day=day, store=store)
    if what in ("amount", "gone"):
        daily.rewrite(book, None)
    return f"{what} {store} {day}"


def test_lines_are_what_they_would_be_anew_after_every_step(ten_weeks: Book) -> None:
    _hold(ten_weeks, "made")
    known = "select count(*), count(*) filter (where middle is not null) from base.day_lines where line = ''"
    lines, ranges = ten_weeks.one_of(known)
    assert lines == DAYS
    assert ranges > 20, "the weeks are long enough to compare"
    chance = random.Random(8)
    for number in range(10):
        with ten_weeks.transaction():
            what = _move(ten_weeks, chance)
        _hold(ten_weeks, f"{number}: {what}")


def test_what_is_read_is_what_would_be_reckoned_anew(ten_weeks: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    _hold(ten_weeks, "as it stands")
    spans = ((FIRST - timedelta(days=200), FIRST + timedelta(days=9)), (FIRST, FIRST + timedelta(days=66)))

    def read(stores: list[str] | None, by_store: bool) -> list[list[Row]]:
        name = "analytics/day_series"
        found = [day_lines.frame(ten_weeks, name, *days, stores, by_store=by_store).rows() for days in spans]
        # Of all stores or of one together the line has no name that anybody reads.
        return [[row if by_store else ("", *row[1:]) for row in rows] for rows in found]

    for stores in (None, ["S1"], ["S1", "S3"], []):
        for by_store in (True, False):
            kept = read(stores, by_store)
            with monkeypatch.context() as patch:
                patch.setattr(day_lines, "span", lambda _book: (None, None))
                assert read(stores, by_store) == kept, (stores, by_store)


def test_only_the_days_that_moved_and_those_they_reach_are_reckoned(ten_weeks: Book) -> None:
    _hold(ten_weeks, "as it stands")
    ten_weeks.execute("update base.day_lines set amount = -1 where day = $day", day=FIRST + timedelta(days=3))
    book, last = ten_weeks, ten_weeks.one_of("select max(business_day) from base.orders")[0]
    book.execute("update base.orders set amount = amount + 1 where business_day = $day", day=last)
    with book.transaction():
        daily.rewrite(book, [last])
        kept_days.keep(book)
    assert book.one_of("select distinct amount from base.day_lines where amount < 0") == (-1,)
    assert "day_lines" in facts.differing(book)


def test_a_mistyped_year_keeps_no_century(ten_weeks: Book) -> None:
    book = ten_weeks
    book.execute("insert into base.till_days values ('S1', date '2126-03-01', true, true)")
    with book.transaction():
        kept_days.keep(book)
    days = book.one_of("select count(distinct day), max(day) - min(day) < 800 from base.day_lines")
    assert 0 < days[0] <= 800 and days[1]
    book.execute("delete from base.till_days where day = date '2126-03-01'")
    _hold(book, "mended")
