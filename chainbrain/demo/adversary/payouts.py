"""From payments to what is really paid out: batches with what was carried over and the fee of a month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chainbrain.demo.adversary.batches import NEVER, Settling, carry, due_of
from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.fees import nets
from chainbrain.demo.adversary.marks import BATCH
from chainbrain.demo.adversary.terms import DAY, MONTHLY, Terms
from chainbrain.demo.draws import Ints, half_up
from chainbrain.demo.workdays import is_workday


@dataclass(frozen=True)
class Payouts:
    """What is really paid out.

    Attributes:
        rows: the payments with ``batch`` (the one that really pays them, -1: none yet) and ``natural`` (the one that
            would by their moment alone).
        batches: ``batch``, ``merchant``, ``net``, ``adjust`` (a fee of the month taken off), ``due``, ``first_day``,
            ``last_day``.
        fees: fees charged as lines of their own: ``merchant``, ``day``, ``amount``.
    """

    rows: pl.DataFrame
    batches: pl.DataFrame
    fees: pl.DataFrame


def pay_out(case: Case, settling: Settling, rows: pl.DataFrame) -> Payouts:
    """Work out every batch to the fen."""
    sums = nets(case.terms, rows)
    moved = carry(case, sums)
    batch = pl.col("batch").replace(moved) if moved else pl.col("batch")
    natural = pl.col("natural").replace(moved) if moved else pl.col("natural")
    merchant, at = rows["merchant"].to_numpy(), rows["at"].to_numpy()
    rows = rows.with_columns(
        settled=pl.Series(settling.settled_day(merchant, at + rows["delay"].to_numpy() * DAY)),
        natural=pl.Series(settling.batch(merchant, at)),
    ).with_columns(batch=batch, natural=natural)
    days = rows.group_by("batch").agg(first_day=pl.col("settled").min(), last_day=pl.col("settled").max())
    batches = (
        sums.with_columns(batch=batch)
        .filter(pl.col("batch") >= 0)
        .group_by("batch")
        .agg(pl.col("merchant").first(), pl.col("net").sum())
        .join(days, on="batch", how="left")
        .sort("batch")
    )
    batches = batches.with_columns(
        due=pl.Series(due_of(batches["batch"].to_numpy()), dtype=pl.Int64), adjust=pl.lit(0, pl.Int64)
    )
    return _monthly(case, rows, batches)


def _months(terms: Terms, day: Ints) -> Ints:
    """Year and month of a day index as one number."""
    first, after = int(day.min(initial=0)), int(np.minimum(day, NEVER).max(initial=0)) + 1
    table = np.array([terms.day(index).year * 12 + terms.day(index).month for index in range(first, after)])
    return np.asarray(table[np.minimum(day, NEVER) - first], dtype=np.int64)


def _monthly(case: Case, rows: pl.DataFrame, batches: pl.DataFrame) -> Payouts:
    """Fees of whole months: every other merchant has them taken off its next deposit, the others as a line."""
    none = pl.DataFrame(schema={"merchant": pl.Int64, "day": pl.Int64, "amount": pl.Int64})
    monthly = np.flatnonzero(case.terms.fee_mode == MONTHLY)
    if not len(monthly):
        return Payouts(rows, batches, none)
    gross = rows.filter(pl.col("merchant").is_in(monthly.tolist()) & (pl.col("at") >= 0))
    gross = gross.with_columns(month=pl.Series(_months(case.terms, gross["at"].to_numpy() // DAY)))
    sums = gross.group_by("merchant", "month", "rate").agg(pl.col("amount").sum())
    sums = sums.with_columns(fee=pl.Series(half_up(sums["amount"].to_numpy(), sums["rate"].to_numpy())))
    owed = (
        sums.group_by("merchant", "month").agg(pl.col("fee").sum()).filter(pl.col("fee") > 0).sort("merchant", "month")
    )
    due_month = _months(case.terms, batches["due"].to_numpy())
    lines: list[tuple[int, int, int]] = []
    taken: dict[int, int] = {}
    first_days = _first_workdays(case.terms)
    for merchant, month, fee in owed.iter_rows():
        day = first_days.get(month + 1)
        if day is None:
            continue
        mine = np.flatnonzero(
            (batches["merchant"].to_numpy() == merchant) & (due_month == month + 1) & (batches["net"].to_numpy() > fee)
        )
        if merchant % 2 and len(mine):
            taken[int(batches["batch"][int(mine[0])])] = -fee
        else:
            lines.append((merchant, day, -fee))
    case.marks.add("fee_monthly", BATCH, sorted(taken))
    if taken:
        batches = batches.with_columns(adjust=pl.col("batch").replace_strict(taken, default=0, return_dtype=pl.Int64))
    return Payouts(rows, batches, pl.DataFrame(lines, schema=none.schema, orient="row"))


def _first_workdays(terms: Terms) -> dict[int, int]:
    """The first working day of each month that begins within the window."""
    found: dict[int, int] = {}
    for day in range(terms.days):
        on = terms.day(day)
        if is_workday(on) and not (day == 0 and on.day > 1):
            found.setdefault(on.year * 12 + on.month, day)
    first = terms.day(0)
    if first.day > 1:
        found.pop(first.year * 12 + first.month, None)
    return found
