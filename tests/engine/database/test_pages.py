"""Long lists: pages in order, and no row kept longer than somebody looks at it."""

from __future__ import annotations

import gc

from chainbrain.database.book import Book
from chainbrain.database.pages import PAGE, Pages


def page_tables(book: Book) -> int:
    return int(book.one_of("select count(*) from duckdb_tables() where starts_with(table_name, 'page_rows_')")[0])


def holidays(book: Book) -> Pages:
    return Pages(book, "rules/holidays", {"year": None}, "kind desc, day")


def test_pages_follow_each_other_in_the_asked_order() -> None:
    book = Book.in_memory()
    with holidays(book) as pages:
        rows = [row for number in range(pages.count // PAGE + 1) for row in pages.page(number)]
        assert len(rows) == pages.count
        assert rows == sorted(rows, key=lambda row: (row[1] != "workday", row[0]))
        assert pages.page(pages.count // PAGE + 1) == []
        assert pages.position(rows[300][0]) == 300
        assert pages.position("2004-13-01") is None
    assert page_tables(book) == 0


def test_a_list_that_was_only_dropped_is_cleared_by_the_next() -> None:
    book = Book.in_memory()
    for _ in range(5):
        holidays(book)
        gc.collect()
        assert page_tables(book) == 1
    last = holidays(book)
    last.close()
    last.close()
    assert page_tables(book) == 0
