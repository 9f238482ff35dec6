"""Files that the book holds: which they are, and what was stored of their reading, so that they need no second one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import polars as pl

from chainbrain.database.book import Book, Row
from chainbrain.importers.known import Known
from chainbrain.importers.plan import ControlTotal, MemberReading, RowCounts, RowProblem, Said


def files(book: Book) -> Known:
    """The members of every imported file, by the SHA-256 of the file."""
    return {container: tuple(members) for container, members in book.rows("imports/known")}


def counts(book: Book) -> dict[str, RowCounts]:
    """How the rows of every imported file stand in the book, by file id: there, or left out when it was written."""
    return {
        file_id: RowCounts(seen=there, suspect=suspect, broken=broken)
        for file_id, there, suspect, broken in book.rows("imports/known_counts")
    }


def remembered(book: Book, readings: Sequence[MemberReading]) -> list[MemberReading]:
    """The readings, those that are ``known`` completed by what the book stores of them."""
    asked = {reading.container_sha256 for reading in readings if reading.outcome == "known"}
    if not asked:
        return list(readings)
    problems: dict[tuple[str, str | None], list[RowProblem]] = {}
    with book.loaded("asked_containers", pl.DataFrame({"container_sha256": sorted(asked)})):
        stored = {(row[0], row[1]): row[2:] for row in book.rows("imports/remembered")}
        for container, member, *problem, said in book.rows("imports/remembered_problems"):
            told = replace(RowProblem(*problem), said=tuple(Said(*one) for one in json.loads(said)))
            problems.setdefault((container, member), []).append(told)
    return [
        _completed(reading, stored[key], problems.get(key, ())) if reading.outcome == "known" else reading
        for reading in readings
        for key in [(reading.container_sha256, reading.member)]
    ]


def _completed(reading: MemberReading, stored: Row, problems: Sequence[RowProblem]) -> MemberReading:
    sha256, name, layout, encoding, confirmed, account, first, last, rows, controls = stored
    totals = [ControlTotal(one["name"], Decimal(one["stated"]), Decimal(one["summed"])) for one in json.loads(controls)]
    return replace(
        reading, sha256=sha256, format=name, layout=layout, encoding=encoding, confirmed=confirmed, account_no=account,
        first_day=first, last_day=last, row_count=rows, controls=tuple(totals), problems=tuple(problems),
    )  # fmt: skip
