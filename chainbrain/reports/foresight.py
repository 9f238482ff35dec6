"""Reports on the forecast of receipts: how accurate it was on the chain's own past, and the events it counts on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.cash.room import CashRoom
from chainbrain.errors import UserError
from chainbrain.reports.filters import Column, Filters, counts, frame, report
from chainbrain.reports.tables import Report, ReportTable
from chainbrain.rulebook import RuleBook

if TYPE_CHECKING:
    from chainbrain.cash.backtest import Backtest
    from chainbrain.database.book import Book

_NOTHING = frozenset({"forecast.no_sales", "forecast.too_short"})


def accuracy(book: Book, filters: Filters) -> Report:
    """How well the past would have been foreseen; with too few sales it has no rows."""
    try:
        found = CashRoom(book).backtest(RuleBook(book).calendar())
    except UserError as problem:
        if problem.code not in _NOTHING:
            raise
        found = None
    return of_backtest(found, filters)


def of_backtest(found: Backtest | None, filters: Filters) -> Report:
    """What was measured already as a report."""
    columns = (
        Column("forecast_level", "word", "forecast_level"), Column("forecast_grain", "word", "forecast_grain"),
        *counts("first_day_ahead", "last_day_ahead"),
        *(Column(key, "percent") for key in ("accuracy", "accuracy_naive", "accuracy_median", "accuracy_lower")),
        Column("forecast_claim", "word", "forecast_claim"),
        Column("within_80", "percent"), Column("width_80", "word", "forecast_width"),
        Column("within_95", "percent"), Column("width_95", "word", "forecast_width"),
        *counts("sums_compared", "origins_tried"),
    )  # fmt: skip
    rows = [
        (
            one.level, one.grain.value, one.first_day, one.last_day,
            *map(_share, (one.accuracy, one.naive, one.median, one.lower)), one.claim,
            _share(one.within_80), one.width_80, _share(one.within_95), one.width_95, one.sums, one.origins,
        )
        for one in (found.measures if found else ())
    ]  # fmt: skip
    return report("forecast-accuracy", (ReportTable("forecast-accuracy", columns, frame(columns, rows)),), filters)


def events(book: Book, filters: Filters) -> Report:
    """The promotions and closures that the owner knows."""
    columns = (
        Column("event_kind", "word", "event_kind"), Column("event_first", "date"), Column("event_last", "date"),
        Column("store", "id"), Column("region"), Column("note"),
    )  # fmt: skip
    rows = [
        (one.kind, one.first, one.last, one.store_id, one.region, one.note)
        for one in CashRoom(book).events()
        if filters.stores is None or one.store_id is None or one.store_id in filters.stores
    ]
    return report("store-events", (ReportTable("store-events", columns, frame(columns, rows)),), filters)


def _share(share: float | None) -> Decimal | None:
    return None if share is None else Decimal(repr(float(share)))
