"""The money map as a report: where the money lay on the last day asked for, where it came from, every day before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from chainbrain.cash.mapday import CLAIMS, PLACES, MapDay
from chainbrain.cash.room import CashRoom
from chainbrain.errors import UserError
from chainbrain.reports.filters import Column, Filters, frame, money, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.cash.moneymap import MoneyMap
    from chainbrain.database.book import Book

_PLACE = Column("place", "word", "place")
_SOURCE = Column("map_source", "word", "map_source")
_END = Column("map_end", "word", "map_end")


def money_map(book: Book, filters: Filters) -> Report:
    """The map of the last day before ``after``, with the flows from ``first`` on; of one store or entity, or of all.

    Raises:
        UserError: ``map.unknown_store``, ``map.unknown_entity``, ``map.no_such_day``, ``map.since``;
            ``report.one_store`` for several.
    """
    found = CashRoom(book).money_map()
    if filters.stores is not None and len(filters.stores) > 1:
        raise UserError("report.one_store", name="money-map")
    store = filters.stores[0] if filters.stores else None
    day = None
    if not found.is_empty:
        found = found.of(store, filters.entity)
        day = found.at(filters.after - timedelta(days=1) if filters.after else None, filters.first)
        filters = replace(filters, first=day.since, after=day.day + timedelta(days=1))
    return report("money-map", (_places(day), _flows(day), _accounts(day), _days(found)), filters)


def _places(day: MapDay | None) -> ReportTable:
    columns = (_PLACE, *money("map_amount"))
    return ReportTable("map_places", columns, frame(columns, list(day.held.items()) if day else []), ("map_amount",))


def _flows(day: MapDay | None) -> ReportTable:
    columns = (_SOURCE, _END, Column("map_account", "account"), *money("map_amount"))
    rows = [(one.source, one.end, one.account, one.amount) for one in (day.flows if day else ())]
    return ReportTable("map_flows", columns, frame(columns, rows), ("map_amount",))


def _accounts(day: MapDay | None) -> ReportTable:
    columns = (Column("map_account", "account"), *money("map_balance", "map_arrived"))
    rows = [(one.number, one.balance, one.arrived) for one in (day.accounts if day else ())]
    return ReportTable("map_accounts", columns, frame(columns, rows), ("map_balance", "map_arrived"))


def _days(found: MoneyMap) -> ReportTable:
    days, held = found.river()
    names = [name for name in (*PLACES, *CLAIMS) if name in held]
    columns = (Column("day", "date"), *money(*(f"place_{name}" for name in names)))
    rows = [(day, *(held[name][number] for name in names)) for number, day in enumerate(days)]
    return ReportTable("map_days", columns, frame(columns, rows))
