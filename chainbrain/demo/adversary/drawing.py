"""One draw: the facts of a book, and the truth about them."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from chainbrain.demo.adversary import memos, returns, sales, terms, till
from chainbrain.demo.adversary.batches import Settling, postpone
from chainbrain.demo.adversary.case import Case
from chainbrain.demo.adversary.collide import collide
from chainbrain.demo.adversary.deposits import arrive
from chainbrain.demo.adversary.facts import Facts, Writer
from chainbrain.demo.adversary.fees import charge
from chainbrain.demo.adversary.gaps import SEEN, hide, repeat, vouched
from chainbrain.demo.adversary.knobs import Knobs
from chainbrain.demo.adversary.marks import Marks
from chainbrain.demo.adversary.parts import Parts
from chainbrain.demo.adversary.payouts import pay_out
from chainbrain.demo.adversary.terms import DAY
from chainbrain.demo.adversary.truth import Truth, tell

MOST_DAYS = 400


@dataclass(frozen=True)
class Draw:
    """What was asked for and what came of it."""

    seed: int
    knobs: Knobs
    stores: int
    days: int
    facts: Facts
    truth: Truth


def draw(seed: int, knobs: Knobs, stores: int = 8, days: int = 30) -> Draw:
    """Make the facts of a book and the truth about them; the same arguments give the same book.

    Args:
        seed: any whole number.
        knobs: what is odd.
        stores: 1 to 1,000; each has two merchant numbers.
        days: length of the window, at most 400.

    Raises:
        ValueError: stores or days out of range.
    """
    if not (1 <= stores <= 1_000 and 2 <= days <= MOST_DAYS):
        raise ValueError(f"{stores} stores, {days} days")
    marks = Marks()
    case = Case(seed, knobs, terms.agree(seed, knobs, stores, days, marks), marks)
    settling = Settling(case)
    there = vouched(case)
    rows = charge(case, returns.give_back(case, sales.sell(case)))
    rows = postpone(case, hide(case, rows, there))
    paid_at = rows["at"].to_numpy() + rows["delay"].to_numpy() * DAY
    rows = rows.with_columns(batch=pl.Series(settling.batch(rows["merchant"].to_numpy(), paid_at)))
    rows, traps = collide(case, settling, rows)
    payouts = pay_out(case, settling, rows)
    deposits = arrive(case, settling, payouts, traps)
    worded = memos.word(case, deposits.lines)
    copies = repeat(case, payouts.rows)
    tenders = till.ring(case, payouts.rows, copies)
    writer = Writer(case)
    shown = pl.concat([
        payouts.rows.with_columns(copy_of=pl.lit(-1, pl.Int64)).filter(pl.col("hidden") == SEEN),
        copies.select(*payouts.rows.columns, "copy_of"),
    ])  # fmt: skip
    facts = Facts(
        **writer.master(there, payouts.rows),
        payments=writer.payments(shown),
        tenders=writer.tenders(tenders),
        orders=writer.orders(tenders),
        bank_lines=writer.bank_lines(worded),
    )
    truth = tell(Parts(case, writer.numbers, payouts, copies, worded, deposits, tenders, there))
    return Draw(seed, knobs, stores, days, facts, truth)
