"""Wallet bills against the wallets' own ledgers, and fees against the contracts."""

from __future__ import annotations

from typing import Final

from chainbrain.database.book import Book
from chainbrain.reconciliation import scope

# From so many sales in a row by another rate on it is the rate that changed, not so many fees that are wrong.
RUN: Final = 20


def match(book: Book) -> None:
    """Attach every ledger line to its payment by number and compare amounts and fees.

    A merchant number without any ledger in the book has no ledger leg: nothing can be expected of a file nobody keeps.
    """
    book.run("reconciliation/fees")
    if book.one_of("select whole_run() and count(*) >= $run from r_off", run=RUN)[0]:
        book.run("reconciliation/fee_rates")
    book.run("reconciliation/fees_told")
    book.run("reconciliation/ledger")
    # Most ledgers name every payment by the channel's number; the weaker numbers are asked only for what is left.
    for weaker in ("ledger_aliases", "ledger_refunds"):
        if book.one_of("select exists (from r_later)")[0]:
            book.run(f"reconciliation/{weaker}")
    book.run("reconciliation/ledger_matches")
    scope.sure(book, "scope_unsure_fees")
    book.run("reconciliation/ledger_states")
