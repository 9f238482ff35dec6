"""Long lists read page by page: the order is worked out once, each page is a cheap look-up."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from decimal import Decimal
from itertools import count
from types import TracebackType
from typing import Final, Self

import duckdb

from chainbrain.database.book import Book, Row
from chainbrain.database.statements import statement_text

PAGE: Final = 256

_numbers = count(1)


def parameters(name: str) -> set[str]:
    """The parameters that a statement below ``queries`` uses."""
    return set().union(*(found.named_parameters for found in duckdb.extract_statements(statement_text(name))))


class Pages:
    """One sorted, filtered list. Keeps the ordered rows, so that no page repeats the sort.

    Belongs to the thread of its book, as everything that reads. ``close`` lets the rows go at once; those of a list
    that somebody only dropped go when the next one is opened.
    """

    def __init__(self, book: Book, name: str, filters: Mapping[str, object], order: str) -> None:
        """Work out the order.

        Args:
            book: a reading book.
            name: the statement below ``queries``; its first column is the key, unique in the list.
            filters: values for all its parameters.
            order: an ORDER BY list over the statement's own column names; ours, never typed by a user.
        """
        self._book = book
        self._table = f"page_rows_{next(_numbers)}"
        while book.abandoned:
            book.execute(f"drop table if exists {book.abandoned.popleft()}")
        # A list can end in any thread; its table only in that of the book.
        self._ending = weakref.finalize(self, book.abandoned.append, self._table)
        # The rows themselves are kept in order: a temporary table is compressed, spills, and reads a page in no time.
        text = statement_text(name).rstrip().rstrip(";")
        book.execute(
            f"create temp table {self._table} as "
            f"select row_number() over (order by {order}) - 1 as page_row, * from ({text})",
            **filters,
        )
        self.count = int(book.one_of(f"select count(*) from {self._table}")[0])

    def page(self, number: int) -> list[Row]:
        """The rows of one page in order; a page past the end is empty."""
        return self._book.rows_of(
            f"select * exclude (page_row) from {self._table} "
            "where page_row >= $first and page_row < $after order by page_row",
            first=number * PAGE,
            after=(number + 1) * PAGE,
        )

    def total(self, column: str) -> Decimal:
        """The sum of a column of amounts over all rows; zero for an empty list."""
        found = self._book.one_of(f'select sum("{column}") from {self._table}')[0]
        return Decimal(0) if found is None else Decimal(found)

    def position(self, key: object) -> int | None:
        """The row number of a key, or nothing when it is not in the list."""
        first = self._book.rows_of(
            f"select column_name from duckdb_columns() where table_name = '{self._table}' and column_index = 2"
        )
        found = self._book.rows_of(
            f"select page_row from {self._table} where cast({first[0][0]} as varchar) = $key", key=str(key)
        )
        return int(found[0][0]) if found else None

    def close(self) -> None:
        """Let the rows go."""
        self._ending.detach()
        self._book.execute(f"drop table if exists {self._table}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
