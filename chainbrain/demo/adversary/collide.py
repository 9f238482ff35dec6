"""Searches a draw for false uniqueness: a deposit made to equal another open batch of its account to the fen.

A batch A that lacks one held payment, or carries one that no bill shows, is paid with an amount that is exactly what
batch B of the same account and channel (or a run of two) would pay, while B's own deposit is late or never comes. To an
engine that asks only "which batch has this amount?" B is the one and only answer, and it is wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from chainbrain.demo.adversary.batches import NEVER, Settling, due_of, merchant_of
from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.fees import MILLI, nets
from chainbrain.demo.adversary.gaps import COLLISION, SEEN
from chainbrain.demo.adversary.marks import BATCH, ROW
from chainbrain.demo.adversary.sales import SALE
from chainbrain.demo.adversary.terms import DAY, ITEM, Terms
from chainbrain.demo.draws import half_up

_REACH = 4
_SMALLEST, _LARGEST = 300, 30_000
_LONGEST_HOLD = 9


@dataclass
class Traps:
    """What the deposits must do for the traps to close: ``silent`` name nothing, ``lost`` never come, ``late`` wait."""

    silent: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    late: dict[int, int] = field(default_factory=dict)
    hold: dict[int, int] = field(default_factory=dict)
    extra: list[tuple[int, int]] = field(default_factory=list)
    """(batch, net) that a payment must have which no bill shows."""
    touched: set[int] = field(default_factory=set)
    """Every batch that some trap needs as it is."""


def collide(case: Case, settling: Settling, rows: pl.DataFrame) -> tuple[pl.DataFrame, Traps]:
    """Set the traps; the rows come back with delays, hidden rows added and batches numbered anew."""
    traps = Traps()
    wanted = rows["batch"].n_unique() * case.knobs.near_collisions // 1000
    if not wanted:
        return rows, traps
    clean = (
        nets(case.terms, rows)
        .join(rows.filter(pl.col("hidden") != SEEN), on="batch", how="anti")
        .filter(pl.col("net") > 0)
    )
    clean = _plain(case.terms, clean)
    pairs = _pairs(clean)
    rng = case.stream("near_collisions")
    _take(rng, traps, settling, _held(pairs, rows), wanted)
    missing = pairs.filter((pl.col("gap") <= -_SMALLEST) & (pl.col("gap") >= -_LARGEST)).with_columns(
        rid=pl.lit(-1, pl.Int64), at=pl.lit(0, pl.Int64)
    )
    _take(rng, traps, settling, missing.select("batch", "other", "second", "gap", "rid", "at"), wanted)
    case.marks.add(COLLISION, BATCH, sorted(traps.silent | traps.lost | set(traps.late)))
    case.marks.add(COLLISION, ROW, sorted(traps.hold))
    return _sprung(case, settling, rows, traps), traps


def _plain(terms: Terms, sums: pl.DataFrame) -> pl.DataFrame:
    """Batches that nothing else pushes around, with account, channel and due day."""
    merchant = sums["merchant"].to_numpy()
    ready = (terms.fee_mode == ITEM) & ~terms.manual & (terms.minimum == 0) & ~terms.keeps_fee
    return sums.with_columns(
        account=pl.Series(terms.account[merchant]),
        channel=pl.Series(terms.channel[merchant]),
        due=pl.Series(due_of(sums["batch"].to_numpy())),
    ).filter(pl.Series(ready[merchant]) & (pl.col("due") < terms.days - 1))


def _pairs(clean: pl.DataFrame) -> pl.DataFrame:
    """Each batch beside every other answer within reach: ``gap`` is what it pays more than that answer would."""
    answers = clean.select("account", "channel", "due", "net", other="batch", second=pl.lit(-1, pl.Int64))
    follow = clean.select(
        "account", "channel", "due", other=pl.col("batch"), second=pl.col("batch").shift(-1).over("merchant"),
        net=pl.col("net") + pl.col("net").shift(-1).over("merchant"),
    ).drop_nulls()  # fmt: skip
    answers = pl.concat([answers, follow.select(answers.columns)])
    near = (
        clean.select("account", "channel", "batch", pays="net", own=pl.col("due"))
        .join(pl.DataFrame({"back": list(range(_REACH))}, schema={"back": pl.Int64}), how="cross")
        .with_columns(due=pl.col("own") - pl.col("back"))
    )
    return (
        near.join(answers, on=["account", "channel", "due"], how="inner")
        .filter((pl.col("batch") != pl.col("other")) & (pl.col("batch") != pl.col("second")))
        .select("batch", "other", "second", gap=pl.col("pays") - pl.col("net"))
        .sort("batch", "other", "second")
    )


def _held(pairs: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Pairs of which the gap is exactly the net of one payment of the batch."""
    items = rows.filter((pl.col("kind") == SALE) & (pl.col("delay") == 0)).select(
        "batch", "rid", "at", gap=pl.col("amount") - pl.col("fee") // MILLI
    )
    found = pairs.filter(pl.col("gap") > 0).join(items, on=["batch", "gap"], how="inner")
    return (
        found.select("batch", "other", "second", "gap", "rid", "at")
        .unique(["batch", "other", "second"])
        .sort("batch", "other", "second", "rid")
    )


