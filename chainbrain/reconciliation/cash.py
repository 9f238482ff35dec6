"""What stays in the shop: cash against the day's count, stored value against the member system."""

from __future__ import annotations

from chainbrain.database.book import Book


def match(book: Book) -> None:
    """Prove cash by the counts, stored value by its own lines; find cash over and short (D10)."""
    book.run("reconciliation/local")
