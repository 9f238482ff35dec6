"""Completeness: a missing day is missing, a closed day is closed, and every hole has a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sales_book import MONDAY, SalesBook

from chainbrain.analytics import completeness, overview, periods
from chainbrain.analytics.periods import PassedOver, Period, SpecialDay


def chain() -> SalesBook:
    after = MONDAY + timedelta(days=4)
    return (
        SalesBook()
        .store("S1", "南山店", opened_on=date(2020, 1, 1))
        .store("S2", "福田店", opened_on=date(2026, 6, 3))
        .account("S1", "wechat", "1600000001")
        .account("S1", "alipay", "20881234567890120156")
        .account("S2", "meituan", "9001")
        .sales("S1", MONDAY, [10, None, 10, 10])
        .sales("S2", MONDAY + timedelta(days=2), [10, None])
        .covered("till", None, "S1", MONDAY, MONDAY + timedelta(days=1))
        .covered("till", None, "S1", MONDAY + timedelta(days=2), after)
        .covered("wallet", "wechat", "1600000001", MONDAY, after)
        .covered("wallet", "alipay", "2088123456789012", MONDAY, MONDAY + timedelta(days=3))
        .covered("platform", "meituan", "9001", MONDAY, MONDAY + timedelta(days=3))
    )


def test_the_freshness_line_names_the_stores_that_lack_a_file() -> None:
    fresh = completeness.freshness(chain().done(), MONDAY + timedelta(days=3))
    told = {line.source: (line.present, line.expected, [s.name for s in line.missing]) for line in fresh.sources}
    assert told == {
        "till": (1, 2, ["福田店"]),
        "wechat": (1, 1, []),
        "alipay": (0, 1, ["南山店"]),
        "meituan": (0, 1, ["福田店"]),
    }
    assert [store.name for store in fresh.incomplete] == ["南山店", "福田店"]
    assert fresh.sources[0].source == "till"


def test_the_matrix_tells_closed_from_missing_and_unopened() -> None:
    found = completeness.matrix(chain().done(), Period(MONDAY, MONDAY + timedelta(days=4)))
    states = {row.key: [cell.state for cell in row.cells] for row in found.rows}
    # S1's one file spans the Tuesday without showing sales: the shop was closed.
    assert states == {"S1": ["full", "full", "full", "part"], "S2": ["none", "none", "full", "missing"]}
    assert found.rows[0].cells[3].lacking == ("alipay",)
    assert found.missing == 3


def test_the_matrix_by_source_counts_stores() -> None:
    found = completeness.matrix(chain().done(), Period(MONDAY, MONDAY + timedelta(days=4)), by="source")
    states = {row.key: [cell.state for cell in row.cells] for row in found.rows}
    assert states["till"] == ["full", "closed", "full", "part"]
    assert states["meituan"] == ["none", "none", "full", "missing"]


def test_periods_count_from_the_last_day_the_book_knows() -> None:
    span = Period(date(2026, 3, 5), date(2026, 6, 25))  # the last day is a Wednesday
    assert periods.chosen("yesterday", span) == Period(date(2026, 6, 24), date(2026, 6, 25))
    assert periods.chosen("week", span).first == date(2026, 6, 22)
    assert periods.chosen("month", span).base == Period(date(2026, 5, 4), date(2026, 5, 28))
    assert periods.chosen("last_12_months", span) == span  # the book is younger than a year
    year = periods.chosen("last_12_months", Period(date(2024, 1, 1), date(2026, 6, 25)))
    assert (year.days, year.shift) == (365, 371)
    assert periods.known(SalesBook().done()) is None


def test_a_day_after_a_holiday_week_looks_further_back() -> None:
    holidays = {date(2026, 10, day): "holiday" for day in range(1, 8)}
    after_golden_week = periods.of_one_day(date(2026, 10, 31))
    found = periods.fair(after_golden_week, holidays, date(2026, 8, 1))
    assert found == after_golden_week
    assert found.base == periods.of_one_day(date(2026, 9, 26))
    # Before the book begins there is nothing to compare with: the holiday stays the nearest base.
    assert periods.fair(after_golden_week, holidays, date(2026, 10, 1)).shift == 28
    month = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert periods.fair(month, holidays, date(2026, 1, 1)).shift == 35


def test_why_nearer_days_are_passed_over_is_told() -> None:
    def special(day: date, name: str, kind: str = "holiday") -> dict[date, SpecialDay]:
        return {day: SpecialDay(day, kind, name)}

    golden = special(date(2026, 10, 3), "national_day")
    moon = special(date(2026, 9, 26), "mid_autumn") | special(date(2026, 9, 20), "mid_autumn", "workday")
    days = golden | moon
    saturday = replace(periods.of_one_day(date(2026, 10, 31)), weeks_back=6)
    assert saturday.base.first == date(2026, 9, 19)
    assert periods.passed_over(saturday, days) == (
        PassedOver(periods.of_one_day(date(2026, 10, 3)), tuple(golden.values())),
        PassedOver(periods.of_one_day(date(2026, 9, 26)), (days[date(2026, 9, 26)],)),
    )
    # A worked weekend finds its like further back: it is itself what keeps the nearer days apart.
    own = special(date(2026, 10, 18), "national_day", "workday")
    sunday = replace(periods.of_one_day(date(2026, 10, 18)), weeks_back=5)
    assert periods.passed_over(sunday, own) == (PassedOver(periods.of_one_day(date(2026, 9, 20)), tuple(own.values())),)
    assert periods.passed_over(periods.of_one_day(date(2026, 10, 31)), days) == ()
    month = Period(date(2026, 10, 1), date(2026, 11, 1))
    assert periods.passed_over(month, days) == ()


def test_a_day_that_lacks_inside_the_book_is_told_as_a_run_with_its_account() -> None:
    book = (
        chain()
        .sales("S1", MONDAY + timedelta(days=4), [10])
        .covered("wallet", "wechat", "1600000001", MONDAY + timedelta(days=4), MONDAY + timedelta(days=5))
    )
    found = completeness.lacking(book.done(), Period(MONDAY, MONDAY + timedelta(days=5)))
    told = {(one.store.name, one.source, one.account_no): (one.first, one.last, one.days) for one in found}
    thursday, friday = (MONDAY + timedelta(days=ahead) for ahead in (3, 4))
    assert told == {
        ("南山店", "alipay", "2088123456789012"): (thursday, friday, 2),
        ("福田店", "till", "S2"): (thursday, friday, 2),
        ("福田店", "meituan", "9001"): (thursday, friday, 2),
    }


def test_the_strip_names_the_stores_that_the_sources_show_lacking_on_every_span_of_days() -> None:
    book = chain().done()
    # A contract may begin or end within the days; what it does not cover is not missing.
    book.execute("update base.accounts set valid_from = $day where channel = 'alipay'", day=MONDAY + timedelta(days=2))
    book.execute("update base.accounts set valid_to = $day where channel = 'meituan'", day=MONDAY + timedelta(days=3))
    seen = set()
    for begin in (-1, 1, 3, 4):
        for days in (1, 4):
            period = Period(MONDAY + timedelta(days=begin), MONDAY + timedelta(days=begin + days))
            lacking = book.rows_of(
                "select store_id from base.source_days($first, $after) group by all"
                " having bool_or(state = 'missing') order by 1",
                first=period.first, after=period.after,
            )  # fmt: skip
            told = tuple(one.store_id for one in overview.strip(book, period).incomplete)
            assert told == tuple(store for (store,) in lacking), period
            seen.add(told)
    assert len(seen) >= 3
