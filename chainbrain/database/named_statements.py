"""What a book is asked and told: statements by their names or written in place, each answer worded when it fails."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import polars as pl

from chainbrain.database.connecting import load_bridge
from chainbrain.database.standing import Commits, Standing, Told
from chainbrain.database.statements import Answers, statement_text, writes
from chainbrain.database.trouble import worded

Params = Mapping[str, object]
Row = tuple[Any, ...]


class NamedStatements:
    """Executes statements on one connection, and counts what they commit."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, commits: Commits | None) -> None:
        self._connection = connection
        self._commits = commits or Commits()
        # Of a reader only: what a writer sees in the middle of its work is nobody else's yet.
        self._standing = Standing(commits) if commits is not None else None
        self._depth = 0
        # What was answered already, while many questions are asked of a book that stands still.
        self._answers: Answers | None = None

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

    def _execute(
        self, statement: str | duckdb.Statement, params: Params | Sequence[object]
    ) -> duckdb.DuckDBPyConnection:
        with worded():
            return self._connection.execute(statement, params or None)
