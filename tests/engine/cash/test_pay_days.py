"""Planned payments whose day is a weekend or a holiday: on which day their money leaves, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from cash_examples import NUMBER, SOLD_TO, A, banks, item_of, proven, statement
from sales_book import SalesBook, uid

from chainbrain.cash.forecast import days
from chainbrain.cash.freezing import digest_of
from chainbrain.cash.measuring import measure
from chainbrain.cash.others import LIST
from chainbrain.cash.outlook import CashOutlook, CashPath
from chainbrain.cash.pay_days import USUAL, PayDays, told, written
from chainbrain.cash.plan import KINDS, Due, PlanItem
from chainbrain.cash.reckoning import reckon
from chainbrain.errors import UserError
from chainbrain.rules import Rule, Rules

PAY_DAYS = PayDays(days.shipped())
HOLIDAY = date(2025, 10, 5)
"""A Sunday in the eight days off of 1 to 8 October 2025; 28 September and 11 October are worked."""
FRIDAY, SATURDAY, SUNDAY, NEXT = (date(2026, 8, day) for day in (14, 15, 16, 17))


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


def test_what_is_received_comes_after_and_what_is_said_of_such_days_stays() -> None:
    assert _left("rent", HOLIDAY, "-100.00") == date(2025, 10, 9)
    assert _left("loan", SUNDAY, "-100.00") == NEXT
    for amount in ("5.00", "-5.00"):
        sunday = Due(HOLIDAY, item_of(date(2025, 8, 3), amount, cycle="weekly", kind="goods"))
        assert PAY_DAYS.moved(sunday) == sunday
    monday = Due(date(2025, 10, 6), item_of(date(2025, 8, 4), "5.00", cycle="weekly", kind="goods"))
    assert PAY_DAYS.moved(monday).day == date(2025, 9, 30)
    back = Due(HOLIDAY, item_of(HOLIDAY, "-5.00", kind="placed_back"))
    assert PAY_DAYS.moved(back) == back, "products have days of their own"
    given = Due(HOLIDAY, replace(item_of(HOLIDAY, "5.00", kind="other"), item_id=f"{LIST} 3"))
    assert PAY_DAYS.moved(given) == given, "a list that was given to the bank has its own day"


def test_a_rule_of_the_book_counts_from_its_day_on_and_says_one_of_three_words() -> None:
    own = PayDays(days.shipped(), Rules([Rule("cash.pay_day.rent", "after", None, date(2025, 10, 1))]))
    assert _left("rent", HOLIDAY, pay_days=own) == date(2025, 10, 9)
    assert _left("rent", date(2025, 9, 27), pay_days=own) == date(2025, 9, 26)
    assert [written("cash.pay_day.rent", word) for word in ("之前", " 当天", "之后", "After", "same")] == [
        "before", "same", "after", "after", "same",
    ]  # fmt: skip
    assert written("bill.unit", "有时") == "有时"
    with pytest.raises(UserError) as raised:
        written("cash.pay_day.rent", "有时")
    assert raised.value.code == "rules.no_pay_day"


def _paid(chain: SalesBook, day: date, amount: str, payee: str, memo: str) -> None:
    chain.row(
        "bank_lines", bank_line_id=uid("paid", day, amount, payee), bank_account=NUMBER, file_id=uid("file", NUMBER),
        posted_at=datetime.combine(day, time(8)), amount=Decimal(amount), sheet=None, line=1, balance=None,
        counterparty=payee, memo=memo,
    )  # fmt: skip


def _outlook(chain: SalesBook, *plan: PlanItem, habits: bool = True, pay_days: bool = True) -> CashOutlook:
    book = chain.done()
    measured = measure(book, days.shipped(), {A}, 28)
    moving = PayDays(days.shipped(), paid=(book, measured.held) if habits else None)
    return reckon(book, measured, plan, {}, pay_days=moving if pay_days else None)


def test_wages_of_a_saturday_are_paid_on_friday_and_it_is_said() -> None:
    path = proven(_outlook(banks(), item_of(SATURDAY, "38000.00"), item_of(date(2026, 8, 19), "10.00", kind="rent")))
    assert [(due.day, due.said_on) for due in path.dues] == [(FRIDAY, SATURDAY), (date(2026, 8, 19), None)]
    assert {day.day: day.planned for day in path.days}[FRIDAY] == Decimal("38000.00")
    ((code, facts),) = told(path)
    assert (code, facts["count"], facts["days"]) == ("cash.paid_before", 1, ("08-15",))
    # What a day off moves over the last of the days to come is within them or not.
    last = SOLD_TO + timedelta(days=28)
    bill, wages = item_of(last, "7.00", kind="bill"), item_of(last, "9.00")
    assert [due.amount for due in proven(_outlook(banks(), bill, wages)).dues] == [Decimal("9.00")]
    book = banks().done()
    measured = measure(book, days.shipped(), {A}, 26)
    beyond = proven(reckon(book, measured, (item_of(last - timedelta(days=1), "5.00"),), {}, pay_days=PAY_DAYS))
    assert [due.day for due in beyond.dues] == [beyond.days[-1].day], "of the Saturday after the last day"


def test_a_payment_that_used_to_leave_on_weekends_leaves_on_them_and_not_on_holidays() -> None:
    monthly = replace(item_of(SATURDAY, "38000.00", cycle="monthly"), day=SATURDAY, note="员工工资")
    # The 15th of February and of March of 2026 were Sundays, February's one a holiday and paid before.
    for habit, moves in ((date(2026, 3, 15), False), (date(2026, 3, 13), True)):
        chain = banks()
        for day in (date(2026, 2, 13), habit, date(2026, 4, 15), date(2026, 5, 15), date(2026, 6, 15)):
            _paid(chain, day, "-37000.00", "员工", "代发工资")
        (due, *_) = proven(_outlook(chain, monthly)).dues
        assert (due.day, due.said_on) == ((FRIDAY, SATURDAY) if moves else (SATURDAY, None)), habit
    # An unlike payment of such a day shows nothing.
    chain = banks()
    _paid(chain, date(2026, 3, 15), "-37000.00", "某商行", "货款")
    assert proven(_outlook(chain, monthly)).dues[0].day == FRIDAY


def _ends(known_to: date, *plan: PlanItem, paid: tuple[date, str, str] | None = None) -> tuple[CashOutlook, CashPath]:
    chain = banks()
    if paid is not None:
        day, amount, memo = paid
        _paid(chain, day, amount, "甲某商行", memo)
    statement(chain, NUMBER, known_to, "-1.00", "59999.00")
    found = _outlook(chain, *plan, habits=False)
    return found, proven(found)


def test_wages_moved_over_the_end_of_the_statements_go_off_unless_these_show_them() -> None:
    wages = item_of(SATURDAY, "38000.00")
    _, still = _ends(FRIDAY, wages)
    # They did not leave on Friday: they are due on their own day.
    assert [(due.day, due.said_on) for due in still.dues] == [(SATURDAY, None)]
    assert sum(day.planned for day in still.days) == Decimal("38000.00")
    found, gone = _ends(FRIDAY, wages, paid=(FRIDAY, "-38000.00", "工资"))
    assert gone.dues == ()
    assert [one.due.meant for one in found.paid] == [SATURDAY]
    assert len(_ends(FRIDAY, wages, paid=(FRIDAY, "-5000.00", "货款"))[1].dues) == 1, "something else of the week"
    assert len(_ends(FRIDAY - timedelta(days=1), wages)[1].dues) == 1
    # Of a kind that says nothing, to nobody named: on the day on which it was to leave it is that one.
    other = item_of(SATURDAY, "38000.00", kind="other")
    assert _ends(FRIDAY, other, paid=(FRIDAY, "-38000.00", "往来"))[1].dues == ()
    assert _ends(NEXT, wages)[1].dues == (), "over"


def test_a_draft_of_a_weekend_is_still_to_be_paid_when_the_statements_end_on_it() -> None:
    bill = item_of(SATURDAY, "9000.00", kind="bill")
    assert [(due.day, due.said_on) for due in _ends(SUNDAY, bill)[1].dues] == [(NEXT, SATURDAY)]
    assert _ends(SUNDAY, bill, paid=(SATURDAY, "-9000.00", "银行承兑"))[1].dues == ()
    assert _ends(NEXT, bill)[1].dues == ()


def test_what_was_to_come_on_a_day_off_that_the_statements_know_is_told_and_not_counted_on() -> None:
    income = item_of(SATURDAY, "-9000.00", kind="other")
    found, path = _ends(SUNDAY, income)
    assert path.dues == ()
    assert [due.meant for due in found.unsure] == [SATURDAY]
    assert [(due.day, due.said_on) for due in _ends(FRIDAY, income)[1].dues] == [(NEXT, SATURDAY)]


def test_a_forecast_in_which_nothing_moves_keeps_its_fingerprint() -> None:
    plan = (item_of(date(2026, 8, 19), "10.00", kind="rent"), item_of(SUNDAY, "10.00", kind="loan"))
    one, other = (_outlook(banks(), *plan, pay_days=on) for on in (True, False))
    assert digest_of(one, plan) == digest_of(other, plan)
    moving = (*plan, item_of(SUNDAY, "20.00"))
    one, other = (_outlook(banks(), *moving, pay_days=on) for on in (True, False))
    assert digest_of(one, moving) != digest_of(other, moving)
