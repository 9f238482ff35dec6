"""What is written to a book all or nothing, one writer at a time."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from chainbrain.database.named_statements import NamedStatements
from chainbrain.database.standing import Commits, Turn
from chainbrain.database.trouble import first_line
from chainbrain.errors import Cancelled, UserError


class Transactions(NamedStatements):
    """Begins, commits and rolls back, in its turn among the threads that write."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, turn: Turn | None, commits: Commits | None) -> None:
        super().__init__(connection, commits)
        self._turn = turn or Turn()

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
