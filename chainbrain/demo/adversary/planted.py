"""The differences that a perfect reconciliation would list, and those that it may list besides."""

from __future__ import annotations

import polars as pl

from chainbrain.demo.adversary.deposits import STRANGER
from chainbrain.demo.adversary.doubts import doubted, untold
from chainbrain.demo.adversary.fees import MILLI, stated_fee
from chainbrain.demo.adversary.gaps import COLLISION, SEEN
from chainbrain.demo.adversary.marks import BATCH, LINE, ROW
from chainbrain.demo.adversary.memos import MISSPELT, OTHER
from chainbrain.demo.adversary.parts import Parts
from chainbrain.demo.adversary.sales import CHARGEBACK
from chainbrain.demo.adversary.sales import SALE as PAID
from chainbrain.demo.adversary.terms import BATCH as BY_DEPOSIT
from chainbrain.demo.adversary.terms import DAY, EXACT, ITEM, MONTHLY

MUST, MAY = "must", "may"
"""Whether a planted difference has to be found, or may be called so although it need not."""
_BANK_WAITS = 6
"""Days after the due day for which a statement must go on before a deposit is certainly missing."""


def differences(parts: Parts, batches: pl.DataFrame) -> pl.DataFrame:
    """One row per difference: ``code``, ``record_type``, ``record_id``, ``duty``, ``knob``."""
    return pl.concat([_of_the_till(parts), _of_the_bill(parts), _of_the_bank(parts, batches)])


