"""Reports on the cash forecast and on the plan of payments: days, items with their days, sums on their way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chainbrain.cash import claimed, verdict
from chainbrain.cash.outlook import CashOutlook, CashPath
from chainbrain.cash.placed_dues import BACK, PUT
from chainbrain.cash.room import CashRoom
from chainbrain.cash.transit import OnTheWay
from chainbrain.errors import UserError
from chainbrain.reports.filters import CHANNEL, Column, Filters, frame, money, report
from chainbrain.reports.tables import Report, ReportTable, told
from chainbrain.rulebook import RuleBook

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_ENTITY = Column("entity")


def cash(book: Book, filters: Filters) -> Report:
    """The cash forecast of thirteen weeks: every day of every entity, what falls due, what is on its way."""
    taken_off = filters.payments != "known"
    try:
        found = CashRoom(book).outlook(RuleBook(book).calendar(), with_irregular=taken_off)
    except UserError as problem:
        if problem.code != "cash.no_balance":
            raise
        found = None
    return of_outlook(found, filters)


def plan(book: Book, filters: Filters) -> Report:
    """What is known to be paid or received, item by item."""
    columns = (
        Column("day", "date"), _ENTITY, Column("plan_kind", "word", "plan_kind"), *money("plan_amount"),
        Column("plan_cycle", "word", "plan_cycle"), Column("plan_until", "date"), Column("note"),
        Column("plan_origin", "word", "plan_origin"),
    )  # fmt: skip
    rows = [
        (
            one.day, one.entity, one.kind, one.amount, one.cycle, one.until, one.note,
            "hand" if one.by_hand else "table",
        )
        for one in CashRoom(book).plan()
        if filters.entity in {None, one.entity}
    ]  # fmt: skip
    return report("cash-plan", (ReportTable("cash-plan", columns, frame(columns, rows)),), filters)


def of_outlook(found: CashOutlook | None, filters: Filters) -> Report:
    """A cash forecast that was worked out already as a report; without any balance it has no rows.

    Raises:
        UserError: ``cash.unknown_entity`` for a legal entity that has no path.
    """
    paths = found.paths if found else ()
    if found is not None and filters.entity is not None:
        path = found.path(filters.entity)
        if path is None:
            known = tuple(one.entity for one in found.paths if one.entity)
            raise UserError("cash.unknown_entity", entity=filters.entity, known=known)
        paths = (path,)
    way = [one for one in (found.on_the_way if found else ()) if filters.entity in {None, one.entity}]
    tables = (
        _days(paths),
        _dues(paths),
        _way("cash_way", [one for one in way if one.counted], found),
        _way("cash_way_apart", [one for one in way if not one.counted], found),
        _verdict(found, paths),
    )
    made = report("cash", tables, filters)
    if found is None or found.asked_on is None:
        return made
    # How old the statements are stands at the head of every page.
    read = ("statements_to", f"{found.known_to}"), ("looked_at", f"{found.asked_on}")
    return replace(made, filters=(*made.filters, *read))


def _verdict(found: CashOutlook | None, paths: Sequence[CashPath]) -> ReportTable:
    """The answer of each entity, in the words of the screen, and what of its plan counts once in the figures."""
    columns = Column("entity", "names"), Column("cash_said", "message")
    rows = [
        ("cash.chain" if path.entity is None else path.entity, told(code, facts))
        for path in paths
        if found is not None and path.days
        for code, facts in (*verdict.told(verdict.verdict(found, path)), *claimed.told(path))
    ]
    return ReportTable("cash_verdict", columns, frame(columns, rows))


def _days(paths: Sequence[CashPath]) -> ReportTable:
    columns = (
        # The path of all together stands under a word of its own.
        Column("entity", "names"), Column("day", "date"),
        *money(
            "cash_settlements", "cash_receipts", "cash_planned", "cash_irregular", "balance_expected", "cash_p5",
            "cash_p50", "cash_p95", "cash_floor",
        ),
        Column("day_standing", "word", "day_standing"),
    )  # fmt: skip
    rows = [
        (
            "cash.chain" if path.entity is None else path.entity, day.day, day.settlements, day.receipts, day.planned,
            day.irregular, day.expected, day.p5, day.p50, day.p95, path.floor,
            "over" if number < len(path.over) else None,
        )
        for path in paths
        for number, day in enumerate(path.days)
    ]  # fmt: skip
    return ReportTable("cash", columns, frame(columns, rows))


def _dues(paths: Sequence[CashPath]) -> ReportTable:
    columns = (
        Column("day", "date"), _ENTITY, Column("plan_kind", "word", "plan_kind"), *money("plan_amount"),
        Column("plan_cycle", "word", "plan_cycle"), Column("note"), Column("due_known_by", "word", "due_known_by"),
        Column("said_on", "date"),
    )  # fmt: skip
    rows = [
        (
            due.day,
            due.item.entity,
            due.item.kind,
            due.amount,
            due.item.cycle,
            due.item.note,
            "placed" if due.item.kind in {BACK, PUT} else known_by,
            due.said_on,
        )
        for path in paths[:1]
        for dues, known_by in ((path.dues, "plan"), (path.steady, "bank"))
        for due in dues
    ]
    return ReportTable("cash_dues", columns, frame(columns, rows), ("plan_amount",))


def _way(name: str, sums: Sequence[OnTheWay], found: CashOutlook | None) -> ReportTable:
    columns = (
        CHANNEL, Column("merchant_no", "id"), _ENTITY, *money("way_amount"), Column("due_on", "date"),
        Column("way_standing", "word", "way_standing"),
    )  # fmt: skip
    day = found.asked_on if found is not None else None
    rows = [(one.channel, one.merchant, one.entity or None, one.amount, one.due_on, one.told(day)) for one in sums]
    return ReportTable(name, columns, frame(columns, rows), ("way_amount",))
