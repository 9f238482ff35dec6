"""Reports on what the stores sell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chainbrain.analytics import attention as attention_list
from chainbrain.analytics import change as changes
from chainbrain.analytics import heatmap, stores, trend
from chainbrain.analytics import overview as strips
from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money, period_of, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book


def store_league(book: Book, filters: Filters) -> Report:
    """Every store's receipts, orders, refunds and charges, and the chain's."""
    period = period_of(book, filters)
    columns = (
        Column("rank", "count"),
        Column("store_id", "id"),
        Column("store"),
        Column("city"),
        Column("ownership", "word", "ownership"),
        Column("receipts", "money"),
        Column("orders", "count"),
        *money("ticket", "refunds"),
        Column("like_for_like", "percent"),
        *money("compared", "compared_before", "fees", "takings"),
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
    table = ReportTable("store-league", columns, frame(columns, rows), totals, ratios)
    return report("store-league", (table,), filters, period, compared=True)


def overview(book: Book, filters: Filters) -> Report:
    """The figures of the overview, what needs a hand, and every day beside what was to be expected."""
    period = period_of(book, filters, "month")
    names = ("receipts", "ticket", "fees", "refunds")
    figure_columns = (
        Column("figure", "word", "report_column"),
        *money("value", "compared", "compared_before"),
        Column("ratio", "percent"),
    )
    item_columns = (
        Column("what", "names"),
        Column("amount", "money"),
        Column("estimated", "word", "yes_no"),
        Column("code", "id"),
        Column("stores_named", "names"),
        CHANNEL,
        Column("count", "count"),
        Column("first_day", "date"),
        Column("last_day", "date"),
        Column("due_on", "date"),
    )
    word_columns = (
        Column("stores_named", "names"),
        Column("day", "date"),
        Column("unusual_kind", "word", "unusual_kind"),
        Column("unusual_until", "date"),
        Column("note"),
    )
    day_columns = (
        Column("day", "date"),
        *money("receipts"),
        *counts("orders", "stores", "stores_present"),
        *money("expected_low", "expected", "expected_high"),
        Column("deviation", "percent"),
    )
    figures: list[tuple[Any, ...]] = []
    items: list[tuple[Any, ...]] = []
    days: list[tuple[Any, ...]] = []
    said: list[tuple[Any, ...]] = []
    if period:
        strip = strips.strip(book, period, filters.stores)
        for name in names:
            figure = getattr(strip, name)
            figures.append((name, figure.value, figure.change.now, figure.change.before, figure.change.ratio))
        found = attention_list.attention(book, period.last, filters.stores)
        said = [(word.name, word.day, word.kind, word.until, word.note) for word in found.explained]
        for item in found.items:
            named = "\n".join(store.name for store in item.stores)
            items.append(
                (
                    f"difference.{item.code}" if item.kind == "difference" else f"attention.{item.kind}",
                    item.amount,
                    "yes" if item.estimated else "no",
                    item.code,
                    named,
                    item.channel,
                    item.count,
                    item.first_day,
                    item.last_day,
                    item.due_on,
                )
            )
        for day in trend.chain(book, period, filters.stores):
            band = (day.expected.low, day.expected.middle, day.expected.high) if day.expected else (None, None, None)
            days.append((day.day, day.amount, day.orders, day.stores, day.stores_present, *band, day.deviation))
    tables = (
        ReportTable("overview", figure_columns, frame(figure_columns, figures)),
        ReportTable("attention", item_columns, frame(item_columns, items)),
        ReportTable("unusual", word_columns, frame(word_columns, said)),
        ReportTable("daily", day_columns, frame(day_columns, days), ("receipts", "orders")),
    )
    return report("overview", tables, filters, period, compared=True)


def change(book: Book, filters: Filters) -> Report:
    """Why the receipts changed against the period before: contributions that add up to the cent."""
    period = period_of(book, filters, "month")
    columns = (Column("step", "word", "change"), *money("amount"), Column("about", "names"), *counts("count"))
    part_columns = (
        Column("part", "names"),
        *money("part_before", "part_now", "amount", "by_orders", "by_ticket"),
        *counts("orders_before", "orders"),
        Column("opposes", "word", "yes_no"),
    )
    rows: list[tuple[Any, ...]] = []
    parts: dict[str, list[tuple[Any, ...]]] = {by: [] for by in changes.BY}
    if period:
        found = changes.explain(book, period, filters.stores)
        parts["channel"] = _parts(found)
        parts["daypart"] = _parts(changes.explain(book, period, filters.stores, "daypart"))
        rows = [("before", found.before, None, None)]
        rows += [(step.key, step.amount, _about(step), step.count or None) for step in found.steps]
    sums = ("part_before", "part_now", "amount", "orders_before", "orders")
    tables = (
        ReportTable("change", columns, frame(columns, rows), ("amount",)),
        *(ReportTable(f"change_{by}", part_columns, frame(part_columns, parts[by]), sums) for by in changes.BY),
    )
    return report("change", tables, filters, period, compared=True)


def _parts(found: changes.Explanation) -> list[tuple[Any, ...]]:
    return [
        (
            f"{found.by}.{part.key}", part.receipts0, part.receipts1, part.change, part.by_orders, part.by_ticket,
            part.orders0, part.orders1, "yes" if found.opposes(part) else "no",
        )
        for part in found.parts
    ]  # fmt: skip


def _about(step: changes.Step) -> str:
    prefix = {"calendar": "holiday.", "gained": "channel.", "lost": "channel."}.get(step.key, "")
    return "\n".join(prefix + name for name in step.names)


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
