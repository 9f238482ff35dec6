"""One moment of a book, for a screen that asks many questions at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from chainbrain.database.book import Book

# Nearly every question of a screen stands on these views, several times over: read once they cost a few milliseconds,
# read anew each time they were a third of what opening the overview took.
_SHARED: Final = ("stores", "merchant_accounts")


@contextmanager
def one_moment(book: Book) -> Iterator[None]:
    """Answer everything inside as the book stood at the beginning, the same named question once; only for reading.

    Stores and contracts are read once, into temporary tables of the same names: in this connection ``main.stores`` then
    means ``temp.main.stores``, in macros as well: a temporary table is found before a view of the book.
    """
    with book.transaction(), book.standing_still():
        for name in _SHARED:
            book.execute(f"create or replace temp table {name} as from main.{name}")
        yield
        # After an error the transaction takes them back.
        for name in _SHARED:
            book.execute(f"drop table if exists temp.main.{name}")
