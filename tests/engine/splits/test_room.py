"""What the room tells of a book: claims of the month, parts about to be released, differences, others' money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from chainbrain.lists import LISTS, ListRoom
from chainbrain.splits.monthly import Unreckoned
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


@pytest.mark.parametrize(("done", "split"), [("1.80", "1.80"), ("2.00", "2.00")])
def test_what_went_out_is_taken_off_even_where_it_is_not_as_agreed(done: str, split: str) -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05").payment("T1", "38.00").split("T1", "总部", done)
    world.reconcile()
    (due,) = SplitRoom(world.book).dues()
    assert (due.due, due.split, due.left) == (Decimal("1.90"), Decimal(split), Decimal("1.90") - Decimal(split))


def test_a_split_over_the_cap_went_out_all_the_same() -> None:
    world = SplitWorld()
    for receiver, share in (("品牌", "0.05"), ("供应链", "0.18"), ("合伙人", "0.10")):
        world.rule(receiver, receiver, share).split("T1", receiver, f"{Decimal(share) * 100:.2f}")
    world.payment("T1", "100.00").reconcile()
    assert [due.left for due in SplitRoom(world.book).dues()] == [Decimal("0.00")] * 3


@pytest.mark.parametrize(("way", "values"), [("ratio", ("0.05", "0.10")), ("fixed", ("2.00", "3.00"))])
def test_versions_within_a_month_are_settled_apart_and_once(way: str, values: tuple[str, str]) -> None:
    world = SplitWorld().rule("品牌费", "总部", values[0], way=way, until=DAY + timedelta(days=2))
    world.rule("品牌费", "总部", values[1], way=way, since=DAY + timedelta(days=2))
    world.payment("T1", "100.00").payment("T2", "100.00", when=later(3)).reconcile()
    for number, amount in world.book.rows_of(
        "select p.external_id, s.amount from base.split_parts s join base.payments p on p.payment_id = s.sale_id"
    ):
        world.split(number, "总部", str(amount), when=later(4))
    world.reconcile()
    found = SplitRoom(world.book).dues()
    assert len(found) == 2
    assert [due.left for due in found] == [Decimal("0.00")] * 2


def test_a_rule_of_one_channel_leaves_the_other_channels_to_the_general_one() -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05").rule("品牌费", "总部", "0.03", channel="alipay")
    world.account("alipay", "2088", "S1").payment("T1", "1000.00")
    world.payment("A1", "100.00", channel="alipay", merchant="2088").reconcile()
    assert sorted(due.due for due in SplitRoom(world.book).dues()) == [Decimal("3.00"), Decimal("50.00")]


def test_so_much_an_order_is_due_also_where_the_channel_does_not_split() -> None:
    world = SplitWorld().rule("配送", "骑手公司", "2.00", way="fixed")
    world.book.execute("delete from base.coverage where kind = 'split'")
    world.payment("T1", "100.00").reconcile()
    (due,) = SplitRoom(world.book).dues()
    assert (due.due, due.split) == (Decimal("2.00"), Decimal("0.00"))
    assert [one.parts for one in SplitRoom(world.book).sums()] == [0]


def test_a_month_of_more_refunds_than_sales_takes_back_what_was_given() -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05")
    world.payment("T1", "100.00", when=at("12:00:00", date(2026, 8, 31))).split("T1", "总部", "5.00", when=later(28))
    world.payment("T1", "-100.00", kind="refund", refund_id="R1", when=at("12:00:00", date(2026, 9, 1)))
    world.split("T1", "总部", "-5.00", when=later(29)).reconcile()
    assert [(due.month.month, due.due, due.left) for due in SplitRoom(world.book).dues()] == [
        (8, Decimal("5.00"), Decimal("0.00")), (9, Decimal("-5.00"), Decimal("0.00")),
    ]  # fmt: skip


def test_one_day_of_the_till_hides_no_other_day_of_the_wallets() -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05")
    world.book.execute("delete from base.coverage where kind = 'till' and day > $day", day=DAY)
    world.order("S1", "A1", "100.00", {"method": "wechat", "amount": "100.00", "reference": "T1"})
    world.payment("T1", "100.00").payment("T2", "500.00", when=later(3)).reconcile()
    (due,) = SplitRoom(world.book).dues()
    assert (due.base, due.due, due.by_till) == (Decimal("600.00"), Decimal("30.00"), None)


def test_what_was_split_on_account_is_taken_off_once_where_two_claims_of_one_receiver_share_it() -> None:
    """Two versions of a royalty in one month, and a second agreement with the same receiver."""
    world = SplitWorld().rule("提成", "总部", TIERS, way="progressive", until=DAY + timedelta(days=2))
    world.rule("提成", "总部", TIERS, way="progressive", since=DAY + timedelta(days=2))
    world.rule("管理费", "总部", '[{"from": "0.00", "rate": "0.01"}]', way="flat")
    world.payment("T1", "1000.00").payment("T2", "1000.00", when=later(3))
    world.split("T1", "总部", "60.00").reconcile()
    found = SplitRoom(world.book).dues()
    assert [due.due for due in found] == [Decimal("50.00"), Decimal("50.00"), Decimal("20.00")]
    assert [due.split for due in found] == [Decimal("50.00"), Decimal("10.00"), Decimal("0.00")]
    world.split("T1", "总部", "100.00").reconcile()
    assert [due.left for due in SplitRoom(world.book).dues()] == [Decimal(0), Decimal(0), Decimal("-40.00")]


def test_what_was_split_on_account_of_a_royalty_is_taken_off_it() -> None:
    world = SplitWorld().rule("提成", "总部", TIERS, way="progressive").payment("T1", "1000.00")
    world.split("T1", "总部", "30.00").reconcile()
    (due,) = SplitRoom(world.book).dues()
    assert (due.due, due.split, due.left) == (Decimal("50.00"), Decimal("30.00"), Decimal("20.00"))


def test_a_royalty_without_vat_is_reckoned_by_the_rate_of_each_day_or_told_to_be_unknown() -> None:
    world = SplitWorld().rule("品牌使用费", "总部", TIERS, way="progressive", basis="after_refunds_untaxed")
    world.payment("T1", "106000.00").payment("T2", "106000.00", when=later(1)).reconcile()
    room = SplitRoom(world.book)
    assert room.dues() == ()
    (unknown,) = room.unreckoned()
    assert (unknown.store, unknown.rule, unknown.taxed, unknown.days) == ("S1", "品牌使用费", Decimal("212000.00"), 2)
    world.book.execute("update base.stores set taxpayer = 'general'")
    (due,) = room.dues()
    assert (due.base, due.due) == (Decimal("200000.00"), Decimal("10000.00"))
    assert room.unreckoned() == ()
    world.insert("rules", key="vat.general.rate_services", value="0.10", valid_from=DAY + timedelta(days=1))
    (due,) = room.dues()
    assert due.base == Decimal("100000.00") + Decimal("96363.64")


def test_a_groups_claim_on_the_month_counts_its_part_of_every_sale_cash_included() -> None:
    world = (
        SplitWorld()
        .rule("寄售", "酒商", "0.15", basis="after_fees", category="寄售酒水")
        .rule("品牌费", "总部", "0.05")
    )
    world.order(
        "S1", "A1", "160.00",
        {"method": "wechat", "amount": "100.00", "reference": "T1"}, {"method": "cash", "amount": "60.00"},
        {"method": "wechat", "amount": "-50.00", "reference": "R1"},
    )  # fmt: skip
    world.order("S1", "A2", "10.00", {"method": "cash", "amount": "10.00"})
    world.items("A1", 饮品="96.00", 寄售酒水="64.00").items("A2", 饮品="10.00")
    world.payment("T1", "100.00", fee="0.50").payment("T1", "-50.00", kind="refund", refund_id="R1", fee="-0.25")
    world.split("T1", "酒商", "3.00").reconcile()
    room = SplitRoom(world.book)
    brand, wine = sorted(room.dues(), key=lambda one: one.base or 0, reverse=True)
    # of 160.00 and 10.00 sold, 50.00 given back: 64.00 - 20.00 - 0.10 of the fee
    assert (wine.receiver, wine.base, wine.due, wine.split) == (
        "酒商", Decimal("43.90"), Decimal("6.58"), Decimal("3.00"),
    )  # fmt: skip
    assert (brand.receiver, brand.base) == ("总部", Decimal("120.00"))
    assert room.unreckoned() == ()


def opened(world: SplitWorld, unknown: Unreckoned) -> list[str]:
    """The numbers of the sales that a claim which cannot be known opens."""
    name, filters = unknown.opens
    place = [column.key for column in LISTS[name].columns].index("order_no" if name == "orders" else "external_id")
    with ListRoom(world.book).open(name, filters) as pages:
        return [row[place] for row in pages.page(0)]


def test_a_month_with_a_sale_whose_products_are_not_known_is_told_and_in_no_sum() -> None:
    world = SplitWorld().rule("寄售", "酒商", "0.15", category="寄售酒水").rule("品牌费", "总部", "0.05")
    world.order("S1", "A1", "100.00", {"amount": "100.00", "reference": "T1"}).items("A1", 寄售酒水="100.00")
    world.order("S1", "A2", "60.00", {"method": "cash", "amount": "60.00"}).payment("T1", "100.00").reconcile()
    room = SplitRoom(world.book)
    assert [one.receiver for one in room.dues()] == ["总部"]
    (unknown,) = room.unreckoned()
    assert (unknown.receiver, unknown.taxed, unknown.days, unknown.why) == (
        "酒商", Decimal("160.00"), 1, "split_items_unknown",
    )  # fmt: skip
    assert opened(world, unknown) == ["A2"]
    world.items("A2", 饮品="60.00")
    assert room.unreckoned() == ()
    assert {one.receiver: one.due for one in room.dues()} == {"总部": Decimal("8.00"), "酒商": Decimal("15.00")}


def test_a_payment_that_the_till_does_not_show_leaves_the_tills_sum_of_a_group_known() -> None:
    world = SplitWorld().rule("寄售", "酒商", "0.15", category="寄售酒水")
    world.rule("寄售费后", "杯商", "0.15", basis="after_fees", category="寄售酒水")
    world.order("S1", "A1", "100.00", {"amount": "100.00", "reference": "T1"}).items("A1", 寄售酒水="100.00")
    world.payment("T1", "100.00").payment("T2", "60.00").reconcile()
    room = SplitRoom(world.book)
    assert [(one.receiver, one.base, one.due) for one in room.dues()] == [("酒商", Decimal("100.00"), Decimal("15.00"))]
    (unknown,) = room.unreckoned()
    assert unknown.receiver == "杯商"
    # the order is known; what is not is the payment that no order is of
    assert opened(world, unknown) == ["T2"]


def test_what_went_to_somebody_else_names_him_and_what_he_got() -> None:
    world = SplitWorld().rule("品牌费", "总部", "0.05").payment("T1", "100.00").payment("T2", "100.00")
    world.split("T1", "1900000999", "5.00").split("T2", "1900000999", "4.00").reconcile()
    told = {one.cause: (one.receiver, one.effect, one.went_to, one.went) for one in SplitRoom(world.book).findings()}
    assert told == {
        "split_receiver": ("总部", Decimal("5.00"), "1900000999", Decimal("5.00")),
        "split_missing": ("总部", Decimal("5.00"), None, None),
        "split_unexpected": ("1900000999", Decimal("-4.00"), None, None),
    }


@pytest.mark.parametrize("special", [True, False])
def test_what_is_another_channels_rule_never_falls_to_the_rule_of_all_channels(special: bool) -> None:
    """The platform's sale of 100.00 is billed as 90.00 and meets no order: what of its group is whose is not known."""
    world = SplitWorld().rule("寄售", "酒商", "0.15", category="寄售酒水")
    if special:
        world.rule("寄售", "酒商", "0.05", channel="meituan", category="寄售酒水")
    world.account("meituan", "501", "S1", rate=None)
    world.order("S1", "A1", "100.00", {"amount": "100.00", "reference": "T1"})
    world.order("S1", "A2", "100.00", {"amount": "100.00", "method": "meituan"})
    world.items("A1", 饮品="60.00", 寄售酒水="40.00").items("A2", 饮品="50.00", 寄售酒水="50.00")
    world.payment("T1", "100.00").payment("M1", "90.00", channel="meituan", merchant="501", when=at("19:00:00"))
    world.reconcile()
    room = SplitRoom(world.book)
    assert [(one.base, one.due) for one in room.dues()] == ([] if special else [(Decimal("90.00"), Decimal("13.50"))])
    assert {one.why for one in room.unreckoned()} == ({"split_items_unknown"} if special else set())


