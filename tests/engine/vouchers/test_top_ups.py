"""Stored value that is topped up by wallet or in cash is no sale; where no receipt can be told, both places say so."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chainbrain.closing.room import CloseRoom
from chainbrain.lists import LISTS, ListRoom
from chainbrain.reports.vouchers import room_of
from tests.engine.reconciliation.reconcile_book import DAY, World, at, ident, yuan

MONTH = DAY.replace(day=1)


def _moved(
    world: World, number: str, amount: str, *, kind: str = "top_up", bonus: str = "0.00", store: str = "S1"
) -> None:
    world.insert(
        "stored_value_lines", stored_value_line_id=ident("card", number), store_code=store, occurred_at=at(), kind=kind,
        amount=yuan(amount) + yuan(bonus), principal=yuan(amount), bonus=yuan(bonus), member_hash="m",
        reference=number, file_id=world.file("files"), line=world.line(),
    )  # fmt: skip


def _world() -> World:
    world = World().store("S1").account("wechat", "1900000001", "S1")
    world.order("S1", "A1", "100.00", {"method": "wechat", "reference": "T1"})
    return world.payment("T1", "100.00", fee="0.00")


def _sums(world: World) -> dict[tuple[str, str], Decimal]:
    """Credit less debit by fact and account, without the money itself."""
    world.reconcile()
    found: dict[tuple[str, str], Decimal] = {}
    for one in room_of(world.book).journal(MONTH).vouchers:
        assert one.debit == one.credit
        for line in one.lines:
            if line.role not in {"transit", "cash"}:
                key = line.fact, line.role
                found[key] = found.get(key, Decimal(0)) + line.credit - line.debit
    return found


def _warned(world: World) -> tuple[list[tuple[str, str | None, Decimal]], list[tuple[str, Decimal]]]:
    """What the vouchers and the month-end board say of top-ups."""
    left = room_of(world.book).journal(MONTH).to_check
    step = CloseRoom(world.book).board(MONTH).step("stored_value")
    return (
        [(one.reason, one.store, one.amount) for one in left if one.reason.endswith(("_untold", "_unmoved"))],
        [(one.code, one.amount) for one in step.missing if one.code.endswith(("_untold", "_unmoved"))],
    )


def test_a_top_up_that_the_till_sold_as_one_is_no_revenue() -> None:
    """200.00 by WeChat for a card of 220.00: 200.00 owed to the guest, 1221 in and out, 100.00 of revenue."""
    world = _world()
    world.order("S1", "A2", "200.00", {"method": "wechat", "reference": "T2"})
    world.book.execute("update base.orders set channel = 'stored_value' where order_no = 'A2'")
    world.payment("T2", "200.00", fee="0.00")
    _moved(world, "A2", "200.00", bonus="20.00")
    assert _sums(world) == {
        ("receipts", "revenue"): yuan("100.00"), ("card_money", "top_up_money"): yuan("200.00"),
        ("card_top_up", "top_up_money"): yuan("-200.00"), ("card_top_up", "stored_value"): yuan("200.00"),
    }  # fmt: skip
    assert _warned(world) == ([], [])


def test_a_movement_of_a_card_that_names_the_payment_takes_it_out_of_what_waits_to_be_identified() -> None:
    world = _world().payment("T2", "200.00", fee="0.00", order_no="CZ1")
    world.payment("T2", "-50.00", fee="0.00", kind="refund", refund_id="TK1")
    _moved(world, "CZ1", "200.00")
    _moved(world, "TK1", "50.00", kind="refund")
    sums = _sums(world)
    assert sums["card_money", "top_up_money"] == yuan("150.00")
    assert sums["card_top_up", "top_up_money"] + sums["card_refund", "top_up_money"] == yuan("-150.00")
    assert ("unidentified", "suspense") not in sums
    assert _warned(world) == ([], [])


def test_a_top_up_in_cash_is_no_cash_sale() -> None:
    world = _world().order("S1", "A2", "60.00", {"method": "cash"})
    world.book.execute("update base.orders set channel = 'stored_value' where order_no = 'A2'")
    _moved(world, "A2", "60.00")
    sums = _sums(world)
    assert sums["card_cash", "top_up_money"] == yuan("60.00")
    assert ("cash_sales", "revenue") not in sums
    assert _warned(world) == ([], [])


def test_the_same_store_day_and_amount_prove_nothing_and_both_places_say_so() -> None:
    world = _world().order("S1", "A2", "200.00", {"method": "wechat", "reference": "T2"})
    world.payment("T2", "200.00", fee="0.00")
    _moved(world, "CZ1", "200.00")
    _moved(world, "CZ2", "30.00", kind="refund")
    sums = _sums(world)
    for code, number, amount in (("top_up_untold", "CZ1", "200.00"), ("refund_untold", "CZ2", "30.00")):
        with ListRoom(world.book).open("top_ups", {"code": code}) as pages:
            names = [column.key for column in LISTS["top_ups"].columns]
            (row,) = (dict(zip(names, found, strict=True)) for found in pages.page(0))
            assert (row["no"], row["amount"], row["record_type"]) == (number, yuan(amount), "stored_value_line")
    assert sums["receipts", "revenue"] == yuan("300.00")
    assert _warned(world) == (
        [("top_up_untold", "S1", yuan("200.00")), ("refund_untold", "S1", yuan("30.00"))],
        [("close.top_up_untold", yuan("200.00")), ("close.refund_untold", yuan("30.00"))],
    )


def test_a_number_of_another_amount_or_store_names_no_payment() -> None:
    world = _world().store("S2").payment("T2", "200.00", fee="0.00", order_no="CZ1")
    world.payment("T3", "80.00", fee="0.00", order_no="CZ2")
    _moved(world, "CZ1", "100.00")
    _moved(world, "CZ2", "80.00", store="S2")
    assert ("card_money", "top_up_money") not in _sums(world)
    assert _warned(world)[0] == [("top_up_untold", "S1", yuan("100.00")), ("top_up_untold", "S2", yuan("80.00"))]


@pytest.mark.parametrize("method", ["wechat", "cash"])
def test_a_meal_that_a_member_orders_stays_revenue(method: str) -> None:
    """The till says 会员 of the order, which proves no top-up."""
    world = _world().order("S1", "A2", "88.00", {"method": method, "reference": "T2"})
    if method == "wechat":
        world.payment("T2", "88.00", fee="0.00")
    world.book.execute("update base.orders set channel = 'stored_value' where order_no = 'A2'")
    sums = _sums(world)
    assert sum(amount for (_, role), amount in sums.items() if role == "revenue") == yuan("188.00")
    assert not {"card_money", "card_cash"} & {fact for fact, _ in sums}
    assert _warned(world) == ([], [])


def test_a_number_that_the_till_counts_anew_every_day_proves_nothing_of_another_day() -> None:
    world = _world().order("S1", "A2", "88.00", {"method": "wechat", "reference": "T2"})
    world.payment("T2", "88.00", fee="0.00")
    world.book.execute(
        "update base.orders set channel = 'stored_value', business_day = business_day + 5 where order_no = 'A2'"
    )
    _moved(world, "A2", "88.00")
    assert _sums(world)["receipts", "revenue"] == yuan("188.00")
    assert _warned(world)[0] == [("top_up_untold", "S1", yuan("88.00"))]


def test_a_top_up_that_both_bills_show_under_one_number_is_one() -> None:
    world = _world().account("lakala", "822001", "S1", rate=None)
    world.payment("T2", "200.00", fee="0.00", order_no="CZ1")
    world.payment(
        "L2", "200.00", fee="0.00", order_no="CZ1", channel="lakala", merchant="822001", channel_order_no="T2"
    )
    _moved(world, "CZ1", "200.00")
    sums = _sums(world)
    assert sums["card_money", "top_up_money"] == -sums["card_top_up", "top_up_money"] == yuan("200.00")
    assert sums["receipts", "revenue"] == yuan("100.00")
    assert _warned(world) == ([], [])


def test_only_what_lacks_its_other_side_is_counted() -> None:
    """Of three top-ups one lacks its receipt; of an order of 200.00 the card shows 150.00."""
    world = _world().payment("T2", "200.00", fee="0.00", order_no="CZ1")
    world.order("S1", "A3", "200.00", {"method": "wechat", "reference": "T3"}).payment("T3", "200.00", fee="0.00")
    world.book.execute("update base.orders set channel = 'stored_value' where order_no = 'A3'")
    _moved(world, "CZ1", "200.00")
    _moved(world, "A3", "150.00")
    _moved(world, "CZ9", "30.00")
    _sums(world)
    left = room_of(world.book).journal(MONTH).to_check
    assert [(one.reason, one.amount, one.items) for one in left if one.reason.startswith("top_up")] == [
        ("top_up_untold", yuan("30.00"), 1), ("top_up_unmoved", yuan("50.00"), 1),
    ]  # fmt: skip
