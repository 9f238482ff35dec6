"""A bill that states no fees is told from sales that cost nothing."""

from __future__ import annotations

import pytest
from reconcile_book import World, a_shop, a_tender, ident

from chainbrain.reconciliation.room import ReconciliationRoom


def a_book(fee: str) -> World:
    book = a_shop()
    for number in range(25):
        book.order("S1", f"A{number}", "100.00", a_tender(f"420{number:04}")).payment(
            f"420{number:04}", "100.00", fee=fee
        )
    book.reconcile()
    return book


@pytest.mark.parametrize(("fee", "stated"), [("0", False), ("0.38", True)])
def test_twenty_sales_without_a_fee_are_a_bill_without_fees(fee: str, stated: bool) -> None:
    room = ReconciliationRoom(a_book(fee).book)
    assert room.states_fees(ident("payment", "wechat", "4200001", None, None, "payment", None)) is stated
    assert room.states_fees("nobody"), "of what is not there nothing is claimed"
