"""Says where each imported row belongs: store, contract, business day, payout, and whose ledger a file is."""

from __future__ import annotations

import hashlib
from functools import cache

from chainbrain.database.book import Book
from chainbrain.database.statements import statement_text


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
    for step in ("calendar", "payouts", "deposits", "runs", "learned_payers", "habits", "run_settlements"):
        book.run(f"attribution/{step}")
    if book.one_of("select exists (from base.closed_payouts)")[0]:
        book.run("attribution/closed_payouts")


def link(book: Book) -> None:
    """Say of each payment which contract, store, business day and payout it belongs to; after ``derive``.

    Only the links of days on which something of that moved are written; the others would come out the same.
    """
    book.run("attribution/links", program=_program())
    first, after = book.one("attribution/links_span") or (None, None)
    if first is not None:
        book.run("attribution/links_moved", first=first, after=after)
    book.run("attribution/links_kept")


@cache
def _program() -> str:
    """By which statements links are written: with others every link is written anew."""
    texts = "".join(statement_text(f"attribution/{name}") for name in ("links", "links_moved"))
    return hashlib.sha256(texts.encode()).hexdigest()


def forget(book: Book) -> None:
    """Drop the working tables."""
    book.run("attribution/forget")
