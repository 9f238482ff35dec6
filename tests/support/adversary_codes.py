"""Which differences a reconciled adversarial book lists, held code by code against those that were planted."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from chainbrain.database.book import Book
from chainbrain.demo.adversary import Truth

FOUND = "select distinct code, record_type, cast(record_id as varchar) as record_id from main.differences"


@dataclass(frozen=True)
class CodeScore:
    """Differences of one code: planted that must be found, those found, and reports that nothing planted explains.

    Attributes:
        missed: knob and record of what was planted and not found.
        unexplained: record type and record of what was reported although nothing planted explains it.
    """

    code: str
    planted: int
    found: int
    missed: tuple[tuple[str, str], ...]
    unexplained: tuple[tuple[str, str], ...]

    @property
    def false(self) -> int:
        return len(self.unexplained)


def f1(planted: int, found: int, false: int) -> float:
    """Harmonic mean of how much of the planted was found and how much of the reported was planted."""
    return 2 * found / (planted + found + false) if planted + false else 1.0


def codes(book: Book, truth: Truth, settled: pl.DataFrame) -> tuple[CodeScore, ...]:
    """Per code; a report on a tender counts for its payment and vice versa, one on a settlement for its batch."""
    found = frame(book, FOUND)
    batches = (
        settled.join(truth.payments.drop_nulls("batch_id"), on="payment_id", how="inner")
        .select("batch_id", record_id="settlement_id")
        .unique()
    )
    partner = pl.concat([
        truth.links.select(record_id="tender_id", same="payment_id"),
        truth.links.select(record_id="payment_id", same="tender_id"),
        batches.select("record_id", same="batch_id"),
    ])  # fmt: skip
    also = found.join(partner, on="record_id", how="inner")
    told = pl.concat([found.with_columns(same="record_id"), also.select(*found.columns, "same")])
    known = truth.differences.select("code", "duty", same="record_id")
    # Of a row that is there twice nobody knows which is the copy.
    twice = truth.payments.drop_nulls("same_as")
    told = pl.concat([
        told,
        told.join(twice.select(same="same_as", copy="payment_id"), on="same", how="inner")
        .with_columns(same="copy").select(told.columns),
    ])  # fmt: skip
    known_twice = known.join(twice.select(same="payment_id", original="same_as"), on="same", how="inner")
    known = pl.concat([known, known_twice.with_columns(same="original").select(known.columns)])
    explained = told.join(known, on=["code", "same"], how="semi").select("code", "record_id").unique()
    must = truth.differences.filter(pl.col("duty") == "must").select("code", same="record_id").unique()
    hit = must.join(told, on=["code", "same"], how="semi")
    false = found.select("code", "record_id").unique().join(explained, on=["code", "record_id"], how="anti")
    lost = must.join(told, on=["code", "same"], how="anti").join(
        truth.differences.select("code", "knob", same="record_id"), on=["code", "same"], how="left"
    )
    kinds = false.join(found, on=["code", "record_id"], how="left")
    names = sorted({*found["code"].to_list(), *must["code"].to_list()})

    def listed(rows: pl.DataFrame, code: str, *columns: str) -> tuple[tuple[str, str], ...]:
        return tuple(rows.filter(pl.col("code") == code).select(columns).unique().sort(columns).iter_rows())

    return tuple(
        CodeScore(
            code,
            must.filter(pl.col("code") == code).height,
            hit.filter(pl.col("code") == code).height,
            listed(lost, code, "knob", "same"),
            listed(kinds, code, "record_type", "record_id"),
        )
        for code in names
    )


def frame(book: Book, statement: str) -> pl.DataFrame:
    """The result of a short statement as columns, all ids in text."""
    book.execute(f"create or replace temp view scored as {statement}")
    names = [row[0] for row in book.rows_of("select column_name from (describe scored) order by all")]
    types = dict(book.rows_of("select column_name, column_type from (describe scored)"))
    rows = book.rows_of(f"select {', '.join(names)} from scored order by all")
    schema = {name: pl.Int64 if types[name] == "BIGINT" else pl.String for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row")
