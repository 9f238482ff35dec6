"""A holiday of one region is a holiday for its stores: those days are set apart there, and stay compared elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from sales_book import MONDAY, SalesBook

from chainbrain.analytics import change, periods
from chainbrain.analytics.periods import Period, of_one_day
from chainbrain.database.book import Book

FEAST = MONDAY + timedelta(days=28)


def _book(region: str | None) -> Book:
    made = SalesBook()
    for code, where in (("GX", "广西"), ("GD", "广东")):
        made.store(code, f"{where}店", region=where, opened_on=date(2020, 1, 1))
        made.sales(code, MONDAY - timedelta(days=7), ["90", "90"])
        made.sales(code, MONDAY, ["100", "100"]).sales(code, FEAST, ["150", "110"])
    book = made.done()
    book.execute("insert into base.history values (7, now()::timestamp, 'x', 'event', '{}', true, null, null)")
    book.execute(
        "insert into base.store_event_words values"
        " (1, 7, now()::timestamp, 'x', uuid(), false, 'holiday', null, $region, $day, $day, '三月三')",
        region=region, day=FEAST,
    )  # fmt: skip
    return book


def test_it_is_set_apart_for_its_own_stores_only_and_called_by_its_note() -> None:
    found = change.explain(_book("广西"), Period(FEAST, FEAST + timedelta(days=2)))
    steps = {step.key: (step.amount, step.names) for step in found.steps}
    assert steps["calendar"] == (Decimal("50.00"), ("三月三",))
    # Of the other store the same day is compared: 50 and 10 more, and 10 more on the day after in the first.
    assert found.like_for_like == Decimal("120.00") and found.proven
    assert sum(amount for key, (amount, _) in steps.items() if key != "calendar") == Decimal("70.00")


def test_one_that_holds_for_every_store_chooses_another_day_to_compare_with() -> None:
    day = of_one_day(FEAST + timedelta(days=28))
    assert periods.fair_in(_book("广西"), day).base.first == FEAST
    assert periods.fair_in(_book(None), day).base.first == MONDAY + timedelta(days=21)


def test_what_spoils_nearer_days_is_called_by_its_note() -> None:
    book = _book(None)
    day = periods.fair_in(book, of_one_day(FEAST + timedelta(days=28)))
    (passed,) = periods.passed_over_in(book, day)
    assert passed.base == of_one_day(FEAST) and [one.name for one in passed.special] == ["三月三"]
