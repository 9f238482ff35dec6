"""Plants the shipped rules, holidays and festivals into a new book, where they are then edited."""

from __future__ import annotations

import polars as pl

from chainbrain.database.book import Book
from chainbrain.resources import resource

_TABLES = {"rules": "rules.csv", "holidays": "holidays.csv", "festivals": "lunar.csv"}


def plant(book: Book) -> None:
    """Fill those of the rule tables that are still empty; rows a user has edited are never touched."""
    for table, name in _TABLES.items():
        path = resource("rules", name)
        if not path.exists() or book.one_of(f"select count(*) from base.{table}")[0]:
            continue
        book.append(f"base.{table}", pl.read_csv(path, try_parse_dates=False, infer_schema=False))
