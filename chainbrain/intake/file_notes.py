"""What to know of a planned file that stops nothing: rows of closed months, late openings, unknown names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chainbrain import legal_entities
from chainbrain.database.book import Book
from chainbrain.importers.plan import FileNote, FilePlan
from chainbrain.intake.preview import SHOWN
from chainbrain.intake.staged import compared
from chainbrain.product_groups import unknown

_COUNTED: Final = frozenset({
    "orders", "tenders", "payments", "wallet_lines", "split_lines", "settlement_rows", "bank_lines", "cash_counts",
    "stored_value_lines", "ledger_lines",
})  # fmt: skip
"""Kinds whose rows count in the figures of a month's close."""


def told(book: Book, plans: Sequence[FilePlan]) -> tuple[FilePlan, ...]:
    """The plans with their notes; the open plan's rows stand compared in temporary tables."""
    there = {kind.kind for kind in compared(book)}
    notes: dict[str, list[FileNote]] = defaultdict(list)
    if book.one_of("select count(*) from base.standing_closes")[0]:
        for file, note in [*_of_closed_months(book, there), *_openings(book, there)]:
            notes[file].append(note)
    for file, note in [*_groups(book, there), *_parties(book, there)]:
        notes[file].append(note)
    return tuple(replace(plan, notes=tuple(notes[plan.file_id])) for plan in plans)


def _of_closed_months(book: Book, there: set[str]) -> list[tuple[str, FileNote]]:
    parts = [
        f"select cast(c.file_id as varchar) as file_id, c.sheet, c.line, c.rows, "
        f"cast(date_trunc('month', {_day(kind, there)}) as date) as month "
        f"from classified_{kind} c where c.state = 'new'"
        for kind in sorted(there & _COUNTED)
    ]
    if not parts:
        return []
    book.execute(f"create or replace temp view planned_days as {' union all '.join(parts)}")
    return [
        (file, FileNote("import.prior_rows", {"rows": rows, "months": tuple(months), "open": following}))
        for file, rows, months, following in book.rows("imports/prior_rows")
    ]


def _day(kind: str, there: set[str]) -> str:
    """The day in whose month a row counts: of an order and its tenders the day of business, which may begin late."""
    if kind == "orders":
        return "coalesce(c.business_day, c.ordered_at)"
    if kind != "tenders":
        return f"c.{SHOWN[kind][0]}"
    sources = ["base.orders", *(["classified_orders"] if "orders" in there else [])]
    days = " union all ".join(
        f"select business_day from {one} o where o.store_code = c.store_code and o.order_no = c.order_no"
        for one in sources
    )
    return f"coalesce((select max(business_day) from ({days})), c.paid_at)"


def _openings(book: Book, there: set[str]) -> list[tuple[str, FileNote]]:
    if "openings" not in there:
        return []
    return [
        (file, FileNote("import.opening_on_locked", {"day": day, "amount": f"{amount:,.2f}", "month": month}))
        for file, day, amount, month in book.rows("imports/openings_on_locked")
    ]


def _groups(book: Book, there: set[str]) -> list[tuple[str, FileNote]]:
    if "split_rules" not in there:
        return []
    named = book.rows_of(
        "select distinct cast(file_id as varchar), category from classified_split_rules "
        "where state = 'new' and category is not null order by all"
    )
    planned = (
        book.rows_of("select distinct category from classified_order_items where state in ('new', 'seen')")
        if named and "order_items" in there
        else []
    )
    known = {one for (one,) in [*planned, *book.rows("splits/item_groups")]} if named else set()
    found = ((file, unknown(category, known)) for file, category in named)
    return [(file, FileNote(hint.code, hint.facts)) for file, hint in found if hint is not None]


def _parties(book: Book, there: set[str]) -> list[tuple[str, FileNote]]:
    """Legal entities of a plan of payments that no table of accounts names, where one names any."""
    if "cash_plans" not in there:
        return []
    named = book.rows_of(
        "select distinct cast(file_id as varchar), party from classified_cash_plans where state = 'new' order by all"
    )
    known = {one for (one,) in book.rows("cash/owners")} if named else set()
    if named and "accounts" in there:
        known |= {one for (one,) in book.rows_of("select legal_entity from classified_accounts") if one}
    found = ((file, legal_entities.unknown(party, known)) for file, party in named)
    return [(file, FileNote(hint.code, hint.facts)) for file, hint in found if hint is not None]
