"""Double entry: whatever happens, every voucher's debits are its credits, and nothing is entered twice or lost."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from chainbrain.money import half_up
from chainbrain.vouchers import accounts
from chainbrain.vouchers.accounts import Account, account_of, shipped, table
from chainbrain.vouchers.facts import GROUPS, ChargedAt, Due, Fact, fees, of_dues
from chainbrain.vouchers.journal import vouchers
from chainbrain.vouchers.layouts import LAYOUTS, Frame, checked, rows, summary, with_columns
from chainbrain.vouchers.postings import ROLES, post

MONTH = date(2026, 10, 1)
CHART = table("small", ())
ENTITIES = st.sampled_from([None, "甲公司", "乙公司"])
STORES = st.sampled_from([None, "S1", "S2", "S3"])
CHANNELS = st.sampled_from(["wechat", "alipay", "meituan", "lakala"])
AMOUNTS = st.integers(-(10**9), 10**9).map(lambda fen: Decimal(fen).scaleb(-2))
FACTS = st.builds(
    Fact, st.sampled_from(sorted(GROUPS)), ENTITIES, STORES, CHANNELS, st.sampled_from([None, "6217000012345678"]),
    st.booleans(), AMOUNTS, st.integers(1, 999),
)  # fmt: skip


def _fact(kind: str, amount: str, *, channel: str | None = "wechat", for_store: bool = False) -> Fact:
    return Fact(kind, "甲公司", "S1", channel, None, for_store, Decimal(amount), 1)


def _sides(fact: Fact) -> list[tuple[str, str, str]]:
    return [(one.role, str(one.debit), str(one.credit)) for one in post(fact)]


@given(st.lists(FACTS, max_size=40))
def test_debit_is_credit_in_every_voucher_and_every_fact_is_entered_once(facts: list[Fact]) -> None:
    made = vouchers(MONTH, facts, CHART)
    assert all(one.debit == one.credit for one in made)
    per_kind: dict[str, Decimal] = defaultdict(Decimal)
    for one in made:
        for line in one.lines:
            per_kind[line.fact] += line.debit - line.credit if line.role in {"transit", "bank"} else Decimal(0)
    signs = {
        "receipts": 1,
        "unidentified": 1,
        "adjustments": 1,
        "wallet_other": 1,
        "wallet_split": 1,
        "split_received": 1,
    }
    signs |= {"refunds": -1, "fees": -1, "lost_payout": -1, "arrived": 0}
    for kind, sign in signs.items():
        assert per_kind[kind] == sign * sum(one.amount for one in facts if one.kind == kind)


@given(st.lists(FACTS, max_size=20), st.randoms())
def test_the_order_of_the_facts_does_not_matter(facts: list[Fact], dice: object) -> None:
    shuffled = list(facts)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]

    def said(made: object) -> list[object]:
        return [(v.entity, v.number, v.store, v.group, sorted(map(repr, v.lines))) for v in made]  # type: ignore[attr-defined]

    assert (
        [one[:4] for one in said(vouchers(MONTH, facts, CHART))]
        == [  # type: ignore[index]
            one[:4]
            for one in said(vouchers(MONTH, shuffled, CHART))  # type: ignore[index]
        ]
    )


@given(
    st.lists(st.tuples(STORES, CHANNELS, st.integers(-(10**8), 10**8)), max_size=12, unique_by=lambda one: one[:2]),
    st.integers(-(10**8), 10**8),
)
def test_the_cents_of_the_stores_are_those_of_their_merchant_number(
    charged: list[tuple[str | None, str, int]], before: int
) -> None:
    start = Decimal(before).scaleb(-5)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for _, channel, amount in charged:
        sums[channel] += Decimal(amount).scaleb(-5)
    rows = [
        ChargedAt(None, store, channel, "m", False, Decimal(amount).scaleb(-5), start, start + sums[channel], 1)
        for store, channel, amount in charged
    ]
    made = fees(rows)
    for channel, amount in sums.items():
        assert sum(one.amount for one in made if one.channel == channel) == half_up(start + amount) - half_up(start)
    exact = {(row.store, row.channel): row.month for row in rows}
    assert all(abs(one.amount - exact[one.store, one.channel]) <= Decimal("0.02") for one in made)


def test_a_sale_its_refund_and_its_fee() -> None:
    assert _sides(_fact("receipts", "100.00")) == [("transit", "100.00", "0.00"), ("revenue", "0.00", "100.00")]
    assert _sides(_fact("refunds", "30.00")) == [("revenue", "0.00", "-30.00"), ("transit", "0.00", "30.00")]
    assert _sides(_fact("fees", "0.38")) == [("fees", "0.38", "0.00"), ("transit", "0.00", "0.38")]
    assert _sides(_fact("adjustments", "-5.00")) == [("channel_charges", "5.00", "0.00"), ("transit", "0.00", "5.00")]


def test_what_is_collected_for_a_franchise_store_is_owed_to_it_and_is_no_revenue() -> None:
    roles = {one[0] for kind in ("receipts", "refunds", "fees") for one in _sides(_fact(kind, "9.00", for_store=True))}
    assert roles == {"transit", "store_payable"}


def test_a_short_drawer_waits_as_a_loss_until_somebody_decides() -> None:
    assert _sides(_fact("cash_over", "-10.00")) == [("cash", "-10.00", "0.00"), ("over_short", "0.00", "-10.00")]
    assert _sides(_fact("lost_cash", "10.00")) == [("write_off", "10.00", "0.00"), ("over_short", "0.00", "10.00")]
    assert _sides(_fact("kept_cash", "7.00")) == [("over_short", "7.00", "0.00"), ("cash_gain", "0.00", "7.00")]


def test_a_royalty_stands_in_both_books_and_against_the_money_that_is_held_back() -> None:
    homes = {"S1": ("加盟商", False), "S2": ("总部", True), "S3": ("总部", False)}
    dues = [Due(store, "总部", "品牌费", Decimal("5.00")) for store in homes]
    made = [(one.kind, one.entity, one.store) for one in of_dues(dues, homes, {"加盟商": "加盟商", "总部": "总部"})]
    assert made == [("due", "加盟商", "S1"), ("due_income", "总部", "S1"), ("due_kept", "总部", "S2")]


def test_a_split_received_clears_what_the_store_owes_and_one_given_back_is_owed_again() -> None:
    for amount in ("5.00", "-2.00"):
        fact = Fact("split_received", "总部", None, "wechat", "S1", False, Decimal(amount), 1)
        sides = [(one.role, one.store, one.debit, one.credit) for one in post(fact)]
        assert sides == [
            ("transit", None, Decimal(amount), Decimal("0.00")),
            ("split_receivable", "S1", Decimal("0.00"), Decimal(amount)),
        ]
    (made,) = vouchers(MONTH, [fact], CHART)
    assert [(line.code, line.store) for line in made.lines] == [("1012", None), ("1221", "S1")]


def test_what_a_line_is_about_is_said_in_words() -> None:
    facts = [
        Fact(kind, "总部", "S1", "wechat", detail, False, Decimal("5.00"), 1)
        for kind, detail in (
            ("wallet_split", "split"), ("wallet_split", "split_return"), ("split_received", "S1"),
            ("due", "总部 · 品牌费"),
        )
    ]  # fmt: skip
    frame = Frame("记", "", names=(("S1", "一号店"),))
    said = {summary(made, line, frame) for made in vouchers(MONTH, facts, CHART) for line in made.lines}
    assert said == {
        "2026-10 一号店 微信 分账支出", "2026-10 一号店 微信 分账退回", "2026-10 一号店 微信 收到分账",
        "2026-10 一号店 微信 应付分账 总部 · 品牌费",
    }  # fmt: skip


def test_both_charts_name_an_account_for_every_part_with_the_codes_of_their_standard() -> None:
    for chart, revenue, interest in (("small", "5001", "5603"), ("general", "6001", "6603")):
        held = table(chart, ())
        assert {one.role for one in shipped(chart)} == set(ROLES)
        assert account_of(held, "revenue", "wechat", "S1").code == revenue
        assert account_of(held, "fees", "wechat", None).code == interest
        assert account_of(held, "transit", "meituan", None).code == "1122"


def test_the_narrowest_account_counts() -> None:
    own = [
        Account("bank", None, None, "1002", "银行"), Account("bank", "…5678", None, "100201", "工行"),
        Account("bank", None, "S1", "100299", "南山"), Account("bank", "…5678", "S1", "10020101", "工行南山"),
    ]  # fmt: skip
    held = table("small", own)
    found = [
        account_of(held, "bank", *key).code for key in ((None, None), ("…5678", "S2"), ("…1", "S1"), ("…5678", "S1"))
    ]
    assert found == ["1002", "100201", "100299", "10020101"]
    assert accounts.checked([Account("bank", "", "", " 1002.01 ", "")]) == (
        Account("bank", None, None, "1002.01", None),
    )


def test_what_stands_on_a_voucher_stands_once_and_the_codes_above_stay_with_their_headers() -> None:
    (layout,) = [one for one in LAYOUTS if one.key == "kingdee_cloud"]
    made = vouchers(MONTH, [_fact("receipts", "100.00"), _fact("fees", "0.38")], CHART)
    codes, headers, *lines = rows(layout, made, Frame("记", "林会计"))
    assert len(codes) == len(headers) == len(layout.columns)
    named = [dict(zip(codes, line, strict=True)) for line in lines]
    assert [(one["FVOUCHERGROUPNO"], one["FVOUCHERGROUPID"], one["FEntity"]) for one in named] == [
        (1, "PRE001", 1), (None, None, 2), (None, None, 3), (None, None, 4),
    ]  # fmt: skip
    assert sum(one["FDEBIT"] for one in named) == sum(one["FCREDIT"] for one in named) == Decimal("100.38")  # type: ignore[misc]
    assert rows(layout, made, Frame("收", ""))[2][codes.index("FVOUCHERGROUPID")] is None
    filled = [[header, "first:=001" if field == "empty" else field] for header, field in layout.columns]
    own = with_columns(layout, checked(layout, filled))
    assert own.above == layout.above and rows(own, made, Frame("记", ""))[2][1] == "001"
    assert with_columns(layout, checked(layout, filled[1:])).above == ()
