"""What a reader was told holds until anything is committed, and no moment passes what it saw on to the next."""

from __future__ import annotations

import duckdb
import pytest

from chainbrain.database.book import Book


def _value(book: Book) -> str | None:
    found = book.rows_of("select value from base.meta where key = 'told'")
    return str(found[0][0]) if found else None


def _say(book: Book, value: str) -> None:
    book.execute("insert or replace into base.meta values ('told', $value)", value=value)


def test_a_reader_is_told_the_same_until_something_is_committed() -> None:
    book = Book.in_memory()
    reader, asked = book.reader(), []

    def ask() -> str | None:
        asked.append(1)
        return _value(reader)

    def told() -> str | None:
        return reader.told("key", ask)

    assert (told(), told(), len(asked)) == (None, None, 1)
    with book.transaction():
        _say(book, "one")
        assert told() is None, "nothing is committed yet"
    assert (told(), told(), len(asked)) == ("one", "one", 2)
    _say(book, "two")
    assert told() == "two"
    _say(book.second(), "three")
    assert told() == "three", "whoever writes"
    _say(reader, "four")
    assert told() == "four", "also a reader, should it ever write"
    assert reader.told("another key", lambda: "other") == "other"


def test_what_is_committed_in_the_middle_of_a_moment_is_seen_by_the_next() -> None:
    book = Book.in_memory()
    _say(book, "before")
    reader = book.reader()
    with reader.transaction():
        assert _value(reader) == "before"
        _say(book, "after")
        assert reader.told("key", lambda: _value(reader)) == "before", "one moment is of one state"
    assert reader.told("key", lambda: _value(reader)) == "after"


def test_an_answer_that_a_commit_came_into_is_not_that_of_the_state_after_it() -> None:
    book = Book.in_memory()
    _say(book, "before")
    reader = book.reader()

    def ask() -> str | None:
        seen = _value(reader)
        _say(book, "after")
        assert reader.told("within", lambda: _value(reader)) == "after"
        return seen

    assert reader.told("key", ask) == "before", "whoever asked is told what was read"
    assert reader.told("key", lambda: _value(reader)) == "after"


def test_who_stands_still_hands_nothing_of_before_to_others() -> None:
    book = Book.in_memory()
    name = "analytics/store_names"
    reader = book.reader()
    with reader.standing_still():
        assert reader.rows(name) == []
        _say(book, "moved")
        assert reader.told("names", lambda: reader.rows(name)) == []
    assert reader.told("names", lambda: "asked anew") == "asked anew"


def test_a_writer_sees_its_own_work() -> None:
    book = Book.in_memory()
    with book.transaction():
        for value in ("one", "two"):
            _say(book, value)
            assert book.told("key", lambda: _value(book)) == value


def test_an_answer_from_just_before_a_write_does_not_stand_after_it(monkeypatch: pytest.MonkeyPatch) -> None:
    book = Book.in_memory()
    reader, execute = book.reader(), book._execute

    def overheard(statement: str | duckdb.Statement, params: dict[str, object]) -> duckdb.DuckDBPyConnection:
        """Another thread asks when the write is about to begin."""
        assert reader.told("key", lambda: _value(reader)) is None
        return execute(statement, params)

    monkeypatch.setattr(book, "_execute", overheard)
    _say(book, "written")
    assert reader.told("key", lambda: _value(reader)) == "written"


def test_a_moment_that_could_not_begin_holds_no_answers() -> None:
    book = Book.in_memory()
    reader = book.reader()
    with reader.transaction(), pytest.raises(duckdb.TransactionException):
        reader._depth = 0
        with reader.transaction():
            pass
    assert reader.told("key", lambda: _value(reader)) is None
    _say(book, "later")
    assert reader.told("key", lambda: _value(reader)) == "later"
