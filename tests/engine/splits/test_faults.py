"""Forty faults hidden among thousands of executed splits: all are found and nothing else, in any order of rows."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from chainbrain.splits.allocation import Sale, Share, allocate
from chainbrain.splits.room import SplitRoom
from tests.engine.reconciliation.reconcile_book import DAY, ident
from tests.engine.reconciliation.split_book import MERCHANT, SplitWorld

SALES, OF_EACH = 4_000, 8
RULES = (("品牌费", "品牌", "0.05"), ("供应链", "供应链", "0.12"), ("合伙", "合伙人", "0.0333"))
SHARES = [Share(name, receiver, "after_refunds", "ratio", Decimal(rate)) for name, receiver, rate in RULES]


@dataclass
class Trade:
    """Sales with refunds, their splits, and what was made wrong: order number and cause."""

    payments: list[dict[str, Any]] = field(default_factory=list)
    lines: list[dict[str, Any]] = field(default_factory=list)
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)

    def pay(self, number: str, turn: int, amount: Decimal, when: datetime) -> None:
        """A payment, or a refund when the turn is not the first."""
        self.payments.append(
            {
                "payment_id": ident("payment", number, turn), "channel": "wechat", "merchant_no": MERCHANT,
                "external_id": number, "refund_id": f"R{number}-{turn}" if turn else None, "occurred_at": when,
                "kind": "refund" if turn else "payment", "amount": amount, "cancelled": False,
                "fee": (amount * Decimal("0.0038")).quantize(Decimal("0.01")), "line": len(self.payments) + 1,
            }
        )  # fmt: skip

    def split(self, number: str, receiver: str, amount: Decimal, when: datetime, status: str = "success") -> None:
        """One executed part, or one that came back."""
        line = len(self.lines) + 1
        self.lines.append(
            {
                "split_line_id": ident("line", line), "channel": "wechat", "merchant_no": MERCHANT,
                "external_id": f"36{line:08}", "payment_external_id": number, "receiver": receiver, "amount": amount,
                "status": status, "occurred_at": when, "line": line,
            }
        )  # fmt: skip


def traded(seed: int) -> Trade:
    """Everything is split as agreed, but for ``OF_EACH`` sales of every kind of fault."""
    dice, trade = random.Random(seed), Trade()
    kinds = ["split_missing", "amount", "split_receiver", "split_failed", "split_not_returned"] * OF_EACH
    chosen = dict(zip(dice.sample(range(SALES), len(kinds)), kinds, strict=True))
    for number in range(SALES):
        fault = chosen.get(number)
        name, amount = f"T{number:06}", Decimal(dice.randint(500, 30_000)) / 100
        when = datetime(DAY.year, DAY.month, DAY.day) + timedelta(seconds=dice.randint(0, 10 * 86_400))
        trade.pay(name, 0, amount, when)
        parts = allocate(Sale(amount), SHARES)
        for (_, receiver, _), part in zip(RULES, parts, strict=True):
            if receiver != "品牌" or fault in {None, "split_not_returned"}:
                trade.split(name, receiver, part, when + timedelta(minutes=2))
            elif fault == "amount":
                trade.split(name, receiver, part + dice.choice((-1, 1, 7)) * Decimal("0.01"), when)
            elif fault == "split_receiver":
                trade.split(name, "路人", part, when)
            elif fault == "split_failed":
                trade.split(name, receiver, part, when, "failed")
        if fault is not None:
            trade.faults[name, fault] += 1
        if fault == "split_not_returned" or (fault is None and dice.random() < 0.1):
            back = amount if fault else Decimal(dice.randint(1, int(amount * 100))) / 100
            trade.pay(name, 1, -back, when + timedelta(hours=5))
            for (_, receiver, _), old, new in zip(RULES, parts, allocate(Sale(amount, back), SHARES), strict=True):
                if new != old and not (fault and receiver == "品牌"):
                    trade.split(name, receiver, new - old, when + timedelta(hours=5, minutes=1))
    return trade


def reconciled(trade: Trade, seed: int) -> SplitWorld:
    """A book of the trade, its rows in an order of the seed's."""
    world = SplitWorld()
    for name, receiver, rate in RULES:
        world.rule(name, receiver, rate)
    types = {"amount": pl.Decimal(18, 2), "fee": pl.Decimal(18, 5)}
    for table, rows in (("payments", trade.payments), ("split_lines", trade.lines)):
        mixed = random.Random(seed).sample(rows, len(rows))
        frame = pl.DataFrame(
            mixed, schema_overrides={k: v for k, v in types.items() if k in rows[0]}, infer_schema_length=None
        )
        world.book.append(f"base.{table}", frame.with_columns(file_id=pl.lit(world.file(table))))
    world.reconcile()
    return world


@pytest.mark.parametrize("seed", [1, 2])
def test_all_faults_and_only_they_are_found(seed: int) -> None:
    trade = traded(seed)
    world = reconciled(trade, seed)
    found = SplitRoom(world.book).findings()
    assert Counter((one.number or "", one.cause) for one in found) == trade.faults
    assert sum(trade.faults.values()) == 5 * OF_EACH
    assert sum((one.due for one in SplitRoom(world.book).sums()), Decimal(0)) == sum(
        (amount for (amount,) in world.book.rows_of("select amount from base.split_parts")), Decimal(0)
    )


def test_the_order_of_rows_is_irrelevant() -> None:
    trade = traded(3)
    worlds = [reconciled(trade, seed) for seed in (1, 2)]
    ask = "select record_id, state, match_id, reason, due_on from base.row_states where leg = 'split' order by all"
    assert worlds[0].book.rows_of(ask) == worlds[1].book.rows_of(ask)
