"""Which list holds the rows behind each figure of a store, in the league and in the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.analytics.periods import Period
    from chainbrain.analytics.stores import LeagueRow

FIGURES = ("receipts", "change", "ticket", "orders", "refunds", "take_rate", "four_wall", "recent")
"""Columns of the league that are made of rows; the others are places among the stores, by their receipts."""
_CHARGED = frozenset({"take_rate", "fees"})
_WALLS = frozenset({"four_wall", "margin"})
_RECENT_DAYS = 28


def behind(
    row: LeagueRow,
    key: str,
    period: Period,
    shown: Sequence[str] | None = None,
    *,
    channel: bool = False,
    wall_month: date | None = None,
) -> tuple[str, dict[str, object]] | None:
    """Return the list and its filters; nothing where a figure is made of nothing.

    Args:
        row: the store's row; the total has no store number and opens those of all shown stores.
        key: the column of the league, or the line of the comparison.
        period: what is shown.
        shown: the stores of the screen, None for all.
        wall_month: the month of which all shown stores know their profit; the total has none of its own.
        channel: whether ``key`` is a sales channel.
    """
    stores = [row.store_id] if row.store_id else shown
    days: dict[str, object] = {"stores": stores, "first": period.first, "after": period.after}
    if channel:
        return "orders", {**days, "channel": key, "sold": True}
    if key == "refunds":
        return "refunds", days
    if key in _CHARGED:
        return "payments", {**days, "sold": True, "placed": True if stores is None else None}
    if key in {"change", "like_for_like"}:
        return "like_days", {**days, "shift": period.shift}
    if key == "net":
        return "store_parts", days
    if key in _WALLS:
        return _walls(row.four_wall.month if row.four_wall is not None else wall_month, stores)
    if key == "missing_days":
        return "missing_days", days
    if key == "recent":
        days["first"] = period.after - timedelta(days=_RECENT_DAYS)
    return "orders", {**days, "sold": True}


def _walls(month: date | None, stores: Sequence[str] | None) -> tuple[str, dict[str, object]] | None:
    """Receipts and costs of a month; without one there is no figure."""
    if month is None:
        return None
    after = (month + timedelta(days=31)).replace(day=1)
    return "store_parts", {"stores": stores, "first": month, "after": after, "part": "walls"}
