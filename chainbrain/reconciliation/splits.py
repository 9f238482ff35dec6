"""分账: what the rules say each receiver is due of every sale, against what was executed."""

from __future__ import annotations

from chainbrain.database.book import Book


def match(book: Book) -> None:
    """Work out the expected parts and hold the executed ones against them, with the caps of contract and channel."""
    for step in ("split_sales", "split_shares", "split_parts", "split_lines", "split_limits", "split_states"):
        book.run(f"reconciliation/{step}")