def _take(rng: np.random.Generator, traps: Traps, settling: Settling, found: pl.DataFrame, wanted: int) -> None:
    """Choose pairs in drawn order until there are enough; no batch serves twice."""
    used = traps.touched
    for place in rng.permutation(found.height).tolist():
        if len(traps.silent) >= wanted:
            return
        batch, other, second, gap, rid, at = found.row(place)
        several = [other] if second < 0 else [other, second]
        if used & {batch, *several}:
            continue
        if rid >= 0:
            hold = _hold(settling, batch, at, used | set(several))
            if hold is None:
                continue
            delay, later = hold
            traps.hold[rid] = delay
            used.add(later)
        else:
            traps.extra.append((batch, -gap))
        used |= {batch, *several}
        traps.silent.add(batch)
        if rng.integers(0, 2):
            traps.lost.update(several)
        else:
            traps.late.update(dict.fromkeys(several, int(rng.integers(2, 6))))


def _hold(settling: Settling, batch: int, at: int, used: set[int]) -> tuple[int, int] | None:
    """Days to hold a payment so that it lands in a batch that no trap needs as it is."""
    merchant = merchant_of(np.array([batch]))
    for days in range(2, _LONGEST_HOLD + 1):
        later = int(settling.batch(merchant, np.array([at + days * DAY]))[0])
        if later != batch and later not in used and due_of(np.array([later]))[0] < NEVER:
            return days, later
    return None


def _sprung(case: Case, settling: Settling, rows: pl.DataFrame, traps: Traps) -> pl.DataFrame:
    held = pl.DataFrame(
        {"rid": list(traps.hold), "hold": list(traps.hold.values())}, schema={"rid": pl.Int64, "hold": pl.Int64}
    )
    rows = (
        rows.join(held, on="rid", how="left", maintain_order="left")
        .with_columns(delay=pl.coalesce("hold", "delay"))
        .drop("hold")
    )
    rows = pl.concat([rows, _unseen(case, rows, traps)])
    moved = settling.batch(rows["merchant"].to_numpy(), rows["at"].to_numpy() + rows["delay"].to_numpy() * DAY)
    return rows.with_columns(batch=pl.Series(moved))


def _unseen(case: Case, rows: pl.DataFrame, traps: Traps) -> pl.DataFrame:
    """Payments beside an existing one of their batch, of exactly the net that the trap needs."""
    need = pl.DataFrame(traps.extra, schema={"batch": pl.Int64, "need": pl.Int64}, orient="row")
    like = rows.filter((pl.col("kind") == SALE) & (pl.col("delay") == 0)).unique("batch", keep="first").sort("batch")
    made = like.join(need, on="batch", how="inner").sort("batch")
    net, rate = made["need"].to_numpy(), made["rate"].to_numpy()
    amount = net * 10_000 // (10_000 - rate) - 3
    for _ in range(6):  # each fen more of amount is a fen more of net, or none where the fee steps
        amount = np.where(amount - half_up(amount, rate) < net, amount + 1, amount)
    first = int(rows["rid"].max() or 0) + 1  # type: ignore[arg-type]
    case.marks.add(COLLISION, ROW, np.arange(first, first + made.height))
    return made.with_columns(
        rid=first + pl.int_range(pl.len(), dtype=pl.Int64),
        amount=pl.Series(amount),
        fee=pl.Series(half_up(amount, rate) * MILLI),
        hidden=pl.lit(COLLISION),
    ).select(rows.columns)
