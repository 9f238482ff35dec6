"""Payouts and withdrawals against bank deposits: first what is named, then what can only be one thing."""

from __future__ import annotations

from typing import Final

from chainbrain.database.book import Book

KEYED: Final = (
    "batch_number",
    "merchant_and_day",
    "merchant_and_amount",
    "batch_number_other_amount",
    "merchant_and_day_other_amount",
)


def match_payouts(book: Book) -> None:
    """Platform order rows against the bill they are paid out with."""
    book.run("reconciliation/payouts")


def match_deposits(book: Book) -> None:
    """Withdrawals and payouts against bank lines, in whole rounds, so that no order of rows can matter."""
    book.run("reconciliation/bank")
    book.run("reconciliation/bank_accepted")
    for stage in KEYED:
        _to_the_end(book, "bank_keyed", stage=stage)
    _to_the_end(book, "bank_unkeyed")
    book.run("reconciliation/bank_states")
    book.run("reconciliation/bank_lines")


def _to_the_end(book: Book, statement: str, stage: str = "") -> None:
    """Repeat a round until it finds nothing: each confirmed pair may leave another one alone with its candidate."""
    found = -1
    while (now := _arrived(book)) != found:
        found = now
        book.run(f"reconciliation/{statement}", stage=stage)


def _arrived(book: Book) -> int:
    return int(book.one_of("select count(*) from r_arrived")[0])
