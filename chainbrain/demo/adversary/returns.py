"""What went back: refunds in full, in parts and late, days below zero, chargebacks."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.marks import ROW
from chainbrain.demo.adversary.sales import CHARGEBACK, REFUND, SALE
from chainbrain.demo.adversary.terms import DAY
from chainbrain.demo.draws import Ints, between, chance, pick

_BANQUET = 400_000
_NO_SALE = -1


def give_back(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """Add the rows of money that went back; each names its sale, and none comes before it."""
    parts = [rows]
    free = np.ones(rows.height, dtype=bool)
    for knob, share, delay in (
        ("refunds_full", (1, 1), (60, 30 * 3600)),
        ("refunds_partial", (1, 4), (60, 20 * 3600)),
        ("refunds_late", (1, 2), (5 * DAY, 40 * DAY)),
        ("chargebacks", (1, 1), (60 * DAY, 75 * DAY)),
    ):
        rng = case.stream(knob)
        chosen = chance(rng, getattr(case.knobs, knob), rows.height) & free & (rows["amount"].to_numpy() > 100)
        free &= ~chosen
        kind = CHARGEBACK if knob == "chargebacks" else REFUND
        picked = rows.filter(pl.Series(chosen))
        back = _back(rng, picked, share, delay, kind)
        if knob == "refunds_partial":
            again = [_back(rng, picked.filter(pl.Series(chance(rng, 400, picked.height))), share, delay, kind)]
            again.append(_back(rng, picked.filter(pl.Series(chance(rng, 200, picked.height))), share, delay, kind))
            back = pl.concat([back, *again])
        parts.append(_numbered(case, parts, back.filter(pl.col("at") < case.terms.days * DAY), knob))
    old = _numbered(case, parts, _old_chargebacks(case), "chargebacks")
    banquets = _numbered(case, [*parts, old], _negative_days(case, rows), "negative_days")
    # Sales first, then as many refunds of them: a refund names the sale that got its number just now.
    half = banquets.height // 2
    origin = np.concatenate([np.full(half, _NO_SALE), banquets["rid"].to_numpy()[:half]])
    return pl.concat([*parts, old, banquets.with_columns(origin=pl.Series(origin, dtype=pl.Int64))])


def _back(
    rng: np.random.Generator, picked: pl.DataFrame, share: tuple[int, int], delay: tuple[int, int], kind: int
) -> pl.DataFrame:
    """One row per sale that gives back ``share`` of it (a part is rounded down to whole jiao) after some delay."""
    size = picked.height
    part = picked["amount"].to_numpy() * share[0] // share[1]
    if share[1] > 1:
        part = np.maximum(part // 10 * 10, 1)
    return pl.DataFrame(
        {
            "merchant": picked["merchant"],
            "at": picked["at"].to_numpy() + between(rng, *delay, size),
            "amount": -part,
            "kind": np.full(size, kind, dtype=np.int64),
            "origin": picked["rid"],
        }
    )


def _numbered(case: Case, parts: list[pl.DataFrame], back: pl.DataFrame, knob: str) -> pl.DataFrame:
    first = 1 + max(int(part["rid"].max() or 0) for part in parts if part.height)  # type: ignore[arg-type]
    numbers = np.arange(first, first + back.height)
    case.marks.add(knob, ROW, numbers)
    return back.with_columns(rid=pl.Series(numbers, dtype=pl.Int64)).select(parts[0].columns)


def _old_chargebacks(case: Case) -> pl.DataFrame:
    """Chargebacks of sales from before the book: nothing in it explains them."""
    rng = case.stream("old chargebacks")
    span = case.terms.size * case.terms.days
    cell = np.flatnonzero(chance(rng, min(case.knobs.chargebacks * 5, 1000), span))
    merchant, day = cell // case.terms.days, cell % case.terms.days
    return _frame(
        merchant,
        day * DAY + 36_000 + between(rng, 0, 30_000, len(cell)),
        -(1_600 + 100 * pick(rng, (1,) * 60, len(cell))),
        CHARGEBACK,
    )


def _negative_days(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """A banquet paid some days earlier is given back on a day that takes less than it."""
    rng = case.stream("negative_days")
    cell = np.flatnonzero(chance(rng, case.knobs.negative_days, case.terms.size * case.terms.days))
    merchant, day = cell // case.terms.days, cell % case.terms.days
    usual = rows.group_by("merchant").agg(pl.col("amount").sum() // max(case.terms.days, 1)).sort("merchant")
    taken: Ints = np.zeros(case.terms.size, dtype=np.int64)
    taken[usual["merchant"].to_numpy()] = usual["amount"].to_numpy()
    before = day - between(rng, 2, 6, len(cell))
    # A closed store takes nothing any more and gives nothing back.
    fits = (before >= 0) & (day < case.terms.closes[case.terms.store[merchant]])
    merchant, day, before = merchant[fits], day[fits], before[fits]
    amount = np.maximum(taken[merchant] * 2, _BANQUET) + 100 * between(rng, 0, 500, len(merchant))
    noon = 43_200 + between(rng, 0, 3_600, len(merchant))
    sale = _frame(merchant, before * DAY + noon, amount, SALE)
    back = _frame(merchant, day * DAY + noon + 7_200, -amount, REFUND)
    return pl.concat([sale, back])


def _frame(merchant: Ints, at: Ints, amount: Ints, kind: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "merchant": merchant,
            "at": at,
            "amount": amount,
            "kind": np.full(len(merchant), kind, dtype=np.int64),
            "origin": np.full(len(merchant), _NO_SALE, dtype=np.int64),
        }
    )
