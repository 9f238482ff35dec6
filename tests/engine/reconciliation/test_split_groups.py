"""Split rules for one group of products: its part of every sale, refunds, and orders whose products are not known."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from late_rows import changes, keep

from chainbrain.reconciliation import scope
from chainbrain.reconciliation.reconcile import reconcile
from chainbrain.splits.allocation import Sale, Share, allocate
from chainbrain.splits.room import SplitRoom
from tests.engine.reconciliation.reconcile_book import at
from tests.engine.reconciliation.split_book import SplitWorld, later

WINE = "寄售酒水"


def a_sale(number: str = "A1", amount: str = "100.00", *, reference: str = "T1") -> SplitWorld:
    """A store that pays the supplier 15 % of the wine on commission, and one order paid by WeChat."""
    world = SplitWorld().rule("寄售", "酒商", "0.15", category=WINE)
    world.order("S1", number, amount, {"amount": amount, "reference": reference})
    world.payment(reference, amount)
    return world


def unknown(world: SplitWorld) -> set[str | None]:
    return {row[0] for row in world.book.rows_of("select reason from main.row_states where record_type = 'split_line'")}


def test_the_worked_example_shares_the_group_only_and_takes_the_refund_back_alike() -> None:
    world = a_sale().items("A1", 饮品="60.00", 寄售酒水="40.00")
    world.payment("T1", "-50.00", kind="refund", refund_id="R1", when=later(1))
    world.split("T1", "酒商", "6.00").split("T1", "酒商", "-3.00", when=later(1)).reconcile()
    assert world.parts() == [("酒商", Decimal("6.00")), ("酒商", Decimal("-3.00"))]
    assert world.book.rows_of("select base from base.split_parts order by amount desc") == [
        (Decimal("40.00"),), (Decimal("20.00"),)
    ]  # fmt: skip
    assert world.states("split_part", "split") == ["matched", "matched"]
    assert world.found() == []


def test_rules_for_the_whole_sale_hold_beside_those_for_a_group() -> None:
    world = a_sale().items("A1", 饮品="60.00", 寄售酒水="40.00")
    world.rule("品牌费", "总部", "0.05").rule("寄售", "酒商", "0.10", category="饮品").rule("寄售", "酒商", "0.01")
    world.reconcile()
    assert sorted(world.parts()) == [
        ("总部", Decimal("5.00")), ("酒商", Decimal("1.00")), ("酒商", Decimal("6.00")), ("酒商", Decimal("6.00")),
    ]  # fmt: skip


def test_of_the_versions_for_a_group_the_stores_own_counts() -> None:
    world = a_sale().items("A1", 饮品="60.00", 寄售酒水="40.00").rule("寄售", "酒商", "0.20", store="S1", category=WINE)
    world.reconcile()
    assert world.parts() == [("酒商", Decimal("8.00"))]


@pytest.mark.parametrize(
    ("groups", "base", "part"),
    [
        # paid 99.99 of a higher price, or with a service charge on a lower one: 40 of 100 of it, half up to the cent
        ({"饮品": "60.00", WINE: "40.00"}, "40.00", "6.00"),
        ({"饮品": "55.00", WINE: "45.00"}, "45.00", "6.75"),
        ({"饮品": "2.00", WINE: "1.00"}, "33.33", "4.99"),
        ({WINE: "30.00"}, "99.99", "14.99"),
    ],
)
def test_what_the_products_come_to_is_only_a_share_of_what_was_paid(
    groups: dict[str, str], base: str, part: str
) -> None:
    world = a_sale(amount="99.99").items("A1", **groups).listed("A1", str(sum(map(Decimal, groups.values()))))
    world.reconcile()
    assert world.book.rows_of("select base, amount from base.split_parts") == [(Decimal(base), Decimal(part))]


def test_an_order_without_the_group_owes_nothing() -> None:
    world = a_sale().items("A1", 饮品="100.00")
    world.reconcile()
    assert world.parts() == []
    assert world.found() == []


@pytest.mark.parametrize(
    "groups", [{}, {"饮品": "40.00", WINE: "-40.00"}, {WINE: "-1.00"}, {"饮品": "90.00", WINE: "-1.00"}]
)
def test_products_that_are_not_known_or_tell_no_share_are_told_and_never_guessed(groups: dict[str, str]) -> None:
    world = a_sale().items("A1", **groups).rule("品牌费", "总部", "0.05")
    world.split("T1", "酒商", "6.00").split("T1", "总部", "5.00").reconcile()
    assert world.parts() == [("总部", Decimal("5.00"))]
    assert unknown(world) == {None, "split_items_unknown"}
    assert world.found() == []


@pytest.mark.parametrize(("listed", "parts"), [("86.00", []), ("80.00", [("酒商", Decimal("6.45"))]), ("80.01", [])])
def test_products_that_do_not_come_to_the_order_are_not_all_of_them(
    listed: str, parts: list[tuple[str, Decimal]]
) -> None:
    """Products of 80.00 on an order of 86.00: without a price of 80.00 before the charges one of them is missing."""
    world = a_sale(amount="86.00").items("A1", 饮品="40.00", 寄售酒水="40.00").listed("A1", listed)
    world.split("T1", "酒商", "6.45").reconcile()
    assert world.parts() == parts
    assert unknown(world) == ({None} if parts else {"split_items_unknown"})
    assert world.found() == []
    (claim,) = SplitRoom(world.book).dues() or SplitRoom(world.book).unreckoned()
    assert getattr(claim, "why", "") == ("" if parts else "split_items_unknown")


def test_an_order_that_comes_after_its_products_says_whether_they_are_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scope, "MOST", 2.0)
    world = SplitWorld().rule("寄售", "酒商", "0.15", category=WINE)
    world.items("A1", 饮品="40.00", 寄售酒水="40.00").payment("T1", "86.00", order_no="A1").payment(
        "T2", "5.00"
    ).reconcile()
    assert world.parts() == [("酒商", Decimal("6.45"))]
    world.order("S1", "A1", "86.00")
    world.book.execute("update base.orders set file_id = $file", file=world.file("orders_later"))
    assert reconcile(world.book).reason == ""
    assert world.parts() == []


def test_a_sale_without_a_tender_is_of_the_order_of_its_store_whose_number_it_bears() -> None:
    world = SplitWorld().rule("寄售", "酒商", "0.15", category=WINE)
    world.items("A1", 饮品="60.00", 寄售酒水="40.00")
    world.payment("T1", "100.00", order_no="A1").payment("T2", "100.00", order_no="A2")
    world.split("T2", "酒商", "6.00").reconcile()
    assert world.parts() == [("酒商", Decimal("6.00"))]
    assert unknown(world) == {"split_items_unknown"}


def test_an_order_paid_twice_gives_the_group_its_share_of_each_payment() -> None:
    world = SplitWorld().rule("寄售", "酒商", "0.15", category=WINE)
    world.order("S1", "A1", "100.00", {"amount": "70.00", "reference": "T1"}, {"amount": "30.00", "reference": "T2"})
    world.items("A1", 饮品="60.00", 寄售酒水="40.00").payment("T1", "70.00").payment("T2", "30.00").reconcile()
    assert [amount for _, amount in world.parts()] == [Decimal("4.20"), Decimal("1.80")]


def test_a_base_without_vat_is_shared_after_the_tax_is_taken_off() -> None:
    world = SplitWorld().rule("寄售", "酒商", "0.15", basis="gross_untaxed", category=WINE)
    world.book.execute("update base.stores set taxpayer = 'general'")
    world.order("S1", "A1", "106.00", {"amount": "106.00", "reference": "T1"}).payment("T1", "106.00")
    world.items("A1", 饮品="63.60", 寄售酒水="42.40").reconcile()
    assert world.parts() == [("酒商", Decimal("6.00"))]


@pytest.mark.parametrize("seed", range(3))
def test_receivers_that_share_a_group_share_it_without_rest_and_alike_in_the_editor(seed: int) -> None:
    chance = random.Random(seed)
    world = SplitWorld()
    shares = [Share("三方", one, "after_refunds", "ratio", Decimal(rate), WINE) for one, rate in (
        ("甲", "0.333333"), ("乙", "0.333333"), ("丙", "0.333334"),
    )]  # fmt: skip
    for share in shares:
        world.rule(share.name, share.receiver, str(share.value), category=WINE)
    due = {}
    for number in range(20):
        amount, wine, rest = (Decimal(chance.randint(1, 99999)) / 100 for _ in range(3))
        world.order("S1", f"A{number}", str(amount), {"amount": str(amount), "reference": f"T{number}"})
        world.items(f"A{number}", 饮品=str(rest), 寄售酒水=str(wine)).listed(f"A{number}", str(rest + wine))
        world.payment(f"T{number}", str(amount))
        sale = Sale(amount, groups={WINE: wine}, products=wine + rest)
        due[f"T{number}"] = sorted(allocate(sale, shares))
        assert sum(due[f"T{number}"]) == sale.base("after_refunds", WINE) <= amount
    world.reconcile()
    found: dict[str, list[Decimal]] = {}
    for number, amount in world.book.rows_of(
        "select w.external_id, p.amount from base.split_parts p join base.payments w on w.payment_id = p.payment_id"
    ):
        found.setdefault(number, []).append(amount)
    assert {number: sorted(parts) for number, parts in found.items()} == {
        number: [one for one in parts if one] for number, parts in due.items() if any(parts)
    }


def test_products_that_come_later_touch_their_sales_and_taking_them_back_is_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(scope, "MOST", 2.0)
    world = a_sale()
    for number in range(2, 6):
        world.order("S1", f"A{number}", "10.00", {"amount": "10.00", "reference": f"T{number}", "paid_at": at()})
        world.payment(f"T{number}", "10.00")
    world.reconcile()
    assert world.parts() == []
    world.items("A1", file="later", 饮品="60.00", 寄售酒水="40.00")
    found = reconcile(world.book)
    assert world.parts() == [("酒商", Decimal("6.00"))]
    assert (found.reason, found.rows) == ("", 3)
    keep(world.book)
    reconcile(world.book, whole=True)
    assert changes(world.book) == {}
    world.book.execute("delete from base.order_items")
    assert reconcile(world.book).reason == "rows_gone"
    assert world.parts() == []
