"""Says where each imported row belongs: store, contract, business day, payout, and whose ledger a file is."""

from __future__ import annotations

from chainbrain.database.book import Book


def refresh(book: Book) -> None:
    """Work out anew what follows from the facts alone; inside the caller's transaction.

    Fills ``base.wallet_file_accounts``, ``base.settlements``, ``base.payout_habits`` and ``base.payment_links``.
    Nothing here is a judgement about money: it reads the contracts (收款账户档案), the stores' day cut-offs, the
    platforms' own bill numbers, what a person said, and, for a wallet that settles straight to the bank, the habit
    that its deposits show.
    """
    derive(book)
    link(book)
    forget(book)


def derive(book: Book) -> None:
    """All but the links, and keeps the working tables (the platforms' bills) for the reconciliation that follows."""
    book.run("attribution/wallet_files")
    book.run("attribution/file_words")
    book.run("attribution/payouts")
    for step in ("calendar", "deposits", "runs", "habits", "run_settlements"):
        book.run(f"attribution/{step}")
    if book.one_of("select exists (from base.closed_payouts)")[0]:
        book.run("attribution/closed_payouts")


def link(book: Book) -> None:
    """Say of each payment which contract, store, business day and payout it belongs to; after ``derive``."""
    book.run("attribution/links")


def forget(book: Book) -> None:
    """Drop the working tables."""
    book.run("attribution/forget")
