"""Holidays that nobody has announced are told as projected wherever days to come are shown."""

from __future__ import annotations

from datetime import date

from chainbrain.calendar import Calendar, Holiday
from chainbrain.cash import holidays_ahead
from chainbrain.cash.holidays_ahead import NOTHING, Unannounced, among
from chainbrain.texts import message

CALENDAR = Calendar(
    [
        Holiday(date(2026, 10, 1), "holiday", "national_day"),
        Holiday(date(2027, 1, 1), "holiday", "new_year", projected=True),
        Holiday(date(2027, 1, 31), "workday", "spring_festival", projected=True),
        Holiday(date(2027, 2, 6), "holiday", "spring_festival", projected=True),
    ]
)


def test_only_holidays_and_worked_weekends_of_a_projected_year_are_told() -> None:
    assert among(CALENDAR, date(2026, 9, 1), date(2026, 12, 31)) == NOTHING
    # Usual days of a projected year are as they are.
    assert among(CALENDAR, date(2027, 1, 4), date(2027, 1, 30)) == NOTHING
    worked = among(CALENDAR, date(2027, 1, 4), date(2027, 1, 31))
    assert worked == Unannounced(("spring_festival",), date(2027, 1, 31))
    both = among(CALENDAR, date(2026, 12, 1), date(2027, 2, 28))
    assert both == Unannounced(("new_year", "spring_festival"), date(2027, 1, 1))


def test_a_year_without_a_table_is_told() -> None:
    assert among(CALENDAR, date(2027, 12, 1), date(2028, 1, 1)) == Unannounced(years=(2028,))
    ((code, facts),) = holidays_ahead.told(Unannounced(years=(2028,)))
    assert "2028" in message(code, "zh", **facts)


def test_in_words_the_holidays_are_named() -> None:
    ((code, facts),) = holidays_ahead.told(Unannounced(("new_year", "spring_festival"), date(2027, 1, 1)))
    said = message(code, "zh", **facts)
    assert "元旦、春节" in said and "2027-01-01" in said and "没有公布" in said
    assert "Spring Festival" in message(code, "en", **facts)
    assert holidays_ahead.told(NOTHING) == ()
