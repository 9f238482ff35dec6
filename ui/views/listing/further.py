"""Where a row of a list leads: to the rows that it is a sum of, to its difference, or to its match."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

# Lists whose rows are days of a store, and the part of the day that a row is of.
_DAYS = {
    "like_days": "",
    "receipt_days": "channel",
    "like_channels": "channel",
    "like_dayparts": "daypart",
    "like_products": "product",
}


@dataclass(frozen=True)
class Deeper:
    """A list with its filters."""

    name: str
    filters: Mapping[str, object]


def further(name: str, cells: Mapping[str, object], filters: Mapping[str, object]) -> Deeper | dict[str, str] | None:
    """Return a list to open, what the reconcile screen is to show, or nothing.

    Args:
        name: the list of the row.
        cells: the row, by the keys of its columns.
        filters: what the list was opened with.
    """
    if name in {"orders", "refunds"}:
        return Deeper("tenders", {"store": cells["store_id"], "text": cells["order_no"]})
    if name in _DAYS:
        day = cells["business_day"]
        if "base_amount" in cells and not cells["amount"] and cells["base_amount"]:
            # A part that sold nothing on its day is the sales of the day it is compared with.
            day = cells["base_day"]
        after = day + timedelta(days=1) if isinstance(day, date) else None
        key = _DAYS[name]
        channel = {key: cells[key]} if key and cells[key] else {}
        return Deeper("orders", {"store": cells["store_id"], "first": day, "after": after, "sold": True, **channel})
    if name == "store_parts":
        return _part(cells, filters)
    if name == "map_moves":
        return _movement(cells)
    if name in {"differences", "unknown_deposits"}:
        return {"difference": str(cells["difference_id"])}
    return {"match": str(cells["match_id"])} if cells.get("match_id") else None


def _part(cells: Mapping[str, object], filters: Mapping[str, object]) -> Deeper | None:
    """The rows of a sum; a cost is a row of a file itself."""
    days = {"store": cells["store_id"], "first": filters.get("first"), "after": filters.get("after")}
    match cells["subject"] if cells["file"] is None else None:
        case "receipts":
            return Deeper("orders", {**days, "sold": True})
        case "refunds":
            return Deeper("refunds", days)
        case "fees":
            return Deeper("payments", {**days, "sold": True})
    return None


def _movement(cells: Mapping[str, object]) -> Deeper | None:
    """The receipts, lines and sheets of a day's movement; what passes from place to place has none."""
    day, part = cells["day"], cells["part"]
    days = {"first": day, "after": day + timedelta(days=1) if isinstance(day, date) else None}
    if cells["channel"] == "cash":
        return Deeper("cash_counts", {"store": cells["store_id"], **days})
    if part in {"opening", "gross", "other", "refunds", "fees", "received"}:
        return Deeper("arrivals", {"channel": cells["channel"], "merchant": cells["merchant"], "part": part, **days})
    return None
