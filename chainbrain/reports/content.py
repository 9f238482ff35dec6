"""What each report says: its tables and columns, and where they come from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from chainbrain.analytics import periods, stores, transit
from chainbrain.analytics.periods import Period
from chainbrain.money import half_up
from chainbrain.reports.tables import Report, ReportColumn, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book

Column = ReportColumn
CHANNEL: Final = Column("channel", "word", "channel")


def _money(*keys: str) -> list[ReportColumn]:
    return [Column(key, "money") for key in keys]


def _counts(*keys: str) -> list[ReportColumn]:
    return [Column(key, "count") for key in keys]


@dataclass(frozen=True)
class Filters:
    """What a report is narrowed to; nothing set means everything. ``first`` and ``after`` bound the business days."""

    first: date | None = None
    after: date | None = None
    stores: Sequence[str] | None = None
    channel: str | None = None
    code: str | None = None
    state: str | None = None
    kind: str | None = None
    leg: str | None = None

    def shown(self) -> tuple[tuple[str, str], ...]:
        """The filters as the report prints them; the days stand apart."""
        pairs = [("stores", ", ".join(self.stores))] if self.stores is not None else []
        pairs += [(key, value) for key in ("channel", "code", "state", "kind", "leg") if (value := getattr(self, key))]
        return tuple(pairs)

    def values(self, *keys: str) -> dict[str, object]:
        """The named filters as values for a statement."""
        found: dict[str, object] = {key: getattr(self, key) for key in keys}
        if "stores" in found and self.stores is not None:
            found["stores"] = list(self.stores)
        return found


def store_league(book: Book, filters: Filters) -> Report:
    """Every store's receipts, orders, refunds and charges, and the chain's."""
    period = _period(book, filters)
    columns = (
        Column("rank", "count"),
        Column("store_id", "id"),
        Column("store"),
        Column("city"),
        Column("ownership", "word", "ownership"),
        Column("receipts", "money"),
        Column("orders", "count"),
        *_money("ticket", "refunds"),
        Column("like_for_like", "percent"),
        *_money("compared", "compared_before", "fees", "takings"),
        Column("take_rate", "percent"),
        Column("missing_days", "count"),
    )
    league = stores.league(book, period, filters.stores) if period else None
    rows = [
        (
            place,
            r.store_id,
            r.name,
            r.city,
            r.ownership,
            r.receipts,
            r.orders,
            r.ticket,
            r.refunds,
            r.like_for_like.ratio,
            r.like_for_like.now,
            r.like_for_like.before,
            r.fees,
            r.takings,
            r.take_rate,
            r.missing_days,
        )
        for place, r in enumerate(league.rows if league else (), start=1)
    ]
    totals = ("receipts", "orders", "refunds", "compared", "compared_before", "fees", "takings", "missing_days")
    total = league.total if league else None
    ratios = (
        (
            ("ticket", total.ticket),
            ("like_for_like", total.like_for_like.ratio),
            ("take_rate", total.take_rate),
        )
        if total
        else ()
    )
    table = ReportTable("store-league", columns, _frame(columns, rows), totals, ratios)
    return _report("store-league", (table,), filters, period)


def differences(book: Book, filters: Filters) -> Report:
    """All differences with the rows they stand on, and their sums by code."""
    named = filters.values("stores", "channel", "code", "state", "first", "after")
    code = (Column("code", "id"), Column("what", "word", "difference"), Column("state", "word", "difference_state"))
    summary = ReportTable(
        "differences_summary",
        (*code, Column("count", "count"), Column("amount", "money")),
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
        ),
        book.frame("reports/differences", **named),
        ("amount",),
    )
    return _report("differences", (summary, rows), filters)


def in_transit(book: Book, filters: Filters) -> Report:
    """Money on its way to the bank: the roll-forward of every channel, and the payouts that have not arrived."""
    period = _period(book, filters)
    flows = ("opening", "gross", "refunds", "fees", "other", "received", "closing", "unsettled", "unexplained", "late")
    columns = (
        CHANNEL,
        *_money(*flows),
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
            c.due_on,
            c.late_since,
        )
        for c in found
        if filters.channel in {None, c.channel}
    ]
    forward = ReportTable("in-transit", columns, _frame(columns, rows), flows)
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
        ),
        book.frame("reports/unsettled", channel=filters.channel, after=after),
        ("amount",),
    )
    return _report("in-transit", (forward, waiting), filters, period)


def matches(book: Book, filters: Filters) -> Report:
    """Every match with both rows, and their numbers by kind, stage and state."""
    head = (
        Column("kind", "word", "match_kind"),
        Column("stage", "word", "stage"),
        Column("state", "word", "match_state"),
    )
    summary = ReportTable(
        "matches_summary",
        (*head, Column("count", "count"), Column("several", "count"), Column("amount", "money")),
        book.frame("reports/matches_summary", **filters.values("state", "kind")),
        ("count", "several"),
    )
    sides = [
        Column(f"{side}_{key}", kind)
        for side in ("inner", "outer")
        for key, kind in (("no", "id"), ("amount", "money"), ("rows", "count"), ("file", "text"), ("line", "line"))
    ]
    rows = ReportTable(
        "matches",
        (*head, Column("solutions", "count"), CHANNEL, Column("store_id", "id"), *sides),
        book.frame("reports/matches", **filters.values("state", "kind", "channel", "stores")),
    )
    return _report("matches", (summary, rows), filters)


def completeness(book: Book, filters: Filters) -> Report:
    """Which stores lack which files on which days."""
    period = _period(book, filters)
    after = period.after if period else date(2000, 1, 2)
    named = filters.values("stores", "channel") | {
        "first": period.first if period else date(2000, 1, 1),
        "after": after,
    }
    counts = ("present", "missing", "closed")
    summary = ReportTable(
        "completeness_summary",
        (CHANNEL, Column("stores", "count"), *_counts(*counts)),
        book.frame("reports/completeness_summary", **named),
        counts,
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
        book.frame("reports/completeness", **named),
        ("days",),
    )
    return _report("completeness", (summary, rows), filters, period)


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
            *_counts(*states),
        ),
        book.frame("reports/row_states", leg=filters.leg),
        states,
    )
    return _report("row-states", (table,), filters)


MAKERS: Final[dict[str, Callable[[Any, Filters], Report]]] = {
    "store-league": store_league,
    "differences": differences,
    "in-transit": in_transit,
    "matches": matches,
    "completeness": completeness,
    "row-states": row_states,
}


def _period(book: Book, filters: Filters) -> Period | None:
    span = periods.known(book)
    first = filters.first or (span.first if span else None)
    after = filters.after or (span.after if span else None)
    if first is None or after is None:
        return None
    return Period(first, max(after, first + timedelta(days=1)))


def _report(name: str, tables: tuple[ReportTable, ...], filters: Filters, period: Period | None = None) -> Report:
    first, after = (period.first, period.after) if period else (filters.first, filters.after)
    return Report(name, tables, first, after, filters.shown())


_TYPES: Final[dict[str, Any]] = {
    "money": pl.Decimal(18, 2),
    "percent": pl.Decimal(18, 6),
    "count": pl.Int64,
    "date": pl.Date,
    "moment": pl.Datetime("us"),
}


def _frame(columns: Sequence[ReportColumn], rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    quantised = [
        tuple(_fitting(value, column.kind) for value, column in zip(row, columns, strict=True)) for row in rows
    ]
    return pl.DataFrame(quantised, schema={c.key: _TYPES.get(c.kind, pl.String) for c in columns}, orient="row")


def _fitting(value: Any, kind: str) -> Any:
    if isinstance(value, Decimal):
        return half_up(value, 6 if kind == "percent" else 2)
    return value
