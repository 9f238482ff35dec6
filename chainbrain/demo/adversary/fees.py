"""What the channel takes: the fee that the bill prints per row, and the one taken off a deposit as a whole."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.marks import ROW
from chainbrain.demo.adversary.sales import SALE
from chainbrain.demo.adversary.terms import BATCH, DAY, EXACT, ITEM, Terms
from chainbrain.demo.draws import Ints, between, chance, half_up

MILLI = 1_000
"""Fees are kept in thousandths of a fen: bills print up to five decimals of a yuan."""


def charge(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``rate`` (the one really used, that of its sale for a refund) and ``fee`` (printed, thousandths of a fen)."""
    own = np.where(
        rows["at"].to_numpy() // DAY >= case.terms.changes[rows["merchant"].to_numpy()],
        case.terms.new_rate[rows["merchant"].to_numpy()],
        case.terms.rate[rows["merchant"].to_numpy()],
    )
    sales = rows.select(origin="rid", of_sale=pl.Series(own))
    rows = (
        rows.with_columns(rate=pl.Series(own))
        .join(sales, on="origin", how="left", maintain_order="left")
        .with_columns(rate=pl.coalesce("of_sale", "rate"))
        .drop("of_sale")
    )
    merchant, amount, rate = (rows[name].to_numpy() for name in ("merchant", "amount", "rate"))
    mode = case.terms.fee_mode[merchant]
    back = rows["kind"].to_numpy() != SALE
    fee = np.where(
        mode == ITEM, half_up(amount, rate) * MILLI, np.where(mode == EXACT, half_up(amount, rate, 10_000 // MILLI), 0)
    )
    fee = np.where(back & case.terms.keeps_fee[merchant], 0, fee)
    rng = case.stream("fee_tampered")
    tampered = chance(rng, case.knobs.fee_tampered, len(fee)) & ~back & (mode == ITEM) & (amount >= 1_000)
    fee = fee + np.where(tampered, between(rng, 2, 40, len(fee)), 0) * MILLI
    case.marks.add("fee_tampered", ROW, rows["rid"].to_numpy()[tampered])
    return rows.with_columns(fee=pl.Series(fee))


def stated_fee(terms: Terms, rows: pl.DataFrame) -> Ints:
    """The fee by the word of the contract, per row, in thousandths of a fen: what an audit expects."""
    merchant, amount = rows["merchant"].to_numpy(), rows["amount"].to_numpy()
    moved = (rows["at"].to_numpy() // DAY >= terms.changes[merchant]) & terms.tells_change[merchant]
    rate = np.where(moved, terms.new_rate[merchant], terms.rate[merchant])
    exact = half_up(amount, rate, 10_000 // MILLI)
    return np.where(terms.fee_mode[merchant] == EXACT, exact, half_up(amount, rate) * MILLI)


def nets(terms: Terms, rows: pl.DataFrame) -> pl.DataFrame:
    """What each batch pays out: ``merchant``, ``batch``, ``gross``, ``fee``, ``net`` in fen, in order of ``batch``."""
    sums = (
        rows.group_by("batch", "rate")
        .agg(pl.col("merchant").first(), gross=pl.col("amount").sum(), printed=pl.col("fee").sum())
        .with_columns(pl.col("gross", "printed", "rate").cast(pl.Int64))
    )
    # A batch may lie on both sides of a change of rate: its fee as a whole is taken rate by rate.
    sums = sums.with_columns(whole=pl.Series(half_up(sums["gross"].to_numpy(), sums["rate"].to_numpy())))
    sums = (
        sums.group_by("batch")
        .agg(pl.col("merchant").first(), pl.col("gross", "printed", "whole").sum())
        .sort("batch", maintain_order=True)
    )
    merchant, gross, printed = (sums[name].to_numpy() for name in ("merchant", "gross", "printed"))
    rounded = np.where(
        terms.rounds_net[merchant], gross - half_up(gross * MILLI - printed, 1, MILLI), half_up(printed, 1, MILLI)
    )
    mode = terms.fee_mode[merchant]
    fee = np.where(mode == EXACT, rounded, printed // MILLI)
    fee = np.where(mode == BATCH, sums["whole"].to_numpy(), fee)
    return sums.select("merchant", "batch", "gross", fee=pl.Series(fee), net=pl.Series(gross - fee))
