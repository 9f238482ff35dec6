"""One sale shared out: worked numbers, the whole without rest, caps, and the same figures in the book."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainbrain.money import CENT
from chainbrain.splits.allocation import BASES, Sale, Share, allocate, over_cap
from tests.engine.reconciliation.reconcile_book import DAY, ident
from tests.engine.reconciliation.split_book import MERCHANT, SplitWorld

ORDERS = 100_000
RULES = (
    ("品牌费", "品牌", "gross", "ratio", "0.05"),
    ("供应链", "供应链", "after_refunds", "ratio", "0.12"),
    ("合伙", "合伙人", "after_fees", "ratio", "0.0333"),
    ("包装", "包装厂", "after_refunds", "fixed", "0.75"),
    ("三方", "甲", "after_commission", "ratio", "0.333333"),
    ("三方", "乙", "after_commission", "ratio", "0.333333"),
    ("三方", "丙", "after_commission", "ratio", "0.333334"),
)


def test_the_worked_example() -> None:
    shares = [
        Share(name, name, "gross", "ratio", Decimal(rate))
        for name, rate in (("a", "0.05"), ("b", "0.12"), ("c", "0.0333"))
    ]
    parts = allocate(Sale(Decimal("99.97")), shares)
    assert parts == (Decimal("4.99"), Decimal("11.99"), Decimal("3.32"))
    assert Decimal("99.97") - sum(parts) == Decimal("79.67")


def test_the_cap_says_by_how_much() -> None:
    assert over_cap(Decimal("100.00"), Decimal("33.00"), Decimal("0.30")) == Decimal("3.00")
    assert over_cap(Decimal("100.00"), Decimal("30.00"), Decimal("0.30")) == Decimal("0.00")


@given(st.integers(1, 10_000_000), st.lists(st.integers(1, 10_000), min_size=2, max_size=8))
def test_the_whole_is_shared_without_rest(fen: int, weights: list[int]) -> None:
    rates = [Decimal(weight) / 10**6 for weight in weights[:-1]]
    rates.append(1 - sum(rates))
    shares = [Share("all", str(number), "gross", "ratio", rate) for number, rate in enumerate(rates)]
    amount = Decimal(fen) / 100
    parts = allocate(Sale(amount), shares)
    assert sum(parts) == amount
    assert all(abs(part - amount * rate) < Decimal("0.01") for part, rate in zip(parts, rates, strict=True))


def _trade(seed: int) -> Iterator[dict[str, Any]]:
    """Sales with refunds in one or several parts, fees that come back or not, and commissions."""
    dice = random.Random(seed)
    made = 0
    while made < ORDERS:
        number, amount = f"T{made:07}", dice.choice((1, 100, 3800, dice.randint(1, 50_000)))
        when = datetime(DAY.year, DAY.month, DAY.day) + timedelta(seconds=dice.randint(0, 86_000))
        for turn, part in enumerate([amount, *_refunds(dice, amount)]):
            money = Decimal(part if turn == 0 else -part) / 100
            fee = (money * Decimal("0.0038")).quantize(Decimal("0.01"))
            yield {
                "payment_id": ident("payment", number, turn), "channel": "wechat", "merchant_no": MERCHANT,
                "external_id": number, "refund_id": f"R{number}-{turn}" if turn else None,
                "occurred_at": when + timedelta(minutes=turn), "kind": "refund" if turn else "payment",
                "amount": money, "fee": fee, "commission": (money * Decimal("0.02")).quantize(Decimal("0.00001")),
                "cancelled": False, "line": made + 1,
            }  # fmt: skip
            made += 1


def _refunds(dice: random.Random, amount: int) -> list[int]:
    if dice.random() < 0.8:
        return []
    first = dice.randint(1, amount)
    return [first] if dice.random() < 0.7 or first == amount else [first, amount - first]


@pytest.mark.parametrize("seed", [7])
def test_the_book_allots_every_order_as_the_example_does(seed: int) -> None:
    rows = pl.DataFrame(
        list(_trade(seed)),
        schema_overrides={"amount": pl.Decimal(18, 2), "fee": pl.Decimal(18, 5), "commission": pl.Decimal(18, 5)},
        infer_schema_length=None,
    )
    world = SplitWorld()
    for name, receiver, basis, way, value in RULES:
        world.rule(name, receiver, value, basis=basis, way=way)
    world.book.append("base.payments", rows.with_columns(file_id=pl.lit(world.file("trade"))))
    world.reconcile()
    parts: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for payment, receiver, amount in world.book.rows_of(
        "select cast(payment_id as varchar), receiver, amount from base.split_parts"
    ):
        parts[payment][receiver] = amount
    shares = [Share(name, receiver, basis, way, Decimal(value)) for name, receiver, basis, way, value in RULES]
    before = [Decimal(0)] * len(shares)
    sale = Sale(Decimal(0))
    for row in rows.iter_rows(named=True):
        if row["kind"] == "payment":
            before, sale = [Decimal(0)] * len(shares), Sale(row["amount"], Decimal(0), row["fee"], row["commission"])
        else:
            sale = Sale(
                sale.amount, sale.refunded - row["amount"], sale.fee + row["fee"], sale.commission + row["commission"]
            )
        now = list(allocate(sale, shares))
        due = {share.receiver: new - old for share, new, old in zip(shares, now, before, strict=True) if new != old}
        assert due == parts[row["payment_id"]], (sale, row)
        assert sum(now[4:]) == sale.base("after_commission").quantize(CENT, ROUND_FLOOR)
        before = now
    assert set(BASES) == {basis for _, _, basis, _, _ in RULES}
