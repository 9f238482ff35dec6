"""Working days, settlement days and fair comparisons, on the shipped tables."""

from __future__ import annotations

import csv
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainbrain.calendar import Basis, Calendar, Certainty, DayKind, Festival, Holiday, SettlementRule
from chainbrain.errors import UserError
from chainbrain.resources import resource
from chainbrain.texts import catalogue


def _rows(name: str) -> list[dict[str, str]]:
    with resource("rules", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


HOLIDAYS = [
    Holiday(date.fromisoformat(r["day"]), r["kind"], r["name"], r["projected"] == "true") for r in _rows("holidays.csv")
]
FESTIVALS = [Festival(date.fromisoformat(r["day"]), r["festival"]) for r in _rows("lunar.csv")]
CHINA = Calendar(HOLIDAYS, FESTIVALS)
DAYS = st.dates(date(2003, 1, 1), date(2032, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_notice_of_2026_is_in_the_table_day_by_day() -> None:
    off = {d.day: d.name for d in HOLIDAYS if d.day.year == 2026 and d.kind == "holiday"}
    spans = [
        ("new_year", "2026-01-01", 3),
        ("spring_festival", "2026-02-15", 9),
        ("qingming", "2026-04-04", 3),
        ("labour_day", "2026-05-01", 5),
        ("dragon_boat", "2026-06-19", 3),
        ("mid_autumn", "2026-09-25", 3),
        ("national_day", "2026-10-01", 7),
    ]
    assert off == {day(first) + timedelta(i): name for name, first, n in spans for i in range(n)}
    worked = {d.day for d in HOLIDAYS if d.day.year == 2026 and d.kind == "workday"}
    assert worked == {
        day(d) for d in ("2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10")
    }


def test_every_year_has_its_statutory_days() -> None:
    # Days off on Monday to Friday minus weekends worked = statutory holidays, since those on a weekend are given back.
    expected = dict.fromkeys(range(2004, 2008), 10) | dict.fromkeys(range(2008, 2025), 11)
    expected |= dict.fromkeys(range(2025, 2031), 13)
    # Swaps over New Year move a day into the next year; 2015 had one day more, 2020 two (the long Spring Festival).
    expected |= {2005: 9, 2006: 9, 2007: 12, 2011: 10, 2012: 12, 2015: 12, 2020: 13}
    got = {
        year: sum(r.day.weekday() < 5 if r.kind == "holiday" else -1 for r in HOLIDAYS if r.day.year == year)
        for year in range(2004, 2031)
    }
    assert got == expected


def test_only_weekends_are_worked_and_every_day_stands_once() -> None:
    assert all(r.day.weekday() >= 5 for r in HOLIDAYS if r.kind == "workday")
    assert len({r.day for r in HOLIDAYS}) == len(HOLIDAYS)
    assert {r.projected for r in HOLIDAYS if r.day.year >= 2027} == {True}
    assert {r.projected for r in HOLIDAYS if r.day.year <= 2026} == {False}


def test_projected_years_never_ask_for_more_than_six_days_in_a_row() -> None:
    run = 0
    for i in range((day("2031-01-01") - day("2027-01-01")).days):
        run = run + 1 if CHINA.is_working(day("2027-01-01") + timedelta(i)) else 0
        assert run <= 6


def test_known_festivals() -> None:
    assert CHINA.festival("spring_festival", 2004) == day("2004-01-22")
    assert CHINA.festival("spring_festival", 2027) == day("2027-02-06")
    assert CHINA.festival("spring_festival", 2030) == day("2030-02-03")
    assert CHINA.festival("dragon_boat", 2025) == day("2025-05-31")
    assert CHINA.festival("mid_autumn", 2028) == day("2028-10-03")
    assert CHINA.festival("spring_festival", 1999) is None
    assert CHINA.festivals(day("2025-10-06")) == ("mid_autumn",)
    per_year = {
        y: sum(f.day.year == y and f.festival == "spring_festival" for f in FESTIVALS) for y in range(2004, 2031)
    }
    assert set(per_year.values()) == {1}


@pytest.mark.parametrize(
    ("when", "kind", "name", "working"),
    [
        ("2026-11-23", DayKind.WORKING, None, True),
        ("2026-11-22", DayKind.WEEKEND, None, False),
        ("2026-10-05", DayKind.HOLIDAY, "national_day", False),
        ("2026-10-10", DayKind.MAKEUP, "national_day", True),
        ("2005-12-31", DayKind.MAKEUP, "new_year", True),
    ],
)
def test_kinds_of_days(when: str, kind: DayKind, name: str | None, working: bool) -> None:
    assert (CHINA.kind(day(when)), CHINA.name(day(when)), CHINA.is_working(day(when))) == (kind, name, working)


def test_certainty_and_missing_years() -> None:
    assert CHINA.certainty(day("2026-06-01")) is Certainty.ANNOUNCED
    assert CHINA.certainty(day("2027-06-01")) is Certainty.PROJECTED
    assert CHINA.certainty(day("2031-06-01")) is Certainty.UNKNOWN
    empty = Calendar([])
    assert empty.kind(day("2026-10-01")) is DayKind.WORKING
    assert empty.settles_on("T1", datetime(2026, 10, 2, 12)) == day("2026-10-05")
    assert empty.comparable(day("2026-10-01")).basis is Basis.SAME_WEEKDAY
    assert empty.spring_offset(day("2026-10-01")) is None


@pytest.mark.parametrize(
    ("rule", "moment", "cutoff", "arrives"),
    [
        ("D0", "2026-10-03T12:00", None, "2026-10-03"),
        ("D1", "2026-10-03T12:00", None, "2026-10-04"),
        ("T0", "2026-10-03T12:00", None, "2026-10-08"),
        ("T1", "2026-09-30T12:00", None, "2026-10-08"),  # over the whole National Day holiday
        ("T1", "2026-10-09T12:00", None, "2026-10-10"),  # a Saturday, but worked
        ("t+1", "2026-11-20T23:59:59", None, "2026-11-23"),
        ("T1", "2026-11-19T22:59:59", time(23), "2026-11-20"),
        ("T1", "2026-11-19T23:00", time(23), "2026-11-23"),  # counts as the 20th
        ("D1", "2026-11-20T01:30", time(2), "2026-11-20"),  # the night still belongs to the 19th
        ("D1", "2026-11-20T02:00", time(2), "2026-11-21"),
        ("T3", "2026-02-13T12:00", None, "2026-02-25"),  # 14 worked, 15 to 23 off
        ("T7", "2026-11-20T12:00", time.max, "2026-12-01"),
    ],
)
def test_settlement_days(rule: str, moment: str, cutoff: time | None, arrives: str) -> None:
    assert CHINA.settles_on(rule, datetime.fromisoformat(moment), cutoff) == day(arrives)


def test_settlement_rules_are_read_or_refused() -> None:
    assert [str(SettlementRule.parse(text)) for text in ("D0", "t1", " T + 3 ", "D+7")] == ["D0", "T1", "T3", "D7"]
    for text in ("", "T", "X1", "1", "T-1", "T1天"):
        with pytest.raises(UserError) as caught:
            SettlementRule.parse(text)
        assert caught.value.code == "calendar.unknown_settlement_rule"


def test_last_day_for_presenting_a_draft_moves_past_a_holiday() -> None:
    # Maturity 2025-06-01 + 10 calendar days = 06-11, a working day; 2026-09-25 + 10 falls into the October holiday.
    assert CHINA.next_working(day("2025-06-11"), 0) == day("2025-06-11")
    assert CHINA.next_working(day("2026-10-05"), 0) == day("2026-10-08")


def test_an_ordinary_day_is_compared_with_four_ordinary_weeks() -> None:
    got = CHINA.comparable(day("2026-10-22"))  # Thursday; 10-01 was a holiday
    assert got.basis is Basis.SAME_WEEKDAY
    assert got.days == (day("2026-10-15"), day("2026-10-08"), day("2026-09-24"), day("2026-09-17"))


def test_a_holiday_is_compared_with_itself_last_year() -> None:
    first = CHINA.comparable(day("2026-02-17"))
    assert (first.basis, first.days, first.name) == (Basis.SAME_HOLIDAY, (day("2025-01-29"),), "spring_festival")
    assert CHINA.comparable(day("2026-02-19")).days == (day("2025-01-31"),)
    # 2026 began two days before the eve, 2025 on the eve: the nearest day of the holiday stands in.
    assert CHINA.comparable(day("2026-02-15")).days == (day("2025-01-28"),)
    assert CHINA.comparable(day("2026-10-03")).days == (day("2025-10-03"),)
    assert CHINA.comparable(day("2026-09-25")).days == (day("2025-10-06"),)
    assert CHINA.comparable(day("2018-12-31")).days == (day("2018-01-01"),)
    assert CHINA.comparable(day("2004-10-01")).basis is Basis.NONE


def test_a_worked_weekend_is_compared_with_working_days() -> None:
    got = CHINA.comparable(day("2026-10-10"))
    assert got.basis is Basis.WORKING_DAYS
    assert got.days == (day("2026-10-09"), day("2026-10-08"), day("2026-09-30"), day("2026-09-29"))


def test_spring_offset() -> None:
    assert CHINA.spring_offset(day("2026-02-16")) == -1
    assert CHINA.spring_offset(day("2026-03-03")) == 14
    assert CHINA.spring_offset(day("2027-01-20")) == -17


@given(DAYS, st.integers(1, 12))
def test_next_working_counts_working_days(start: date, n: int) -> None:
    found = CHINA.next_working(start, n)
    assert CHINA.is_working(found)
    assert CHINA.working_days(start + timedelta(1), found + timedelta(1)) == n


@given(DAYS)
def test_comparisons_look_back_only(when: date) -> None:
    assert all(other < when for other in CHINA.comparable(when).days)


@given(st.datetimes(datetime(2004, 1, 1), datetime(2030, 12, 31)), st.sampled_from(["D0", "D1", "T0", "T1", "T3"]))
def test_a_later_payment_never_arrives_earlier(moment: datetime, rule: str) -> None:
    later = moment + timedelta(hours=5)
    for cutoff in (None, time(2), time(22)):
        assert CHINA.settles_on(rule, moment, cutoff) <= CHINA.settles_on(rule, later, cutoff)


def test_every_name_has_words() -> None:
    words = catalogue("vocabulary")
    needed = {f"holiday.{r.name}" for r in HOLIDAYS} | {f"festival.{f.festival}" for f in FESTIVALS}
    needed |= {f"day.{k}" for k in DayKind} | {f"certainty.{c}" for c in Certainty} | {f"comparison.{b}" for b in Basis}
    assert needed <= words.keys()
    assert all(words[key]["zh"] and words[key]["en"] for key in needed)
