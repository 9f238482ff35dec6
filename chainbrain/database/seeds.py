"""Plants the shipped rules, holidays and festivals into a new book, where they are then edited."""

from __future__ import annotations

import polars as pl

from chainbrain.database.book import Book
from chainbrain.resources import resource

_TABLES = {"rules": "rules.csv", "holidays": "holidays.csv", "festivals": "lunar.csv"}


def plant(book: Book) -> None:
    """Fill those of the rule tables that are still empty; rows a user has edited are never touched.

    Rules of a key that an older book does not know at all are added to it, so that they can be edited there as well.
    """
    for table, name in _TABLES.items():
        path = resource("rules", name)
        if not path.exists():
            continue
        rows = pl.read_csv(path, try_parse_dates=False, infer_schema=False)
        if book.one_of(f"select count(*) from base.{table}")[0]:
            if table != "rules":
                continue
            known = [key for (key,) in book.rows_of("select distinct key from base.rules")]
            rows = rows.filter(~pl.col("key").is_in(known))
        if rows.height:
            book.append(f"base.{table}", rows)
