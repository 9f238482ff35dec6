"""What was signed in a month's pack: its head, its steps, what lacks, its versions and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from chainbrain.closing.lock import Version
from chainbrain.closing.steps import Board, Step
from chainbrain.money import half_up
from chainbrain.reports.filters import Column, counts, frame, money
from chainbrain.reports.tables import ReportTable, told
from chainbrain.vouchers.facts import month_after

if TYPE_CHECKING:
    from chainbrain.database.book import Book


def head(board: Board, entities: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """The lines above the tables: month, state, who signed and why, for whom."""
    month = board.month
    yield "month", f"{month.month:%Y-%m}"
    yield "state", month.state
    if month.signed_by and month.signed_at:
        yield "signed_by", month.signed_by
        yield "signed_at", f"{month.signed_at:%Y-%m-%d %H:%M}"
        yield "version", str(month.version)
    if month.reason:
        yield "reason", month.reason
    if known := [one for one in entities if one]:
        yield "entities", "、".join(known)


def steps(board: Board) -> ReportTable:
    """Every step of the close as the board shows it."""
    columns = (
        Column("step_no", "line"), Column("close_step", "word", "close_step"), Column("state", "word", "close_state"),
        *counts("rows", "matched", "timing", "difference", "excluded", "open_items"), *money("open_amount"),
    )  # fmt: skip
    rows = [(one.number, one.key, one.state, *_counted(one)) for one in board.steps]
    return ReportTable("close_steps", columns, frame(columns, rows), ("open_items", "open_amount"))


def _counted(one: Step) -> tuple[object, ...]:
    if not one.rows:
        return None, None, None, None, None, one.open_count or None, one.open_amount or None
    return one.rows, one.matched, one.timing, one.difference, one.excluded, one.open_count, half_up(one.open_amount)


def missing(board: Board) -> ReportTable:
    """What a step lacks."""
    columns = (
        Column("close_step", "word", "close_step"),
        Column("remark", "message"),
        *counts("items"),
        *money("amount"),
    )
    rows = [
        (step.key, told(one.code, one.facts), one.count or None, half_up(one.amount) if one.amount else None)
        for step in board.steps
        for one in step.missing
    ]
    return ReportTable("close_missing", columns, frame(columns, rows))


def versions(versions: Sequence[Version]) -> ReportTable:
    """Who signed and opened the month, and when."""
    columns = (
        *counts("version"), Column("signed_by"), Column("signed_at", "moment"), Column("written_reason"),
        Column("accepted", "names"), Column("reopened_by"), Column("reopened_at", "moment"), Column("reopened_for"),
        Column("content_hash", "id"),
    )  # fmt: skip
    rows = [
        (
            one.version, one.signed_by, one.signed_at, one.reason,
            "\n".join(f"close_step.{key}" for key in one.accepted) or None, one.reopened_by, one.reopened_at,
            one.reopened_for, one.content_hash,
        )
        for one in versions
    ]  # fmt: skip
    return ReportTable("close_versions", columns, frame(columns, rows))


def files(book: Book, month: date) -> ReportTable:
    """The files that the month's rows came from."""
    columns = (
        Column("file"), Column("format", "word", "format"), Column("first_day", "date"), Column("last_day", "date"),
        *counts("rows"), Column("control_total", "word", "control_total"), Column("imported_at", "moment"),
        Column("sha256", "id"),
    )  # fmt: skip
    rows = book.frame("reports/close_files", first=month, after=month_after(month))
    return ReportTable("close_files", columns, rows, ("rows",))
