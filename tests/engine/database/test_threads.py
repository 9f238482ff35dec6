"""How many threads work on a statement: one until there is much to read, for all books on the same database."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

from chainbrain.database import book as books
from chainbrain.database.book import ROWS_PER_THREAD, Book
from chainbrain.workspace import Workspace


def threads(book: Book) -> int:
    return int(book.one_of("select current_setting('threads')")[0])


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> Book:
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    return Book.in_memory()


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [(0, 1), (ROWS_PER_THREAD - 1, 1), (ROWS_PER_THREAD, 2), (2 * ROWS_PER_THREAD, 3), (50 * ROWS_PER_THREAD, 3)],
)
def test_each_million_rows_deserve_a_thread_up_to_what_the_machine_has(book: Book, rows: int, wanted: int) -> None:
    assert threads(book) == 1
    book.fit_threads(rows)
    assert threads(book) == wanted


def test_a_machine_that_does_not_say_what_it_has_counts_as_one(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    book.fit_threads(5 * ROWS_PER_THREAD)
    assert threads(book) == 1


def test_what_shrinks_gets_fewer_and_a_book_that_writes_beside_knows_of_it(book: Book) -> None:
    book.fit_threads(2 * ROWS_PER_THREAD)
    second = book.second()
    assert threads(second) == threads(book.reader()) == 3
    second.fit_threads(0)
    assert threads(book) == 1
    book.fit_threads(2 * ROWS_PER_THREAD)
    assert threads(second) == 3


def test_a_statement_is_sent_only_when_the_number_changes(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(book, "execute", sent.append)
    book.fit_threads(1)
    book.fit_threads(ROWS_PER_THREAD)
    book.fit_threads(ROWS_PER_THREAD + 1)
    assert sent == ["set threads = 2"]


def test_small_steps_get_what_a_tenth_of_the_book_deserves_until_they_are_done(book: Book) -> None:
    book.fit_threads(20 * ROWS_PER_THREAD)
    with book.small_steps():
        assert threads(book) == 3
    book.fit_threads(4 * ROWS_PER_THREAD)
    with book.small_steps():
        assert threads(book) == 1
    assert threads(book) == 3
    with pytest.raises(duckdb.Error), book.transaction(), book.small_steps():
        book.execute("select error('stopped')")
    assert threads(book) == 3


def test_a_book_fits_its_threads_to_its_rows_with_every_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    with Workspace.create(tmp_path / "a.chainbrain") as workspace:
        assert threads(workspace.book) == 1
        # Its history has a row of each entry.
        monkeypatch.setattr(books, "ROWS_PER_THREAD", 1)
        workspace.reconcile()
        assert threads(workspace.book) == 2