def _of_the_till(parts: Parts) -> pl.DataFrame:
    """Tenders that no wallet row answers although its day is vouched for."""
    tender = parts.numbers.record("tender", pl.col("tid"))
    tenders, rows = parts.tenders, parts.payouts.rows
    covered = tenders.filter(
        pl.Series(parts.there[tenders["merchant"].to_numpy(), tenders["at"].to_numpy() // DAY], dtype=pl.Boolean)
    )
    unseen = rows.filter(pl.col("hidden").is_in(["missing_rows", COLLISION])).select("rid", "hidden")
    without = covered.join(unseen, on="rid", how="inner")
    return pl.concat([
        _told(covered.filter(pl.col("rid") < 0), "D01", "tender", tender, pl.lit("till_only")),
        _told(without.filter(~pl.col("refund")), "D01", "tender", tender, pl.col("hidden")),
        _told(without.filter("refund"), "D06", "tender", tender, pl.col("hidden")),
    ])  # fmt: skip


def _of_the_bill(parts: Parts) -> pl.DataFrame:
    """Rows of the bills that the till does not know, knows otherwise, or that cost what no contract says."""
    payment = parts.numbers.record("payment", pl.col("rid"))
    terms = parts.case.terms
    seen = parts.payouts.rows.filter(pl.col("hidden") == SEEN)
    found = parts.case.marks.frame().filter(pl.col("record") == ROW).select("knob", rid="number")
    marked = found.join(seen, on="rid", how="inner")
    mode = terms.fee_mode[seen["merchant"].to_numpy()]
    audit = seen.filter(pl.Series((mode == ITEM) | (mode == EXACT)))
    off = audit.with_columns(expected=pl.Series(stated_fee(terms, audit))).filter(
        ((pl.col("fee") - pl.col("expected")).abs() >= MILLI) & (pl.col("fee") != 0)
    )
    # The copy of a row shows its fee once more.
    again = parts.copies.join(off, left_on="copy_of", right_on="rid", how="semi")
    tampered = found.filter(pl.col("knob") == "fee_tampered")
    sales, backs = off.filter(pl.col("kind") == PAID), off.filter(pl.col("kind") != PAID)
    one_sided = [
        _told(marked.filter(pl.col("knob") == knob), code, "payment", payment, pl.lit(knob))
        for knob, code in (("wallet_only", "D02"), ("amount_differs", "D03"), ("refund_one_sided", "D06"))
    ]
    # A chargeback has no tender; whether that is called one-sided is a matter of words. A refund gives the sale's own
    # fee back, right by the sale and wrong by the contract.
    charged = seen.filter(pl.col("kind") == CHARGEBACK)
    return pl.concat([
        *one_sided,
        _told(parts.copies, "D05", "payment", payment, pl.lit("duplicate_rows")),
        _told(charged, "D06", "payment", payment, pl.lit("chargebacks"), MAY),
        _told(sales.join(tampered, on="rid", how="semi"), "D07", "payment", payment, pl.lit("fee_tampered")),
        _told(sales.join(tampered, on="rid", how="anti"), "D07", "payment", payment, pl.lit("rate_silent")),
        _told(backs, "D07", "payment", payment, pl.lit("rate_silent"), MAY),
        _told(again, "D07", "payment", payment, pl.lit("duplicate_rows"), MAY),
    ])  # fmt: skip


def _of_the_bank(parts: Parts, batches: pl.DataFrame) -> pl.DataFrame:
    """Deposits that never came, those that nobody sent for, and those that cannot agree with what the bills show."""
    line, batch = parts.numbers.record("bank_line", pl.col("lid")), parts.numbers.record("batch", pl.col("batch"))
    whole = parts.payouts.rows.group_by("batch").agg(seen=(pl.col("hidden") == SEEN).all())
    known = batches.join(whole, on="batch", how="left")
    certain = (pl.col("due") < parts.case.terms.days - _BANK_WAITS) & pl.col("seen")
    # What is drawn by hand, or comes nobody knows when, is not missing from any deposit that could be named.
    certain &= ~pl.col("batch").is_in(_trapped(parts)) & ~pl.col("merchant").is_in(untold(parts).tolist())
    lost = known.filter(pl.col("state") == "lost")
    strangers = parts.worded.filter(pl.col("sort") == STRANGER)
    open_to = doubted(parts, strangers)
    touched = _touched(parts)
    lines = parts.deposits.pays.join(touched, on="batch", how="semi").select("lid").unique()
    misnamed = parts.worded.filter(pl.col("names").is_in([OTHER, MISSPELT])).select("lid")
    return pl.concat([
        _told(lost.filter(certain), "D08", "settlement", batch, pl.lit("never_come")),
        _told(lost.filter(~certain), "D08", "settlement", batch, pl.lit("never_come"), MAY),
        _told(strangers.filter(~open_to), "D09", "bank_line", line, pl.lit("strangers")),
        _told(strangers.filter(open_to), "D09", "bank_line", line, pl.lit("strangers"), MAY),
        _told(touched, "D08", "settlement", batch, pl.lit("touched"), MAY),
        _told(touched, "D12", "settlement", batch, pl.lit("touched"), MAY),
        _told(pl.concat([lines, misnamed]).unique(), "D09", "bank_line", line, pl.lit("touched"), MAY),
    ])  # fmt: skip


def _touched(parts: Parts) -> pl.DataFrame:
    """Batches whose deposit differs in sum, number or day from what their bills let one expect."""
    rows, pays = parts.payouts.rows, parts.deposits.pays
    found = parts.case.marks.frame()
    odd = rows.filter((pl.col("hidden") != SEEN) | (pl.col("natural") != pl.col("batch")))
    copied = rows.join(parts.copies.select(rid="copy_of"), on="rid", how="semi")
    return (
        pl.concat([
            found.filter(pl.col("record") == BATCH).select(batch="number"),
            found.filter(pl.col("record") == LINE).join(pays, left_on="number", right_on="lid").select("batch"),
            odd.select("batch"), odd.select(batch="natural"), copied.select("batch"),
            parts.payouts.batches.filter(pl.col("adjust") != 0).select("batch"), _rerated(parts),
        ])
        .unique()
        .filter(pl.col("batch") >= 0)
        .sort("batch")
    )  # fmt: skip


def _trapped(parts: Parts) -> list[int]:
    """Batches that another one's deposit equals to the fen: whether their own came cannot be told from the book."""
    found = parts.case.marks.frame()
    return found.filter((pl.col("knob") == COLLISION) & (pl.col("record") == BATCH))["number"].to_list()


def _rerated(parts: Parts) -> pl.DataFrame:
    """Batches under a new rate that no bill prints and, unless each deposit bears it, no contract tells."""
    terms, batches = parts.case.terms, parts.payouts.batches
    merchant = batches["merchant"].to_numpy()
    unseen = (terms.fee_mode == BY_DEPOSIT) | (terms.fee_mode == MONTHLY)
    return batches.filter(
        pl.Series((unseen & (terms.new_rate != terms.rate))[merchant])
        & (pl.col("last_day") >= pl.Series(terms.changes[merchant]))
    ).select("batch")


def _told(frame: pl.DataFrame, code: str, kind: str, record: pl.Expr, knob: pl.Expr, duty: str = MUST) -> pl.DataFrame:  # noqa: PLR0917 -- one row in words
    return frame.select(code=pl.lit(code), record_type=pl.lit(kind), record_id=record, duty=pl.lit(duty), knob=knob)
