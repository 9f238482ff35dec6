"""Till against wallets and platforms: pairs by number, in order of trust, and what the pairs and the rest say."""

from __future__ import annotations

from typing import Final

from chainbrain.database.book import Book

# In order of trust: numbers that the channel itself gave out, then numbers of the till that it printed, then the till's
# order number. Each stage: its name, the statement that lays the two sides side by side, that statement's parameters,
# and whether rows of one key may be paired although their amounts differ (D03).
STAGES: Final[tuple[tuple[str, str, dict[str, str], bool], ...]] = (
    ("refund_number", "key_refund_number", {}, True),
    ("wallet_number", "key_wallet_number", {}, True),
    ("merchant_refund_number", "key_merchant_refund_number", {"scope": "merchant"}, True),
    ("merchant_refund_number", "key_merchant_refund_number", {"scope": "store"}, True),
    ("merchant_order_number", "key_merchant_order_number", {"scope": "merchant"}, True),
    ("merchant_order_number", "key_merchant_order_number", {"scope": "store"}, True),
    ("other_merchant", "key_other_merchant", {}, False),
    ("order_number", "key_order_number", {"scope": "merchant", "number": "merchant"}, False),
    ("order_number", "key_order_number", {"scope": "store", "number": "merchant"}, False),
    ("order_number", "key_order_number", {"scope": "merchant", "number": "platform"}, False),
    ("order_number", "key_order_number", {"scope": "store", "number": "platform"}, False),
)


def match(book: Book) -> None:
    """Pair tenders and payments one to one by their keys; nothing is ever paired by amount alone."""
    habits = False
    for stage, statement, params, amounts_may_differ in STAGES:
        if stage == "order_number" and not habits:
            book.run("reconciliation/habits")
            habits = True
        book.run(f"reconciliation/{statement}", **params)
        book.run("reconciliation/pair", stage=stage)
        if amounts_may_differ:
            book.run("reconciliation/pair_rest", stage=stage)
    book.run("reconciliation/tender_pairs")
    book.run("reconciliation/tender_rest")