@pytest.mark.parametrize("named", ["T1", "L1"])
@pytest.mark.parametrize(("basis", "base"), [("after_refunds", "20.00"), ("after_fees", "19.92")])
def test_the_products_of_a_sale_are_those_of_both_its_bills(named: str, basis: str, base: str) -> None:
    """The aggregator's row counts for the month, whichever of the two the till names; the refund alike."""
    world = (
        SplitWorld()
        .rule("寄售", "酒商", "0.15", basis=basis, category="寄售酒水")
        .account("lakala", "822001", "S1", rate=None)
    )
    back = {"T1": "R1", "L1": "LR1"}[named]
    world.order("S1", "A1", "100.00", {"amount": "100.00", "reference": named}, {"amount": "-50.00", "reference": back})
    world.items("A1", 饮品="60.00", 寄售酒水="40.00").payment("T1", "100.00", fee="0")
    world.payment("L1", "100.00", fee="0.38", channel="lakala", merchant="822001", channel_order_no="T1")
    world.payment("T1", "-50.00", kind="refund", refund_id="R1", fee="0", when=at("20:00:00"))
    world.payment(
        "L1", "-50.00", kind="refund", refund_id="LR1", fee="-0.19", channel="lakala", merchant="822001",
        channel_order_no="R1", when=at("20:00:00"),
    )  # fmt: skip
    world.reconcile()
    room = SplitRoom(world.book)
    assert [one.base for one in room.dues()] == [Decimal(base)]
    assert room.unreckoned() == ()
