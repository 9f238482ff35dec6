"""分账: what the rules say each receiver is due of every sale, against what was executed."""

from __future__ import annotations

from typing import Final

from chainbrain.database.book import Book

# The statements of the expectation, and those that check the bills against it. The numbers come first: a refund finds
# its sale by them too.
EXPECTATION: Final = ("split_sales", "split_shares", "split_parts")
CHECK: Final = ("split_pairs", "split_lines", "split_limits", "split_states")
STEPS: Final = ("split_numbers", *EXPECTATION, *CHECK)


def match(book: Book) -> None:
    """Work out the expected parts and hold the executed ones against them, with the caps of contract and channel."""
    if book.one("reconciliation/split_here") != (True,):
        book.run("reconciliation/split_none")
        return
    for step in STEPS:
        book.run(f"reconciliation/{step}")
