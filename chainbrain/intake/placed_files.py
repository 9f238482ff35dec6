"""How a file that names no shop is called where a person says whose it is."""

from __future__ import annotations

from typing import Final

from chainbrain.database.book import Book
from chainbrain.errors import UserError

# Instead of one file: every file of the channel that names no shop.
EVERY_FILE: Final = "*"
_TAG: Final = " #"
_TAGGED: Final = 8


def label(name: str, file_id: str) -> str:
    """A file as a table names it: what it is called, and the start of its id, since names repeat every month."""
    return f"{name}{_TAG}{file_id.replace('-', '')[:_TAGGED]}"


def find(book: Book, said: str) -> str:
    """The id of the file that is meant: by its id, its name or its label; ``EVERY_FILE`` stays what it is.

    Raises:
        UserError: ``place.file_unknown``, or ``place.file_several`` when several files have the name.
    """
    if said == EVERY_FILE:
        return said
    tag = said.rpartition(_TAG)[2].casefold()
    found = book.rows("places/find_file", said=said, tag=tag if tag.isalnum() else "")
    if not found:
        raise UserError("place.file_unknown", file=said)
    if len(found) > 1:
        raise UserError("place.file_several", file=said, count=len(found))
    return str(found[0][0])
