"""Keeps the daily sales table: one row per store, business day, sales channel, daypart and hour."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain.changes import Changes

if TYPE_CHECKING:
    from chainbrain.database.book import Book

# The hour at which 早市, 午市, 下午茶, 晚市 and 夜宵 begin; a rule `analytics.daypart.<name>` overrides it.
DAYPARTS: dict[str, int] = {"early": 5, "lunch": 10, "afternoon": 14, "evening": 17, "night": 21}


def dayparts(book: Book) -> dict[str, int]:
    """The first hour of every daypart, as the book's newest rules say it."""
    edited: dict[str, str] = dict(book.rows("rules/newest", prefix="analytics.daypart."))
    return {name: int(edited.get(name, hour)) for name, hour in DAYPARTS.items()}


def refresh(book: Book, first: date | None = None, after: date | None = None) -> Changes:
    """Rewrite the daily sales from the orders and tenders.

    Args:
        book: the book to write to; joins a transaction that is already open.
        first: the first business day to rewrite; all days when left out.
        after: the day after the last one to rewrite.
    """
    with book.transaction():
        days: dict[str, object] = {"first": first or date(1900, 1, 1), "after": after or date(9999, 12, 31)}
        book.run("analytics/refresh", **days, **dayparts(book))
    return Changes(frozenset({"daily_sales"}))


def refresh_around(book: Book, days: list[date]) -> Changes:
    """Rewrite only the days an import touched, and the day after each, where sales past midnight land."""
    if not days:
        return Changes()
    return refresh(book, min(days) - timedelta(days=1), max(days) + timedelta(days=2))
