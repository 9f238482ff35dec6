"""One moment of a book, for a screen that asks many questions at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@contextmanager
def one_moment(book: Book) -> Iterator[None]:
    """Answer everything inside as the book stood at the beginning, the same named question once; only for reading."""
    with book.transaction(), book.standing_still():
        yield
