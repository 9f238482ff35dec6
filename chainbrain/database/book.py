"""One open book: named statements, transactions, and readers beside the writer."""

from __future__ import annotations

import os
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

from chainbrain.database.connecting import connect
from chainbrain.database.named_statements import Row
from chainbrain.database.standing import Commits, Turn
from chainbrain.database.transactions import Transactions

__all__ = ["ROWS_PER_THREAD", "SMALL_STEP", "Book", "Row"]

# A second thread costs every statement more than it saves until there is much to read: a small book is matched by some
# 800 statements, which alone took twice as long with two.
ROWS_PER_THREAD = 1_000_000
# Statements that look at some rows of a book deserve as many threads as a tenth of it: of a book of four million rows
# one store-day took a third longer with two than with one.
SMALL_STEP = 10


class Book(Transactions):
    """A connection to one book; every statement the program runs goes through here.

    A book belongs to one thread. ``reader`` hands out a second one on the same database for another thread, ``second``
    one that writes there in its turn.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, turn: Turn | None = None, *, commits: Commits | None = None
    ) -> None:
        super().__init__(connection, turn, commits)
        # Temporary tables that nobody needs any more, to be dropped in this book's own thread (pages.py).
        self.abandoned: deque[str] = deque()
        self._readers: weakref.WeakSet[Book] = weakref.WeakSet()

    @classmethod
    def in_memory(cls) -> Book:
        """A migrated book without a file, with the seeded rules and holidays; for tests and trials."""
        from chainbrain.database import migrate, seeds  # noqa: PLC0415 -- both need Book

        book = cls(connect(":memory:"))
        migrate.migrate(book)
        seeds.plant(book)
        return book

    def fit_threads(self, rows: int) -> None:
        """Let each statement be worked on by as many threads as so many rows deserve and the machine has."""
        self._turn.rows = rows
        self._take_threads(rows, self.execute)

    @contextmanager
    def small_steps(self) -> Iterator[None]:
        """Let statements that each look at some rows of the book be worked on by as many threads as that deserves."""
        self._take_threads(self._turn.rows // SMALL_STEP, self.execute)
        try:
            yield
        finally:
            # Beside a transaction that may have failed.
            with self._connection.cursor() as beside:
                self._take_threads(self._turn.rows, beside.execute)

    def _take_threads(self, rows: int, execute: Callable[[str], object]) -> None:
        wanted = min(os.cpu_count() or 1, 1 + rows // ROWS_PER_THREAD)
        if wanted != self._turn.threads:
            execute(f"set threads = {wanted}")
            self._turn.threads = wanted

    def reader(self) -> Book:
        """A second book on the same database, for another thread; sees what is committed.

        Its stores and contracts are those that are kept (``facts/reading``).
        """
        reader = Book(self._connection.cursor(), commits=self._commits)
        self._readers.add(reader)
        reader.run("facts/reading")
        return reader

    def second(self) -> Book:
        """A book on the same database that writes in another thread, when it is its turn."""
        second = Book(self._connection.cursor(), self._turn)
        second._commits = self._commits
        self._readers.add(second)
        return second

    def interrupt(self) -> None:
        """Stop the statement that another thread runs on this book; it raises ``Cancelled`` there."""
        self._connection.interrupt()

    def close(self) -> None:
        """Let go of the connection and of every reader: one that stays open keeps the file open with it."""
        for reader in list(self._readers):
            reader.close()
        self._connection.close()
