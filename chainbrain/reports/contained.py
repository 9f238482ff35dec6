"""The tables of receipts that an opening balance has in it: said in a sentence, and day by day."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import polars as pl

from chainbrain import openings
from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, frame, money
from chainbrain.reports.tables import Link, ReportTable, told

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_NUMBER = (CHANNEL, Column("merchant_no", "id"))


def tables(book: Book, filters: Filters, numbers: Collection[tuple[str, str]] | None = None) -> tuple[ReportTable, ...]:
    """Both tables, or none where no opening balance has receipts of the period in it.

    Args:
        book: the book to read.
        filters: the period, and the channel or the merchant number.
        numbers: only these, each with its channel; all of them without it.
    """
    named = filters.values("first", "after", "channel", "merchant")
    found = [
        one
        for one in openings.contained(
            book, filters.first, filters.after, channel=filters.channel, merchant=filters.merchant
        )
        if numbers is None or (one.channel, one.merchant) in numbers
    ]
    if not found:
        return ()
    columns = (*_NUMBER, Column("opening_day", "date"), *counts("items"), *money("gross"), Column("remark", "message"))
    rows = [
        (one.channel, one.merchant, one.day, one.items, one.amount, told(openings.CODE, openings.facts(one)))
        for one in found
    ]
    wanted = frame(_NUMBER, [(one.channel, one.merchant) for one in found])
    days = book.frame("openings/days", **named).join(wanted, on=["channel", "merchant_no"], how="semi")
    by_day = (*_NUMBER, Column("opening_day", "date"), Column("day", "date"), *counts("items"), *money("gross"))
    links = (Link("channel", "contained_days", (("channel", "channel"), ("merchant_no", "merchant_no"))),)
    return (
        ReportTable("contained", columns, frame(columns, rows), ("items", "gross"), links=links),
        ReportTable("contained_days", by_day, days.with_columns(pl.col("items").cast(pl.Int64)), ("items", "gross")),
    )
