"""The files that a book holds, for the list of past imports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chainbrain.database.book import Book


@dataclass(frozen=True)
class ImportedFile:
    """A source file in the book, for the list of past imports."""

    file_id: str
    name: str
    format: str
    layout: str | None
    first_day: object
    last_day: object
    rows: int
    new: int
    suspect: int
    broken: int
    control_total: str
    imported_at: datetime
    entry_id: int


def of_book(book: Book) -> list[ImportedFile]:
    """All files of the book, the newest first."""
    return [ImportedFile(*row) for row in book.rows("imports/files")]
