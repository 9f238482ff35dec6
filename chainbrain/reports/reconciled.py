"""Reports on what was matched, what differs, what is on its way and what is missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from chainbrain.analytics import arrivals as arrived
from chainbrain.analytics import transit
from chainbrain.reports import contained
from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, period_of, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book


# Of what is still open: the columns, and the fields of an arrival.
_OPEN = {"coming": "coming", "late": "late", "came_short": "short"}


def differences(book: Book, filters: Filters) -> Report:
    """All differences with the rows they stand on, and their sums by code."""
    named = filters.values("stores", "channel", "code", "state", "first", "after")
    code = (Column("code", "id"), Column("what", "word", "difference"), Column("state", "word", "difference_state"))
    summary = ReportTable(
        "differences_summary",
        (*code, Column("count", "count"), Column("amount", "money"), Column("next_step", "word", "next_step")),
        book.frame("reports/differences_summary", **named),
        ("count", "amount"),
    )
    rows = ReportTable(
        "differences",
        (
            *code,
            Column("business_day", "date"),
            Column("store_id", "id"),
            Column("store"),
            CHANNEL,
            Column("amount", "money"),
            Column("due_on", "date"),
            Column("cause", "word", "cause"),
            Column("note"),
            Column("record_type", "word", "record_type"),
            Column("file"),
            Column("sheet"),
            Column("line", "line"),
            Column("difference_id", "key"),
            Column("record_id", "key"),
        ),
        book.frame("reports/differences", **named),
        ("amount",),
    )
    return report("differences", (summary, rows), filters)


def in_transit(book: Book, filters: Filters) -> Report:
    """Money on its way to the bank: the roll-forward of every channel, and the payouts that have not arrived."""
    period = period_of(book, filters)
    rolled = ("opening", "gross", "refunds", "fees", "other", "received", "closing", "unsettled", "unexplained")
    flows = (*rolled, "late", "came_short")
    columns = (
        CHANNEL,
        *money(*flows),
        Column("due_on", "date"),
        Column("late_since", "date"),
    )
    found = transit.transit(book, period).channels if period else ()
    rows = [
        (
            c.channel,
            c.roll.opening,
            c.roll.gross,
            c.roll.refunds,
            c.roll.fees,
            c.roll.other,
            c.roll.received,
            c.roll.closing,
            c.roll.unsettled,
            c.roll.unexplained,
            c.late,
            c.short,
            c.due_on,
            c.late_since,
        )
        for c in found
        if filters.channel in {None, c.channel}
    ]
    forward = ReportTable("in-transit", columns, frame(columns, rows), flows)
    after = period.after if period else date.max
    waiting = ReportTable(
        "unsettled",
        (
            CHANNEL,
            Column("standing", "word", "standing"),
            Column("due_on", "date"),
            Column("no", "id"),
            Column("first_day", "date"),
            Column("last_day", "date"),
            Column("bank_account", "account"),
            Column("amount", "money"),
            Column("file"),
            Column("line", "line"),
            Column("record_type", "word", "record_type"),
            Column("record_id", "key"),
        ),
        book.frame("reports/unsettled", channel=filters.channel, after=after),
        ("amount",),
    )
    return report("in-transit", (forward, waiting), filters, period)


def arrivals(book: Book, filters: Filters) -> Report:
    """Per store, channel and month: what was on its way, taken, given back, charged, arrived, and is still open."""
    found = arrived.arrivals(
        book, filters.first, filters.after, stores=filters.stores, channel=filters.channel, merchant=filters.merchant
    )
    flows = ("opening", "gross", "refunds", "fees", "other", "received", "closing", *_OPEN, "unsettled", "unexplained")
    columns = (
        Column("month", "id"),
        Column("store_id", "id"),
        Column("store"),
        CHANNEL,
        Column("merchant_no", "id"),
        *money(*flows),
        Column("remark", "names"),
    )
    rows = [
        (
            f"{row.month:%Y-%m}",
            row.store_id,
            row.store,
            row.channel,
            row.merchant,
            *(getattr(row, _OPEN.get(flow, flow)) for flow in flows),
            "\n".join(row.remarks) or None,
        )
        for row in found
    ]
    # Openings and closings of several months do not add up.
    moved = flows[1:6] if len({row.month for row in found}) > 1 else flows
    main = ReportTable("arrivals", columns, frame(columns, rows), moved)
    numbers = None if filters.stores is None else {(row.channel, row.merchant) for row in found}
    return report("arrivals", (main, *contained.tables(book, filters, numbers)), filters)


def matches(book: Book, filters: Filters) -> Report:
    """Every match with both rows, and their numbers by kind, stage and state."""
    head = (
        Column("kind", "word", "match_kind"),
        Column("stage", "word", "proof"),
        Column("state", "word", "match_state"),
    )
    named = filters.values("state", "kind", "channel", "stores")
    found = book.frame("reports/matches", **named)
    summary = ReportTable(
        "matches_summary",
        (*head, Column("count", "count"), Column("several", "count"), Column("amount", "money")),
        found.group_by("kind", "stage", "state")
        .agg(
            pl.len().cast(pl.Int64).alias("count"),
            (pl.col("solutions") > 1).sum().cast(pl.Int64).alias("several"),
            pl.col("inner_amount").sum().cast(pl.Decimal(18, 2)).alias("amount"),
        )
        .sort("kind", "stage", "state"),
        ("count", "several"),
    )
    sides = [
        Column(f"{side}_{key}", kind)
        for side in ("inner", "outer")
        for key, kind in (("no", "id"), ("amount", "money"), ("rows", "count"), ("file", "text"), ("line", "line"))
    ]
    rows = ReportTable(
        "matches",
        (
            *head,
            Column("solutions", "count"),
            Column("why", "word", "why_name"),
            CHANNEL,
            Column("store_id", "id"),
            *sides,
            Column("match_id", "key"),
        ),
        found,
    )
    several = ReportTable(
        "ambiguities",
        (
            Column("record_type", "word", "record_type"),
            Column("day", "date"),
            CHANNEL,
            Column("no", "id"),
            Column("amount", "money"),
            Column("solutions", "count"),
            Column("alike", "word", "alike"),
            Column("shared", "count"),
            Column("first_example"),
            Column("second_example"),
        ),
        book.frame("reports/ambiguities", **named),
    )
    return report("matches", (summary, rows, several), filters)


def completeness(book: Book, filters: Filters) -> Report:
    """Which stores lack which files on which days."""
    period = period_of(book, filters)
    after = period.after if period else date(2000, 1, 2)
    named = filters.values("stores", "channel") | {
        "first": period.first if period else date(2000, 1, 1),
        "after": after,
    }
    standings = ("present", "missing", "closed")
    summary = ReportTable(
        "completeness_summary",
        (CHANNEL, Column("stores", "count"), *counts(*standings)),
        book.frame("reports/completeness_summary", **named),
        standings,
    )
    rows = ReportTable(
        "completeness",
        (
            Column("store_id", "id"),
            Column("store"),
            CHANNEL,
            Column("account_no", "account"),
            Column("first_day", "date"),
            Column("last_day", "date"),
            Column("days", "count"),
        ),
        book.frame("analytics/lacking", **named),
        ("days",),
    )
    return report("completeness", (summary, rows), filters, period)


def row_states(book: Book, filters: Filters) -> Report:
    """How every row of every file stands: the four states add up to the rows, per file and leg."""
    states = ("rows", "matched", "timing", "difference", "excluded")
    table = ReportTable(
        "row-states",
        (
            Column("file"),
            Column("format", "word", "format"),
            Column("record_type", "word", "record_type"),
            Column("leg", "word", "leg"),
            *counts(*states),
        ),
        book.frame("reports/row_states", leg=filters.leg),
        states,
    )
    return report("row-states", (table,), filters)
