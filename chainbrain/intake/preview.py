"""The rows of a planned file as the preview shows them: broken first, then suspect, new, seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from chainbrain.database.book import Book
from chainbrain.importers.plan import FilePlan
from chainbrain.intake.records import RECORD_KINDS


@dataclass(frozen=True)
class PreviewRow:
    """One row of a planned file.

    ``state`` is broken, suspect, new or seen; ``column``, ``value`` and ``code`` say what is wrong with the first two.
    """

    line: int
    sheet: str | None
    state: str
    record_type: str | None = None
    at: datetime | None = None
    key: str | None = None
    store: str | None = None
    amount: Decimal | None = None
    column: str | None = None
    value: str | None = None
    code: str | None = None


# What stands in the columns time, number, store and amount, per kind of record.
SHOWN = {
    "stores": ("opened_on", "code", "code", "monthly_rent"),
    "accounts": ("valid_from", "merchant_no", "store_code", "null"),
    "openings": ("day", "account_no", "store_code", "balance"),
    "cash_counts": ("business_day", "shift", "store_code", "counted"),
    "stored_value_lines": ("occurred_at", "reference", "store_code", "amount"),
    "orders": ("ordered_at", "order_no", "store_code", "amount"),
    "tenders": ("paid_at", "order_no", "store_code", "amount"),
    "payments": ("occurred_at", "external_id", "coalesce(store_hint, terminal_no, merchant_no)", "amount"),
    "wallet_lines": ("occurred_at", "external_id", "merchant_no", "amount"),
    "split_lines": ("occurred_at", "external_id", "receiver", "amount"),
    "settlement_rows": ("bill_day", "external_id", "merchant_no", "amount"),
    "bank_lines": ("posted_at", "external_id", "counterparty", "amount"),
}


def rows(book: Book, plan: FilePlan, first: int, count: int) -> list[PreviewRow]:
    """Rows ``first`` to ``first + count`` of one planned file, in the order in which they ask for attention."""
    broken = [
        PreviewRow(problem.line, problem.sheet, "broken", column=problem.column, value=problem.value, code=problem.code)
        for problem in plan.problems
        if problem.state == "broken"
    ]
    shown = broken[first : first + count]
    rest = count - len(shown)
    if rest <= 0 or plan.outcome != "imported":
        return shown
    there = {
        row[0] for row in book.rows_of("select table_name from duckdb_tables() where table_name like 'classified_%'")
    }
    parts = [
        f"select line, sheet, state, '{kind.word}' as word, cast({at} as timestamp) as moment, "
        f"cast({key} as varchar) as number, cast({store} as varchar) as store, "
        f"cast({amount} as decimal(18,2)) as amount, code "
        f"from classified_{kind.kind} where file_id = cast($file as uuid)"
        for kind in RECORD_KINDS
        if f"classified_{kind.kind}" in there
        for at, key, store, amount in (SHOWN[kind.kind],)
    ]
    if not parts:
        return shown
    found = book.rows_of(
        f"select * from ({' union all '.join(parts)}) "
        "order by case state when 'suspect' then 0 when 'new' then 1 else 2 end, sheet nulls first, line "
        "limit $count offset $first",
        file=plan.file_id,
        count=rest,
        first=max(0, first - len(broken)),
    )
    return shown + [
        PreviewRow(line, sheet, state, word, at, key, store, amount, code=code)
        for line, sheet, state, word, at, key, store, amount, code in found
    ]
