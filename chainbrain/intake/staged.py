"""Staged rows compared with what the book has: given ids, new told from seen from suspect, decided about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.database.book import Book
from chainbrain.importers.plan import Differing, MemberReading, RowCounts, RowProblem
from chainbrain.intake import held, overlaps
from chainbrain.intake.decisions import NEW, Decisions, RowPlace
from chainbrain.intake.record_kind import BECOMES, RecordKind
from chainbrain.intake.records import RECORD_KINDS
from chainbrain.progress import Report

# How many suspect rows of one run are listed by line; the count is always exact.
LISTED_SUSPECTS: Final = 20_000


@dataclass(frozen=True)
class StagedFile:
    """A read file on its way: its place in the run and its id."""

    file_no: int
    file_id: str
    reading: MemberReading


def compare(book: Book, files: Sequence[StagedFile], report: Report) -> None:
    """Load the staged columns into temporary tables and tell new from seen from suspect.

    Nothing of the book changes. The tables stay until the next call: ``written.write`` writes exactly what was compared
    and decided.
    """
    _name_files(book, files)
    for number, kind in enumerate(RECORD_KINDS):
        book.execute(f"drop table if exists classified_{kind.kind}")
        paths = [str(file.reading.staged[kind.kind]) for file in files if kind.kind in file.reading.staged]
        if not paths:
            continue
        report(number, len(RECORD_KINDS), "progress.comparing")
        book.run("imports/stage", kind.names(), paths=paths)
        book.run("imports/classify", kind.names())
        if kind.source:
            overlaps.settle(book, kind)
        if kind.kind == "payments":
            book.run("imports/refunds_again")
            book.run("imports/bills_again")
        if kind.kind == "wallet_lines":
            book.run("imports/wallet_refunds_again")
            book.run("imports/wallet_charges_again")
        if kind.kind == "order_items":
            book.run("imports/items_again")
    held.hold(book, compared(book))


def decide(book: Book, decisions: Decisions) -> bool:
    """Note on the compared rows what was decided about them.

    Returns:
        Whether that may also move rows of files that the decisions do not name.
    """
    frame = pl.DataFrame(
        [(place.file_id, place.sheet, place.line, word) for place, word in decisions.rows.items()],
        {"file_id": pl.String, "sheet": pl.String, "line": pl.Int64, "decision": pl.String},
        orient="row",
    )
    with book.loaded("decided_now", frame):
        book.execute(
            "create or replace temp table row_decisions as "
            "select cast(file_id as uuid) as file_id, sheet, line, decision from decided_now"
        )
    kinds = compared(book)
    for kind in kinds:
        book.run("imports/decide_rows", kind.names(), others=NEW if decisions.accept_suspect else None)
        if kind.kind == "order_items":
            book.run("imports/decide_orders")
    return held.bring(book, kinds)


def divide(book: Book, file_ids: Iterable[str]) -> dict[str, RowCounts]:
    """How the rows of these files divide after the decisions, per file id."""
    kinds = compared(book)
    if not kinds:
        return {}
    with book.loaded("divided_now", pl.DataFrame({"file_id": list(file_ids)}, {"file_id": pl.String})):
        book.execute(
            "create or replace temp table divided_files as select cast(file_id as uuid) as file_id from divided_now"
        )
    lines = " union all ".join(
        f"select file_id, sheet, line, rows, {BECOMES} as state, state as found from classified_{kind.kind}"
        for kind in kinds
    )
    book.execute(f"create or replace temp view classified_lines as {lines}")
    return {row[0]: RowCounts(new=row[1], seen=row[2], suspect=row[3]) for row in book.rows("imports/counts")}


def suspects(book: Book) -> dict[str, tuple[RowProblem, ...]]:
    """The suspect rows of the comparison per file id, whatever was decided about them."""
    found: dict[str, list[RowProblem]] = {}
    for kind in compared(book):
        names = kind.names()
        for file_id, sheet, line, column, text, code, differing in book.rows_of(
            f"select cast(file_id as varchar), sheet, line, {names['shown_name']}, {names['shown_value']}, code, "
            f"differing from classified_{kind.kind} where state = 'suspect' "
            f"order by file_no, sheet, line limit {LISTED_SUSPECTS}"
        ):
            found.setdefault(file_id, []).append(
                RowProblem(line, column, text or "", code, "suspect", sheet, differing=differing_of(differing))
            )
    return {file_id: tuple(problems) for file_id, problems in found.items()}


def differing_of(found: Sequence[Mapping[str, str | None]] | None) -> tuple[Differing, ...]:
    """The fields in which a row contradicts what is known, from a column ``differing``."""
    return tuple(Differing(one["field"] or "", one["file"], one["known"]) for one in found or ())


def suspect_places(book: Book) -> set[RowPlace]:
    """Every line of the comparison with a suspect record, whatever was decided about it."""
    return {
        RowPlace(*place)
        for kind in compared(book)
        for place in book.rows_of(
            f"select distinct cast(file_id as varchar), line, sheet from classified_{kind.kind} where state = 'suspect'"
        )
    }


def _name_files(book: Book, files: Sequence[StagedFile]) -> None:
    frame = pl.DataFrame(
        [
            {"file_no": file.file_no, "file_id": file.file_id, "path": str(path)}
            for file in files
            for path in file.reading.staged.values()
        ],
        {"file_no": pl.Int64, "file_id": pl.String, "path": pl.String},
    )
    with book.loaded("staged_now", frame):
        book.execute(
            "create or replace temp table staged_files as "
            "select file_no, cast(file_id as uuid) as file_id, path from staged_now"
        )


def compared(book: Book) -> list[RecordKind]:
    """The kinds of record that the open comparison holds."""
    there = {
        row[0] for row in book.rows_of("select table_name from duckdb_tables() where table_name like 'classified_%'")
    }
    return [kind for kind in RECORD_KINDS if f"classified_{kind.kind}" in there]
