"""The report on a frozen cash forecast beside what came: days, items, and what the difference is of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chainbrain.cash.comparing import Comparison
from chainbrain.cash.room import CashRoom
from chainbrain.errors import UserError
from chainbrain.reports.filters import Column, Filters, frame, money, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_PARTS = ("opening", "came", "planned", "unplanned", "moved", "total")


def comparison(book: Book, filters: Filters) -> Report:
    """The newest frozen forecast beside what came; without any it has no rows."""
    try:
        found = CashRoom(book).compare(None, filters.entity)
    except UserError as problem:
        if problem.code != "cash.none_frozen":
            raise
        found = None
    return of_comparison(found, filters)


def of_comparison(found: Comparison | None, filters: Filters) -> Report:
    """A comparison that was made already as a report."""
    return report("cash-compare", (_days(found), _dues(found), _parts(found)), filters)


def _days(found: Comparison | None) -> ReportTable:
    columns = (
        Column("freeze_name"), Column("entity", "names"), Column("day", "date"),
        *money("balance_expected", "cash_p5", "cash_p50", "cash_p95", "compare_actual", "compare_off"),
        Column("compare_inside", "word", "compare_inside"),
    )  # fmt: skip
    rows = [
        (
            found.freeze.name, found.path.entity or "cash.chain", one.foreseen.day, one.foreseen.expected,
            one.foreseen.p5, one.foreseen.p50, one.foreseen.p95, one.actual, one.off,
            None if one.inside is None else "yes" if one.inside else "no",
        )
        for one in (found.days if found else ())
        if found
    ]  # fmt: skip
    return ReportTable("cash-compare", columns, frame(columns, rows))


def _dues(found: Comparison | None) -> ReportTable:
    columns = (
        Column("day", "date"), Column("entity"), Column("plan_kind", "word", "plan_kind"), Column("note"),
        *money("plan_amount"), Column("compare_state", "word", "compare_state"), Column("compare_paid_on", "date"),
        *money("compare_paid"),
    )  # fmt: skip
    rows = [
        (one.due.day, one.due.entity, one.due.kind, one.due.note, one.due.amount, one.state, one.paid_on, one.paid)
        for one in (found.dues if found else ())
    ]
    return ReportTable("compare_dues", columns, frame(columns, rows))


def _parts(found: Comparison | None) -> ReportTable:
    columns = (Column("compare_part", "word", "compare_part"), *money("compare_amount"))
    parts = found.parts if found else None
    rows = [(name, getattr(parts, name)) for name in _PARTS] if parts is not None else []
    return ReportTable("compare_parts", columns, frame(columns, rows))
