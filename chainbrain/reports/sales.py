"""Reports on what the stores sell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chainbrain.analytics import attention as attention_list
from chainbrain.analytics import change as changes
from chainbrain.analytics import heatmap, stores, trend
from chainbrain.analytics import overview as strips
from chainbrain.reports import selling
from chainbrain.reports.filters import Column, Filters, frame, money, period_of, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book


def store_league(book: Book, filters: Filters) -> Report:
    """Every store's receipts, orders, refunds and charges, and the chain's; the current month when nobody chose."""
    period = period_of(book, filters, "month")
    found = stores.league(book, period, filters.stores) if period else None
    return report("store-league", (selling.league(found), selling.walls(found)), filters, period, compared=True)


def overview(book: Book, filters: Filters) -> Report:
    """The figures of the overview, what needs a hand, and every day beside what was to be expected."""
    period = period_of(book, filters, "month")
    columns = (
        Column("figure", "word", "report_column"),
        *money("value", "compared", "compared_before"),
        Column("ratio", "percent"),
    )
    figures: list[tuple[Any, ...]] = []
    if period:
        strip = strips.strip(book, period, filters.stores)
        for name in ("receipts", "ticket", "fees", "refunds"):
            figure = getattr(strip, name)
            figures.append((name, figure.value, figure.change.now, figure.change.before, figure.change.ratio))
        figures.append(("net", strip.net, None, None, None))
    found = attention_list.attention(book, period.last, filters.stores) if period else None
    tables = (
        ReportTable("overview", columns, frame(columns, figures)),
        selling.attention(found, selling.payout_days(book, found)),
        selling.words(found.explained if found else ()),
        selling.days(trend.chain(book, period, filters.stores) if period else ()),
    )
    return report("overview", tables, filters, period, compared=True)


def change(book: Book, filters: Filters) -> Report:
    """Why the receipts changed against the period before: contributions that add up to the cent."""
    period = period_of(book, filters, "month")
    found = {by: changes.explain(book, period, filters.stores, by) if period else None for by in changes.BY}
    products = changes.explain(book, period, filters.stores, changes.PRODUCT) if period else None
    tables = (
        selling.steps(found["channel"]),
        *(selling.parts(one, by) for by, one in found.items()),
        selling.products(products),
    )
    return report("change", tables, filters, period, compared=True)


def busy_hours(book: Book, filters: Filters) -> Report:
    """Receipts and orders of the average hour of every weekday."""
    period = period_of(book, filters)
    columns = (
        Column("weekday", "word", "weekday"),
        Column("hour", "line"),
        *money("receipts"),
        Column("orders_average", "money"),
    )
    rows: list[tuple[Any, ...]] = []
    if period:
        rows = [
            (str(h.weekday), h.hour, h.receipts, h.orders) for h in heatmap.heatmap(book, period, filters.stores).hours
        ]
    table = ReportTable("busy-hours", columns, frame(columns, rows))
    return report("busy-hours", (table,), filters, period)
