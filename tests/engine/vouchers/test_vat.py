"""Revenue without VAT: exact per store and month, only where the rate is known; the exemption is only told."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainbrain import cli
from chainbrain.errors import UserError
from chainbrain.money import half_up
from chainbrain.reports.vouchers import room_of, vat_sentences, vat_table
from chainbrain.vouchers.accounts import account_of, table
from chainbrain.vouchers.facts import Fact
from chainbrain.vouchers.journal import vouchers
from chainbrain.vouchers.vat import SIGNS, Exemption, exemptions, gross_left, quarter_of, taxed
from chainbrain.workspace import Workspace
from tests.engine.reconciliation.reconcile_book import DAY, World, at

MONTH = date(2026, 9, 1)
SMALL, GENERAL = Decimal("0.01"), Decimal("0.06")
LIMITS = {
    "vat.small_scale.exempt_month": Decimal("100000.00"), "vat.small_scale.exempt_quarter": Decimal("300000.00"),
}  # fmt: skip
QUARTER = "vat.small_scale.exempt_quarter"
ZERO = Decimal("0.00")


def _fact(
    kind: str,
    amount: str,
    rate: Decimal | None,
    *,
    entity: str = "甲",
    store: str | None = "S1",
    for_store: bool = False,
) -> Fact:
    taxpayer = None if rate is None else "small_scale" if rate == SMALL else "general"
    return Fact(kind, entity, store, "wechat", None, for_store, Decimal(amount), 1, taxpayer, rate)


def _told(*facts: Fact, kinds: dict[str, frozenset[str]] | None = None) -> tuple[Exemption, ...]:
    return exemptions([(MONTH, taxed(facts))], kinds or {"甲": frozenset({"small_scale"})}, LIMITS, {})


@pytest.mark.parametrize(
    ("gross", "net", "state", "tax", "free"),
    [
        ("303000.00", "300000.00", "near", "3000.00", "0.00"),
        ("303000.01", "300000.01", "over", "3000.00", "-0.01"),
        ("308000.00", "304950.50", "over", "3049.50", "-4950.50"),
        ("287849.99", "284999.99", "below", "2850.00", "15000.01"),
        ("287850.00", "285000.00", "near", "2850.00", "15000.00"),
    ],
)
def test_a_small_taxpayer_and_the_sum_from_which_all_is_taxed(
    gross: str, net: str, state: str, tax: str, free: str
) -> None:
    (one,) = _told(_fact("receipts", gross, SMALL))
    assert (str(one.net), one.state, str(one.tax), str(one.free)) == (net, state, tax, free)


def test_six_per_cent_of_a_general_taxpayer() -> None:
    (fact,) = taxed([_fact("receipts", "106000.00", GENERAL)])
    (made,) = vouchers(MONTH, [fact], table("small", ()))
    assert [(line.role, line.name, str(line.debit), str(line.credit)) for line in made.lines] == [
        ("transit", "其他货币资金", "106000.00", "0.00"),
        ("revenue", "主营业务收入", "0.00", "100000.00"),
        ("output_vat", "应交税费-应交增值税（销项税额）", "0.00", "6000.00"),
    ]
    assert account_of(table("general", ()), "output_vat", "small_scale", "S1").name == "应交税费-应交增值税"
    assert _told(fact, kinds={"甲": frozenset({"general"})}) == ()


def test_a_refund_takes_its_tax_back_in_red() -> None:
    (made,) = vouchers(MONTH, taxed([_fact("refunds", "21.20", GENERAL)]), table("small", ()))
    sides = [(line.role, str(line.debit), str(line.credit)) for line in made.lines]
    assert sides == [("revenue", "0.00", "-20.00"), ("output_vat", "0.00", "-1.20"), ("transit", "0.00", "21.20")]


FACTS = st.builds(
    Fact, st.sampled_from([*SIGNS, "fees", "arrived"]), st.sampled_from(["甲", "乙"]),
    st.sampled_from([None, "S1", "S2"]), st.sampled_from(["wechat", "alipay", None]), st.none(), st.booleans(),
    st.integers(1, 10**10).map(lambda fen: Decimal(fen).scaleb(-2)), st.just(1), st.just("general"),
    st.sampled_from([None, SMALL, GENERAL, Decimal("0.13")]),
)  # fmt: skip


@given(st.lists(FACTS, max_size=30), st.randoms())
def test_net_and_tax_add_up_to_the_cent_in_any_order(facts: list[Fact], dice: object) -> None:
    found = taxed(facts)
    gross: dict[object, Decimal] = defaultdict(Decimal)
    net: dict[object, Decimal] = defaultdict(Decimal)
    for before, after in zip(facts, found, strict=True):
        assert after.amount == before.amount
        if before.kind in SIGNS and before.vat is not None and not before.for_store:
            place = before.entity, before.store, before.vat
            gross[place] += SIGNS[before.kind] * before.amount
            net[place] += SIGNS[before.kind] * (after.amount - after.tax)
            assert abs(after.amount - after.tax - before.amount / (1 + before.vat)) < Decimal("0.01")
        else:
            assert after.tax == ZERO
    assert net == {place: half_up(amount / (1 + place[2])) for place, amount in gross.items()}  # type: ignore[index]
    assert all(one.debit == one.credit for one in vouchers(MONTH, found, table("small", ())))
    mixed = list(facts)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert sorted(map(repr, taxed(mixed))) == sorted(map(repr, found))


def test_no_taxpayer_is_added_to_another_and_what_is_not_known_is_not_counted() -> None:
    facts = [
        _fact("receipts", "202000.00", SMALL), _fact("cash_sales", "50500.00", SMALL, store="S2"),
        _fact("receipts", "202000.00", SMALL, entity="乙", store="S3"), _fact("receipts", "99.00", None, entity="丙"),
        _fact("receipts", "77.00", SMALL, store="S4", for_store=True),
    ]  # fmt: skip
    kinds = {
        "甲": frozenset({"small_scale"}), "乙": frozenset({"small_scale", "general"}), "丙": frozenset({"general"}),
    }  # fmt: skip
    found = _told(*facts, kinds=kinds)
    assert [(one.entity, one.state, str(one.net)) for one in found] == [
        ("乙", "unknown", "200000.00"), ("甲", "below", "250000.00"),
    ]  # fmt: skip
    assert gross_left(facts) == {("vat_untold", "S1"): (Decimal("99.00"), 1)}


@pytest.mark.parametrize(
    ("known", "why", "said"),
    [("202000.00", ("untold",), "900,000.00"), ("303000.01", ("untold", "beyond"), "已经超过免征额")],
)
def test_a_company_part_of_whose_sales_is_not_known_is_not_said_to_be_below(
    known: str, why: tuple[str, ...], said: str
) -> None:
    facts = _fact("receipts", known, SMALL), _fact("receipts", "900000.00", None, store="S2")
    (one,) = _told(*facts)
    assert (one.state, one.why, one.free, str(one.untold), one.untold_items) == ("unknown", why, None, "900000.00", 1)
    (words,) = vat_sentences([one], "zh")
    assert said in words and "没填纳税人类型" in words
    own = replace(facts[1], entity="乙")
    assert [(one.state, one.untold) for one in _told(facts[0], own)] == [("over" if why[1:] else "below", ZERO)]


def test_sales_that_may_be_of_a_company_leave_it_unknown_and_those_of_a_franchise_store_are_not_its() -> None:
    facts = [_fact("receipts", "202000.00", SMALL), replace(_fact("cash_sales", "900.00", SMALL), entity=None)]
    kinds = {"甲": frozenset({"small_scale"}), "乙": frozenset({"small_scale"})}
    months = [(MONTH, taxed(facts))]
    assert [one.state for one in exemptions(months, kinds, LIMITS, {"S1": ["甲", "乙"]})] == ["unknown", "unknown"]
    assert [one.state for one in exemptions(months, kinds, LIMITS, {"S1": ["乙"]})] == ["unknown", "below"]
    assert [one.state for one in exemptions(months, kinds, LIMITS, {"S2": ["甲"]})] == ["below", "below"]


def test_months_of_the_quarter_without_revenue_in_the_book_are_said() -> None:
    sold = taxed([_fact("receipts", "101000.00", SMALL)])
    months = [(date(2026, 7, 1), []), (date(2026, 8, 1), sold), (MONTH, taxed([_fact("refunds", "1.01", SMALL)]))]
    (one,) = exemptions(months, {"甲": frozenset({"small_scale"})}, LIMITS, {})
    assert (one.state, one.silent) == ("below", (date(2026, 7, 1),))
    assert "2026-07 账里没有它的收入" in vat_sentences([one], "zh")[0]
    assert vat_sentences([one], "en")[0].endswith("in 2026-07: what it sold then is not counted yet.")
    assert vat_table([one]).rows.row(0)[-2:] == (ZERO, "2026-07")


def test_a_threshold_that_cannot_be_read_is_no_threshold() -> None:
    (one,) = exemptions([(MONTH, [])], {"甲": frozenset({"small_scale"})}, {**LIMITS, QUARTER: None}, {})
    assert (one.state, one.why, one.limit) == ("unknown", ("no_limit",), None)
    world = World()
    world.book.execute("update base.rules set value = '三十万' where key = $key", key=QUARTER)
    assert dict(world.book.rows("vouchers/vat_limits", day=MONTH)) == {**LIMITS, QUARTER: None}


def test_royalties_stay_with_their_vat_and_are_named_whoever_collects() -> None:
    facts = [
        _fact("due_income", "50.00", None), _fact("due_income", "-5.00", None),
        _fact("due_kept", "7.00", None, store="S2", for_store=True), _fact("due", "50.00", None),
    ]  # fmt: skip
    assert gross_left(facts) == {
        ("vat_royalty", "S1"): (Decimal("45.00"), 2),
        ("vat_royalty", "S2"): (Decimal("7.00"), 1),
    }
    assert taxed(facts) == facts


def test_a_quarter_is_its_months_up_to_the_one_in_question() -> None:
    assert quarter_of(MONTH) == (date(2026, 7, 1), date(2026, 8, 1), MONTH)
    assert quarter_of(date(2026, 10, 1)) == (date(2026, 10, 1),)
    months = [(one, taxed([_fact("receipts", "101000.00", SMALL)])) for one in quarter_of(MONTH)]
    (one,) = exemptions(months, {"甲": frozenset({"small_scale"})}, LIMITS, {})
    assert (one.first, one.net, one.month_net, one.state) == (date(2026, 7, 1), 300000, 100000, "near")
    assert "300,000.00" in vat_sentences([one], "zh")[0]
    assert vat_sentences([one], "en")[0].startswith("Mind: 甲")


def _world() -> World:
    world = World().store("S1").store("S2").account("wechat", "1900000001", "S1", bank="1")
    world.account("wechat", "1900000002", "S2", bank="2")
    world.book.execute("update base.stores set taxpayer = 'small_scale' where code = 'S1'")
    for store, entity in (("S1", "甲"), ("S2", "乙")):
        world.book.execute(
            "update base.accounts set legal_entity = $entity where store_code = $s", entity=entity, s=store
        )
    for store, merchant in (("S1", "1900000001"), ("S2", "1900000002")):
        world.order(store, f"A{store}", "101.00", {"method": "wechat", "amount": "101.00", "reference": f"T{store}"})
        world.payment(f"T{store}", "101.00", fee="0.38", merchant=merchant)
        world.order(store, f"B{store}", "20.20", {"method": "cash", "amount": "20.20"})
    world.reconcile()
    return world


def test_only_a_store_whose_kind_is_known_is_without_vat_and_only_by_choice() -> None:
    world = _world()
    month = DAY.replace(day=1)
    room = room_of(world.book)

    def revenue() -> dict[tuple[str, str | None], Decimal]:
        found: dict[tuple[str, str | None], Decimal] = defaultdict(Decimal)
        for one in room.journal(month).vouchers:
            for line in one.lines:
                if line.role in {"revenue", "output_vat"}:
                    found[line.role, line.store] += line.credit
        return found

    assert revenue() == {("revenue", "S1"): Decimal("121.20"), ("revenue", "S2"): Decimal("121.20")}
    assert (room.exemptions(month), room.journal(month).to_check) == ((), ())
    world.insert("history", entry_id=90, at=at(), who="x", kind="voucher_setting", facts="{}", undoable=True)
    room.set_setting(90, "vat", room.checked_setting("vat", "untaxed"))
    assert revenue() == {
        ("revenue", "S1"): Decimal("120.00"), ("output_vat", "S1"): Decimal("1.20"),
        ("revenue", "S2"): Decimal("121.20"),
    }  # fmt: skip
    assert [(one.reason, one.store, str(one.amount), one.items) for one in room.journal(month).to_check] == [
        ("vat_untold", "S2", "121.20", 2)
    ]
    (one,) = room.exemptions(month)
    assert (one.entity, str(one.net), str(one.free), one.month_limit) == ("甲", "120.00", "299880.00", 100000)
    assert (one.state, one.silent) == ("below", quarter_of(month)[:-1])
    # S2 is of the same company; then one of its numbers is another's, and its drawer of either; then both are.
    world.book.execute("update base.accounts set legal_entity = '甲' where store_code = 'S2'")
    (one,) = room.exemptions(month)
    assert (one.state, str(one.net), str(one.untold), one.untold_items) == ("unknown", "120.00", "121.20", 2)
    world.account("alipay", "2088", "S2", bank="3")
    world.book.execute("update base.accounts set legal_entity = '乙' where merchant_no = '2088'")
    (one,) = room.exemptions(month)
    assert (one.state, str(one.untold)) == ("unknown", "121.20")
    world.book.execute("update base.accounts set legal_entity = '丙' where merchant_no = '1900000002'")
    (one,) = room.exemptions(month)
    assert (one.state, str(one.untold)) == ("below", "0.00")
    with pytest.raises(UserError, match=r"vouchers\.vat"):
        room.checked_setting("vat", "sometimes")


def test_the_choice_is_kept_and_taken_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.chainbrain"
    Workspace.create(path).close()
    assert cli.main(["vouchers", str(path), "--untaxed"]) == 0
    assert "收入不含税，税额另列" in capsys.readouterr().out
    with Workspace.open(path) as workspace:
        assert workspace.vouchers.untaxed
        workspace.undo()
        assert not workspace.vouchers.untaxed
        workspace.redo()
    assert cli.main(["vouchers", str(path), "--taxed"]) == 0
    with Workspace.open(path) as workspace:
        assert not workspace.vouchers.untaxed
    with pytest.raises(SystemExit):
        cli.main(["vouchers", str(path), "--taxed", "--untaxed"])
