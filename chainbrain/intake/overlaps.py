"""Tells repeats from overlapping exports among rows that bear no number of their own."""

from __future__ import annotations

import polars as pl

from chainbrain.database.book import Book
from chainbrain.intake.record_kind import RecordKind


def settle(book: Book, kind: RecordKind) -> None:
    """Give the classified rows of one kind that another file also has their state; the rule stands in overlap.sql."""
    book.run("imports/overlap_days", kind.names())
    if not book.one_of("select count(*) from overlap_days")[0]:
        return
    book.run("imports/overlap_rows", kind.names())
    waves = _waves(book)
    with book.loaded("waves_now", waves):
        book.execute("create or replace temp table overlap_waves as select * from waves_now")
    for wave in waves["wave"].unique().sort():
        book.run("imports/overlap", kind.names(), wave=wave)


def _waves(book: Book) -> pl.DataFrame:
    """When each file is judged, per source: after all earlier files that share one of its days."""
    last: dict[tuple[str, object], int] = {}
    found: dict[tuple[int, str], int] = {}
    files: dict[tuple[int, str], list[object]] = {}
    for file_no, source, day in book.rows_of("select distinct file_no, source, day from overlap_rows order by file_no"):
        files.setdefault((file_no, source), []).append(day)
    for (file_no, source), days in files.items():
        wave = 1 + max(last.get((source, day), 0) for day in days)
        found[file_no, source] = wave
        last.update(((source, day), wave) for day in days)
    return pl.DataFrame(
        [(file_no, source, wave) for (file_no, source), wave in found.items()],
        {"file_no": pl.Int64, "source": pl.String, "wave": pl.Int64},
        orient="row",
    )
