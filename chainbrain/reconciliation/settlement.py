"""Payouts and withdrawals against bank deposits: first what is named, then what can only be one thing."""

from __future__ import annotations

from typing import Final

from chainbrain.database.book import Book
from chainbrain.reconciliation import scope, together

NAMED: Final = ("batch_number", "merchant_and_day", "merchant_and_sales_day", "merchant_and_amount")
OTHER_AMOUNT: Final = ("batch_number_other_amount", "merchant_and_day_other_amount")
PROOFS: Final = (
    *NAMED,
    "merchant_and_run",
    "parts_of_payout",
    "due_together",
    "bills_in_a_row",
    "parts_short",
    *OTHER_AMOUNT,
    "only_candidate",
    "only_run",
    "settlement_run",
    "accepted",
    "by_hand",
)
SUGGESTIONS: Final = (
    "amount_and_window",
    "run_and_window",
    "two_payouts",
    "two_deposits",
    "due_but_one",
    "subset",
    "neighbour_store",
    "swapped_memos",
    "merchant_other_amount",
    "similar_amount",
)
"""What a match and a suggestion say of themselves, worded under ``proof.<stage>``."""

REASONS: Final = (
    "unique", "several", "alike",
    "item_missing", "items_missing", "item_paid_twice", "item_of_other_day", "row_twice", "sale_taken_back",
    "chargeback", "refund_not_taken", "refund_taken_twice", "refund_of_other_day",
    "fee_rate", "fee_rounding", "fee_not_taken", "fee_of_month", "part_only",
)  # fmt: skip
"""What else is known about a suggestion, worded under ``why.<reason>``, in short under ``why_name.<reason>``."""


def match_payouts(book: Book) -> None:
    """Platform order rows against the bill they are paid out with."""
    book.run("reconciliation/payouts")


def match_deposits(book: Book) -> None:
    """Withdrawals and payouts against bank lines, in whole rounds, so that no order of rows can matter.

    What carries a name comes first: single payouts, runs of payouts in one deposit, one payout in several deposits,
    then the named ones of another amount. What names nothing comes last, when it is clear what else could be behind it.
    Where nothing moved that any of this goes by, what the book says of the banks holds.
    """
    if book.one_of("select bank_rests()")[0]:
        for step in ("bank_at_rest", "run_states"):
            book.run(f"reconciliation/{step}")
        return
    for step in ("bank", "bank_memo_days", "bank_late", "bank_accepted"):
        book.run(f"reconciliation/{step}")
    for stage in NAMED:
        _to_the_end(book, "bank_keyed", stage=stage)
    _to_the_end(book, "bank_runs", "bank_runs_named")
    for step in (
        "bank_parts_named",
        "bank_parts",
        "bank_parts_of_payday",
        "bank_parts",
        "bank_bill_sums",
        "bank_due_together",
        "bank_bills_in_a_row",
        "bank_parts_by_day",
        "bank_parts",
        "bank_parts_short",
    ):
        book.run(f"reconciliation/{step}")
    for stage in OTHER_AMOUNT:
        _to_the_end(book, "bank_keyed", stage=stage)
    for step in ("bank_lags", "bank_carried"):
        book.run(f"reconciliation/{step}")
    _to_the_end(book, "bank_runs", "bank_unkeyed", "bank_runs", "bank_runs_unnamed")
    for step in ("bank_combined", "bank_due_but_one", "bank_neighbours"):
        book.run(f"reconciliation/{step}")
    together.suggest(book)
    for step in ("bank_similar", "bank_reasons"):
        book.run(f"reconciliation/{step}")
    together.explain(book)
    for step in ("bank_reasons_told", "bank_waiting", "bank_states", "run_states", "bank_lines"):
        book.run(f"reconciliation/{step}")
    scope.sure(book, "scope_unsure_runs")


def _to_the_end(book: Book, *statements: str, stage: str = "") -> None:
    """Repeat a round until it finds nothing: each confirmed pair may leave another one alone with its candidate."""
    found = -1
    while (now := _arrived(book)) != found:
        found = now
        for statement in statements:
            book.run(f"reconciliation/{statement}", stage=stage)


def _arrived(book: Book) -> int:
    return int(book.one_of("select count(*) from r_arrived")[0])
