"""Keeps the daily sales table: one row per store, business day, sales channel, daypart and hour."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain import facts
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
    """Rewrite the daily sales from the orders and tenders, and everything that follows.

    Args:
        book: the book to write to; joins a transaction that is already open.
        first: the first business day to rewrite; all days when left out.
        after: the day after the last one to rewrite.
    """
    days: list[date] | None = None
    if first is not None or after is not None:
        known = book.one_of("select min(business_day), max(business_day) from base.orders")
        begin = first or known[0] or date(1900, 1, 1)
        end = after or (known[1] or begin) + timedelta(days=2)
        days = [begin + timedelta(days=number) for number in range((end - begin).days)]
    with book.transaction():
        rewrite(book, days)
        facts.placed(book)
        facts.unmatched(book)
    return Changes(frozenset({"daily_sales"}))


def moved(book: Book, days: Collection[date]) -> list[date] | None:
    """The days to rewrite when rows of these moved: no others, or all (None) when what all rest on is another.

    All rest on the stores' day cut-offs, their other numbers and the beginning of the dayparts.
    """
    return sorted(days) if facts.on_the_same_ground(book, _ground(book)) else None


def rewrite(book: Book, days: list[date] | None) -> None:
    """Rewrite the sales of these days, or of all days, and what follows from them; inside a transaction."""
    if days == []:
        return
    facts.see_stores(book, days)
    if days is None:
        book.execute("delete from base.daily_sales")
        facts.sold(book, None)
    for portion in facts.portions(book) if days is None else [days]:
        book.run("analytics/refresh", **facts.span(portion), **dayparts(book))
        facts.sold(book, portion)
    if days is None:
        facts.stand_on_ground(book, _ground(book))


def _ground(book: Book) -> str:
    return json.dumps(dayparts(book))
