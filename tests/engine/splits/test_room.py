"""What the room tells of a book: claims of the month, parts about to be released, differences, others' money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from chainbrain.splits.room import SplitRoom
from tests.engine.reconciliation.reconcile_book import DAY, at
from tests.engine.reconciliation.split_book import MERCHANT, SplitWorld, later

TIERS = (
    '[{"from": "0.00", "rate": "0.05"}, {"from": "200000.00", "rate": "0.04"}, {"from": "400000.00", "rate": "0.03"}]'
)


def test_the_worked_royalty_is_reckoned_on_what_the_month_kept() -> None:
    world = SplitWorld().rule("品牌使用费", "总部", TIERS, way="progressive")
    world.payment("T1", "523556.78").payment("T1", "-100.00", kind="refund", refund_id="R1", when=later(1)).reconcile()
    (due,) = SplitRoom(world.book).dues()
    assert (due.month, due.store, due.base, due.due, due.split, due.left) == (
        date(2026, 8, 1), "S1", Decimal("523456.78"), Decimal("21703.70"), Decimal("0.00"), Decimal("21703.70"),
    )  # fmt: skip
    assert not due.by_till


def test_cash_of_the_till_is_part_of_the_month_and_what_was_split_is_taken_off() -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05", basis="gross")
    world.order(
        "S1", "A1", "160.00",
        {"method": "wechat", "amount": "100.00", "reference": "T1"}, {"method": "cash", "amount": "60.00"},
    )  # fmt: skip
    world.payment("T1", "100.00").split("T1", "总部", "5.00").reconcile()
    (due,) = SplitRoom(world.book).dues()
    assert (due.by_till, due.base, due.due, due.split, due.left) == (
        True, Decimal("160.00"), Decimal("8.00"), Decimal("5.00"), Decimal("3.00"),
    )  # fmt: skip
    (summed,) = SplitRoom(world.book).sums()
    assert (summed.due, summed.done, summed.waiting, summed.wrong) == (Decimal(5), Decimal(5), Decimal(0), Decimal(0))


def test_a_rule_that_begins_in_the_month_counts_from_its_day() -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05", until=DAY + timedelta(days=2))
    world.rule("品牌费", "总部", "0.10", since=DAY + timedelta(days=2))
    world.payment("T1", "100.00").payment("T2", "100.00", when=later(3)).reconcile()
    assert sorted(due.due for due in SplitRoom(world.book).dues()) == [Decimal("5.00"), Decimal("10.00")]


def test_parts_about_to_be_released_are_told_three_days_ahead() -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05").payment("T1", "100.00")
    world.reconcile()
    assert SplitRoom(world.book).soon() == ()
    world.cover("wallet", "wechat", MERCHANT, first=DAY + timedelta(days=27), last=DAY + timedelta(days=27))
    (part,) = SplitRoom(world.book).soon()
    assert (part.released_on, part.days, part.number, part.amount) == (
        DAY + timedelta(days=30),
        3,
        "T1",
        Decimal("5.00"),
    )


def test_a_difference_tells_the_order_what_was_due_and_what_was_done() -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05").payment("T1", "100.00").split("T1", "总部", "4.00")
    world.reconcile()
    (found,) = SplitRoom(world.book).findings()
    assert (found.cause, found.number, found.receiver, found.due, found.done, found.effect) == (
        "amount", "T1", "总部", Decimal("5.00"), Decimal("4.00"), Decimal("1.00"),
    )  # fmt: skip


def test_money_of_a_franchisee_under_the_chain_s_own_number_is_named() -> None:
    world = SplitWorld()
    world.store("F1").account("wechat", MERCHANT, "F1", terminal="T-F1")
    world.book.execute("update base.stores set ownership = 'franchise' where code = 'F1'")
    world.payment("T1", "100.00", hint="S1").payment("T2", "70.00", hint="F1", when=at("13:00:00")).reconcile()
    (found,) = SplitRoom(world.book).collected_for_others()
    assert (found.store, found.stores, found.amount, found.split) == ("F1", 2, Decimal("70.00"), Decimal("0.00"))
