"""Several questions asked of one moment, by a reader to whom the stores are what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chainbrain import kept_days
from chainbrain.database.book import Book, Row
from chainbrain.database.moment import one_moment

COUNT = "select count(*) from main.stores"
STORES = "select * from main.stores order by all"
CONTRACTS = "select * from main.merchant_accounts order by all"


@pytest.fixture
def book() -> Iterator[Book]:
    book = Book.in_memory()
    _open(book, "S1", "2026-01-05")
    yield book
    book.close()


def _open(book: Book, code: str, day: str) -> None:
    with book.transaction():
        book.execute("insert into base.seen_store_days values ($code, cast($day as date))", code=code, day=day)
        kept_days.keep(book)


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


def test_the_same_question_is_asked_once_in_a_moment(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = book.reader()
    asked: list[str] = []
    rows_of = Book.rows_of

    def heard(of: Book, sql: str, **params: object) -> list[Row]:
        asked.append(sql)
        return rows_of(of, sql, **params)

    monkeypatch.setattr(Book, "rows_of", heard)
    with one_moment(reader):
        assert reader.rows("analytics/store_names") == reader.rows("analytics/store_names")
    assert len(asked) == 1


def test_a_reader_reads_what_is_kept_and_a_writer_what_the_rows_say(book: Book) -> None:
    reader = book.reader()
    for sql in (STORES, CONTRACTS):
        assert reader.rows_of(sql) == book.rows_of(sql), sql
    with book.transaction():
        book.execute("insert into base.seen_store_days values ('S2', date '2026-01-06')")
        assert book.one_of(COUNT) == (2,), "asked in between, before it is kept"
        assert reader.one_of(COUNT) == (1,)
        kept_days.keep(book)
    assert reader.rows_of(STORES) == book.rows_of(STORES)
    assert "known_stores" in reader.rows_of(f"explain {STORES}")[0][1]
    assert "known_stores" not in book.rows_of(f"explain {STORES}")[0][1]


def test_an_error_ends_the_moment(book: Book) -> None:
    reader = book.reader()
    with pytest.raises(ZeroDivisionError), one_moment(reader):
        raise ZeroDivisionError
    _open(book, "S2", "2026-01-06")
    assert reader.one_of(COUNT) == (2,)
