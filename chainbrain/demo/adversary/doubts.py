"""Deposits of strangers that may be ours for all that the book knows: it waits for them."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.adversary.answers import weigh
from chainbrain.demo.adversary.batches import due_of
from chainbrain.demo.adversary.deposits import PAYOUT
from chainbrain.demo.adversary.memos import NOTHING, RIGHT
from chainbrain.demo.adversary.parts import Parts
from chainbrain.demo.adversary.terms import DAY

_FIRST_PAYOUTS, _OPENING = 7, 13
"""Days of the book within which sales from before it are still paid out, without and with an opening balance."""
_LATE = 2
"""Days that a deposit may take longer than it should and still be taken for what a missing bill would show."""
_NAMED, _SILENT = 1, 3
"""So many deposits that add up and name their merchant, or name nothing, let anybody learn how its money comes."""
_MANY_NAMED, _MANY = 6, 10
"""So many whatever else names the merchant; with fewer, those that add up outnumber those that name it and do not: one
that draws its money by hand meets a whole day now and then."""


def doubted(parts: Parts, strangers: pl.DataFrame) -> pl.Series:
    """Whether each may be money of sales from before the book, of a day without a bill, or of an untold merchant.

    Untold: nobody can work out its payouts; it withdraws by hand, without a ledger, or hardly a deposit of it adds up.
    What is missing is not zero (month-end.md, step 0).
    """
    first = _OPENING if parts.case.knobs.before_book else _FIRST_PAYOUTS
    day = strangers["posted"].to_numpy() // DAY
    terms = parts.case.terms
    unknown = np.unique((terms.account * 10 + terms.channel)[untold(parts)])
    where = (strangers["account"] * 10 + strangers["channel"]).to_numpy()
    lost = parts.payouts.rows.filter(pl.col("hidden").is_in(["missing_day", "missing_file"]))
    merchant, due = lost["merchant"].to_numpy(), due_of(lost["natural"].to_numpy())
    owed = (terms.account * 10 + terms.channel)[merchant] * 100_000 + np.clip(due, 0, 99_000)
    place = where * 100_000 + day
    waits = np.isin(np.subtract.outer(place, np.arange(_LATE + 1)), owed).any(axis=1)
    return pl.Series((day < first) | np.isin(where, unknown) | waits, dtype=pl.Boolean)


def untold(parts: Parts) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The merchants whose payouts cannot be learned from the book."""
    names, sure = pl.col("names"), pl.col("provable")
    counts = (
        weigh(parts)
        .filter(pl.col("sort") == PAYOUT)
        .group_by("merchant")
        .agg(
            named=(sure & (names == RIGHT)).sum(),
            silent=(sure & (names == NOTHING)).sum(),
            odd=(~sure & (names == RIGHT)).sum(),
        )
    )
    enough = (pl.col("named") >= _NAMED) | (pl.col("silent") >= _SILENT)
    many = (pl.col("named") >= _MANY_NAMED) | (pl.col("named") + pl.col("silent") >= _MANY)
    learned = counts.filter(enough & (many | (pl.col("odd") == 0) | (pl.col("named") > pl.col("odd"))))[
        "merchant"
    ].to_numpy()
    manual = np.flatnonzero(parts.case.terms.manual)
    return np.union1d(manual, np.setdiff1d(np.arange(parts.case.terms.size), learned))
