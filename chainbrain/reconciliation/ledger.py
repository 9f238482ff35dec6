"""Wallet bills against the wallets' own ledgers, and fees against the contracts."""

from __future__ import annotations

from chainbrain.database.book import Book


def match(book: Book) -> None:
    """Attach every ledger line to its payment by number and compare amounts and fees.

    A merchant number without any ledger in the book has no ledger leg: nothing can be expected of a file nobody keeps.
    """
    book.run("reconciliation/fees")
    book.run("reconciliation/ledger")
    book.run("reconciliation/ledger_states")
