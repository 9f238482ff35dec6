"""The demo shows shares of product groups, bases without VAT and a payment list, and nothing false comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
import truth_of_chain

from chainbrain.demo import DemoChain, generate
from chainbrain.workspace import Workspace

from . import reading
from .reading import money

MONTH = date(2026, 10, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoChain:
    return generate(tmp_path_factory.mktemp("shown"), stores=5, days=8)


@pytest.fixture(scope="module")
def book(made: DemoChain) -> Iterator[Workspace]:
    with Workspace.create(made.directory / "a.chainbrain") as workspace:
        workspace.imports.apply(workspace.imports.plan([made.exports]))
        workspace.reconcile()
        truth_of_chain.load(workspace.book, made.truth)
        yield workspace


def test_the_products_of_every_order_add_up_to_it(made: DemoChain) -> None:
    names = [fact["file"] for fact in reading.table(made.truth, "files.csv")]
    (items,) = [name for name in names if "订单商品明细" in name]
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in reading.table(made.exports, items):
        assert row["门店编号"] == "S001"
        assert money(row["金额"]) > 0
        sums[row["订单号"]] += money(row["金额"])
    tills = [name for name in names if "订单明细_" in name]
    orders = {row["订单号"]: row for name in tills for row in reading.table(made.exports, name)}
    paid = {
        number: money(row["实收金额"])
        for number, row in orders.items()
        if row["门店编号"] == "S001" and row["订单状态"] == "已完成"
    }
    assert len(paid) > 500
    assert sums == paid


def test_every_kind_of_taxpayer_and_of_collecting_is_there(book: Workspace) -> None:
    kinds = dict(book.book.rows_of("select store_id, taxpayer from main.stores"))
    assert kinds == {
        "S001": "general", "S002": "small_scale", "S003": "small_scale", "S004": "general", "S005": "general",
    }  # fmt: skip
    ways = {one.store: one.way for one in book.ledger.ways(date(2026, 10, 31))}
    assert ways == {"S002": "unified", "S003": "independent"}


def test_the_share_of_a_group_without_vat_is_known_for_the_month(book: Workspace) -> None:
    assert book.splits.unreckoned(MONTH, date(2026, 11, 1)) == ()
    (drinks,) = [one for one in book.splits.dues(MONTH, date(2026, 11, 1)) if one.rule == "饮品寄售"]
    assert (drinks.store, drinks.basis, drinks.by_till) == ("S001", "after_refunds_untaxed", True)
    assert drinks.base is not None
    assert drinks.due == (drinks.base * Decimal("0.35")).quantize(Decimal("0.01"), "ROUND_DOWN") > 0


def test_the_payment_list_has_a_store_and_a_supplier(book: Workspace) -> None:
    due = book.payments.due(MONTH, date(2026, 11, 5))
    assert [(one.kind, one.store, one.goes()) for one in due.lines] == [
        ("ledger", "S002", True),
        ("claim", "S001", True),
    ]
    assert {check.code for one in due.lines for check in one.checks} == {"first_time"}


def test_nothing_false_comes_of_it(book: Workspace) -> None:
    assert [score for score in truth_of_chain.score_pairs(book.book) if score.false] == []
    for score in truth_of_chain.score_differences(book.book):
        assert score.found == score.injected, score
        assert score.reported <= score.injected, score
