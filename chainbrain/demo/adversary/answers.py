"""How well a deposit can be known from the book alone: proven, or one of several equal answers."""

from __future__ import annotations

import polars as pl

from chainbrain.demo.adversary.deposits import PAYOUT
from chainbrain.demo.adversary.gaps import SEEN
from chainbrain.demo.adversary.memos import RIGHT
from chainbrain.demo.adversary.parts import Parts
from chainbrain.demo.adversary.terms import BATCH as BY_DEPOSIT
from chainbrain.demo.adversary.terms import DAY

_REACH = 6
"""Days before a deposit within which a batch of the same amount can be taken for the one it pays."""


def weigh(parts: Parts) -> pl.DataFrame:
    """The bank lines with ``provable``, ``answers`` and ``rivals``.

    An answer is a batch of the same account and channel that comes to the deposit to the fen by what the bills show,
    that no memo claims for another deposit. ``answers`` are those due on the very day, ``rivals`` those due within some
    days before; they are counted where the memo does not name the right merchant.
    """
    batches, pays = parts.payouts.batches, parts.deposits.pays
    shown = _as_shown(parts)
    terms, merchant = parts.case.terms, batches["merchant"].to_numpy()
    named = parts.worded.filter(pl.col("names") == RIGHT).select("lid").join(pays, on="lid", how="inner")
    open_to = (
        batches.with_columns(account=pl.Series(terms.account[merchant]), channel=pl.Series(terms.channel[merchant]))
        .join(shown, on="batch", how="semi")
        .join(named, on="batch", how="anti")
        .select("account", "channel", "due", amount="net")
    )
    silent = parts.worded.filter((pl.col("names") != RIGHT) & (pl.col("sort") == PAYOUT)).select(
        "lid", "account", "channel", "amount", day=pl.col("posted") // DAY
    )
    late = pl.col("day") - pl.col("due")
    found = (
        silent.join(open_to, on=["account", "channel", "amount"], how="inner")
        .group_by("lid")
        .agg(answers=(late == 0).sum().cast(pl.Int64), rivals=late.is_between(0, _REACH).sum().cast(pl.Int64))
    )
    sums = (
        pays.join(batches.select("batch", "net", "adjust"), on="batch", how="left")
        .join(shown.with_columns(shown=pl.lit(value=True)), on="batch", how="left")
        .group_by("lid")
        .agg(pl.col("shown").fill_null(value=False).all(), owed=pl.col("net").sum())
    )
    return (
        parts.worded.join(found, on="lid", how="left")
        .join(sums, on="lid", how="left")
        .with_columns(
            pl.col("answers", "rivals").fill_null(0),
            provable=(pl.col("shown") & (pl.col("owed") == pl.col("amount"))).fill_null(value=False),
        )
    )


def _as_shown(parts: Parts) -> pl.DataFrame:
    """Batches of which the bills show each payment once and nothing else by its moment: anyone can add them up.

    Not those whose fee is taken off the deposit at a new rate that neither bill nor contract tells.
    """
    rows = parts.payouts.rows
    odd = rows.filter((pl.col("hidden") != SEEN) | (pl.col("natural") != pl.col("batch")))
    twice = rows.join(parts.copies.select(rid="copy_of"), on="rid", how="semi")
    off = pl.concat([odd.select("batch"), odd.select(batch="natural"), twice.select("batch")])
    terms, batches = parts.case.terms, parts.payouts.batches
    merchant = batches["merchant"].to_numpy()
    untold = (terms.fee_mode == BY_DEPOSIT) & (terms.new_rate != terms.rate) & ~terms.tells_change
    at_untold_rate = pl.Series(untold[merchant]) & (batches["last_day"] >= pl.Series(terms.changes[merchant]))
    known = batches.filter((pl.col("adjust") == 0) & ~at_untold_rate)
    return known.select("batch").join(off.unique(), on="batch", how="anti")
