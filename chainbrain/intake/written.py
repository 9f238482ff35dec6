"""Compared rows written into the book, file by file, and taken out of it again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import datetime

import polars as pl

from chainbrain.database.book import Book
from chainbrain.importers.plan import FilePlan, ImportPlan
from chainbrain.intake.records import ENTERED_KINDS, RECORD_KINDS
from chainbrain.intake.staged import compared
from chainbrain.progress import Report


def choose(book: Book, plans: Iterable[FilePlan]) -> None:
    """Name the files that ``told`` and ``write`` are about."""
    with book.loaded(
        "writing_now", pl.DataFrame({"file_id": [plan.file_id for plan in plans]}, {"file_id": pl.String})
    ):
        book.execute(
            "create or replace temp table writing_files as select cast(file_id as uuid) as file_id from writing_now"
        )


def told(book: Book, plan: ImportPlan) -> dict[str, object]:
    """What the history says of an import: how much, and what a person decided about it."""
    facts: dict[str, object] = {
        "files": len(plan.writable),
        "rows": plan.new_rows,
        "names": [file.name for file in plan.writable[:20]],
    }
    decided = {
        **_decided(book),
        "differing": sum(file.reading.control_total == "differs" for file in plan.writable),
        "left_out": sum(file.outcome == "left_out" for file in plan.files),
    }
    return facts | {name: count for name, count in decided.items() if count}


def write(book: Book, entry_id: int, plans: Sequence[FilePlan], at: Mapping[str, datetime], report: Report) -> set[str]:
    """Write the compared rows of the chosen files; returns the kinds that moved. Inside the caller's transaction.

    Args:
        book: the book.
        entry_id: the history entry that brings them.
        plans: the chosen files.
        at: when files were imported, by id; those not named are imported now.
        report: told after each kind of record; may raise ``Cancelled``.
    """
    book.append("base.source_files", _source_rows(plans, entry_id, at))
    broken = _broken_rows(plans)
    if broken.height:
        book.append("base.left_out_rows", broken)
    moved = {"source_files"}
    kinds = compared(book)
    for number, kind in enumerate(kinds):
        report(number, len(kinds), "progress.writing")
        extra = kind.extra
        columns = dict(kind.names())
        if kind.kind in ENTERED_KINDS:
            extra += f" cast({entry_id} as bigint) as entry_id,"
        book.run("imports/write", {**columns, "extra": extra})
        moved.add(kind.kind)
    report(len(kinds), len(kinds), "progress.writing")
    if kinds:
        book.run("imports/folded")
    coverage = _coverage_rows(plans)
    if coverage.height:
        with book.loaded("incoming_coverage", coverage):
            book.run("imports/coverage")
            if kinds:
                book.run("imports/held_days")
    return moved


def forget(book: Book, file_ids: Sequence[str]) -> set[str]:
    """Take the rows of these files out again, except those that another file also brought. In a transaction."""
    with book.loaded("leaving_now", pl.DataFrame({"file_id": list(file_ids)}, {"file_id": pl.String})):
        book.execute(
            "create or replace temp table leaving_files as select cast(file_id as uuid) as file_id from leaving_now"
        )
    for kind in RECORD_KINDS:
        book.run("imports/forget", kind.names())
    for table in ("left_out_rows", "coverage", "wallet_file_accounts", "source_files"):
        book.execute(f"delete from base.{table} where file_id in (select file_id from leaving_files)")
    return {kind.kind for kind in RECORD_KINDS} | {"source_files"}


def _decided(book: Book) -> dict[str, int]:
    """How many rows of the files being written were suspect and taken as new, or as the same."""
    lines = " union ".join(
        f"select file_id, sheet, line, decision from classified_{kind.kind} where state = 'suspect' "
        "and decision in ('new', 'same') and file_id in (select file_id from writing_files)"
        for kind in compared(book)
    )
    return dict(book.rows_of(f"select decision, count(*) from ({lines}) group by decision")) if lines else {}


def _source_rows(plans: Sequence[FilePlan], entry_id: int, at: Mapping[str, datetime]) -> pl.DataFrame:
    now = datetime.now().replace(microsecond=0)
    return pl.DataFrame(
        [
            {
                "file_id": plan.file_id,
                "sha256": plan.reading.sha256,
                "container_sha256": plan.reading.container_sha256,
                "member": plan.reading.member,
                "name": plan.name,
                "format": plan.reading.format,
                "layout": plan.reading.layout,
                "mapping": plan.reading.mapping,
                "encoding": plan.reading.encoding,
                "account_no": plan.reading.account_no,
                "first_day": plan.reading.first_day,
                "last_day": plan.reading.last_day,
                "row_count": plan.counts.total,
                "control_total": plan.reading.control_total,
                "controls": json.dumps(
                    [{"name": c.name, "stated": str(c.stated), "summed": str(c.summed)} for c in plan.reading.controls],
                    ensure_ascii=False,
                ),
                "new_rows": plan.counts.new,
                "seen_rows": plan.counts.seen,
                "suspect_rows": plan.counts.suspect,
                "broken_rows": plan.counts.broken,
                "format_confirmed": plan.reading.confirmed,
                "imported_at": at.get(plan.file_id, now),
                "entry_id": entry_id,
            }
            for plan in plans
        ],
        infer_schema_length=None,
        schema_overrides={
            "member": pl.String,
            "layout": pl.String,
            "mapping": pl.String,
            "encoding": pl.String,
            "account_no": pl.String,
        }
        | {"first_day": pl.Date, "last_day": pl.Date},
    )


def _broken_rows(plans: Sequence[FilePlan]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "file_id": plan.file_id,
                "sheet": problem.sheet,
                "line": problem.line,
                "state": problem.state,
                "column_name": problem.column,
                "value": problem.value,
                "code": problem.code,
                "said": json.dumps([astuple(one) for one in problem.said], ensure_ascii=False),
            }
            for plan in plans
            for problem in plan.problems
            if problem.state == "broken"
        ],
        infer_schema_length=None,
        schema_overrides={"sheet": pl.String},
    )


def _coverage_rows(plans: Sequence[FilePlan]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "kind": cover.kind,
                "channel": cover.channel,
                "account_no": cover.account_no or plan.file_id,
                "first_day": cover.first_day,
                "last_day": cover.last_day,
                "file_id": plan.file_id,
                "gapless": "balance_gap" not in plan.reading.facts,
            }
            for plan in plans
            for cover in plan.reading.coverage
        ],
        infer_schema_length=None,
        schema_overrides={"channel": pl.String},
    )
