"""Brings a book's schema to the version this program knows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

from chainbrain.database.book import Book
from chainbrain.errors import UserError

MIGRATIONS = Path(__file__).parent / "migrations"
# Steps that only fill tables with what follows from other rows. On a large book such a statement takes minutes that
# nobody can see or stop: whoever upgrades a book with rows reckons them in portions, once the schema is the newest.
FILLING: Final = frozenset({65})


def steps() -> list[tuple[int, str]]:
    """All schema steps in order, as (number, SQL)."""
    return [(int(path.name[:4]), path.read_text(encoding="utf-8")) for path in sorted(MIGRATIONS.glob("[0-9]*.sql"))]


def newest() -> int:
    """The schema version this program writes."""
    return max(number for number, _ in steps())


def version(book: Book) -> int:
    """The schema version of a book; 0 for a new one."""
    known = book.one_of("select count(*) from duckdb_tables() where schema_name = 'base' and table_name = 'meta'")[0]
    if not known:
        return 0
    found = book.rows_of("select value from base.meta where key = 'schema_version'")
    return int(found[0][0]) if found else 0


def missing(book: Book) -> list[tuple[int, str]]:
    """The steps that a book still lacks, as (number, SQL).

    Raises:
        UserError: ``book.too_new`` when a later program wrote the book.
    """
    have = version(book)
    if have > newest():
        raise UserError("book.too_new", have=have, known=newest())
    return [(number, sql) for number, sql in steps() if number > have]


def migrate(book: Book, but: Collection[int] = ()) -> None:
    """Run the missing steps, all or none.

    Args:
        book: the book.
        but: steps that only count as run, because the caller carries them out in the same transaction.

    Raises:
        UserError: ``book.too_new`` when a later program wrote the book.
    """
    lacking = missing(book)
    if not lacking:
        return
    with book.transaction():
        for number, sql in lacking:
            if number not in but:
                book.execute(sql)
        book.execute(
            "insert or replace into base.meta values ('schema_version', $version)", version=str(lacking[-1][0])
        )
