"""The tables that several reports on sales have: league, days, steps of a change, what needs a hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from chainbrain.analytics import change as changes
from chainbrain.analytics import peers
from chainbrain.analytics.attention import Attention, Item
from chainbrain.analytics.stores import League
from chainbrain.analytics.trend import Day
from chainbrain.analytics.unusual import UnusualWord
from chainbrain.reports.filters import CHANNEL, Column, counts, frame, money
from chainbrain.reports.tables import ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book

Days = Mapping[str, tuple[date, date]]
"""First and last day by the number of a difference."""
WHOLE_CHAIN: Final = "attention.whole_chain"
"""Named where rows belong to no store: they stand in every store's list."""

_LEAGUE: Final = (
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
    Column("new_store", "word", "yes_no"),
)
NOT_ENTERED: Final = "stores.not_entered"
"""What stands where the list of stores says nothing."""
_WALLS: Final = (
    Column("store_id", "id"),
    Column("store"),
    Column("four_wall_month", "date"),
    *money("four_wall"),
    Column("four_wall_margin", "percent"),
    Column("lacks", "names"),
    Column("store_format", "names"),
    Column("city_tier", "names"),
    Column("rank_format"),
    Column("rank_city"),
    Column("rank_ownership"),
    Column("rank_age"),
)
_ITEMS: Final = (
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
_WORDS: Final = (
    Column("stores_named", "names"),
    Column("day", "date"),
    Column("unusual_kind", "word", "unusual_kind"),
    Column("unusual_until", "date"),
    Column("note"),
)
_DAYS: Final = (
    Column("day", "date"),
    *money("receipts"),
    *counts("orders", "stores", "stores_present"),
    *money("expected_low", "expected", "expected_high"),
    Column("deviation", "percent"),
)
_STEPS: Final = (Column("step", "word", "change"), *money("amount"), Column("about", "names"), *counts("count"))
_PARTS: Final = (
    Column("part", "names"),
    *money("part_before", "part_now", "amount", "by_orders", "by_ticket"),
    *counts("orders_before", "orders"),
    Column("opposes", "word", "yes_no"),
)
_PRODUCTS: Final = (
    Column("part", "names"),
    *money("part_before", "part_now", "amount", "by_quantity", "by_price", "quantity_before", "quantity"),
    Column("opposes", "word", "yes_no"),
)


def league(found: League | None) -> ReportTable:
    """Every store's period in one row, and the chain's."""
    rows = [
        (
            place, r.store_id, r.name, r.city, r.ownership, r.receipts, r.orders, r.ticket, r.refunds,
            r.like_for_like.ratio, r.like_for_like.now, r.like_for_like.before, r.fees, r.takings, r.take_rate,
            r.missing_days, "yes" if found.new(r) else "no",
        )
        for place, r in enumerate(found.rows, start=1)
    ] if found else []  # fmt: skip
    totals = ("receipts", "orders", "refunds", "compared", "compared_before", "fees", "takings", "missing_days")
    total = found.total if found else None
    ratios = (
        (("ticket", total.ticket), ("like_for_like", total.like_for_like.ratio), ("take_rate", total.take_rate))
        if total
        else ()
    )
    return ReportTable("store-league", _LEAGUE, frame(_LEAGUE, rows), totals, ratios)


def walls(found: League | None) -> ReportTable:
    """Every store's four-wall profit or what lacks for it, and its rank among peers by the average day."""
    rows: list[tuple[Any, ...]] = []
    for row in found.rows if found else ():
        own = row.four_wall
        ranks = found.places(row) if found else {}
        places = [ranks.get(by) for by in peers.KINDS]
        lacks = "compare.no_costs" if own is None else "\n".join(f"wall.{name}" for name in own.unknown)
        figures = (own.month, own.profit, own.margin) if own is not None else (None, None, None)
        shown = (None if place is None else f"{place.place}/{place.of}" for place in places)
        kind = (row.format or NOT_ENTERED, row.city_tier or NOT_ENTERED)
        rows.append((row.store_id, row.name, *figures, lacks or None, *kind, *shown))
    return ReportTable(
        "league_walls", _WALLS, frame(_WALLS, rows), ratios=(("four_wall_margin", found.margin if found else None),)
    )


def payout_days(book: Book, found: Attention | None) -> Days:
    """Of which days' sales the late payouts are, by their difference, where they say so."""
    ids = [one for item in (found.items if found else ()) if item.kind == "late_payout" for one in item.differences]
    return {str(one): (first, last) for one, first, last in book.rows("reports/payout_days", ids=ids)} if ids else {}


def attention(found: Attention | None, payouts: Days | None = None) -> ReportTable:
    """What needs a hand, the largest amount first, with the days that it is of; see ``payout_days``."""
    known = payouts or {}
    rows = [
        (
            f"difference.{item.code}" if item.kind == "difference" else f"attention.{item.kind}", item.amount,
            "yes" if item.estimated else "no", item.code, "\n".join(store.name for store in item.stores) or WHOLE_CHAIN,
            item.channel, item.count, *_days_of(item, known), item.due_on,
        )
        for item in (found.items if found else ())
    ]  # fmt: skip
    return ReportTable("attention", _ITEMS, frame(_ITEMS, rows))


def _days_of(item: Item, payouts: Days) -> tuple[date | None, date | None]:
    told = [payouts[one] for one in item.differences if one in payouts]
    if not told:
        return item.first_day, item.last_day
    return min(first for first, _ in told), max(last for _, last in told)


def words(said: Sequence[UnusualWord]) -> ReportTable:
    """What was said of unusual days."""
    rows = [(word.name, word.day, word.kind, word.until, word.note) for word in said]
    return ReportTable("unusual", _WORDS, frame(_WORDS, rows))


def days(series: Sequence[Day]) -> ReportTable:
    """Every day beside what was to be expected."""
    rows: list[tuple[Any, ...]] = []
    for day in series:
        band = (day.expected.low, day.expected.middle, day.expected.high) if day.expected else (None, None, None)
        rows.append((day.day, day.amount, day.orders, day.stores, day.stores_present, *band, day.deviation))
    return ReportTable("daily", _DAYS, frame(_DAYS, rows), ("receipts", "orders"))


def steps(found: changes.Explanation | None) -> ReportTable:
    """From the receipts before to those now; the total is now."""
    rows: list[tuple[Any, ...]] = [("before", found.before, None, None)] if found else []
    rows += [(step.key, step.amount, _about(step), step.count or None) for step in (found.steps if found else ())]
    return ReportTable("change", _STEPS, frame(_STEPS, rows), ("amount",))


def parts(found: changes.Explanation | None, by: str) -> ReportTable:
    """What every channel or daypart contributes."""
    rows = [
        (
            f"{by}.{part.key}", part.receipts0, part.receipts1, part.change, part.by_orders, part.by_ticket,
            part.orders0, part.orders1, "yes" if found.opposes(part) else "no",
        )
        for part in found.parts
    ] if found else []  # fmt: skip
    sums = ("part_before", "part_now", "amount", "orders_before", "orders")
    return ReportTable(f"change_{by}", _PARTS, frame(_PARTS, rows), sums)


def products(found: changes.Explanation | None) -> ReportTable:
    """What every group of products contributes; one line says so where no order items can be compared."""
    rows: list[tuple[Any, ...]] = []
    if found is not None and found.itemised:
        rows = [
            (
                part.key or "change.unlisted", part.receipts0, part.receipts1, part.change, part.by_orders,
                part.by_ticket, part.orders0 if part.key else None, part.orders1 if part.key else None,
                "yes" if found.opposes(part) else "no",
            )
            for part in found.parts
        ]  # fmt: skip
    elif found is not None:
        rows = [("change.no_items", *(None,) * 8)]
    return ReportTable("change_product", _PRODUCTS, frame(_PRODUCTS, rows), ("part_before", "part_now", "amount"))


def _about(step: changes.Step) -> str:
    prefix = {"calendar": "holiday.", "gained": "channel.", "lost": "channel."}.get(step.key, "")
    return "\n".join(prefix + name for name in step.names)
