"""The lines of a planned file as the preview shows them: broken first, then suspect, new, seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from chainbrain.database.book import Book
from chainbrain.importers.plan import Differing, FilePlan, Said
from chainbrain.intake.decisions import NEW
from chainbrain.intake.staged import compared, differing_of
from chainbrain.masking import login_masked


@dataclass(frozen=True)
class PreviewRow:
    """One line of a planned file; of one that became several records the payment is shown, or the first.

    ``state`` is broken, suspect, new or seen, as it is after the decision about the row, if there is one; ``column``,
    ``value`` and ``code`` say what is or was wrong with it, ``differing`` what is known of a suspect one. A broken
    one has ``said``, and its number as ``key``. ``store`` is the other party of a bank line, and ``memo``
    what the bank wrote beside it. ``timed`` is whether rows of this kind in the file state a time of day at all.
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
    decision: str | None = None
    memo: str | None = None
    timed: bool = False
    said: tuple[Said, ...] = ()
    differing: tuple[Differing, ...] = ()


# What stands in the columns time, number, store and amount, per kind of record.
SHOWN = {
    "stores": ("opened_on", "code", "code", "monthly_rent"),
    "accounts": ("valid_from", "merchant_no", "store_code", "null"),
    "openings": ("day", "account_no", "store_code", "balance"),
    "split_rules": ("valid_from", "name", "receiver", "fixed"),
    "ledger_lines": ("day", "coalesce(reference, note)", "store_code", "amount"),
    "payees": ("valid_from", "account_no", "payee", "null"),
    "store_costs": ("month", "subject", "store_code", "amount"),
    "candidates": ("earliest", "name", "city", "monthly_rent"),
    "competitors": ("null", "name", "brand", "null"),
    "benchmarks": ("dated", "source", "metric", "null"),
    "demand_points": ("null", "name", "null", "null"),
    "customer_origins": ("null", "null", "store_code", "null"),
    "cash_plans": ("day", "kind", "party", "amount"),
    "cash_counts": ("business_day", "shift", "store_code", "counted"),
    "stored_value_lines": ("occurred_at", "reference", "store_code", "amount"),
    "orders": ("ordered_at", "order_no", "store_code", "amount"),
    "tenders": ("paid_at", "order_no", "store_code", "amount"),
    "order_items": ("business_day", "order_no", "store_code", "amount"),
    "payments": ("occurred_at", "external_id", "coalesce(store_hint, terminal_no, merchant_no)", "amount"),
    "wallet_lines": ("occurred_at", "external_id", "merchant_no", "amount"),
    "split_lines": ("occurred_at", "external_id", "receiver", "amount"),
    "settlement_rows": ("bill_day", "external_id", "merchant_no", "amount"),
    "bank_lines": ("posted_at", "external_id", "counterparty", "amount"),
}

_MEMO = {"bank_lines": "memo"}


def arrange(book: Book, plan: FilePlan) -> None:
    """Put the lines of one file in the order in which they ask for attention; ``rows`` then reads pages of them.

    A line keeps its place when it is decided about.
    """
    parts = []
    for number, kind in enumerate(compared(book), 2):
        at, key, store, amount = SHOWN[kind.kind]
        names = kind.names()
        parts.append(
            f"select line, sheet, state, {_rank(kind.kind, number)} as rank, '{kind.word}' as word, "
            f"cast({at} as timestamp) as moment, "
            f"cast({key} as varchar) as number, cast({store} as varchar) as store, "
            f"cast({amount} as decimal(18,2)) as amount, "
            f"cast({_MEMO.get(kind.kind, 'null')} as varchar) as memo, code, "
            f"if(state = 'suspect', {names['shown_name']}, null) as column_name, "
            f"if(state = 'suspect', {names['shown_value']}, null) as value, differing "
            f"from classified_{kind.kind} where file_id = cast($file as uuid)"
        )
    if not parts:
        book.execute("create or replace temp table preview_rows as select cast(null as bigint) as place limit 0")
        return
    book.run("imports/arrange", {"records": " union all ".join(parts)}, file=plan.file_id)


def count(book: Book, plan: FilePlan) -> int:
    """How many rows there are to show of the arranged file; a line with two faults is listed twice."""
    broken = sum(problem.state == "broken" for problem in plan.problems)
    return broken + (int(book.one_of("select count(*) from preview_rows")[0]) if plan.outcome == "imported" else 0)


def rows(book: Book, plan: FilePlan, first: int, count: int, *, accepted: bool) -> list[PreviewRow]:
    """Rows ``first`` to ``first + count`` of the arranged file.

    Args:
        book: the book of the comparison.
        plan: the file, as ``arrange`` was given it.
        first: from 0.
        count: how many.
        accepted: whether suspect rows that nobody spoke about are taken as new.
    """
    broken = [
        PreviewRow(
            problem.line,
            problem.sheet,
            "broken",
            key=next((one.printed for one in problem.said if one.what == "number"), None),
            column=problem.column,
            value=problem.value,
            code=problem.code,
            said=problem.said,
        )
        for problem in plan.problems
        if problem.state == "broken"
    ]
    shown = broken[first : first + count]
    rest = count - len(shown)
    if rest <= 0 or plan.outcome != "imported":
        return shown
    start = max(0, first - len(broken))
    found = book.rows(
        "imports/preview", file=plan.file_id, first=start, after=start + rest, others=NEW if accepted else None
    )
    return shown + [_masked(replace(PreviewRow(*row[:-1]), differing=differing_of(row[-1]))) for row in found]


def first_of(book: Book, plan: FilePlan, state: str, *, accepted: bool) -> int | None:
    """Where the rows of a state begin in the arranged file, from 0; ``None`` when no row is in it."""
    broken = sum(problem.state == "broken" for problem in plan.problems)
    if state == "broken":
        return 0 if broken else None
    if plan.outcome != "imported":
        return None
    place = book.rows("imports/first_of", file=plan.file_id, state=state, others=NEW if accepted else None)[0][0]
    return None if place is None else broken + int(place)


def _rank(kind: str, number: int) -> str:
    return "if(kind = 'payment', 0, 1)" if kind == "payments" else str(number)


def _masked(row: PreviewRow) -> PreviewRow:
    return row if row.store is None else replace(row, store=login_masked(row.store))
