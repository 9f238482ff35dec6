"""Which list holds the rows behind each figure of a store, in the league and in the comparison."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.analytics.periods import Period
    from chainbrain.analytics.stores import LeagueRow

FIGURES = ("receipts", "change", "ticket", "orders", "refunds", "take_rate", "four_wall", "recent")
"""Columns of the league that are made of rows; the others are places among the stores, by their receipts."""
_CHARGED = frozenset({"take_rate", "fees"})
_WALLS = frozenset({"four_wall", "margin"})
_RECENT_DAYS = 28


def behind(row: LeagueRow, key: str, period: Period, *, channel: bool = False) -> tuple[str, dict[str, object]] | None:
    """Return the list and its filters; nothing where a figure is made of nothing.

    Args:
        row: the store's row; the total has no store number and opens those of all stores.
        key: the column of the league, or the line of the comparison.
        period: what is shown.
        channel: whether ``key`` is a sales channel.
    """
    store = row.store_id or None
    days: dict[str, object] = {"store": store, "first": period.first, "after": period.after}
    if channel:
        return "orders", {**days, "channel": key, "sold": True}
    if key == "refunds":
        return "refunds", days
    if key in _CHARGED:
        return "payments", {**days, "sold": True, "placed": None if store else True}
    if key in {"change", "like_for_like"}:
        return "like_days", {**days, "shift": period.shift}
    if key == "net":
        return "store_parts", days
    if key in _WALLS:
        return _walls(row)
    if key == "missing_days":
        return "missing_days", days
    if key == "recent":
        days["first"] = period.after - timedelta(days=_RECENT_DAYS)
    return "orders", {**days, "sold": True}


def _walls(row: LeagueRow) -> tuple[str, dict[str, object]] | None:
    """The costs of a month; without any there is no figure."""
    if row.four_wall is None:
        return None
    month = row.four_wall.month
    after = (month + timedelta(days=31)).replace(day=1)
    return "store_parts", {"store": row.store_id or None, "first": month, "after": after, "part": "walls"}
