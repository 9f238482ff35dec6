"""The score itself: an engine that knows the truth is right everywhere, and each way of being wrong is seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import adversary_book
import polars as pl
import pytest
import write_adversary
from adversary_book import Score

from chainbrain.database.book import Book
from chainbrain.demo.adversary import Draw, Knobs, draw
from chainbrain.demo.adversary.knots import EVERYTHING

MATCH = "00000009-0000-4000-8000-{}"


def answered(drawn: Draw, pays: pl.DataFrame, *, state: str = "confirmed", solutions: int = 1) -> Book:
    """A book in which an engine said which batches each deposit pays: one match per line, batches as settlements."""
    book = adversary_book.load(drawn)
    truth = drawn.truth
    file_id = drawn.facts.stores["file_id"][0]
    batches = truth.batches.select(
        settlement_id="batch_id", channel=pl.lit("wechat"), merchant_no="merchant_no",
        net=yuan(pl.col("net") + pl.col("adjust")), file_id=pl.lit(file_id),
    )  # fmt: skip
    book.append("base.settlements", batches)
    links = truth.payments.filter(pl.col("in_book") & pl.col("batch_id").is_not_null())
    days = drawn.facts.payments.select("payment_id", business_day=pl.col("occurred_at").dt.date())
    book.append(
        "base.payment_links",
        links.join(days, on="payment_id").select("payment_id", "business_day", settlement_id="batch_id"),
    )
    matches = pays.select("bank_line_id").unique(maintain_order=True).with_row_index("number")
    matches = matches.with_columns(match_id=pl.format(MATCH, pl.col("number").cast(pl.String).str.zfill(12)))
    book.append(
        "base.matches",
        matches.select(
            "match_id", kind=pl.lit("settlement_bank"), state=pl.lit(state), stage=pl.lit("told"),
            solutions=pl.lit(solutions), created_at=pl.lit("2026-08-01 00:00:00"), created_by=pl.lit("test"),
        ),
    )  # fmt: skip
    sides = pays.join(matches, on="bank_line_id")
    # A part of a batch that came in two: the inner side says how much of it this deposit is.
    inner = sides.select("match_id", side=pl.lit("inner"), record_type=pl.lit("settlement"), record_id="batch_id",
                         amount=yuan(pl.col("amount")))  # fmt: skip
    lines = drawn.truth.deposits.join(matches, on="bank_line_id").select(
        "match_id", side=pl.lit("outer"), record_type=pl.lit("bank_line"), record_id="bank_line_id",
        amount=yuan(pl.col("amount")),
    )  # fmt: skip
    book.append("base.match_members", pl.concat([inner, lines]))
    return book


def yuan(fen: pl.Expr) -> pl.Expr:
    return fen.cast(pl.Decimal(38, 2)) / 100


def scored(drawn: Draw, pays: pl.DataFrame, *, state: str = "confirmed", solutions: int = 1) -> Score:
    book = answered(drawn, pays, state=state, solutions=solutions)
    try:
        return adversary_book.score(book, drawn.truth)
    finally:
        book.close()


@pytest.fixture(scope="module")
def odd() -> Draw:
    return draw(4, replace(EVERYTHING, missing_file=0, missing_day=0, before_book=False), stores=6, days=30)


def test_who_knows_the_truth_confirms_everything_and_nothing_wrong(odd: Draw) -> None:
    score = scored(odd, odd.truth.pays)
    assert score.deposits == odd.truth.pays["bank_line_id"].n_unique()
    assert score.confirmed == score.deposits
    assert score.false_confirms == ()
    assert score.confirmed_right == score.deposits - _without_rows(odd)
    assert score.provable_right == score.provable > 0


def _without_rows(drawn: Draw) -> int:
    """Deposits of which the book shows no payment at all."""
    shown = drawn.truth.payments.filter("in_book").drop_nulls("batch_id").select("batch_id").unique()
    return (
        drawn.truth.pays["bank_line_id"].n_unique()
        - drawn.truth.pays.join(shown, on="batch_id", how="semi")["bank_line_id"].n_unique()
    )


def test_a_swapped_pair_is_two_false_confirms_with_their_causes(odd: Draw) -> None:
    singles = odd.truth.pays.filter(pl.col("bank_line_id").is_unique() & pl.col("batch_id").is_unique())
    line, other = singles["bank_line_id"][0], singles["bank_line_id"][1]
    swapped = odd.truth.pays.with_columns(bank_line_id=pl.col("bank_line_id").replace({line: other, other: line}))
    amounts = odd.truth.deposits.select("bank_line_id", whole="amount")
    swapped = swapped.join(amounts, on="bank_line_id").with_columns(
        amount=pl.when(pl.col("bank_line_id").is_in([line, other])).then("whole").otherwise("amount")
    )
    score = scored(odd, swapped)
    assert {wrong.bank_line_id for wrong in score.false_confirms} == {line, other}
    assert all(
        wrong.same_amount and wrong.wrong_payments and not wrong.right_payments for wrong in score.false_confirms
    )
    assert score.false_confirms[0].causes == odd.truth.causes(score.false_confirms[0].bank_line_id)


def test_an_equal_payment_may_stand_for_one_that_no_bill_shows(odd: Draw) -> None:
    """Of a batch one payment is not in the book and an equal one is: the engine can only take the one there is."""
    truth = odd.truth
    shown = truth.payments.filter(pl.col("in_book") & pl.col("same_as").is_null()).drop_nulls("batch_id")
    several = shown.filter(pl.len().over("batch_id") > 2)
    mine, batch, net = several.select("payment_id", "batch_id", "net").row(0)
    for other, wrong in ((net, 0), (net + 1_000, 1)):
        unseen = several.head(1).with_columns(
            payment_id=pl.lit("unseen"), in_book=pl.lit(value=False), net=pl.lit(other, pl.Int64)
        )
        # the payment of the book is paid by nobody, the one that nobody shows by the batch
        payments = truth.payments.with_columns(batch_id=pl.when(pl.col("payment_id") != mine).then("batch_id"))
        told = replace(truth, payments=pl.concat([payments, unseen.select(payments.columns)]))
        book = answered(odd, truth.pays)
        found = adversary_book.score(book, told)
        book.close()
        lines = set(truth.pays.filter(pl.col("batch_id") == batch)["bank_line_id"])
        assert {one.bank_line_id for one in found.false_confirms} == (lines if wrong else set())


def test_a_named_batch_of_another_amount_is_its_own_class(odd: Draw) -> None:
    line = odd.truth.pays["bank_line_id"][0]
    short = odd.truth.pays.with_columns(
        amount=pl.when(pl.col("bank_line_id") == line).then(pl.col("amount") - 1).otherwise("amount")
    )
    score = scored(odd, short)
    assert score.named_other_amount == 1
    assert score.false_confirms == ()


def test_several_answers_count_as_told_only_when_they_are_not_confirmed() -> None:
    drawn = draw(1, Knobs(equal_batches=80, memo_named=0), stores=6, days=20)
    told = scored(drawn, drawn.truth.pays, state="suggested", solutions=2)
    assert told.ambiguous == told.ambiguous_told > 0
    assert (told.confirmed, told.suggested, told.suggested_true) == (0, told.deposits, told.deposits)
    sure = scored(drawn, drawn.truth.pays)
    assert sure.ambiguous_confirmed == sure.ambiguous
    assert sure.ambiguous_told == 0


def test_links_and_codes_are_held_against_what_was_planted(odd: Draw) -> None:
    book = adversary_book.load(odd)
    truth = odd.truth
    differences = truth.differences.filter(pl.col("duty") == "must").with_row_index("number").select(
        "code", "record_type", "record_id", state=pl.lit("open"), amount=pl.lit("1.00"),
        difference_id=pl.format(MATCH, pl.col("number").cast(pl.String).str.zfill(12)),
    )  # fmt: skip
    one = truth.links["tender_id"][0]
    extra = differences.head(1).with_columns(
        code=pl.lit("D02"), record_id=pl.lit(one), difference_id=pl.lit(MATCH.format("9" * 12))
    )
    book.append("base.differences", pl.concat([differences, extra]))
    score = adversary_book.score(book, truth)
    book.close()
    for code in score.codes:
        assert code.false == (code.code == "D02"), code
        assert code.found == code.planted > 0 or code.code == "D02", code
    assert (score.links_confirmed, score.links_missed) == (0, truth.links.height)


def test_a_draw_can_be_written_down_to_be_looked_at(tmp_path: Path) -> None:
    assert write_adversary.main(["twins", "1", str(tmp_path)]) == 0
    lines = pl.read_parquet(tmp_path / "facts" / "bank_lines.parquet")
    truth = pl.read_parquet(tmp_path / "truth" / "deposits.parquet")
    assert set(lines["bank_line_id"]) == set(truth["bank_line_id"])
    assert write_adversary.main(["no such knot", "1", str(tmp_path)]) == 2


def test_another_order_of_the_rows_is_the_same_book() -> None:
    drawn = draw(6, Knobs(), stores=2, days=6)
    one, other = adversary_book.load(drawn), adversary_book.load(drawn, order=9)
    listing = "select payment_id from base.payments order by all"
    assert one.rows_of(listing) == other.rows_of(listing)
    assert one.rows_of("select payment_id from base.payments") != other.rows_of("select payment_id from base.payments")
    one.close()
    other.close()
