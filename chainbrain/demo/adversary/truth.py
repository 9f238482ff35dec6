"""The answers: what each deposit pays, which tender is which payment, what was planted, where answers are equal."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from chainbrain.demo.adversary.answers import weigh
from chainbrain.demo.adversary.deposits import Deposits
from chainbrain.demo.adversary.fees import MILLI
from chainbrain.demo.adversary.gaps import SEEN
from chainbrain.demo.adversary.marks import BATCH, LINE, MERCHANT, ROW, SALE
from chainbrain.demo.adversary.parts import Parts
from chainbrain.demo.adversary.payouts import Payouts
from chainbrain.demo.adversary.planted import differences
from chainbrain.demo.adversary.terms import Terms


@dataclass(frozen=True)
class Truth:
    """Every id as the facts name it (``batch_id`` stands in no table); amounts in fen.

    Attributes:
        deposits: ``bank_line_id``, ``sort`` (payout, stranger, fee), ``amount``, ``names`` (what the memo says: right,
            other, misspelt, nothing), ``answers`` (batches that the book alone allows for a deposit that names nothing:
            same account and channel, due that day, the same sum to the fen; from two on nobody can tell which),
            ``rivals`` (the same within six days), ``provable`` (its batches, added up from the book, come to it).
        pays: ``bank_line_id``, ``batch_id``, ``amount``: a batch may have two deposits, a deposit several batches.
        batches: ``batch_id``, ``merchant_no``, ``due_on``, ``net``, ``adjust``, ``state`` (paid, lost, in_transit).
        payments: ``payment_id``, ``batch_id`` (none: not paid out, or a row that is there twice), ``net``, ``in_book``,
            ``same_as`` (the row that a bill repeats; without the wallet's number nobody can tell the two apart).
        links: ``tender_id``, ``payment_id`` that are one receipt, both in the book; ``keyed``.
        differences: ``code``, ``record_type``, ``record_id`` (a settlement is named by its ``batch_id``), ``duty``
            (must, may), ``knob``.
        oddities: ``knob``, ``record_type``, ``record_id`` of everything that was touched.
    """

    deposits: pl.DataFrame
    pays: pl.DataFrame
    batches: pl.DataFrame
    payments: pl.DataFrame
    links: pl.DataFrame
    differences: pl.DataFrame
    oddities: pl.DataFrame

    def causes(self, bank_line_id: str) -> tuple[str, ...]:
        """The knobs that touched a deposit, its batches, their payments or their merchants."""
        line = pl.Series([bank_line_id])
        batches = self.pays.filter(pl.col("bank_line_id").is_in(line.implode()))["batch_id"]
        rows = self.payments.filter(pl.col("batch_id").is_in(batches.implode()))["payment_id"]
        merchants = self.batches.filter(pl.col("batch_id").is_in(batches.implode()))["merchant_no"]
        touched = pl.concat([line, batches, rows, merchants])
        return tuple(sorted(set(self.oddities.filter(pl.col("record_id").is_in(touched.implode()))["knob"])))


def tell(parts: Parts) -> Truth:
    """Write down the answers of one draw."""
    numbers, terms, payouts, copies = parts.numbers, parts.case.terms, parts.payouts, parts.copies
    deposits, tenders = parts.deposits, parts.tenders
    rows = payouts.rows
    line = numbers.record("bank_line", pl.col("lid"))
    batch = numbers.record("batch", pl.col("batch"))
    payment = numbers.record("payment", pl.col("rid"))
    batches = _batches(terms, payouts, deposits)
    told = pl.concat([rows.with_columns(copy_of=pl.lit(-1, pl.Int64)), copies.select(*rows.columns, "copy_of")])
    found = parts.case.marks.frame()
    return Truth(
        deposits=weigh(parts).select(
            "sort", "amount", "names", "answers", "rivals", "provable", bank_line_id=line
        ),
        pays=deposits.pays.select("amount", bank_line_id=line, batch_id=batch),
        batches=batches.select(
            "net", "adjust", "state", merchant_no=_number(terms), batch_id=batch,
            due_on=pl.lit(terms.start) + pl.duration(days=pl.col("due").clip(-400, 4_000)),
        ),
        payments=told.select(
            payment_id=payment,
            batch_id=pl.when(pl.col("batch") >= 0).then(batch),
            net=pl.col("amount") * MILLI - pl.col("fee"),
            in_book=pl.col("hidden") == SEEN,
            same_as=pl.when(pl.col("copy_of") >= 0).then(numbers.record("payment", pl.col("copy_of"))),
        ),
        links=tenders.join(rows.filter(pl.col("hidden") == SEEN).select("rid"), on="rid", how="semi").select(
            "keyed", tender_id=numbers.record("tender", pl.col("tid")), payment_id=payment
        ),
        differences=differences(parts, batches),
        oddities=pl.concat([
            found.filter(pl.col("record") == kind).select(
                "knob", record_type=pl.col("record"), record_id=number
            )
            for kind, number in (
                (ROW, numbers.record("payment", pl.col("number"))), (BATCH, numbers.record("batch", pl.col("number"))),
                (LINE, numbers.record("bank_line", pl.col("number"))),
                (SALE, numbers.record("order", pl.col("number"))),
                (MERCHANT, pl.lit(pl.Series(terms.number)).gather(pl.col("number") % terms.size)),
            )
        ]),
    )  # fmt: skip


def _number(terms: Terms) -> pl.Expr:
    return pl.lit(pl.Series(terms.number)).gather(pl.col("merchant"))


def _batches(terms: Terms, payouts: Payouts, deposits: Deposits) -> pl.DataFrame:
    paid = deposits.pays["batch"].to_numpy()
    number = payouts.batches["batch"].to_numpy()
    state = np.where(np.isin(number, deposits.lost), "lost", np.where(np.isin(number, paid), "paid", "in_transit"))
    return payouts.batches.with_columns(state=pl.Series(state.tolist(), dtype=pl.String))
