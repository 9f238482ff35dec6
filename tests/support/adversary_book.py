"""Puts a drawn adversary into a book in memory and holds what the engine says of it against the truth."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from adversary_codes import CodeScore, codes, frame

from chainbrain.database.book import Book
from chainbrain.demo.adversary import Draw, Truth

MATCHED = """
select cast(m.match_id as varchar) as match_id, m.state, cast(m.solutions as bigint) as solutions, o.side,
       o.record_type, cast(o.record_id as varchar) as record_id, cast(round(o.amount * 100) as bigint) as fen
from main.matches m join main.match_members o on o.match_id = m.match_id
where m.kind = 'settlement_bank' and m.state in ('confirmed', 'suggested')
"""
SETTLED = """
select cast(settlement_id as varchar) as settlement_id, cast(payment_id as varchar) as payment_id
from base.payment_links where settlement_id is not null
"""
TENDERS = """
select cast(i.record_id as varchar) as tender_id, cast(o.record_id as varchar) as payment_id
from main.matches m
join main.match_members i on i.match_id = m.match_id and i.side = 'inner'
join main.match_members o on o.match_id = m.match_id and o.side = 'outer'
where m.kind = 'tender_payment' and m.state = 'confirmed'
"""


@dataclass(frozen=True)
class FalseConfirm:
    """One confirmed deposit that is wrong.

    Attributes:
        same_amount: a false proof; otherwise a batch that the engine took for named although its amount differs.
        names, answers, rivals: what the deposit's memo says and how unique its amount is (see ``Truth.deposits``).
        causes: the knobs that touched it.
    """

    bank_line_id: str
    match_id: str
    same_amount: bool
    wrong_payments: int
    right_payments: int
    names: str
    answers: int
    rivals: int
    causes: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """What an engine made of one draw.

    Attributes:
        deposits: deposits that pay something of ours; ``provable`` those whose batches can be added up from the book.
        confirmed: deposits with a confirmed match; ``confirmed_right`` to the payment and the fen.
        named_other_amount: confirmed deposits whose amount differs from what they are matched with: a batch known by
            name with a difference; right when it shares payments with the truth.
        false_confirms: everything confirmed that the truth contradicts.
        suggested: deposits with suggestions alone; ``suggested_true`` those among whose suggestions the truth is.
        ambiguous: deposits with several equal answers; ``ambiguous_told`` reported as several, ``ambiguous_confirmed``
            confirmed all the same.
        links: tenders whose payment is in the book; ``links_confirmed`` right, ``links_wrong`` are
            tenders confirmed with another payment, of any kind.
    """

    deposits: int
    provable: int
    confirmed: int
    confirmed_right: int
    provable_right: int
    named_other_amount: int
    false_confirms: tuple[FalseConfirm, ...]
    suggested: int
    suggested_true: int
    ambiguous: int
    ambiguous_told: int
    ambiguous_confirmed: int
    links: int
    links_confirmed: int
    links_wrong: tuple[tuple[str, str], ...]
    links_missed: int
    codes: tuple[CodeScore, ...]

    @property
    def links_false(self) -> int:
        return len(self.links_wrong)


def load(drawn: Draw, *, order: int | None = None) -> Book:
    """A book in memory with the facts of the draw; ``order`` is the seed of another order of the rows."""
    book = Book.in_memory()
    with book.transaction():
        for table, frame in drawn.facts.tables().items():
            if frame.height:
                rows = frame if order is None else frame.sample(fraction=1, shuffle=True, seed=order)
                book.append(f"base.{table}", rows)
    return book


def score(book: Book, truth: Truth) -> Score:
    """Hold the reconciled book against the truth."""
    matches = frame(book, MATCHED)
    lines, wrong = judged(book, matches, truth)
    payouts = truth.deposits.filter(pl.col("sort") == "payout")
    confirmed = lines.filter(pl.col("state") == "confirmed")
    right = confirmed.filter(pl.col("same_amount") & (pl.col("wrong") == 0) & (pl.col("right") > 0))
    only = lines.filter(pl.col("state") == "suggested").join(confirmed, on="bank_line_id", how="anti")
    several = truth.deposits.filter(pl.col("answers") > 1)
    told = only.filter(pl.col("solutions") > 1)
    provable = payouts.filter("provable")
    tenders = _original(frame(book, TENDERS), truth)
    true = truth.links.select("tender_id", "payment_id")
    links_right = tenders.join(true, on=["tender_id", "payment_id"], how="semi").height
    wrong_links = tenders.join(true, on=["tender_id", "payment_id"], how="anti").select("tender_id", "payment_id")
    return Score(
        deposits=payouts.height,
        provable=provable.height,
        confirmed=confirmed["bank_line_id"].n_unique(),
        confirmed_right=right["bank_line_id"].n_unique(),
        provable_right=provable.join(right, on="bank_line_id", how="semi").height,
        named_other_amount=confirmed.filter(~pl.col("same_amount"))["bank_line_id"].n_unique(),
        false_confirms=wrong,
        suggested=only["bank_line_id"].n_unique(),
        suggested_true=only.filter((pl.col("wrong") == 0) & (pl.col("right") > 0))["bank_line_id"].n_unique(),
        ambiguous=several.height,
        ambiguous_told=several.join(told, on="bank_line_id", how="semi").height,
        ambiguous_confirmed=several.join(confirmed, on="bank_line_id", how="semi").height,
        links=truth.links.height,
        links_confirmed=links_right,
        links_wrong=tuple(wrong_links.sort(pl.all()).iter_rows()),
        links_missed=truth.links.height - links_right,
        codes=codes(book, truth, frame(book, SETTLED)),
    )


def judged(book: Book, matches: pl.DataFrame, truth: Truth) -> tuple[pl.DataFrame, tuple[FalseConfirm, ...]]:
    """One row per match and deposit: how many of its payments the truth pays with that deposit, and how many not."""
    sides = {side: matches.filter(pl.col("side") == side) for side in ("inner", "outer")}
    inner = sides["inner"].filter(pl.col("record_type") == "settlement")
    outer = sides["outer"].filter(pl.col("record_type") == "bank_line")
    sums = (
        inner.group_by("match_id")
        .agg(expects=pl.col("fen").sum())
        .join(outer.group_by("match_id").agg(brings=pl.col("fen").sum()), on="match_id", how="inner")
    )
    settled = _original(frame(book, SETTLED), truth)
    payments = inner.select("match_id", settlement_id="record_id").join(settled, on="settlement_id", how="inner")
    paid = (
        truth.pays.select("bank_line_id", "batch_id")
        .unique()
        .join(truth.payments.filter(pl.col("batch_id").is_not_null()), on="batch_id", how="inner")
        .select("bank_line_id", "payment_id", "in_book")
    )
    true = paid.filter("in_book").select("bank_line_id", "payment_id").with_columns(true=pl.lit(value=True))
    lines = outer.select("match_id", "state", "solutions", bank_line_id="record_id")
    told = (
        lines.join(payments, on="match_id", how="left")
        .join(true, on=["bank_line_id", "payment_id"], how="left")
        .group_by("match_id", "bank_line_id", "state", "solutions")
        .agg(
            right=pl.col("true").fill_null(value=False).sum().cast(pl.Int64),
            wrong=(pl.col("true").is_null() & pl.col("payment_id").is_not_null()).sum().cast(pl.Int64),
        )
        .join(sums, on="match_id", how="left")
        .with_columns(same_amount=(pl.col("expects") == pl.col("brings")).fill_null(value=False))
        .join(_swapped(lines, payments, paid, truth), on=["match_id", "bank_line_id"], how="left")
        .with_columns(wrong=pl.when(pl.col("swapped").fill_null(value=False)).then(0).otherwise("wrong"))
        .sort("bank_line_id", "match_id")
    )
    false = told.filter(
        (pl.col("state") == "confirmed")
        & ((pl.col("same_amount") & ((pl.col("wrong") > 0) | (pl.col("right") == 0))) | (pl.col("right") == 0))
    )
    wrong = tuple(
        FalseConfirm(line, *rest, truth.causes(line))
        for line, *rest in false.join(truth.deposits, on="bank_line_id", how="left")
        .select("bank_line_id", "match_id", "same_amount", "wrong", "right", "names", "answers", "rivals")
        .iter_rows()
    )
    return told, wrong


def _swapped(lines: pl.DataFrame, payments: pl.DataFrame, paid: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """Matches whose wrong payments are, net for net, those that they lack: equal ones taken for each other.

    Lacking are those of the book; where these are others, those that no bill shows as well: a sale of a day without a
    bill that slipped into the next payout, from which an equal one was held back, cannot be told from that one.
    """
    nets = truth.payments.select("payment_id", "net")
    keys = ["match_id", "bank_line_id"]
    claimed = lines.select(keys).join(payments, on="match_id", how="inner")
    sides = {
        "extra": claimed.join(paid, on=["bank_line_id", "payment_id"], how="anti"),
        **{
            name: lines.select(keys)
            .join(rows, on="bank_line_id", how="inner")
            .join(claimed, on=[*keys, "payment_id"], how="anti")
            for name, rows in (("lacking", paid.filter("in_book")), ("lacking_all", paid))
        },
    }
    sums = [
        frame.join(nets, on="payment_id", how="inner").group_by(keys).agg(pl.col("net").sort().alias(name))
        for name, frame in sides.items()
    ]
    return (
        sums[0].join(sums[1], on=keys, how="left").join(sums[2], on=keys, how="left")
        .select(
            *keys,
            swapped=(pl.col("extra") == pl.col("lacking")).fill_null(value=False)
            | (pl.col("extra") == pl.col("lacking_all")).fill_null(value=False),
        )
    )  # fmt: skip


def _original(frame: pl.DataFrame, truth: Truth) -> pl.DataFrame:
    """A repeated row stands for the row that it repeats."""
    twice = truth.payments.drop_nulls("same_as").select("payment_id", "same_as")
    return (
        frame.join(twice, on="payment_id", how="left")
        .with_columns(payment_id=pl.coalesce("same_as", "payment_id"))
        .drop("same_as")
    )
