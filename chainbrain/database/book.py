"""One open book: named statements, transactions, and readers beside the writer."""

from __future__ import annotations

import contextlib
import os
import weakref
from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import polars as pl

from chainbrain.database.connecting import connect, load_bridge
from chainbrain.database.standing import Commits, Standing, Told, Turn
from chainbrain.database.statements import Answers, statement_text, writes
from chainbrain.database.trouble import first_line, worded
from chainbrain.errors import Cancelled, UserError

# A second thread costs every statement more than it saves until there is much to read: a small book is matched by some
# 800 statements, which alone took twice as long with two.
ROWS_PER_THREAD = 1_000_000
# Statements that look at some rows of a book deserve as many threads as a tenth of it: of a book of four million rows
# one store-day took a third longer with two than with one.
SMALL_STEP = 10

Params = Mapping[str, object]
Row = tuple[Any, ...]


class Book:
    """A connection to one book; every statement the program runs goes through here.

    A book belongs to one thread. ``reader`` hands out a second one on the same database for another thread, ``second``
    one that writes there in its turn.
    """

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, turn: Turn | None = None, *, commits: Commits | None = None
    ) -> None:
        self._connection = connection
        self._turn = turn or Turn()
        self._commits = commits or Commits()
        # Of a reader only: what a writer sees in the middle of its work is nobody else's yet.
        self._standing = Standing(commits) if commits is not None else None
        self._depth = 0
        # Temporary tables that nobody needs any more, to be dropped in this book's own thread (pages.py).
        self.abandoned: deque[str] = deque()
        self._readers: weakref.WeakSet[Book] = weakref.WeakSet()
        # What was answered already, while many questions are asked of a book that stands still.
        self._answers: Answers | None = None

    @classmethod
    def in_memory(cls) -> Book:
        """A migrated book without a file, with the seeded rules and holidays; for tests and trials."""
        from chainbrain.database import migrate, seeds  # noqa: PLC0415 -- both need Book

        book = cls(connect(":memory:"))
        migrate.migrate(book)
        seeds.plant(book)
        return book

    # ------------------------------------------------------------------ statements
    def run(self, name: str, names: Mapping[str, str] | None = None, /, **params: object) -> None:
        """Execute all statements of ``queries/<name>.sql``; each is given those ``$name`` parameters that it uses.

        Args:
            name: the file below ``queries``, without ending.
            names: identifiers of ours for the ``{words}`` a statement leaves open; values always go through params.
            params: values.
        """
        text = statement_text(name)
        self._forget(text)
        for word, stands_for in (names or {}).items():
            text = text.replace(f"{{{word}}}", stands_for)
        for statement in duckdb.extract_statements(text):
            self._execute(statement, {key: params[key] for key in statement.named_parameters})
        self._count_commit(text)

    def rows(self, name: str, **params: object) -> list[Row]:
        """All result rows of the one statement in ``queries/<name>.sql``."""
        if self._answers is None:
            return self.rows_of(statement_text(name), **params)
        return self._answers.rows(name, params, lambda: self.rows_of(statement_text(name), **params))

    @contextmanager
    def standing_still(self) -> Iterator[None]:
        """Answer the same named question only once while nothing is written here.

        For a report, which asks the same of several rooms. All its answers are of one moment besides.
        """
        outer, self._answers = self._answers, Answers() if self._answers is None else self._answers
        try:
            yield
        finally:
            self._answers = outer

    def _forget(self, sql: str) -> None:
        if self._answers is not None:
            self._answers.forget(sql)

    def _count_commit(self, sql: str) -> None:
        """Outside a transaction a statement commits by itself; it counts once it is over, or a reader that asks just
        before would be told the old answer as the new one."""
        if self._depth == 0 and (self._standing is None or writes(sql)):
            self._commits.number += 1

    def told(self, key: Hashable, work: Callable[[], Told]) -> Told:
        """What ``work`` asks of this book; a reader asks it again only when something was committed (``Standing``)."""
        standing = self._standing
        # Who stands still without a moment is given answers of before: they are no news for others.
        if standing is None or (self._answers is not None and not standing.at_one_moment):
            return work()
        return standing.told(key, work)

    def one(self, name: str, **params: object) -> Row | None:
        """The first result row of ``queries/<name>.sql``, or nothing."""
        with worded():
            found: Row | None = self._execute(statement_text(name), params).fetchone()
        return found

    def frame(self, name: str, **params: object) -> pl.DataFrame:
        """The result of ``queries/<name>.sql`` as columns."""
        with worded():
            return self._execute(statement_text(name), params).pl()

    def frame_of(self, sql: str, **params: object) -> pl.DataFrame:
        """The result of a short statement written in place, as columns."""
        with worded():
            return self._execute(sql, params).pl()

    def execute(self, sql: str, **params: object) -> None:
        """Execute one short statement written in place."""
        self._forget(sql)
        self._execute(sql, params)
        self._count_commit(sql)

    def rows_of(self, sql: str, **params: object) -> list[Row]:
        """All result rows of a short statement written in place."""
        with worded():
            return self._execute(sql, params).fetchall()

    def one_of(self, sql: str, **params: object) -> Row:
        """The only result row of a short statement written in place.

        Raises:
            LookupError: the statement gave no row.
        """
        with worded():
            found: Row | None = self._execute(sql, params).fetchone()
        if found is None:
            raise LookupError(sql)
        return found

    def append(self, table: str, frame: pl.DataFrame) -> None:
        """Insert a frame into a table, columns by name."""
        self._forget("insert")
        with self.loaded("incoming_frame", frame):
            self._execute(f"insert into {table} by name select * from incoming_frame", {})
        self._count_commit("insert")

    @contextmanager
    def loaded(self, name: str, frame: pl.DataFrame) -> Iterator[None]:
        """Make a frame visible to statements as a view of this name."""
        load_bridge()
        self._connection.register(name, frame)
        try:
            yield
        finally:
            self._connection.unregister(name)

    # ------------------------------------------------------------------ transactions
    @contextmanager
    def transaction(self, *, beside: bool = False) -> Iterator[None]:
        """All or nothing; inside another transaction it joins that one.

        Args:
            beside: other threads may append meanwhile: this one goes on from what stood when it began.
        """
        if self._depth:
            yield
            return
        if self._standing is not None:
            self._standing.begin()
        with self._turn.lock:
            # Statements free the interpreter while they work, the methods begin and commit do not: a window would
            # stall.
            try:
                self._connection.execute("begin transaction")
            except BaseException:
                self._end()
                raise
            if not beside:
                yield from self._carried_through()
                return
            try:
                # What it sees is settled by its first statement, not by its beginning.
                self.execute("select count(*) from base.history")
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._turn.beside = True
        try:
            yield from self._carried_through()
        finally:
            # Not in the middle of somebody's turn: what was appended there still goes by the state before.
            with self._turn.lock:
                self._turn.beside = False

    @property
    def beside(self) -> bool:
        """Whether another thread derives states now; asked inside a transaction the answer holds to its end."""
        return self._turn.beside

    def _carried_through(self) -> Iterator[None]:
        self._depth = 1
        try:
            yield
        except BaseException:
            self._end()
            # A full disk during COMMIT has already rolled back; then there is nothing left to roll back.
            with contextlib.suppress(duckdb.TransactionException):
                self._connection.execute("rollback")
            raise
        self._end()
        try:
            self._connection.execute("commit")
            if self._standing is None:
                self._commits.number += 1
        except duckdb.Error as cause:
            with contextlib.suppress(duckdb.TransactionException):
                self._connection.execute("rollback")
            if isinstance(cause, duckdb.InterruptException):
                raise Cancelled from cause
            # There is one writer at a time, so a commit fails for the disk alone.
            raise UserError("book.disk_failed", reason=first_line(cause)) from cause

    def _end(self) -> None:
        self._depth = 0
        if self._standing is not None:
            self._standing.end()

    # ------------------------------------------------------------------ other threads
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

    def _execute(
        self, statement: str | duckdb.Statement, params: Params | Sequence[object]
    ) -> duckdb.DuckDBPyConnection:
        with worded():
            return self._connection.execute(statement, params or None)
