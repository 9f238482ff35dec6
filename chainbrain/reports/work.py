"""Report on what waits for a person's word: how far each store and month is, the kinds of work, and every line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from chainbrain.analytics.completeness import store_names
from chainbrain.reconciliation import deposits, progress, summary, till
from chainbrain.reports import reconciled
from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book
    from chainbrain.reports.tables import ReportColumn

_STORE = (Column("store_id", "id"), Column("store"))


def work_list(book: Book, filters: Filters) -> Report:
    """Progress, open work by kind, suggestions at the bank and at the till, open differences.

    Its lines are those that the work list counts. Of stores only, what belongs to no store is left out: bank lines do.
    """
    lines = reconciled.differences(book, replace(filters, state="open")).tables[-1]
    parts = (_progress(book, filters), _kinds(book, filters), _bank(book, filters), _till(book, filters), lines)
    return report("work-list", parts, filters)


def _progress(book: Book, filters: Filters) -> ReportTable:
    names = store_names(book)
    columns = (Column("month", "id"), *_STORE, *counts("found", "settled", "open"), *money("open_amount"))
    rows = [
        (
            f"{one.month:%Y-%m}" if one.month else None,
            one.store_id,
            names.get(one.store_id or ""),
            one.found,
            one.settled,
            one.open,
            one.open_amount,
        )
        for one in progress.progress(book, filters.first, filters.after)
        if filters.stores is None or one.store_id in filters.stores
    ]
    return _table("work_progress", columns, rows, ("found", "settled", "open", "open_amount"))


def _kinds(book: Book, filters: Filters) -> ReportTable:
    columns = (Column("leg", "word", "leg"), Column("work", "word", "work"), *counts("open"), *money("open_amount"))
    every = [None] if filters.stores is None else list(filters.stores)
    found: dict[tuple[str, str], list[summary.WorkGroup]] = {}
    for store in every:
        for group in summary.summary(book, filters.first, filters.after, store).work:
            if group.count:
                found.setdefault((group.leg, group.work), []).append(group)
    rows = [
        (leg, work, sum(one.count for one in groups), sum((one.amount for one in groups), summary.ZERO))
        for (leg, work), groups in found.items()
    ]
    return _table("work_kinds", columns, rows, ("open", "open_amount"))


def _bank(book: Book, filters: Filters) -> ReportTable:
    columns = (
        Column("day", "date"),
        Column("bank_account", "account"),
        Column("counterparty"),
        Column("memo"),
        Column("no", "id"),
        *money("amount", "gap"),
        *counts("solutions"),
        Column("match_id", "key"),
        Column("record_id", "key"),
    )
    found = deposits.worklist(book, first=filters.first, after=filters.after) if filters.stores is None else ()
    rows = [
        (
            line.posted_on,
            line.bank_account,
            line.counterparty or None,
            line.memo or None,
            line.external_id or None,
            line.amount,
            line.gap,
            line.solutions,
            line.match_id,
            line.bank_line_id,
        )
        for line in found
        if line.answer in {"single", "several"}
    ]
    return _table("work_bank", columns, rows, ("amount",))


def _till(book: Book, filters: Filters) -> ReportTable:
    names = store_names(book)
    columns = (
        Column("day", "date"),
        *_STORE,
        CHANNEL,
        Column("no", "id"),
        *counts("rows"),
        *money("amount", "gap"),
        *counts("solutions"),
        Column("match_id", "key"),
    )
    rows = [
        (
            one.day,
            one.store_id,
            names.get(one.store_id or ""),
            one.channel,
            one.order_no,
            one.tenders,
            one.amount,
            one.gap,
            one.solutions,
            one.match_id,
        )
        for one in till.worklist(book, first=filters.first, after=filters.after)
        if filters.stores is None or one.store_id in filters.stores
    ]
    return _table("work_till", columns, rows, ("rows", "amount"))


def _table(
    name: str, columns: tuple[ReportColumn, ...], rows: Sequence[tuple[object, ...]], totals: tuple[str, ...]
) -> ReportTable:
    return ReportTable(name, columns, frame(columns, rows), totals)
