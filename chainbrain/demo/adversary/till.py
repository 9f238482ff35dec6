"""What the tills say: an order per sale, a tender per order and refund, and where till and wallet disagree."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.marks import ROW, SALE
from chainbrain.demo.adversary.sales import CHARGEBACK, REFUND
from chainbrain.demo.adversary.sales import SALE as PAID
from chainbrain.demo.adversary.terms import DAY
from chainbrain.demo.draws import between, chance


def ring(case: Case, rows: pl.DataFrame, copies: pl.DataFrame) -> pl.DataFrame:
    """One row per tender of the window; a refund of a sale from before the book hangs on an order that is not in it.

    Columns: ``tid``, ``order`` (number of the sale), ``rid`` (the payment, or -1), ``merchant``, ``at``, ``amount``,
    ``refund``, ``keyed`` (it carries the wallet's number).
    """
    rng = case.stream("till")
    window = rows.filter((pl.col("at") >= 0) & (pl.col("kind") != CHARGEBACK)).sort("rid")
    sale = (window["kind"] == PAID).to_numpy()
    refund = ~sale
    rid = window["rid"].to_numpy()
    origins = window.filter(pl.col("kind") == REFUND)["origin"]
    given_back = np.isin(rid, origins.to_numpy())
    plain = sale & ~given_back & (window["amount"].to_numpy() > 100) & (window["hidden"] == "").to_numpy()
    # One oddity per sale: of twins, and of rows that a bill repeats, nobody could tell which one the till lacks.
    plain &= ~np.isin(rid, copies["copy_of"].to_numpy())
    plain &= ~window.select(pl.struct("merchant", "at", "amount").is_duplicated()).to_series().to_numpy()
    unknown = chance(rng, case.knobs.wallet_only, window.height) & plain
    differs = chance(rng, case.knobs.amount_differs, window.height) & plain & ~unknown
    one_sided = chance(rng, case.knobs.refund_one_sided, window.height) & refund & (window["hidden"] == "").to_numpy()
    case.marks.add("wallet_only", ROW, rid[unknown])
    case.marks.add("amount_differs", ROW, rid[differs])
    case.marks.add("refund_one_sided", ROW, rid[one_sided])
    shift = np.where(differs, 100 * between(rng, 1, 6, window.height), 0)
    tenders = window.select(
        "rid", "merchant", "at",
        order=pl.when(pl.col("kind") == PAID).then("rid").otherwise("origin"),
        amount=pl.col("amount") + pl.Series(shift),
        refund=pl.Series(refund),
    ).filter(pl.Series(~unknown & ~one_sided))  # fmt: skip
    tenders = pl.concat([tenders, _till_only(case, rows).select(tenders.columns)])
    keyless = case.drawn("keyless", tenders.height) & ~tenders["refund"].to_numpy()
    keyed = ~keyless | ~np.isin(tenders["rid"].to_numpy(), rid[plain & ~differs])
    case.marks.add("keyless", ROW, tenders["rid"].to_numpy()[~keyed])
    return tenders.with_columns(tid=pl.int_range(pl.len(), dtype=pl.Int64), keyed=pl.Series(keyed))


def _till_only(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """Sales that the till booked as paid by a wallet and no wallet knows, some hours apart from the one they copy."""
    rng = case.stream("till_only")
    like = rows.filter(
        pl.Series(chance(rng, case.knobs.till_only, rows.height)) & (pl.col("at") >= 0) & (pl.col("kind") == PAID)
    )
    first = 2 * int(rows["rid"].max() or 0) + 2  # type: ignore[arg-type]
    made = like.with_columns(
        order=first + pl.int_range(pl.len(), dtype=pl.Int64),
        rid=pl.lit(-1, pl.Int64),
        at=pl.col("at") // DAY * DAY + 43_200 + pl.Series(between(rng, 0, 20_000, like.height)),
        amount=pl.lit(1_001, pl.Int64) + 2 * pl.Series(between(rng, 0, 2_000, like.height)),
        refund=pl.lit(value=False),
    ).filter(pl.col("at") < case.terms.days * DAY)
    case.marks.add("till_only", SALE, made["order"].to_numpy())
    return made
