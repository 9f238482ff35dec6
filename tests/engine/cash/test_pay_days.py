"""Planned payments whose day is a weekend or a holiday: on which day their money leaves, and that nothing is lost."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from cash_examples import NUMBER, SOLD_TO, A, banks, item_of, prove, statement

from chainbrain.cash.forecast import days
from chainbrain.cash.measuring import measure
from chainbrain.cash.outlook import CashPath
from chainbrain.cash.pay_days import USUAL, PayDays, told
from chainbrain.cash.plan import KINDS, Due, PlanItem
from chainbrain.cash.reckoning import reckon
from chainbrain.rules import Rule, Rules

PAY_DAYS = PayDays(days.shipped())
HOLIDAY = date(2025, 10, 5)
"""A Sunday in the eight days off of 1 to 8 October 2025; 28 September and 11 October are worked."""


def _left(kind: str, day: date, amount: str = "100.00", pay_days: PayDays = PAY_DAYS) -> date:
    return pay_days.moved(Due(day, item_of(day, amount, kind=kind))).day


@pytest.mark.parametrize(
    ("kind", "leaves"),
    [
        ("wages", date(2025, 9, 30)), ("rent", date(2025, 9, 30)), ("tax", date(2025, 9, 30)),
        ("goods", date(2025, 9, 30)), ("other", date(2025, 9, 30)), ("loan", HOLIDAY), ("bill", date(2025, 10, 9)),
    ],
)  # fmt: skip
def test_each_kind_leaves_by_its_rule(kind: str, leaves: date) -> None:
    assert set(USUAL) == set(KINDS)
    assert _left(kind, HOLIDAY) == leaves
    assert _left(kind, date(2025, 9, 30)) == date(2025, 9, 30), "a working day stays"
    assert _left(kind, date(2025, 10, 11)) == date(2025, 10, 11), "banks transfer on a worked Saturday"


def test_what_is_to_be_received_comes_after_and_what_is_paid_on_sundays_stays() -> None:
    assert _left("rent", HOLIDAY, "-100.00") == date(2025, 10, 9)
    sunday = Due(HOLIDAY, item_of(date(2025, 8, 3), "5.00", cycle="weekly", kind="goods"))
    assert PAY_DAYS.moved(sunday).day == HOLIDAY
    monday = Due(date(2025, 10, 6), item_of(date(2025, 8, 4), "5.00", cycle="weekly", kind="goods"))
    assert PAY_DAYS.moved(monday).day == date(2025, 9, 30)
    back = Due(HOLIDAY, item_of(HOLIDAY, "-5.00", kind="placed_back"))
    assert PAY_DAYS.moved(back) == back, "products have days of their own"


def test_a_rule_of_the_book_counts_from_its_day_on() -> None:
    own = PayDays(days.shipped(), Rules([Rule("cash.pay_day.rent", "after", None, date(2025, 10, 1))]))
    assert _left("rent", HOLIDAY, pay_days=own) == date(2025, 10, 9)
    assert _left("rent", date(2025, 9, 27), pay_days=own) == date(2025, 9, 26)
    odd = PayDays(days.shipped(), Rules([Rule("cash.pay_day.rent", "sometimes", None, date(2004, 1, 1))]))
    assert _left("rent", HOLIDAY, pay_days=odd) == date(2025, 9, 30)


def _path(*plan: PlanItem, known_to: date = SOLD_TO, paid: tuple[date, str] | None = None) -> CashPath:
    chain = banks()
    if paid is not None:
        statement(chain, NUMBER, paid[0], paid[1], "60000.00")
    if known_to > SOLD_TO:
        statement(chain, NUMBER, known_to, "-1.00", "59999.00")
    book = chain.done()
    found = reckon(book, measure(book, days.shipped(), {A}, 28), plan, {}, pay_days=PAY_DAYS).path(A)
    assert found is not None
    prove(found)
    return found


def test_wages_of_a_saturday_are_paid_on_friday_and_it_is_said() -> None:
    saturday = date(2026, 8, 15)
    path = _path(item_of(saturday, "38000.00"), item_of(date(2026, 8, 19), "10.00", kind="rent"))
    assert [(due.day, due.said_on) for due in path.dues] == [
        (date(2026, 8, 14), saturday),
        (date(2026, 8, 19), None),
    ]
    assert {day.day: day.planned for day in path.days}[date(2026, 8, 14)] == Decimal("38000.00")
    ((code, facts),) = told(path)
    assert (code, facts["count"]) == ("cash.paid_before", 1)
    # One of the first Saturday after the days to come leaves on the Friday before, their last day.
    beyond = _path(item_of(SOLD_TO + timedelta(days=27), "1.00"), item_of(SOLD_TO + timedelta(days=34), "7.00"))
    assert [due.amount for due in beyond.dues] == [Decimal("1.00")]


def test_what_a_day_off_moves_over_the_end_of_the_statements_is_paid_only_if_they_show_it() -> None:
    # Statements end on Friday; wages are due on the Saturday after and were to be paid by that Friday.
    friday, saturday = date(2026, 8, 14), date(2026, 8, 15)
    wages = item_of(saturday, "38000.00")
    still = _path(wages, known_to=friday)
    assert [due.day for due in still.dues] == [friday] and still.days[0].planned == Decimal("38000.00")
    assert _path(wages, known_to=friday, paid=(friday - timedelta(days=1), "-38000.00")).dues == ()
    # Something else of the week is not it.
    assert len(_path(wages, known_to=friday, paid=(friday - timedelta(days=1), "-5000.00")).dues) == 1
    # A draft of Saturday that is paid on Monday, the statements ending on Sunday.
    bill, sunday = item_of(saturday, "9000.00", kind="bill"), date(2026, 8, 16)
    assert [(due.day, due.said_on) for due in _path(bill, known_to=sunday).dues] == [(date(2026, 8, 17), saturday)]
    assert _path(bill, known_to=sunday, paid=(saturday, "-9000.00")).dues == ()
    # What was to come on that Saturday may have come.
    assert _path(item_of(saturday, "-9000.00", kind="other"), known_to=sunday).dues == ()
