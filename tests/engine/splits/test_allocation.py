"""One sale shared out: worked numbers, the whole without rest, caps, and the same figures in the book."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from itertools import pairwise
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chainbrain.money import CENT
from chainbrain.splits.allocation import BASES, Sale, Share, allocate, over_cap, without_vat
from chainbrain.splits.room import SplitRoom
from chainbrain.splits.rules import chosen
from tests.engine.reconciliation.reconcile_book import DAY, ident
from tests.engine.reconciliation.split_book import MERCHANT, SplitWorld

ORDERS, DAYS = 100_000, 6


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


@pytest.mark.parametrize(
    ("gross", "rate", "net"),
    [
        ("303000", "0.01", "300000.00"), ("308000", "0.01", "304950.50"), ("106000", "0.06", "100000.00"),
        ("0.01", "0.06", "0.01"), ("99.97", "0.06", "94.31"), ("1.06", "0", "1.06"),
    ],
)  # fmt: skip
def test_a_base_without_vat_is_rounded_as_an_invoice_prints_it(gross: str, rate: str, net: str) -> None:
    assert without_vat(Decimal(gross), Decimal(rate)) == Decimal(net)
    found = SplitWorld().book.one_of("select base.without_vat($gross, $rate)", gross=Decimal(gross), rate=Decimal(rate))
    assert found == (Decimal(net),)


@given(st.integers(1, 10_000_000), st.lists(st.integers(1, 10_000), min_size=2, max_size=8))
def test_the_whole_is_shared_without_rest(fen: int, weights: list[int]) -> None:
    rates = [Decimal(weight) / 10**6 for weight in weights[:-1]]
    rates.append(1 - sum(rates))
    shares = [Share("all", str(number), "gross", "ratio", rate) for number, rate in enumerate(rates)]
    amount = Decimal(fen) / 100
    parts = allocate(Sale(amount), shares)
    assert sum(parts) == amount
    assert all(abs(part - amount * rate) < Decimal("0.01") for part, rate in zip(parts, rates, strict=True))


def _trade(orders: int) -> Iterator[dict[str, Any]]:
    """Sales with refunds in one or several parts, fees that come back or not, and commissions."""
    dice = random.Random(orders)
    made = 0
    while made < orders:
        number, amount = f"T{made:07}", dice.choice((1, 100, 3800, dice.randint(1, 50_000)))
        when = datetime(DAY.year, DAY.month, DAY.day) + timedelta(
            days=dice.randint(0, DAYS - 1), seconds=dice.randint(0, 86_000)
        )
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


def _rules(dice: random.Random, world: SplitWorld) -> None:
    """Agreements in versions of their own days, bases and ways; some whose receivers share the whole."""
    for number in range(5):
        days = sorted(dice.sample(range(1, DAYS), 2))
        bounds = [None, *(DAY + timedelta(days=day) for day in days), None]
        shared = number == 0
        for since, until in pairwise(bounds):
            basis = dice.choice(BASES)
            if shared:
                first, second = dice.randint(1, 400_000), dice.randint(1, 400_000)
                shares = [Decimal(one) / 1_000_000 for one in (first, second, 1_000_000 - first - second)]
                for receiver, share in zip("甲乙丙", shares, strict=True):
                    world.rule(
                        f"三方{number}", f"{receiver}{number}", f"{share:.6f}", basis=basis, since=since, until=until
                    )
            elif dice.random() < 0.7:
                share = f"{Decimal(dice.randint(1, 300_000)) / 1_000_000:.6f}"
                world.rule(f"规则{number}", f"方{number}", share, basis=basis, since=since, until=until)
            else:
                yuan = f"{Decimal(dice.randint(1, 300)) / 100:.2f}"
                world.rule(f"规则{number}", f"方{number}", yuan, way="fixed", basis=basis, since=since, until=until)
    # for one store or channel only, from some day on: these go before
    world.rule("规则1", "方1", "0.07", store="S1", since=DAY + timedelta(days=1))
    world.rule("规则2", "方2", "0.011111", channel="wechat", basis="gross_untaxed", since=DAY + timedelta(days=2))


@pytest.mark.parametrize(
    ("orders", "taxpayer", "vat"), [(ORDERS, "general", "0.06"), (ORDERS // 20, "small_scale", "0.01")]
)
def test_the_book_allots_every_order_as_the_example_does(orders: int, taxpayer: str, vat: str) -> None:
    rows = pl.DataFrame(
        list(_trade(orders)),
        schema_overrides={"amount": pl.Decimal(18, 2), "fee": pl.Decimal(18, 5), "commission": pl.Decimal(18, 5)},
        infer_schema_length=None,
    )
    world = SplitWorld()
    world.book.execute("update base.stores set taxpayer = $kind", kind=taxpayer)
    _rules(random.Random(orders), world)
    world.book.append("base.payments", rows.with_columns(file_id=pl.lit(world.file("trade"))))
    world.reconcile()
    parts: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for payment, receiver, amount in world.book.rows_of(
        "select cast(payment_id as varchar), receiver, amount from base.split_parts"
    ):
        parts[payment][receiver] = amount
    rules = SplitRoom(world.book).rules()
    holding = {day: chosen(rules, "S1", "wechat", day) for day in (DAY + timedelta(days=n) for n in range(DAYS + 1))}
    shares_on = {
        day: [Share(one.name, one.receiver, one.basis, one.way, one.rate or one.fixed or Decimal(0)) for one in held]
        for day, held in holding.items()
    }
    allotted = cache(lambda sale, day: allocate(sale, shares_on[day]))  # the same sum is sold many times
    wholes = 0
    day = DAY
    shares: list[Share] = []
    before: list[Decimal] = []
    sale = Sale(Decimal(0))
    for row in rows.iter_rows(named=True):
        if row["kind"] == "payment":
            day = row["occurred_at"].date()
            shares = shares_on[day]
            before = [Decimal(0)] * len(shares)
            sale = Sale(row["amount"], Decimal(0), row["fee"], row["commission"], Decimal(vat))
        else:
            sale = replace(
                sale, refunded=sale.refunded - row["amount"], fee=sale.fee + row["fee"],
                commission=sale.commission + row["commission"],
            )  # fmt: skip
        now = list(allotted(sale, day))
        due = {share.receiver: new - old for share, new, old in zip(shares, now, before, strict=True) if new != old}
        assert due == parts[row["payment_id"]], (sale, row)
        whole = [one for one, share in enumerate(shares) if share.name == "三方0"]
        wholes += 1
        assert sum(now[one] for one in whole) == sale.base(shares[whole[0]].basis).quantize(CENT, ROUND_FLOOR)
        before = now
    assert wholes >= orders and len({one.basis for one in rules}) >= 6
