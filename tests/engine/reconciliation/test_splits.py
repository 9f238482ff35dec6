"""分账: expected parts to the cent, executed parts held against them, caps, refunds, versions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from chainbrain.splits.room import SplitRoom
from tests.engine.reconciliation.reconcile_book import DAY, at
from tests.engine.reconciliation.split_book import MERCHANT, SplitWorld, later


def test_the_worked_example_keeps_the_rest_with_the_store() -> None:
    world = (
        SplitWorld().rule("品牌费", "品牌", "0.05").rule("供应链", "供应链", "0.12").rule("合伙", "合伙人", "0.0333")
    )
    world.payment("T1", "99.97").reconcile()
    assert world.parts() == [("供应链", Decimal("11.99")), ("合伙人", Decimal("3.32")), ("品牌", Decimal("4.99"))]
    assert Decimal("99.97") - sum(amount for _, amount in world.parts()) == Decimal("79.67")


def test_receivers_of_the_whole_share_by_the_largest_remainder() -> None:
    world = SplitWorld()
    for receiver in ("甲", "乙", "丙"):
        world.rule("三方", receiver, {"甲": "0.333333", "乙": "0.333333", "丙": "0.333334"}[receiver])
    world.payment("T1", "100.00").reconcile()
    assert dict(world.parts()) == {"甲": Decimal("33.33"), "乙": Decimal("33.33"), "丙": Decimal("33.34")}


def test_what_was_split_as_agreed_is_matched_on_both_sides() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05", account="1900000109").payment("T1", "38.00")
    world.split("T1", "1900000109", "1.90").reconcile()
    assert world.states("split_part", "split") == ["matched"]
    assert world.states("split_line", "split") == ["matched"]
    assert world.pairs("split")
    assert world.found() == []


@pytest.mark.parametrize(
    ("receiver", "amount", "found"),
    [
        ("品牌", "1.80", [("amount", "0.10000")]),
        ("品牌", "2.00", [("amount", "-0.10000")]),
        ("路人", "1.90", [("split_receiver", "1.90000")]),
        ("路人", "0.70", [("split_missing", "1.90000"), ("split_unexpected", "-0.70000")]),
    ],
)
def test_what_was_split_otherwise_is_told_once(receiver: str, amount: str, found: list[tuple[str, str]]) -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").payment("T1", "38.00")
    world.split("T1", receiver, amount).reconcile()
    assert [(cause, f"{value}") for cause, value in world.found()] == found
    assert set(world.states("split_part", "split") + world.states("split_line", "split")) == {"difference"}


def test_a_missing_split_says_when_the_money_is_released() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").payment("T1", "38.00")
    world.reconcile()
    assert world.found() == [("split_missing", Decimal("1.90"))]
    assert world.book.one_of("select due_on from main.differences where code = 'D13'") == (DAY + timedelta(days=30),)


def test_without_the_bill_of_the_next_day_nothing_is_missing_yet() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05")
    world.book.execute("delete from base.coverage where kind = 'split' and day > $day", day=DAY)
    world.payment("T1", "38.00").reconcile()
    assert world.found() == []
    assert world.states("split_part", "split") == ["timing"]


def test_a_split_bill_with_rows_left_out_proves_nothing_missing() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05")
    world.book.execute("update base.coverage set whole = false where kind = 'split'")
    world.payment("T1", "38.00").reconcile()
    assert world.found() == []


def test_a_merchant_number_that_never_splits_is_settled_otherwise() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05")
    world.book.execute("delete from base.coverage where kind = 'split'")
    world.payment("T1", "38.00").reconcile()
    assert world.states("split_part", "split") == ["excluded"]
    assert world.found() == []


def test_more_than_the_cap_is_told_by_how_much() -> None:
    world = SplitWorld()
    for receiver, share in (("品牌", "0.05"), ("供应链", "0.18"), ("合伙人", "0.10")):
        world.rule(receiver, receiver, share)
        world.split("T1", receiver, f"{Decimal(share) * 100:.2f}")
    world.payment("T1", "100.00", fee="0.60").reconcile()
    assert world.found() == [("split_over_cap", Decimal("-3.00"))]


def test_what_is_over_the_cap_and_told_as_a_wrong_amount_counts_once() -> None:
    """The rule says 30.00, which is all that may be split of 100.00, and 33.00 went out: 3.00 in all, not 6.00."""
    world = SplitWorld().rule("品牌", "品牌", "0.30").split("T1", "品牌", "33.00")
    world.payment("T1", "100.00", fee="0.60").reconcile()
    assert world.found() == [("amount", Decimal("-3.00"))]


def test_only_what_no_wrong_amount_says_is_told_as_over_the_cap() -> None:
    """The rules say 33.00 already, 35.00 went out and 1.00 to a stranger: 6.00 over, 3.00 of it told elsewhere."""
    world = SplitWorld()
    for receiver, share, gone in (("品牌", "0.15", "17.00"), ("供应链", "0.18", "18.00")):
        world.rule(receiver, receiver, share).split("T1", receiver, gone)
    world.split("T1", "路人", "1.00").payment("T1", "100.00", fee="0.60").reconcile()
    assert world.found() == [
        ("amount", Decimal("-2.00")), ("split_over_cap", Decimal("-3.00")), ("split_unexpected", Decimal("-1.00")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("gone", "found"),
    [
        ("25.00", [("amount", "-5.00"), ("split_missing", "20.00"), ("split_over_cap", "-10.00")]),
        ("15.00", [("amount", "5.00"), ("split_missing", "20.00"), ("split_over_cap", "-10.00")]),
    ],
)
def test_what_the_rules_themselves_ask_beyond_the_cap_is_told_whole(gone: str, found: list[tuple[str, str]]) -> None:
    """Rules of 20 % and 20 % where 30 % may be split: 10.00 over, whatever went out of one of them."""
    world = SplitWorld().rule("甲", "甲", "0.20", cap="0.30").rule("乙", "乙", "0.20", cap="0.30")
    world.split("T1", "甲", gone).payment("T1", "100.00", fee="0").reconcile()
    assert world.found() == [(cause, Decimal(amount)) for cause, amount in found]


def test_a_cap_of_the_contract_counts_instead_of_the_channel_s() -> None:
    world = SplitWorld()
    for receiver, share in (("品牌", "0.15"), ("供应链", "0.18")):
        world.rule(receiver, receiver, share, cap="0.40").split("T1", receiver, f"{Decimal(share) * 100:.2f}")
    world.payment("T1", "100.00").reconcile()
    assert world.found() == []


def test_a_refund_goes_back_by_the_version_of_the_sale_s_day() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05", until=DAY + timedelta(days=1))
    world.rule("品牌费", "品牌", "0.10", since=DAY + timedelta(days=1))
    world.payment("T1", "99.97").payment("T1", "-33.33", kind="refund", refund_id="R1", when=later(2))
    world.split("T1", "品牌", "4.99").split("T1", "品牌", "-1.66", when=later(2)).reconcile()
    # 5 % of what is left, 66.64, is 3.33: 1.66 of the 4.99 comes back
    assert world.parts() == [("品牌", Decimal("4.99")), ("品牌", Decimal("-1.66"))]
    assert world.found() == []
    assert world.states("split_part", "split") == ["matched", "matched"]


def test_a_share_of_the_gross_does_not_come_back() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05", basis="gross")
    world.payment("T1", "100.00").payment("T1", "-100.00", kind="refund", refund_id="R1", when=later(1))
    world.split("T1", "品牌", "5.00").reconcile()
    assert world.parts() == [("品牌", Decimal("5.00"))]
    assert world.found() == []


def test_a_split_that_did_not_come_back_with_the_refund_is_told() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05")
    world.payment("T1", "100.00").payment("T1", "-100.00", kind="refund", refund_id="R1", when=later(1))
    world.split("T1", "品牌", "5.00").reconcile()
    assert world.found() == [("split_not_returned", Decimal("-5.00"))]


def test_the_rule_of_the_store_stands_before_that_of_all() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").rule("品牌费", "品牌", "0.03", store="S1")
    world.payment("T1", "100.00").reconcile()
    assert world.parts() == [("品牌", Decimal("3.00"))]


def test_alipay_s_one_figure_stands_for_all_parts_of_the_sale() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").rule("供应链", "供应链", "0.10")
    world.account("alipay", MERCHANT, "S1")
    world.payment("A1", "100.00", channel="alipay").split("A1", None, "15.00", channel="alipay").reconcile()
    assert world.states("split_part", "split") == ["matched", "matched"]
    assert world.states("split_line", "split") == ["matched"]


def test_failed_and_unfinished_splits() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").payment("T1", "100.00").payment("T2", "100.00")
    world.split("T1", "品牌", "5.00", status="failed").split("T2", "品牌", "5.00", status="processing").reconcile()
    assert world.found() == [("split_failed", Decimal("5.00"))]
    assert world.states("split_part", "split") == ["difference", "timing"]
    assert world.states("split_line", "split") == ["excluded", "timing"]


def test_a_split_before_its_bill_waits_for_it() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").split("T9", "品牌", "5.00")
    world.reconcile()
    assert world.states("split_line", "split") == ["timing"]


def test_without_any_rule_nothing_is_judged() -> None:
    world = SplitWorld().payment("T1", "100.00").split("T1", "品牌", "5.00")
    world.reconcile()
    assert world.states("split_line", "split") == ["excluded"]
    assert world.found() == []


def test_a_refund_before_the_split_leaves_nothing_to_split() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05")
    world.payment("T1", "100.00").payment("T1", "-100.00", kind="refund", refund_id="R1", when=at("12:10:00"))
    world.reconcile()
    assert world.found() == []
    assert world.states("split_part", "split") == ["excluded", "excluded"]


def test_what_is_split_after_a_refund_is_split_of_what_is_left() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05")
    world.payment("T1", "100.00").payment("T1", "-20.00", kind="refund", refund_id="R1", when=at("12:10:00"))
    world.split("T1", "品牌", "4.00").reconcile()
    assert world.found() == []
    assert world.states("split_part", "split") == ["matched", "matched"]


@pytest.mark.parametrize(
    "lines", [[("路人", "5.00"), ("路人", "-5.00"), ("品牌", "5.00")], [("品牌", "6.00"), ("品牌", "-1.00")]]
)
def test_a_mistake_put_right_is_no_difference(lines: list[tuple[str, str]]) -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").payment("T1", "100.00")
    for receiver, amount in lines:
        world.split("T1", receiver, amount)
    world.reconcile()
    assert world.found() == []
    assert world.states("split_part", "split") == ["matched"]


def test_an_agreed_return_is_none_of_the_stranger_s_business() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05")
    world.payment("T1", "100.00").payment("T1", "-20.00", kind="refund", refund_id="R1", when=later(1))
    world.split("T1", "路人", "5.00").split("T1", "路人", "-1.00", when=later(1)).reconcile()
    assert world.found() == [("split_receiver", Decimal("4.00"))]


def test_what_the_store_gives_itself_is_no_split() -> None:
    world = SplitWorld().rule("合作", "门店", "0.70", account=MERCHANT).rule("合作", "总部", "0.30")
    world.payment("T1", "100.00").split("T1", "总部", "30.00").reconcile()
    assert world.parts() == [("总部", Decimal("30.00"))]
    assert world.found() == []


def test_a_newer_limit_of_a_channel_ends_the_older_one() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").payment("T1", "100.00")
    world.insert("rules", key="split.wechat.freeze", value="20", valid_from=date(2026, 1, 1))
    world.reconcile()
    assert world.book.rows_of("select due_on from main.differences where code = 'D13'") == [(DAY + timedelta(days=20),)]


@pytest.mark.parametrize(
    ("kinds", "days"), [((None,), 30), (("ordinary",), 30), (("platform",), 180), (("platform", "ordinary"), 30)]
)
def test_a_platform_merchant_has_longer_and_one_of_which_nobody_said_it_has_not(
    kinds: tuple[str | None, ...], days: int
) -> None:
    """Frozen 30 days for an ordinary merchant, 180 for 收付通; of both at once, or of neither, the stricter counts."""
    world = SplitWorld().rule("品牌费", "品牌", "0.05").payment("T1", "100.00")
    for number, kind in enumerate(kinds[1:]):
        world.account("wechat", MERCHANT, "S1", terminal=f"T{number}", cover=False)
        world.book.execute("update base.accounts set merchant_kind = $kind where terminal_no is not null", kind=kind)
    world.book.execute("update base.accounts set merchant_kind = $kind where terminal_no is null", kind=kinds[0])
    world.reconcile()
    due = DAY + timedelta(days=days)
    assert world.book.rows_of("select due_on from main.differences where code = 'D13'") == [(due,)]
    (part,) = SplitRoom(world.book).soon(within=400)
    assert (part.released_on, part.assumed) == (due, kinds[0] is None)


@pytest.mark.parametrize("kind", ["ordinary", "platform"])
def test_where_a_channel_has_no_time_of_its_own_for_platforms_that_of_all_counts(kind: str) -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").account("alipay", MERCHANT, "S1")
    world.cover("split", "alipay", MERCHANT).payment("A1", "100.00", channel="alipay")
    world.book.execute("update base.accounts set merchant_kind = $kind", kind=kind)
    world.reconcile()
    ((due,),) = world.book.rows_of("select due_on from main.differences where code = 'D13'")
    assert [(one.released_on, one.channel) for one in SplitRoom(world.book).soon(within=400)] == [(due, "alipay")]


def test_a_number_that_never_splits_is_not_waited_for_because_another_file_names_no_merchant() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").account("alipay", "2088", "S1")
    world.split("A9", None, "1.00", channel="alipay")
    world.book.execute("update base.split_lines set merchant_no = null")
    world.payment("A1", "100.00", channel="alipay", merchant="2088").reconcile()
    assert world.states("split_part", "split") == ["excluded"]


def test_receivers_that_share_an_account_are_one_for_what_was_executed() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05", account="1900000109")
    world.rule("管理费", "品牌管理部", "0.10", account="1900000109")
    world.payment("T1", "100.00").split("T1", "1900000109", "5.00").split("T1", "1900000109", "10.00").reconcile()
    assert world.found() == []
    assert world.states("split_part", "split") == ["matched", "matched"]


def test_a_part_of_it_waits_for_the_next_bill_like_all_of_it() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05").payment("T1", "100.00").split("T1", "品牌", "3.00")
    world.book.execute("delete from base.coverage where kind = 'split' and day > $day", day=DAY)
    world.reconcile()
    assert world.found() == []
    assert world.states("split_part", "split") == ["timing"]


def test_what_is_split_beforehand_to_a_receiver_by_tiers_is_on_account() -> None:
    world = SplitWorld().rule("提成", "总部", '[{"from": "0.00", "rate": "0.05"}]', way="progressive")
    world.rule("配送", "骑手公司", "0.30", way="fixed")
    world.payment("T1", "1000.00").split("T1", "总部", "50.00").split("T1", "骑手公司", "0.30").reconcile()
    assert world.found() == []
    assert world.states("split_line", "split") == ["excluded", "matched"]


@pytest.mark.parametrize(("taxpayer", "amount"), [("general", "106.00"), ("small_scale", "101.00")])
def test_a_share_without_vat_is_taken_of_the_base_at_the_rate_of_the_day(taxpayer: str, amount: str) -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05", basis="after_refunds_untaxed")
    world.book.execute("update base.stores set taxpayer = $kind", kind=taxpayer)
    world.payment("T1", amount).payment("T1", f"-{amount}", kind="refund", refund_id="R1", when=later(1))
    world.split("T1", "品牌", "5.00").split("T1", "品牌", "-5.00", when=later(1)).reconcile()
    assert world.parts() == [("品牌", Decimal("5.00")), ("品牌", Decimal("-5.00"))]
    assert world.found() == []
    assert world.book.rows_of("select base from base.split_parts order by base desc") == [
        (Decimal("100.00"),), (Decimal("0.00"),)
    ]  # fmt: skip


@pytest.mark.parametrize("pooled", [False, True])
def test_without_the_kind_of_taxpayer_a_share_without_vat_is_not_known_and_not_0(pooled: bool) -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05", basis="gross_untaxed").rule("供应链", "供应链", "0.12")
    world.payment("T1", "100.00").split("T1", None if pooled else "品牌", "5.00").reconcile()
    assert world.parts() == [("供应链", Decimal("12.00"))]
    assert world.states("split_line", "split") == ["timing"]
    assert world.book.rows_of("select distinct reason from main.row_states where record_type = 'split_line'") == [
        ("split_base_unknown",)
    ]
    assert world.found() == ([] if pooled else [("split_missing", Decimal("12.00"))])


def test_a_store_that_says_what_it_is_later_is_reckoned_then() -> None:
    world = SplitWorld().rule("品牌费", "品牌", "0.05", basis="gross_untaxed").payment("T1", "106.00")
    world.reconcile()
    assert world.parts() == []
    world.book.execute("update base.stores set taxpayer = 'general'")
    world.reconcile()
    assert world.parts() == [("品牌", Decimal("5.00"))]
