"""What somebody gave to narrow a report to, read and checked: periods, months, weeks, stores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain import texts
from chainbrain.analytics import periods, store_groups
from chainbrain.analytics.store_groups import StoreGroup
from chainbrain.errors import UserError
from chainbrain.reports.filters import Filters

if TYPE_CHECKING:
    from chainbrain.database.book import Book


def given_filters(book: Book, given: Mapping[str, object]) -> Filters:
    """The filters by the names that ``room.make`` knows; what is not given narrows nothing.

    Raises:
        UserError: ``report.unknown_filter``, ``report.unknown_store``, ``report.unknown_channel``,
            ``report.unknown_merchant``, ``report.month``, ``report.week``, ``stores.group``, ``stores.group_none``,
            ``stores.group_and_store``.
    """
    values = {key: value for key, value in given.items() if value is not None}
    name, store, group, month, week = (values.pop(key, None) for key in ("period", "store", "group", "month", "week"))
    if name is not None:
        if name not in periods.CHOICES:
            raise UserError("report.unknown_filter", name=f"period={name}", known=", ".join(periods.CHOICES))
        span = periods.known(book)
        chosen = periods.chosen(str(name), span) if span else None
        values |= {"first": chosen.first, "after": chosen.after} if chosen else {}
    if month is not None:
        values |= _days_of(str(month))
    if week is not None:
        values |= _days_of_week(str(week))
    if group is not None and (store is not None or values.get("stores") is not None):
        raise UserError("stores.group_and_store")
    if store is not None:
        values["stores"] = [str(store)]
    if group is not None:
        named = StoreGroup.parse(str(group))
        values |= {"group": named, "stores": list(store_groups.chosen(book, named))}
    _check_stores(book, values.get("stores"))
    _check_channel(values.get("channel"))
    _check_merchant(book, values.get("merchant"))
    known = {item.name for item in fields(Filters)}
    if unknown := sorted(values.keys() - known):
        raise UserError(
            "report.unknown_filter",
            name=", ".join(unknown),
            known=", ".join(sorted(known | {"period", "store", "month", "week"})),
        )
    return Filters(**values)  # type: ignore[arg-type]


def _check_stores(book: Book, stores: object) -> None:
    if not isinstance(stores, Sequence):
        return
    # A book may know a number by its merchant accounts or its sales before the store table comes.
    rows = book.rows_of(
        "select store_id from main.stores union select store_id from main.merchant_accounts "
        "union select store_id from base.daily_sales"
    )
    known = {str(row[0]) for row in rows}
    if unknown := sorted(set(stores) - known):
        raise UserError("report.unknown_store", stores=tuple(unknown))


def _check_channel(channel: object) -> None:
    known = sorted(key.removeprefix("channel.") for key in texts.catalogue("vocabulary") if key.startswith("channel."))
    if channel is not None and channel not in known:
        raise UserError("report.unknown_channel", channel=str(channel), known=", ".join(known))


def _check_merchant(book: Book, merchant: object) -> None:
    if merchant is not None and not book.rows("reports/merchant_known", merchant=str(merchant)):
        raise UserError("report.unknown_merchant", merchant=str(merchant))


def _days_of(month: str) -> dict[str, object]:
    """The days of a month written ``2026-06``."""
    try:
        first = date.fromisoformat(f"{month}-01")
        return {"first": first, "after": (first + timedelta(days=31)).replace(day=1)}
    except (ValueError, OverflowError) as cause:
        raise UserError("report.month", month=month) from cause


def _days_of_week(day: str) -> dict[str, object]:
    """The Monday to Sunday around a day."""
    try:
        inside = date.fromisoformat(day)
        first = inside - timedelta(days=inside.weekday())
        return {"first": first, "after": first + timedelta(days=7)}
    except (ValueError, OverflowError) as cause:
        raise UserError("report.week", week=day) from cause
