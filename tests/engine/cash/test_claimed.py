"""One-off payments that are known: they go off once, not on their day and in the average of their kind as well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from cash_examples import NUMBER, SOLD_TO, A, banks, item_of, prove
from sales_book import uid

from chainbrain.cash.claimed import claims_of, less, not_steady_too
from chainbrain.cash.forecast import days
from chainbrain.cash.measuring import Measured, measure
from chainbrain.cash.outlook import CashPath
from chainbrain.cash.plan import Due, PlanItem
from chainbrain.cash.reckoning import reckon
from chainbrain.cash.recurring import Outgoing
from chainbrain.database.book import Book

DAYS = 28


@pytest.fixture(scope="module")
def buying() -> tuple[Book, Measured]:
    """A company that buys goods every other day, of suppliers that change, and pays franchisees now and then."""
    chain = banks()
    for number in range(60):
        day = SOLD_TO - timedelta(days=2 * number)
        chain.row(
            "bank_lines", bank_line_id=uid("goods", number), bank_account=NUMBER, file_id=uid("file", NUMBER),
            posted_at=datetime.combine(day, time(8)), amount=Decimal(-800 - 100 * (number % 5)), sheet=None,
            line=-number, balance=None, counterparty=f"供应商{number}", memo="货款",
        )  # fmt: skip
        if number % 6 == 0:
            chain.row(
                "bank_lines", bank_line_id=uid("store", number), bank_account=NUMBER, file_id=uid("file", NUMBER),
                posted_at=datetime.combine(day, time(8)), amount=Decimal(-300 - number), sheet=None, line=-number,
                balance=None, counterparty="林记餐饮店", memo="转账",
            )  # fmt: skip
    book = chain.done()
    return book, measure(book, days.shipped(), (), DAYS)


def _path(buying: tuple[Book, Measured], *plan: PlanItem) -> CashPath:
    path = reckon(*buying, plan, {}).path(A)
    assert path is not None
    prove(path)
    return path


def _off(path: CashPath) -> Decimal:
    return sum((one.planned + one.irregular for one in path.days), Decimal(0))


def test_an_invoice_of_the_usual_size_is_taken_off_the_average_of_goods(buying: tuple[Book, Measured]) -> None:
    alone = _path(buying)
    day = SOLD_TO + timedelta(days=12)
    known = _path(buying, item_of(day, "1000.00", kind="goods"))
    assert abs(known.in_average - 1000) < Decimal("0.05") and alone.in_average == 0
    assert abs(_off(known) - _off(alone)) < Decimal("0.05"), "in all as much as before"
    # Before its day as much as on average, from then on less: a floor that breaks is told no later.
    assert [one.irregular for one in known.days[:11]] == [one.irregular for one in alone.days[:11]]
    assert all(one.expected <= other.expected for one, other in zip(known.days, alone.days, strict=True))
    assert known.days[-1].expected - alone.days[-1].expected < Decimal("0.05")
    # Near the end of the days to come it stands for days before it as well.
    late = _path(buying, item_of(SOLD_TO + timedelta(days=DAYS), "1000.00", kind="goods"))
    assert abs(_off(late) - _off(alone)) < Decimal("0.05")


def test_invoices_that_were_paid_stay_in_the_average_of_those_to_come(buying: tuple[Book, Measured]) -> None:
    alone = _path(buying)
    plan = [item_of(SOLD_TO - timedelta(days=2 * n), f"{800 + 100 * (n % 5)}.00", kind="goods") for n in range(30)]
    assert _path(buying, *plan).irregular == alone.irregular
    # A machine that was bought once is bought no more.
    bought = item_of(SOLD_TO - timedelta(days=8), "1200.00", kind="other")
    gone = _path(buying, bought).irregular
    assert gone is not None and alone.irregular is not None and gone < alone.irregular


def test_what_is_like_no_payment_of_the_past_goes_off_beside_it(buying: tuple[Book, Measured]) -> None:
    alone, day = _path(buying), SOLD_TO + timedelta(days=12)
    for item in (
        item_of(day, "9000.00", kind="goods"),
        item_of(day, "1000.00", kind="tax"),
        item_of(day, "350.00", kind="other"),
        item_of(day, "-1000.00", kind="goods"),
    ):
        found = _path(buying, item)
        assert found.in_average == 0 and _off(found) == _off(alone) + item.amount
    # Whom it names it is one of, however much it is.
    named = _path(buying, replace(item_of(day, "350.00", kind="other"), note="林记餐饮店"))
    assert abs(named.in_average - 350) < Decimal("0.05")


def test_no_more_is_claimed_than_was_paid_on_average(buying: tuple[Book, Measured]) -> None:
    alone = _path(buying)
    plan = [item_of(SOLD_TO + timedelta(days=n), f"{1000 + n}.00", kind="goods") for n in range(1, 25)]
    found = _path(buying, *plan)
    goods = sum((one.irregular for one in alone.days), Decimal(0)) * Decimal("0.94")
    assert found.in_average <= sum((one.irregular for one in alone.days), Decimal(0))
    assert goods < found.in_average < sum((one.amount for one in plan), Decimal(0))
    assert all(one.irregular >= 0 for one in found.days)


def test_a_payment_list_is_taken_off_what_its_payees_got_before(buying: tuple[Book, Measured]) -> None:
    book, alone = buying[0], _path(buying)
    book.execute("insert into base.history values (70, now(), 'me', 'payment_list', '{}', true, null, null)")
    book.execute(
        'insert into base.payment_lists (payment_list_id, entry_id, "at", who, month, paying_account, file_name, total,'
        " pays_on) values (1, 70, now(), 'me', '2026-07-01', $account, '加盟款.xlsx', 400, '2026-08-12')",
        account=NUMBER,
    )
    try:
        book.execute(
            "insert into base.payment_list_lines (payment_list_id, turn, kind, payee, store_code, month, rule, amount,"
            " holder, account_no) values (1, 1, 'store', 'S9', 'S9', '2026-07-01', '', 400, '林记餐饮店', '622')"
        )
        found = _path(buying)
        assert [due.item.note for due in found.dues] == ["加盟款.xlsx"]
        assert abs(found.in_average - 400) < Decimal("0.05") and abs(_off(found) - _off(alone)) < Decimal("0.05")
    finally:
        book.execute("delete from base.payment_list_lines")
        book.execute("delete from base.payment_lists")
        book.execute("delete from base.history where entry_id = 70")


def test_a_steady_payment_that_is_typed_in_for_one_day_is_not_taken_off_twice() -> None:
    steady = [
        Due(date(2026, 8, day), item_of(date(2026, 8, 3), "500.00", cycle="weekly", kind="goods"))
        for day in (3, 10, 17)
    ]
    known = Due(date(2026, 8, 11), item_of(date(2026, 8, 11), "510.00", kind="goods"))
    assert [due.day.day for due in not_steady_too(steady, [known])] == [3, 17]
    assert len(not_steady_too(steady, [replace(known, item=replace(known.item, kind="wages"))])) == 3
    assert len(not_steady_too(steady, [replace(known, item=replace(known.item, amount=Decimal(900)))])) == 3
    assert len(not_steady_too(steady, [replace(known, item=replace(known.item, entity="乙公司"))])) == 3


def test_what_is_less_is_to_the_cent_and_never_more_than_a_day_has() -> None:
    paid = [
        Outgoing(str(n), NUMBER, SOLD_TO - timedelta(days=n), Decimal(amount), payee, "", None, n)
        for n, (amount, payee) in enumerate((("30.01", "甲食品"), ("70.02", "乙食品"), ("11.11", "丙电器")))
    ]
    daily = [Decimal("10.00"), Decimal("0.00"), Decimal("3.33"), Decimal("5.07")]
    due = Due(SOLD_TO, item_of(SOLD_TO, "60.00", kind="goods"))
    found = less(daily, paid, claims_of([(2, due)], paid, {}))
    assert all(0 <= one <= other for one, other in zip(found, daily, strict=True)) and found[1] == 0
    # Like it are both; together they stand for nine tenths of eighteen yuan forty.
    assert abs(sum(found) - Decimal("18.40") * Decimal("100.03") / Decimal("111.14")) < Decimal("0.10")
    assert less(daily, (), ()) == [0, 0, 0, 0]
