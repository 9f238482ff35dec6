"""What lies in products is known in the cash forecast: back on its day, gone since the statements, never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from cash_examples import NUMBER, SOLD_TO, A, B, banks, item_of, prove

from chainbrain.cash.forecast.days import shipped
from chainbrain.cash.idle import Wish, idle
from chainbrain.cash.irregular import usual
from chainbrain.cash.ladder_terms import Product, Terms
from chainbrain.cash.measuring import Measured, measure
from chainbrain.cash.outlook import CashOutlook
from chainbrain.cash.placed_dues import BACK, PUT, arriving, placed, without_orders
from chainbrain.cash.placements import Placement, checked
from chainbrain.cash.plan import PlanItem
from chainbrain.cash.reckoning import reckon
from chainbrain.cash.recurring import Outgoing
from chainbrain.database.book import Book

TERMS = Terms(shipped())
MONTH = Product("月月", 30, 1, Decimal(100_000), Decimal("0.02"), "R1", SOLD_TO, working_only=True)
CALL = Product("随时", 0, 0, None, Decimal("0.01"), "R1", SOLD_TO)
FIRST = SOLD_TO + timedelta(days=1)


def _lies(amount: str, put: date, back: date | None, entity: str = A, product: str = "月月") -> Placement:
    return Placement(f"{product}{amount}{put}", product, entity, Decimal(amount), put, back)


@pytest.fixture(scope="module")
def known() -> tuple[Book, Measured]:
    book = banks().done()
    return book, measure(book, shipped(), (), 28)


def _foreseen(known: tuple[Book, Measured], *lies: Placement, plan: tuple[PlanItem, ...] = ()) -> CashOutlook:
    found = reckon(*known, plan, {}, placed=placed(arriving(lies, (MONTH, CALL), TERMS), plan))
    for path in found.paths:
        prove(path)
    return found


def test_money_comes_back_on_a_working_day_and_what_left_since_is_gone(known: tuple[Book, Measured]) -> None:
    saturday = SOLD_TO + timedelta(days=6)
    found = _foreseen(
        known,
        _lies("80000.00", date(2026, 7, 1), saturday),
        _lies("30000.00", SOLD_TO + timedelta(days=3), None, A, "随时"),
    )
    path = found.path(A)
    assert path is not None
    # It pays on working days only: on Monday, which is eight days after the last known one.
    assert [(due.day, due.item.kind, due.amount) for due in path.dues] == [
        (SOLD_TO + timedelta(days=3), PUT, Decimal("30000.00")),
        (SOLD_TO + timedelta(days=8), BACK, Decimal("-80000.00")),
    ]
    assert [path.days[n].expected - path.opening for n in (1, 2, 6, 7)] == [0, -30000, -30000, 50000]
    assert path.returning == found.chain.returning == 80000
    other = found.path(B)
    assert other is not None and not other.dues and other.returning == 0
    assert found.at_call == ((A, Decimal("30000.00")),) and found.callable_of() == 30000 and not found.callable_of(B)


def test_what_the_statements_know_is_in_the_balance_already(known: tuple[Book, Measured]) -> None:
    back = _lies("80000.00", date(2026, 6, 1), SOLD_TO - timedelta(days=2))
    found = _foreseen(known, back)
    assert found.chain.returning == 0 and found.chain.days[-1].expected == found.chain.opening
    # Of a company whose statements end earlier nobody knows whether it came: it is expected at once.
    late = _foreseen(known, replace(back, entity=B))
    assert late.chain.returning == 80000 and late.chain.days[0].expected == late.chain.opening + 80000


def test_a_maturity_that_the_plan_holds_counts_once(known: tuple[Book, Measured]) -> None:
    day = SOLD_TO + timedelta(days=9)
    lies = _lies("80000.00", date(2026, 7, 1), day)
    by_hand = item_of(day + timedelta(days=2), "-80500.00", kind="other")
    found = _foreseen(known, lies, plan=(by_hand,))
    assert found.chain.returning == 0 and found.chain.days[-1].expected == found.chain.opening + 80500
    elsewhere = _foreseen(known, lies, plan=(replace(by_hand, entity=B),))
    assert elsewhere.chain.days[-1].expected == elsewhere.chain.opening + 160500


def test_wages_are_no_order_and_one_item_of_the_plan_is_one_sum() -> None:
    day = SOLD_TO + timedelta(days=3)
    orders = [_lies("50000.00", day + timedelta(days=n), None, A, "随时") for n in (0, 1)]
    wages = item_of(day, "52000.00")
    assert [one.day for one in placed(orders, (wages,)).items] == [day, day + timedelta(days=1)]
    known_item = replace(wages, kind="other")
    assert [one.day for one in placed(orders, (known_item,)).items] == [day + timedelta(days=1)]
    assert placed(orders, (known_item, item_of(day, "49000.00", kind="other"))).items == ()
    # Of an item that comes every week each day is one sum.
    assert placed([orders[0], replace(orders[0], put_on=day + timedelta(days=14))], (
        replace(known_item, cycle="weekly"),
    )).items == ()  # fmt: skip


def test_the_plan_of_idle_money_takes_what_comes_back_once(known: tuple[Book, Measured]) -> None:
    lies = (_lies("80000.00", date(2026, 7, 1), SOLD_TO + timedelta(days=8)),)
    path = _foreseen(known, *lies).path(A)
    assert path is not None
    found = idle(path, (replace(MONTH, lock_days=7),), Wish(Decimal(1000)), shipped(), placed=lies)
    assert found.path == path and found.placing is not None
    for number, day in enumerate(path.days):
        away = sum(lot.amount for lot in found.placing.lots if lot.stay.put_on <= day.day < lot.stay.back_on)
        assert away <= day.p5 - 1000
        # Twenty thousand fit beside what lies there, until it is back.
        assert away <= (20000 if number < 7 else 100000)


def test_an_order_is_no_payment_that_comes_again() -> None:
    orders = [_lies("50000.00", date(2026, month, 10), None) for month in (5, 6, 7)]
    lines = [
        Outgoing(f"o{n}", NUMBER, one.put_on + timedelta(days=n), one.amount, "银行理财", None, None, n)
        for n, one in enumerate(orders)
    ]
    lines += [Outgoing("r", NUMBER, date(2026, 7, 11), Decimal("50000.01"), "维修部", None, None, 9)]
    left = without_orders(lines, orders, {NUMBER: A})
    assert [one.line_id for one in left] == ["r"]
    assert without_orders(lines, orders, {NUMBER: B}) == lines
    found = usual(left, (), {NUMBER: A}, {A: (date(2026, 5, 1), SOLD_TO)})[A]
    assert found.weeks.sum() == 50000.01


def test_locked_money_without_a_day_is_back_by_its_product() -> None:
    said = _lies("10000.00", date(2026, 7, 3), None)
    # Friday evening: it counts from Monday on, thirty days later is a Wednesday, and a day on it is there.
    evening = replace(MONTH, cutoff=datetime(2026, 1, 1, 15).time())
    assert checked(said, (evening,), (A,), TERMS).back_on == date(2026, 8, 6)
    assert checked(replace(said, product="随时"), (CALL,), (A,), TERMS).back_on is None
