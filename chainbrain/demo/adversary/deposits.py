"""The bank statement: deposits as they really come, under one payer's name, with memos that help or mislead."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chainbrain.demo.adversary.batches import Settling
from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.collide import Traps
from chainbrain.demo.adversary.marks import BATCH, LINE
from chainbrain.demo.adversary.payouts import Payouts
from chainbrain.demo.adversary.terms import DAY, Terms
from chainbrain.demo.draws import Flags, Ints, between, chance

PAYOUT, STRANGER, FEE = "payout", "stranger", "fee"
_ROUND = 10_000


@dataclass(frozen=True)
class Deposits:
    """``lines``: ``lid``, ``account``, ``channel``, ``merchant`` (whose memo it would be), ``last_day``, ``posted``,
    ``amount``, ``sort``, ``silent``; ``pays``: ``lid``, ``batch``, ``amount``; ``lost``: batches whose deposit never
    comes.
    """

    lines: pl.DataFrame
    pays: pl.DataFrame
    lost: Ints


def arrive(case: Case, settling: Settling, payouts: Payouts, traps: Traps) -> Deposits:
    """Post what reaches the accounts within the window."""
    rng = case.stream("deposits")
    batches = payouts.batches.filter(pl.col("due") < case.terms.days)
    batch = batches["batch"].to_numpy()
    merchant = batches["merchant"].to_numpy()
    trapped = np.isin(batch, sorted(traps.touched))
    lost, wait = _delays(case, batch, trapped, traps)
    hours = np.where((case.terms.rule[merchant] == 0) | case.terms.manual[merchant], 300, 4 * 3_600)
    posted = settling.leaves(batch) + between(rng, 0, 1 << 30, len(batch)) % hours + wait * DAY
    lines = pl.DataFrame(
        {
            "batch": batch,
            "account": case.terms.account[merchant],
            "channel": case.terms.channel[merchant],
            "merchant": merchant,
            "last_day": batches["last_day"],
            "posted": posted,
            "amount": batches["net"] + batches["adjust"],
            "silent": np.isin(batch, sorted(traps.silent)),
            "free": ~trapped,
        }
    ).filter(pl.Series(~lost))
    lines = _halved(case, lines).sort("account", "posted", "batch")
    lines = lines.with_columns(lid=pl.int_range(pl.len(), dtype=pl.Int64))
    pays = lines.select("lid", "batch", "amount")
    lines, pays = _merged(case, lines, pays)
    lines = lines.select(
        "lid", "account", "channel", "merchant", "last_day", "posted", "amount", "silent", sort=pl.lit(PAYOUT)
    )
    lines = pl.concat([lines, _strangers(case, lines), _fees(case.terms, payouts.fees, lines.height)]).filter(
        (pl.col("posted") < case.terms.days * DAY) & (pl.col("posted") >= 0)
    )
    return Deposits(lines, pays.join(lines, on="lid", how="semi"), batch[lost])


def _delays(case: Case, batch: Ints, trapped: Flags, traps: Traps) -> tuple[Flags, Ints]:
    """Which deposits never come, and how many days the others are late."""
    size = len(batch)
    lost = case.drawn("never_come", size) & ~trapped
    late = case.drawn("late_deposits", size) & ~trapped & ~lost
    case.marks.add("never_come", BATCH, batch[lost])
    case.marks.add("late_deposits", BATCH, batch[late])
    wait = np.where(late, between(case.stream("lateness"), 1, 6, size), 0)
    wait += np.array([traps.late.get(number, 0) for number in batch.tolist()], dtype=np.int64)
    return lost | np.isin(batch, sorted(traps.lost)), wait


def _halved(case: Case, lines: pl.DataFrame) -> pl.DataFrame:
    """Some batches arrive as two deposits, the first a round sum, the second within the hours or on the next day."""
    rng = case.stream("two_deposits")
    chosen = chance(rng, case.knobs.two_deposits, lines.height) & lines["free"].to_numpy()
    chosen &= lines["amount"].to_numpy() > 3 * _ROUND
    share = between(rng, 30, 71, lines.height)
    part = np.maximum(lines["amount"].to_numpy() * share // 100 // _ROUND, 1) * _ROUND
    apart = between(rng, 60, 30 * 3_600, lines.height)
    case.marks.add("two_deposits", BATCH, lines["batch"].to_numpy()[chosen])
    lines = lines.with_columns(
        free=pl.Series(lines["free"].to_numpy() & ~chosen), part=pl.Series(part), apart=pl.Series(apart)
    )
    first = pl.Series(chosen)
    rest = lines.filter(first).with_columns(
        amount=pl.col("amount") - pl.col("part"), posted=pl.col("posted") + pl.col("apart")
    )
    lines = lines.with_columns(amount=pl.when(first).then("part").otherwise("amount"))
    return pl.concat([lines, rest]).drop("part", "apart")


def _merged(case: Case, lines: pl.DataFrame, pays: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Some deposits bring the next one of the same account and day along; the memo is the first one's."""
    chosen = case.drawn("merged_deposits", lines.height)
    chosen &= lines["lid"].to_numpy() % 2 == 0
    follows = lines.with_columns(
        near=(pl.col("account").shift(-1) == pl.col("account"))
        & (pl.col("posted").shift(-1) // DAY == pl.col("posted") // DAY)
        & (pl.col("merchant").shift(-1) != pl.col("merchant"))
        & pl.col("free")
        & pl.col("free").shift(-1)
    )["near"].fill_null(value=False)
    first = np.flatnonzero(chosen & follows.to_numpy())
    case.marks.add("merged_deposits", LINE, first)
    into = np.arange(lines.height)
    into[first + 1] = first
    pays = pays.with_columns(lid=pl.Series(into))
    sums = pays.group_by("lid").agg(pl.col("amount").sum())
    kept = lines.filter(pl.Series(into == np.arange(lines.height))).drop("amount")
    return kept.join(sums, on="lid", how="left").sort("lid"), pays


def _strangers(case: Case, lines: pl.DataFrame) -> pl.DataFrame:
    """Deposits that look like a payout and pay nothing that the book knows."""
    rng = case.stream("strangers")
    like = lines.filter(pl.Series(chance(rng, case.knobs.strangers, lines.height)))
    first = int(lines["lid"].max() or 0) + 1  # type: ignore[arg-type]
    made = like.with_columns(
        lid=first + pl.int_range(pl.len(), dtype=pl.Int64),
        merchant=pl.lit(-1, pl.Int64),
        amount=pl.col("amount") + pl.Series(between(rng, -2_000, 30_000, like.height)),
        posted=pl.Series(
            between(rng, 0, case.terms.days, like.height) * DAY + between(rng, 21_600, 72_000, like.height)
        ),
        silent=pl.lit(value=True),
        sort=pl.lit(STRANGER),
    ).filter(pl.col("amount") > 0)
    case.marks.add("strangers", LINE, made["lid"].to_numpy())
    return made


def _fees(terms: Terms, fees: pl.DataFrame, after: int) -> pl.DataFrame:
    """The month's fee as a line of its own."""
    merchant = fees["merchant"].to_numpy()
    return pl.DataFrame(
        {
            "lid": np.arange(len(merchant)) + 10 * after + 1_000,
            "account": terms.account[merchant],
            "channel": terms.channel[merchant],
            "merchant": merchant,
            "last_day": fees["day"],
            "posted": fees["day"].to_numpy() * DAY + 30_000 + merchant % 600,
            "amount": fees["amount"],
            "silent": np.zeros(len(merchant), dtype=bool),
            "sort": [FEE] * len(merchant),
        }
    )
