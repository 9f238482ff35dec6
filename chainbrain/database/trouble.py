"""Trouble of the database in the program's own errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from chainbrain.errors import Cancelled, UserError


@contextmanager
def worded() -> Iterator[None]:
    """Turn what DuckDB raises into our errors; a result is also worked on while its rows are fetched.

    Raises:
        Cancelled: the statement was interrupted.
        UserError: ``book.disk_failed`` or ``book.no_room``.
    """
    try:
        yield
    except duckdb.InterruptException as stopped:
        raise Cancelled from stopped
    except RuntimeError as stopped:
        # What the driver makes of Ctrl-C in the middle of a statement: it has no class of its own.
        if str(stopped) != "Query interrupted":
            raise
        raise Cancelled from stopped
    except duckdb.IOException as cause:
        raise UserError("book.disk_failed", reason=first_line(cause)) from cause
    except duckdb.OutOfMemoryException as cause:
        # Also what DuckDB says when the disk has no room for what does not fit into memory.
        raise UserError("book.no_room", reason=first_line(cause)) from cause


def first_line(cause: Exception) -> str:
    """What an error says, without the lines of help below it."""
    return (str(cause).splitlines() or [type(cause).__name__])[0]
