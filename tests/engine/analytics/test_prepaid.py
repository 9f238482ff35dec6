"""What of the receipts was paid from stored value or with coupons is no new money; topping a card up is no receipt."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from sales_book import MONDAY, SalesBook

from chainbrain.analytics.periods import Period
from chainbrain.analytics.prepaid import Prepaid, prepaid

WEEK = Period(MONDAY, MONDAY + timedelta(days=7))


def test_it_is_of_the_days_and_stores_and_of_two_means_of_payment() -> None:
    book = SalesBook().store("S1").store("S2").sale("S1", MONDAY, "100").done()
    for store, day, method, amount in (
        ("S1", MONDAY, "stored_value", "30"),
        ("S1", MONDAY, "wechat", "70"),
        ("S2", MONDAY + timedelta(days=1), "stored_value", "5.50"),
        ("S2", MONDAY + timedelta(days=1), "coupon", "8"),
        ("S2", MONDAY + timedelta(days=7), "coupon", "9"),
    ):
        book.execute(
            "insert into base.daily_methods values ($store, $day, $method, $amount, 1, 0)",
            store=store, day=day, method=method, amount=Decimal(amount),
        )  # fmt: skip
    assert prepaid(book, WEEK) == Prepaid(Decimal("35.50"), Decimal("8.00"))
    assert prepaid(book, WEEK, ["S1"]) == Prepaid(Decimal("30.00"), Decimal("0.00"))
    assert prepaid(book, WEEK, []) == Prepaid(Decimal("0.00"), Decimal("0.00"))
