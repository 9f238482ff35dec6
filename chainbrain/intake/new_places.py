"""Stores and merchant numbers that the files of a plan name for the first time, and files that name none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.database.book import Book

_WITH_STORES: Final = (
    "orders", "tenders", "order_items", "cash_counts", "stored_value_lines", "ledger_lines", "store_costs",
)  # fmt: skip


@dataclass(frozen=True)
class NewPlaces:
    """What the book has not seen before and no store owns yet: told before the import, placed after it.

    ``stores`` are numbers of tills; ``merchants`` are pairs of channel and merchant number; ``files`` are pairs of
    channel and name: their rows name no shop, and neither does their name.
    """

    stores: tuple[str, ...] = ()
    merchants: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()

    @property
    def count(self) -> int:
        """How many answers will be asked for."""
        return len(self.stores) + len(self.merchants) + len(self.files)


def of_plan(book: Book, names: Mapping[str, str]) -> NewPlaces:
    """What the rows of the open plan name for the first time; master tables of the same plan count as known.

    Args:
        book: the book with the compared rows.
        names: what each planned file is called, by its id.
    """
    there = {
        row[0] for row in book.rows_of("select table_name from duckdb_tables() where table_name like 'classified_%'")
    }
    codes = " union ".join(
        f"select store_code from classified_{kind} where state = 'new'"
        for kind in _WITH_STORES
        if f"classified_{kind}" in there
    )
    known = " union ".join(
        ["select store_id from main.stores where registered", "select code from base.store_aliases"]
        + (["select code from classified_stores"] if "classified_stores" in there else [])
    )
    stores = book.rows_of(f"({codes}) except ({known}) order by 1") if codes else []
    accounts = book.rows("places/planned_accounts") if "classified_payments" in there else []
    told = (
        {(row[0], row[1]) for row in book.rows_of("select channel, merchant_no from classified_accounts")}
        if "classified_accounts" in there
        else set()
    )
    merchants = tuple((channel, number) for channel, number, _ in accounts if (channel, number) not in told)
    files = _files(book, names) if "classified_payments" in there else ()
    return NewPlaces(tuple(row[0] for row in stores), merchants, files)


def _files(book: Book, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    planned = pl.DataFrame(
        {"file_id": list(names), "name": list(names.values())}, {"file_id": pl.String, "name": pl.String}
    )
    with book.loaded("planned_names", planned):
        return tuple((channel, name) for channel, name in book.rows("places/planned_files"))
