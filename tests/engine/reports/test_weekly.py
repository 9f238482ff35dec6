"""The owner's weekly page: its figures are those of the screens, in the workbook and in print."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sales_book import MONDAY, SalesBook

from chainbrain import change_words
from chainbrain.analytics import overview, periods, stores
from chainbrain.analytics.periods import Period
from chainbrain.analytics.room import AnalyticsRoom
from chainbrain.database.book import Book
from chainbrain.errors import UserError
from chainbrain.reports import as_pdf, passed_over, weekly_page
from chainbrain.reports.room import catalogue, make, write
from chainbrain.reports.tables import Report
from chainbrain.reports.taken import takes

WEEKS = 9
LAST = Period(MONDAY + timedelta(weeks=WEEKS - 2), MONDAY + timedelta(weeks=WEEKS - 1))


def _chain() -> SalesBook:
    """Two stores for eight weeks and three days; the smaller one lacks a day of the last whole week."""
    chain = (
        SalesBook()
        .store("S1", "南山店", opened_on=date(2020, 1, 1))
        .store("S2", "福田店", opened_on=date(2020, 1, 1))
        .account("S1", "wechat", "1600000001")
        .payment("S1", "wechat", LAST.first, "100.10", "0.38")
        .payment("S1", "wechat", LAST.first - timedelta(weeks=4), "90.00", "0.30")
    )
    for store, start in (("S1", 1000), ("S2", 400)):
        for number in range((WEEKS - 1) * 7 + 3):
            day = MONDAY + timedelta(days=number)
            if (store, day) == ("S2", LAST.first + timedelta(days=2)):
                continue
            amount = Decimal(start + 13 * (number % 11) + 50 * (day.weekday() > 4)) + Decimal("0.07")
            chain.sale(store, day, amount, hour=12, channel="dine_in")
            chain.sale(
                store, day, Decimal("31.30"), hour=18, channel="takeaway", refund="1.30" if number == 50 else None
            )
    return chain


@pytest.fixture(scope="module")
def book() -> Iterator[Book]:
    made = _chain().done()
    yield made
    made.close()


@pytest.fixture(scope="module")
def report(book: Book) -> Report:
    return make(book, "weekly")


def printed(report: Report, lang: str) -> dict[str, Any]:
    # What the template gets is JSON: money must come as written text, never as a number.
    content: dict[str, Any] = json.loads(json.dumps(weekly_page.content(report, lang)))
    return content


def test_it_covers_the_last_whole_week(report: Report) -> None:
    assert (report.first, report.after) == (LAST.first, LAST.after) and LAST.first.weekday() == 0
    assert ("data_until", (MONDAY + timedelta(days=(WEEKS - 1) * 7 + 2)).isoformat()) in report.filters


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_printed_figures_are_those_of_the_overview(book: Book, report: Report, lang: str) -> None:
    room = AnalyticsRoom(book)
    strip = room.strip(room.fair(LAST))
    assert strip.receipts.value and strip.refunds.value is not None and strip.fees.value
    assert strip.orders.value is not None and strip.ticket.value
    tiles = [tile["value"] for tile in printed(report, lang)["tiles"]]
    assert tiles == [
        f"¥{strip.receipts.value:,.2f}", f"{strip.orders.value:,}", f"¥{strip.ticket.value:,.2f}",
        f"¥{strip.fees.value:,.2f}", f"¥{strip.refunds.value:,.2f}",
    ]  # fmt: skip
    now, before = strip.receipts.change.now, strip.receipts.change.before
    notes = " ".join(printed(report, lang)["tiles"][0]["notes"])
    assert f"{now:,.2f}" in notes and f"{before:,.2f}" in notes


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_reason_is_that_of_the_change_card_and_adds_up(book: Book, report: Report, lang: str) -> None:
    room = AnalyticsRoom(book)
    found = room.explain(room.fair(LAST))
    page = printed(report, lang)
    assert page["question"] == change_words.question(found, lang)
    assert page["answer"] == change_words.sentence(found, lang) != ""
    amounts = [Decimal(step["amount"].replace(",", "").replace("−", "-")) for step in page["steps"]]
    before, now = (Decimal(page[key].replace(",", "")) for key in ("before", "now"))
    assert before + sum(amounts) == now == found.now
    assert ("一分不差" if lang == "zh" else "to the cent") in page["proof"]


def test_the_days_and_stores_are_those_of_the_screens(book: Book, report: Report) -> None:
    room = AnalyticsRoom(book)
    page, days, league = printed(report, "en"), room.trend(LAST), room.league(room.fair(LAST))
    bars = page["days"]["bars"]
    assert [bar["value"] for bar in bars] == [f"{day.amount:,.0f}" for day in days if day.amount is not None]
    assert [bar["partial"] for bar in bars] == [False, False, True, False, False, False, False]
    assert all(0 < bar["height"] <= 1 and bar["low"] <= bar["high"] for bar in bars)
    assert [row["receipts"] for row in page["stores"]] == [f"{row.receipts:,.2f}" for row in league.rows]
    assert page["stores_total"]["receipts"] == f"{league.total.receipts:,.2f}" == page["tiles"][0]["value"][1:]
    assert page["stores"][1]["missing"] == "1" and "1" in page["missing"]


def test_what_needs_a_hand_and_what_is_on_its_way(book: Book, report: Report) -> None:
    room = AnalyticsRoom(book)
    page, found = printed(report, "zh"), room.attention(LAST.last)
    assert len(page["items"]) == min(8, len(found.items))
    assert page["transit_total"] == f"{sum(c.closing for c in room.transit(LAST).channels):,.2f}"


def test_the_workbook_holds_the_same_figures(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "week.xlsx"
    write(book, "weekly", path)
    sheets = openpyxl.load_workbook(path)
    room = AnalyticsRoom(book)
    strip, league = room.strip(room.fair(LAST)), room.league(room.fair(LAST))
    figures = {row[0]: row for row in sheets["主要数字"].iter_rows(values_only=True)}
    assert strip.receipts.value is not None and strip.orders.value is not None
    assert figures["实收（元）"][1] == float(strip.receipts.value)
    assert figures["订单数"][4] == int(strip.orders.value)
    ranked = [row for row in sheets["门店排名"].iter_rows(values_only=True) if row[1] in {"S1", "S2"}]
    assert [row[5] for row in ranked] == [float(row.receipts) for row in league.rows]
    answers = [row[1] for row in sheets["为什么变了"].iter_rows(values_only=True)]
    assert change_words.sentence(room.explain(room.fair(LAST)), "zh") in answers


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_printed_on_one_page(report: Report, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "week.pdf"
    as_pdf.write(report, path, lang)
    assert re.findall(rb"/Count (\d+)", path.read_bytes()) == [b"1"]


def test_a_store_that_still_ramped_up_is_not_praised_as_the_best() -> None:
    chain = SalesBook()
    old, new = date(2020, 1, 1), MONDAY - timedelta(days=30)
    for store, opened, then, now in (("S1", old, 100, 90), ("S2", old, 100, 95), ("S3", new, 40, 90)):
        chain.store(store, f"{store}店", opened_on=opened).sales(store, MONDAY, [then] * 28 + [now] * 28)
    book = chain.done()
    last = Period(MONDAY + timedelta(days=49), MONDAY + timedelta(days=56))
    league = stores.league(book, periods.fair_in(book, last))
    assert [league.new(row) for row in sorted(league.rows, key=lambda row: row.store_id)] == [False, False, True]
    ends = printed(make(book, "weekly"), "zh")["ends"]
    assert ends == "同店最好：S2店 −5.0%；最弱：S1店 −10.0%；新店不比：S3店（对照期里开业不满 240 天）"


def test_one_store_alone(book: Book, tmp_path: Path) -> None:
    alone = make(book, "weekly", store="S2")
    strip = overview.strip(book, periods.fair_in(book, LAST), ["S2"])
    page = printed(alone, "zh")
    assert page["tiles"][0]["value"] == f"¥{strip.receipts.value:,.2f}"
    assert page["some_stores"] and page["ends"] == "" and len(page["stores"]) == 1
    # The day without its till file is a gap, not a zero.
    assert [bar["height"] is None for bar in page["days"]["bars"]].index(True) == 2
    as_pdf.write(alone, tmp_path / "one.pdf", "zh")


def test_a_book_of_one_day_says_so(tmp_path: Path) -> None:
    book = SalesBook().store("S1", "南山店", opened_on=date(2020, 1, 1)).sales("S1", MONDAY, ["12.30"]).done()
    found = make(book, "weekly")
    assert (found.first, found.after) == (MONDAY, MONDAY + timedelta(days=1))
    assert any("还没有一整周" in note for note in found.notes("zh"))
    page = printed(found, "en")
    assert page["tiles"][0]["value"] == "¥12.30" and page["steps"] == [] and "not in the book yet" in page["question"]
    for lang in ("zh", "en"):
        as_pdf.write(found, tmp_path / f"{lang}.pdf", lang)
    book.close()


def test_an_empty_book_prints_an_empty_page(tmp_path: Path) -> None:
    book = Book.in_memory()
    found = make(book, "weekly")
    assert found.row_count == 0 and printed(found, "zh") == {"filled": False}
    as_pdf.write(found, tmp_path / "empty.pdf", "zh")
    book.close()


def test_a_week_is_named_by_any_of_its_days(book: Book) -> None:
    earlier = make(book, "weekly", week=(LAST.first - timedelta(days=3)).isoformat())
    assert (earlier.first, earlier.after) == (LAST.first - timedelta(weeks=1), LAST.first)
    for week, code in (
        ("next", "report.week"),
        ("9999-12-31", "report.week"),
        ("2025-01-01", "report.no_sales"),
        ("2031-01-01", "report.no_sales"),
    ):
        with pytest.raises(UserError) as told:
            make(book, "weekly", week=week)
        assert told.value.code == code


def test_a_week_that_is_not_over_goes_to_the_last_day_of_the_book_as_the_screens_do(book: Book) -> None:
    until = MONDAY + timedelta(days=(WEEKS - 1) * 7 + 2)
    monday = until - timedelta(days=until.weekday())
    made = make(book, "weekly", week=until.isoformat())
    assert (made.first, made.after) == (monday, until + timedelta(days=1))
    assert dict(made.filters)["span"] == "cut"
    screen = periods.fair_in(book, periods.chosen("week", periods.known(book)))
    for report in (made, make(book, "overview", week=until.isoformat())):
        assert (report.first, report.after) == (screen.first, screen.after)
        assert report.base == (screen.base.first, screen.base.after)


@pytest.mark.parametrize("filters", [{"store": "S999"}, {"stores": ["S1", "S999"]}])
def test_a_store_that_is_not_there_is_refused_by_every_report(book: Book, filters: dict[str, object]) -> None:
    """By a report that cannot be narrowed to stores as a filter of no use, by every other as an unknown store."""
    (key,) = filters
    for name in catalogue():
        with pytest.raises(UserError) as told:
            make(book, name, **filters)
        if takes(name, key):
            assert (told.value.code, told.value.facts) == ("report.unknown_store", {"stores": ("S999",)})
        else:
            assert told.value.code in ("report.not_taken", "report.takes_nothing")
            assert told.value.facts["filters"] == ("--store",)


def test_it_says_as_of_when_and_of_whom_and_why_it_is_compared_with_those_days(book: Book, report: Report) -> None:
    until = MONDAY + timedelta(days=(WEEKS - 1) * 7 + 2)
    assert dict(report.filters) == {
        "base_why": "nearest",
        "data_until": until.isoformat(),
        "items_until": until.isoformat(),
        "money_until": LAST.last.isoformat(),
    }
    page = printed(report, "zh")
    assert (page["items_until"], page["money_until"]) == (f"差异截至 {until:%m-%d}", f"截至 {LAST.last:%m-%d}")
    assert any("不分门店" in note or "全连锁" in note for note in make(book, "weekly", store="S2").notes("zh"))
    assert not any("全连锁" in note for note in report.notes("zh"))


def test_holidays_four_weeks_earlier_are_told_as_the_reason_for_another_base(book: Book) -> None:
    for day in LAST.base:
        book.execute("insert into base.holidays values ($day, 'holiday', 'feast', false)", day=day)
    found = make(book, "weekly")
    book.execute("delete from base.holidays where name = 'feast'")
    assert found.base is not None and found.base[0] < LAST.base.first
    assert any("四周前不好比（有节假日" in note for note in found.notes("zh"))
    nearer = f"{LAST.base.first:%m-%d}–{LAST.base.last:%m-%d}"
    assert any(note.startswith(f"更近而不可比的 {nearer}（feast）") for note in found.notes("zh"))
    assert any(note.startswith(f"Nearer, not comparable {nearer} (feast)") for note in found.notes("en"))


def test_nearer_days_are_told_with_each_holiday_that_spoils_them_once() -> None:
    golden = periods.SpecialDay(date(2026, 10, 3), "holiday", "national_day")
    worked = periods.SpecialDay(date(2026, 9, 26), "workday", "mid_autumn")
    week = Period(date(2026, 9, 28), date(2026, 10, 4))
    passed = [periods.PassedOver(week, (golden, golden)), periods.PassedOver(periods.of_one_day(worked.day), (worked,))]
    kept = passed_over.kept(passed)
    assert passed_over.worded(kept, "zh") == "09-28–10-03（国庆节）、09-26（调休上班）"
    assert passed_over.worded(kept, "en") == "09-28–10-03 (National Day), 09-26 (worked weekend)"


def test_the_last_whole_week() -> None:
    sunday = MONDAY + timedelta(days=6)
    assert periods.last_whole_week(Period(MONDAY, sunday + timedelta(days=1))) == Period(
        MONDAY, sunday + timedelta(days=1)
    )
    assert periods.last_whole_week(Period(MONDAY, sunday)) is None
    assert periods.last_whole_week(Period(MONDAY + timedelta(days=1), sunday + timedelta(days=4))) is None


def _line(what: str, amount: str, first: date, last: date, due: date | None = None) -> dict[str, Any]:
    return {
        "what": f"attention.{what}", "amount": Decimal(amount), "estimated": "no", "code": "D08", "channel": None,
        "stores_named": "一店", "first_day": first, "last_day": last, "due_on": due,
    }  # fmt: skip


def test_claims_say_of_which_days_they_are() -> None:
    august, sold, due = date(2026, 8, 3), date(2026, 8, 19), date(2026, 8, 24)
    lines = [
        _line("late_payout", "30.00", sold, date(2026, 8, 21), due),
        _line("late_payout", "20.00", due, due, due),
        _line("fee_overcharge", "5.00", august, sold),
        _line("cash_short", "9.00", date(2026, 7, 1), due),
    ]
    said = {"what": "结算未到账", "channel": "微信"}
    about = [weekly_page._item(line, said, "zh")["about"] for line in lines[:3]]
    assert about == [
        "微信 · 一店 · 08-19–08-21 · 应到 08-24",
        "微信 · 一店 · 应到 08-24",
        "微信 · 一店 · 08-03–08-19",
    ]
    figures = [{"figure": "claimable", "value": Decimal("55.00")}]
    # What is short in a drawer is no claim: its days are not among those claimed for.
    assert weekly_page._claimable(figures, lines) == "¥55.00 08-03–08-24"
    assert weekly_page._claimable([], lines) == ""
