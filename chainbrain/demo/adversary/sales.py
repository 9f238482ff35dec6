"""What guests paid: one row per payment, few distinct prices, and the payments that look like each other."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.marks import ROW
from chainbrain.demo.adversary.terms import DAY
from chainbrain.demo.draws import Ints, between, chance, pick
from chainbrain.demo.people import MENU

SALE, REFUND, CHARGEBACK = range(3)
"""Kinds of row."""
KINDS = ("payment", "refund", "chargeback")
_PRICES = np.array([price for _, price, _ in MENU], dtype=np.int64)
_WEIGHTS = [weight for _, _, weight in MENU]
_FAVOURITES = np.array([1600, 2200, 2800], dtype=np.int64)


def sell(case: Case) -> pl.DataFrame:
    """Draw the payments of every merchant and day.

    Columns: ``rid``, ``merchant``, ``at`` (seconds from day 0), ``amount`` (fen), ``kind``, ``origin`` (the sale that a
    refund gives back, or -1), in the order of ``rid``.
    """
    span = case.terms.lead + case.terms.days
    cells = _cells(case, span)
    merchant = np.repeat(np.repeat(np.arange(case.terms.size), span), cells.counts)
    day = np.repeat(np.tile(np.arange(span) - case.terms.lead, case.terms.size), cells.counts)
    size = len(merchant)
    opens, shuts = case.terms.opens[merchant], case.terms.shuts[merchant]
    second = opens + between(case.stream("moments"), 0, 1 << 30, size) % (shuts - opens)
    amount = _amounts(case, size)
    at = day * DAY + second
    copied = cells.copies(np.arange(size))
    amount, at = amount[copied], at[copied]
    case.marks.add("equal_batches", ROW, np.flatnonzero(copied != np.arange(size)))
    at = _on_the_cutoff(case, merchant, day, at)
    amount = _odd_amounts(case, merchant, amount)
    rows = pl.DataFrame({"merchant": merchant, "at": at, "amount": amount})
    rows = rows.with_columns(rid=pl.int_range(pl.len(), dtype=pl.Int64))
    twins = case.drawn("twins", size)
    case.marks.add("twins", ROW, np.flatnonzero(twins))
    rows = pl.concat([rows, rows.filter(pl.Series(twins))])
    rows = rows.with_columns(
        rid=pl.int_range(pl.len(), dtype=pl.Int64), kind=pl.lit(SALE, pl.Int64), origin=pl.lit(-1, pl.Int64)
    )
    case.marks.add("twins", ROW, np.arange(size, rows.height))
    # A night's sales may run over the end of the window; the book ends there. Numbers stay as they are.
    return rows.filter(pl.col("at") < case.terms.days * DAY)


class _Cells:
    """How many payments each merchant-day has, merchants outside, and which of them are copied from a neighbour."""

    def __init__(self, counts: Ints, pairs: Ints) -> None:
        self.counts = counts
        self._pairs = pairs

    def copies(self, rows: Ints) -> Ints:
        """For each row the row whose amount and moment it takes."""
        first = np.concatenate([[0], np.cumsum(self.counts)[:-1]])
        taken = rows.copy()
        for source, target in self._pairs:
            size = self.counts[target]
            taken[first[target] : first[target] + size] = np.arange(first[source], first[source] + size)
        return taken


def _cells(case: Case, span: int) -> _Cells:
    size = case.terms.size * span
    counts = between(case.stream("counts"), max(case.knobs.sales * 6 // 10, 1), case.knobs.sales * 14 // 10 + 2, size)
    day = np.tile(np.arange(span) - case.terms.lead, case.terms.size)
    counts = np.where(day >= np.repeat(case.terms.closes[case.terms.store], span), 0, counts)
    merchant = np.repeat(np.arange(case.terms.size), span)
    neighbour = np.minimum(merchant + 2, case.terms.size - 1)
    fits = (
        (case.terms.store[merchant] % 2 == 0)
        & (merchant + 2 < case.terms.size)
        & (case.terms.channel[merchant] == case.terms.channel[neighbour])
        & (case.terms.account[merchant] == case.terms.account[neighbour])
        & (
            day
            < np.minimum(case.terms.closes[case.terms.store[merchant]], case.terms.closes[case.terms.store[neighbour]])
        )
    )
    source = np.flatnonzero(fits & case.drawn("equal_batches", size))
    counts[source + 2 * span] = counts[source]
    return _Cells(counts, np.column_stack([source, source + 2 * span]))


def _amounts(case: Case, size: int) -> Ints:
    """Mostly two dishes, sometimes one or three."""
    rng = case.stream("amounts")
    dishes = pick(rng, (3, 5, 2), size)
    total = _PRICES[pick(rng, _WEIGHTS, size)]
    for place in (1, 2):
        total = total + np.where(dishes >= place, _PRICES[pick(rng, _WEIGHTS, size)], 0)
    return np.asarray(total, dtype=np.int64)


def _on_the_cutoff(case: Case, merchant: Ints, day: Ints, at: Ints) -> Ints:
    """Where a cut-off is a knob, a few payments sit on its very second or the one before."""
    if not (case.knobs.cutoff_late or case.knobs.cutoff_early):
        return at
    rng = case.stream("edges")
    cutoff = case.terms.cutoff[merchant]
    edge = chance(rng, 15, len(at)) & (cutoff != DAY) & (case.terms.rule[merchant] > 0)
    moment = day * DAY + np.where(cutoff < DAY // 2, DAY + cutoff, cutoff) - between(rng, 0, 2, len(at))
    case.marks.add("cutoff_late", ROW, np.flatnonzero(edge & (cutoff > DAY // 2)))
    case.marks.add("cutoff_early", ROW, np.flatnonzero(edge & (cutoff < DAY // 2)))
    return np.where(edge, moment, at)


def _odd_amounts(case: Case, merchant: Ints, amount: Ints) -> Ints:
    size = len(amount)
    rng = case.stream("odd amounts")
    favourite = _FAVOURITES[between(rng, 0, 3, size)]
    # amount × rate ends on half a fen: 25.00, 75.00 at 0.38 %; 2.50, 7.50, 12.50 … at 0.60 %
    halves = np.where(
        case.terms.rate[merchant] == 38, 2_500 + 5_000 * between(rng, 0, 2, size), 250 + 500 * between(rng, 2, 12, size)
    )
    for knob, wanted in (
        ("equal_amounts", favourite),
        ("half_fen", halves),
        ("one_fen", np.ones(size, dtype=np.int64)),
    ):
        chosen = case.drawn(knob, size)
        case.marks.add(knob, ROW, np.flatnonzero(chosen))
        amount = np.where(chosen, wanted, amount)
    return amount
