"""The store sheet: a page for each store with its figures, days, parts, busy hours, and what lies within its walls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from chainbrain.analytics import change, heatmap, mix, periods, stores, trend, unusual, walls
from chainbrain.analytics import overview as strips
from chainbrain.analytics.walls import FourWall
from chainbrain.reports import selling, weekly
from chainbrain.reports.filters import Column, Filters, counts, frame, money, period_of, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.analytics.heatmap import HeatMap
    from chainbrain.analytics.mix import Mix
    from chainbrain.analytics.periods import Period
    from chainbrain.database.book import Book

TREND_DAYS: Final = 35
_WHOSE: Final = (Column("store_id", "id"), Column("store"))
_MIX: Final = (
    Column("part", "names"), *money("receipts"), Column("share", "percent"), *counts("orders"),
    *money("ticket", "refunds"), Column("ratio", "percent"),
)  # fmt: skip
_HOURS: Final = (
    Column("weekday", "word", "weekday"),
    Column("hour", "line"),
    *money("receipts"),
    Column("orders_average", "money"),
)
_WALLS: Final = (Column("month", "date"), Column("wall", "word", "wall"), *money("amount"))


def store_sheet(book: Book, filters: Filters) -> Report:
    """A page for each of the chosen stores, otherwise for every one; the current month when nobody chose days."""
    period = period_of(book, filters, "month")
    found = stores.league(book, period, filters.stores).rows if period else ()
    costs = walls.four_walls(book, period.after, filters.stores) if period else {}
    said = unusual.standing(book)
    made: dict[str, list[ReportTable]] = {}
    for row in found if period else ():
        words = [word for word in said if word.store_id == row.store_id]
        for table in _tables(book, period, row.store_id, costs.get(row.store_id)):
            made.setdefault(table.name, []).append(_of(table, row.store_id, row.name))
        made.setdefault("unusual", []).append(_of(selling.words(words), row.store_id, row.name))
    joined = tuple(replace(same[0], rows=pl.concat(one.rows for one in same)) for same in made.values())
    empty = _of(weekly.figures(None), "", "")
    return replace(report("store-sheet", joined or (_named(empty),), filters, period, compared=True), layout="store")


def _tables(book: Book, period: Period | None, store: str, costs: FourWall | None) -> Sequence[ReportTable]:
    assert period is not None, "stores are ranked over days only"
    chosen = [store]
    explained = change.explain(book, period, chosen)
    # As on the screen: the last 28 days, or the period when it is longer.
    span = periods.known(book)
    usual = periods.chosen("last_28", span) if span else period
    days = usual if period.days < usual.days else period
    long = periods.ending(period.last, max(TREND_DAYS, period.days))
    if span:
        # What was never there is not missing.
        long = replace(long, first=min(max(long.first, span.first), period.first))
    return (
        _named(weekly.figures(strips.strip(book, period, chosen))),
        weekly.why(explained),
        selling.steps(explained if explained.comparable else None),
        *(_mix(mix.mix(book, period, by, chosen)) for by in change.BY),
        selling.days(trend.chain(book, long, chosen)),
        _hours(heatmap.heatmap(book, days, chosen)),
        _walls(costs),
    )


def _of(table: ReportTable, store: str, name: str) -> ReportTable:
    """A table of one store as part of the table of all; sums over stores and days would say nothing."""
    rows = table.rows.select(pl.lit(store).alias("store_id"), pl.lit(name).alias("store"), pl.all())
    return replace(table, columns=(*_WHOSE, *table.columns), rows=rows, totals=(), ratios=())


def _named(table: ReportTable) -> ReportTable:
    return replace(table, name="store-sheet")


def _mix(found: Mix) -> ReportTable:
    rows = [
        (f"{found.by}.{one.key}", one.receipts, one.share, one.orders, one.ticket, one.refunds, one.change.ratio)
        for one in found.parts
    ]
    return ReportTable(f"mix_{found.by}", _MIX, frame(_MIX, rows))


def _hours(found: HeatMap) -> ReportTable:
    rows = [(str(one.weekday), one.hour, one.receipts, one.orders) for one in found.hours]
    return ReportTable("busy-hours", _HOURS, frame(_HOURS, rows))


def _walls(found: FourWall | None) -> ReportTable:
    """Line by line; what is not known has no amount, and nothing is left of a store without costs."""
    rows: list[tuple[Any, ...]] = []
    if found:
        subjects = dict.fromkeys((*walls.NEEDED, *sorted(found.costs)))
        rows = [(found.month, "receipts", found.receipts), (found.month, "refunds", _less(found.refunds))]
        rows.append((found.month, "fees", _less(found.fees)))
        rows += [(found.month, key, _less(found.costs.get(key))) for key in subjects if key != walls.BELOW]
        rows.append((found.month, "profit", found.profit))
        if walls.BELOW in found.costs:
            rows.append((found.month, walls.BELOW, _less(found.costs[walls.BELOW])))
    return ReportTable("four_wall", _WALLS, frame(_WALLS, rows))


def _less(amount: Any) -> Any:
    return None if amount is None else -amount
