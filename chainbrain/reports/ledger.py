"""Reports on the ledger between head office and stores: months with their lines, and the statement for each store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chainbrain.ledger.lines import LedgerLine, LedgerMonth
from chainbrain.ledger.room import LedgerRoom
from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable
from chainbrain.splits.room import SplitRoom

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_FLOWS = (
    "ledger_opening", "ledger_collected", "ledger_split", "ledger_royalty", "ledger_purchases", "ledger_advances",
    "ledger_penalties", "ledger_other", "ledger_paid", "ledger_closing",
)  # fmt: skip
_SIDES = ("ledger_other_side", "ledger_gap", "ledger_unclear")
_ACCOUNTS = ("ledger_payable", "ledger_receivable")


def store_ledger(book: Book, filters: Filters) -> Report:
    """Per month and store: opening, what came to be due each way, what was paid, closing, and the other side."""
    room, months = _months(book, filters)
    return report("store-ledger", (_rolled(months), _lines(room, months, "store-ledger_lines")), filters.whole_months())


def statement(book: Book, filters: Filters) -> Report:
    """The same as a statement for each store and month, to be printed, signed and compared."""
    room, months = _months(book, filters)
    columns = (
        Column("month", "id"), Column("store_id", "id"), Column("store"), *money(*_FLOWS, *_ACCOUNTS, *_SIDES),
        Column("ledger_standing", "word", "ledger_standing"), *money("ledger_balance"),
    )  # fmt: skip
    heads = ReportTable(
        "statement_summary",
        columns,
        frame(columns, [(*_head(one), *_amounts(one), _standing(one), abs(one.closing)) for one in months]),
    )
    lines = _lines(room, months, "statement")
    return replace(report("statement", (heads, lines), filters.whole_months()), layout="statement")


def _months(book: Book, filters: Filters) -> tuple[LedgerRoom, list[LedgerMonth]]:
    room = LedgerRoom(book, SplitRoom(book))
    found = [
        one
        for one in room.roll_forward()
        if (filters.first is None or one.month >= filters.first.replace(day=1))
        and (filters.after is None or one.month < filters.after)
        and (filters.stores is None or one.store in filters.stores)
    ]
    return room, found


def _rolled(months: list[LedgerMonth]) -> ReportTable:
    columns = (
        Column("month", "id"), Column("store_id", "id"), Column("store"), *money(*_FLOWS, *_ACCOUNTS, *_SIDES),
    )  # fmt: skip
    rows = frame(columns, [(*_head(one), *_amounts(one)) for one in months])
    flows = tuple(key for key in _FLOWS if key not in {"ledger_opening", "ledger_closing"})
    return ReportTable("store-ledger", columns, rows, (*flows, "ledger_gap"))


def _lines(room: LedgerRoom, months: list[LedgerMonth], name: str) -> ReportTable:
    columns = (
        Column("month", "id"), Column("store_id", "id"), Column("day", "date"),
        Column("ledger_kind", "word", "ledger_kind"), CHANNEL, Column("split_rule"), *money("split_base"),
        Column("reference", "id"), Column("note"), *counts("ledger_rows"), *money("ledger_amount", "ledger_effect"),
    )  # fmt: skip
    found = [_line(line) for line in room.lines_of(months)]
    return ReportTable(name, columns, frame(columns, found), ("ledger_effect",))


def _head(one: LedgerMonth) -> tuple[str, str, str | None]:
    return f"{one.month:%Y-%m}", one.store, one.name


def _amounts(one: LedgerMonth) -> tuple[object, ...]:
    return (
        one.opening, one.collected, one.split, one.royalty, one.purchases, one.advances, one.penalties, one.other,
        one.paid, one.closing, one.payable.closing, one.receivable.closing, one.other_side, one.gap, one.unclear,
    )  # fmt: skip


def _standing(one: LedgerMonth) -> str:
    if one.closing == 0:
        return "even"
    return "payable" if one.closing > 0 else "receivable"


def _line(one: LedgerLine) -> tuple[object, ...]:
    return (
        f"{one.month:%Y-%m}", one.store, one.day, one.kind, one.channel, one.rule, one.base, one.reference, one.note,
        one.rows, one.amount, one.effect,
    )  # fmt: skip
