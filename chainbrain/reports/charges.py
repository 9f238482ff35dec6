"""Reports on what channels and platforms charged: the audit against the contracts, and the letter of claims."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import polars as pl

from chainbrain.reports.filters import CHANNEL, Column, Filters, counts, money, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_MERCHANT: Final = Column("merchant_no", "id")
_ASKED: Final = ("stores", "channel", "merchant", "first", "after")


def fee_audit(book: Book, filters: Filters) -> Report:
    """Per merchant number and month: contract and effective rate, what was charged, what was due, the difference."""
    columns = (
        Column("month", "id"),
        CHANNEL,
        _MERCHANT,
        Column("store"),
        *counts("stores"),
        Column("basis", "word", "charge_basis"),
        Column("contract_rate", "percent"),
        Column("effective_rate", "percent"),
        Column("take_rate", "percent"),
        *counts("items"),
        *money("amount", "charged", "expected_charge", "fee_difference"),
        *counts("off_items", "rerated_items"),
    )
    rows = book.frame("reports/fee_audit", **filters.values(*_ASKED))
    totals = ("items", "amount", "charged", "expected_charge", "fee_difference", "off_items", "rerated_items")
    return report("fee-audit", (ReportTable("fee-audit", columns, rows, totals),), filters)


def claim_letter(book: Book, filters: Filters) -> Report:
    """What was charged beyond the contract, claim by claim, and the sum to be given back per channel and number."""
    claims = book.frame("reports/fee_claims", **filters.values(*_ASKED, "state"))
    to = (Column("claim_to", "word", "claim_to"), _MERCHANT)
    days = (Column("first_day", "date"), Column("last_day", "date"))
    sums = ("items", "amount", "charged", "expected_charge", "overcharged")
    letters = ReportTable(
        "claim-letter_summary",
        (*to, Column("legal_entity"), *days, *counts("items"), *money(*sums[1:])),
        claims.group_by("claim_to", "merchant_no", "legal_entity", maintain_order=True).agg(
            pl.col("first_day").min(), pl.col("last_day").max(), pl.col(*sums).sum()
        ),
        sums,
    )
    orders = ReportTable(
        "claim-letter",
        (
            *to,
            Column("claim", "word", "claim"),
            Column("order_no", "id"),
            Column("merchant_order_no", "id"),
            Column("store"),
            *days,
            *counts("items"),
            *money("amount"),
            Column("contract_rate", "percent"),
            Column("charged_rate", "percent"),
            *money("charged", "expected_charge", "overcharged"),
        ),
        claims,
        sums,
    )
    return replace(report("claim-letter", (letters, orders), filters), layout="letter")
