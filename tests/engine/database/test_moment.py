"""Several questions asked of one moment: what all share is read once, and nothing of it stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chainbrain.database.book import Book
from chainbrain.database.moment import one_moment

COUNT = "select count(*) from main.stores"
KEPT = "select count(*) from duckdb_tables() where temporary"


@pytest.fixture
def book() -> Iterator[Book]:
    book = Book.in_memory()
    _open(book, "S1", "2026-01-05")
    yield book
    book.close()


def _open(book: Book, code: str, day: str) -> None:
    book.execute("insert into base.seen_store_days values ($code, cast($day as date))", code=code, day=day)


def test_a_write_of_another_thread_is_seen_only_afterwards(book: Book) -> None:
    reader = book.reader()
    with one_moment(reader):
        assert reader.one_of(COUNT) == (1,)
        _open(book, "S2", "2026-01-06")
        assert reader.one_of(COUNT) == (1,)
        assert reader.one_of("select count(*) from base.seen_store_days") == (1,)
        assert len(reader.rows("analytics/store_names")) == 1
    assert reader.one_of(COUNT) == (2,)
    assert len(reader.rows("analytics/store_names")) == 2


def test_stores_are_the_same_inside_macros_and_out(book: Book) -> None:
    asked = "select * from base.store_days(date '2026-01-05', date '2026-01-07') order by all"
    stores = "select * from main.stores order by all"
    before = book.rows_of(asked), book.rows_of(stores)
    assert len(before[0]) > 0
    with one_moment(book):
        assert book.one_of(KEPT) == (2,)
        assert (book.rows_of(asked), book.rows_of(stores)) == before
    assert book.one_of(KEPT) == (0,)


def test_nothing_stays_after_an_error(book: Book) -> None:
    with pytest.raises(ZeroDivisionError), one_moment(book):
        raise ZeroDivisionError
    assert book.one_of(KEPT) == (0,)
    _open(book, "S2", "2026-01-06")
    assert book.one_of(COUNT) == (2,)
