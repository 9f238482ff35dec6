"""What the trade bills do not show although it happened, and what they show twice."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.marks import ROW
from chainbrain.demo.adversary.terms import DAY
from chainbrain.demo.draws import Flags, Ints, between, chance

SEEN = ""
BEFORE_BOOK, COLLISION = "before_book", "near_collisions"
_WEEK = 7


def vouched(case: Case) -> Flags:
    """Per merchant and day of the window whether a trade bill vouches for the day."""
    days = np.arange(case.terms.days)
    there = ~case.drawn("missing_day", case.terms.size * case.terms.days)
    there = there.reshape(case.terms.size, case.terms.days)
    rng = case.stream("missing_file")
    gone = chance(rng, case.knobs.missing_file, case.terms.size)
    first = between(rng, 1, max(case.terms.days - _WEEK, 2), case.terms.size)
    week = (days >= first[:, None]) & (days < first[:, None] + _WEEK)
    return np.asarray(there & ~(week & gone[:, None]), dtype=bool)


def hide(case: Case, rows: pl.DataFrame, there: Flags) -> pl.DataFrame:
    """Add ``hidden``: why no bill of the book shows the row, empty where one does."""
    merchant, at = rows["merchant"].to_numpy(), rows["at"].to_numpy()
    day = at // DAY
    within = day >= 0
    uncovered = within & ~there[merchant, np.maximum(day, 0)]
    by_day = ~case.drawn("missing_day", case.terms.size * case.terms.days)
    lost_day = uncovered & ~by_day.reshape(there.shape)[merchant, np.maximum(day, 0)]
    lost_rows = _dropped(case, rows, day) & within & ~uncovered
    hidden = np.full(rows.height, SEEN, dtype=object)
    for cause, flags in (
        (BEFORE_BOOK, ~within),
        ("missing_file", uncovered & ~lost_day),
        ("missing_day", lost_day),
        ("missing_rows", lost_rows),
    ):
        hidden[flags] = cause
        case.marks.add(cause, ROW, rows["rid"].to_numpy()[flags])
    return rows.with_columns(hidden=pl.Series(hidden.tolist(), dtype=pl.String))


def _dropped(case: Case, rows: pl.DataFrame, day: Ints) -> Flags:
    """One to three rows of some merchant-days, drawn among the day's own."""
    if not case.knobs.missing_rows:
        return np.zeros(rows.height, dtype=bool)
    rng = case.stream("missing_rows")
    cells = case.terms.size * case.terms.days
    wanted = np.where(chance(rng, case.knobs.missing_rows, cells), between(rng, 1, 4, cells), 0)
    cell = rows["merchant"].to_numpy() * case.terms.days + np.maximum(day, 0)
    order = pl.DataFrame({"cell": cell, "draw": rng.permutation(rows.height)})
    place = order.select(pl.col("draw").rank("ordinal").over("cell"))["draw"].to_numpy()
    return np.asarray(place <= wanted[cell], dtype=bool)


def repeat(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """Rows that a bill shows a second time: ``copy_of`` names the real one; no batch pays them."""
    chosen = case.drawn("duplicate_rows", rows.height)
    chosen &= (rows["hidden"] == SEEN).to_numpy() & (rows["kind"] == 0).to_numpy() & (rows["amount"] > 100).to_numpy()
    first = int(rows["rid"].max() or 0) + 1  # type: ignore[arg-type]
    copies = rows.filter(pl.Series(chosen)).with_columns(copy_of="rid", batch=pl.lit(-1, pl.Int64))
    copies = copies.with_columns(rid=first + pl.int_range(pl.len(), dtype=pl.Int64))
    case.marks.add("duplicate_rows", ROW, copies["rid"].to_numpy())
    return copies
