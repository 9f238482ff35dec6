"""Which payments are paid out together: settlement days, calendar, withdrawals by hand, carrying over."""

from __future__ import annotations

import numpy as np
import polars as pl

from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.marks import BATCH, ROW
from chainbrain.demo.adversary.terms import DAY, RULES, Terms
from chainbrain.demo.draws import Ints, between
from chainbrain.demo.workdays import workday_after

_HELD_LONGEST = 9
_SHIFT, _HALF = 4_096, 1_024
NEVER = 2_000
"""A day index long after every window: not paid out yet."""


def postpone(case: Case, rows: pl.DataFrame) -> pl.DataFrame:
    """Add ``delay``: days by which a payment is paid out later than its moment says."""
    held = case.drawn("held", rows.height)
    late = case.drawn("late_items", rows.height) & ~held
    days = between(case.stream("held days"), 2, _HELD_LONGEST + 1, rows.height)
    case.marks.add("held", ROW, rows["rid"].to_numpy()[held])
    case.marks.add("late_items", ROW, rows["rid"].to_numpy()[late])
    return rows.with_columns(delay=pl.Series(np.where(held, days, np.where(late, 1, 0))))


class Settling:
    """Says for a merchant and a moment which batch pays it out; a batch's number holds merchant, due day and part."""

    def __init__(self, case: Case) -> None:
        self._terms = terms = case.terms
        self._from = -terms.lead - 2
        days = range(self._from, terms.days + _HELD_LONGEST + 3)
        self._arrival = np.array([[_arrives(terms, rule, day) for day in days] for rule in RULES], dtype=np.int64)
        self._withdrawn = _withdrawals(case)

    def batch(self, merchant: Ints, at: Ints) -> Ints:
        """The number of the batch that pays out what was taken at these moments."""
        terms = self._terms
        cutoff = terms.cutoff[merchant]
        settled = np.where(cutoff < DAY // 2, at - cutoff, at + DAY - cutoff) // DAY
        due = self._arrival[terms.rule[merchant], settled - self._from]
        part = np.where(terms.unmerged[merchant], settled, 0)
        for one, moments in self._withdrawn.items():
            mine = np.flatnonzero(merchant == one)
            place = np.searchsorted(moments, at[mine])
            due[mine] = np.append(moments // DAY, NEVER)[place]
            part[mine] = place
        return np.asarray((merchant * _SHIFT + due + _HALF) * _SHIFT + part + _HALF, dtype=np.int64)

    def settled_day(self, merchant: Ints, at: Ints) -> Ints:
        """The settlement day that a moment belongs to; its own date for those who withdraw by hand."""
        cutoff = np.where(self._terms.manual[merchant], DAY, self._terms.cutoff[merchant])
        return np.where(cutoff < DAY // 2, at - cutoff, at + DAY - cutoff) // DAY

    def leaves(self, batch: Ints) -> Ints:
        """The moment at which a batch's money is on the account, give or take the bank's own minutes."""
        terms, merchant = self._terms, merchant_of(batch)
        same_day = terms.rule[merchant] == 0
        moment = due_of(batch) * DAY + np.where(same_day, terms.cutoff[merchant] + 600, 21_600)
        for one, moments in self._withdrawn.items():
            mine = np.flatnonzero((merchant == one) & (due_of(batch) < NEVER))
            moment[mine] = moments[part_of(batch[mine])] + 120
        return moment


def merchant_of(batch: Ints) -> Ints:
    """The merchant of a batch."""
    return batch // (_SHIFT * _SHIFT)


def due_of(batch: Ints) -> Ints:
    """The day on which a batch is due."""
    return batch // _SHIFT % _SHIFT - _HALF


def part_of(batch: Ints) -> Ints:
    """The settlement day of a batch that is one of several of its day, or the number of a withdrawal."""
    return batch % _SHIFT - _HALF


def carry(case: Case, sums: pl.DataFrame) -> dict[int, int]:
    """Batches that are not paid out on their own: each with the later one that brings it along, or -1.

    What is below zero, or below the merchant's minimum, waits and is added to the next. ``sums`` is in the order of
    ``batch``, thus by merchant and due day.
    """
    least = np.maximum(case.terms.minimum, 1)[sums["merchant"].to_numpy()]
    affected = np.unique(sums["merchant"].to_numpy()[sums["net"].to_numpy() < least])
    moved: dict[int, int] = {}
    waiting: list[int] = []
    total, of = 0, -1
    some = sums.filter(pl.col("merchant").is_in(affected.tolist()))
    for batch, merchant, net in some.select("batch", "merchant", "net").iter_rows():
        if merchant != of:
            moved.update(dict.fromkeys(waiting, -1))
            waiting, total, of = [], 0, merchant
        total += net
        if total >= max(int(case.terms.minimum[merchant]), 1):
            moved.update(dict.fromkeys(waiting, batch))
            case.marks.add(
                "minimum_payout" if case.terms.minimum[merchant] else "negative_days", BATCH, [batch] * bool(waiting)
            )
            waiting, total = [], 0
        else:
            waiting.append(batch)
    moved.update(dict.fromkeys(waiting, -1))
    return moved


def _arrives(terms: Terms, rule: str, day: int) -> int:
    lag = int(rule[1:])
    return (workday_after(terms.day(day), lag) - terms.start).days if rule[0] == "T" else day + lag


def _withdrawals(case: Case) -> dict[int, Ints]:
    """The moments at which each merchant that withdraws by hand does so."""
    rng = case.stream("withdrawals")
    found = {}
    for merchant in np.flatnonzero(case.terms.manual).tolist():
        days = np.cumsum(between(rng, 1, 7, case.terms.days)) - case.terms.lead
        days = days[days < case.terms.days]
        found[merchant] = days * DAY + between(rng, 8 * 3_600, 23 * 3_600, len(days))
    return found
