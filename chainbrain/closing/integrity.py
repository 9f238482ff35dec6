"""Hashes of what a closed month keeps and of the facts it stands on, and what no longer agrees with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from chainbrain.closing.months import last_month, next_month
from chainbrain.database.book import Book

KEPT: Final = {
    "month_closes": "entry_id, month, version, signed_by, signed_at, reason, accepted",
    "month_figures": "section, subject, detail, part, amount, items",
    "month_files": "file_id, sha256, container_sha256, member, name, format, first_day, last_day, row_count, "
    "import_entry",
    "month_rules": "kind, content",
    "month_differences": "difference_id, code, state, cause, store_id, channel, business_day, due_on, amount, "
    "record_type, record_id, note, verdict, decided_by, decided_at",
    "month_decisions": 'decision_id, decision_entry, "at", who, subject_type, subject_id, verdict, note, expected_on',
    "month_matches": "match_id, kind, stage",
    "month_members": "match_id, side, record_type, record_id, amount",
    "month_payouts": "settlement_id, channel, merchant_no, external_id, payout_account, bank_account, first_day, "
    "last_day, gross, fee, net, expected_on, file_id",
    "month_paid": "payment_id, settlement_id",
    "month_received": "bank_line_id, channel, merchant, amount",
    "month_open_items": "channel, merchant, standing, record_type, record_id, amount",
    "month_bank_items": "account, day, amount, flow, record_type, record_id, channel, payer",
    "month_facts": "table_name, columns, rows, content_hash",
}
"""What a close keeps; the columns are named, so that one that is added later does not change an old hash.

Of a table that holds nothing for a close the hash says nothing: to an older close a later table is such a one."""

FACTS: Final = {
    "orders": "business_day",
    "tenders": "coalesce(cast(paid_at as date), date '1900-01-01')",
    "payments": "cast(occurred_at as date)",
    "wallet_lines": "cast(occurred_at as date)",
    "split_lines": "coalesce(cast(occurred_at as date), date '1900-01-01')",
    "settlement_rows": "bill_day",
    "bank_lines": "cast(posted_at as date)",
    "cash_counts": "business_day",
    "stored_value_lines": "cast(occurred_at as date)",
    "openings": "day",
    "ledger_lines": "day",
    "order_items": "coalesce(business_day, date '1900-01-01')",
    "stores": "date '1900-01-01'",
    "accounts": "date '1900-01-01'",
    "split_rules": "date '1900-01-01'",
}
"""The tables of facts, and the day by which a row belongs to a month; tables of the chain's own hold for every day."""

WORDS: Final = ("placements", "split_rule_words")
"""What people wrote on where rows belong and what is split; what was written before a close is what it stands on."""


@dataclass(frozen=True)
class Broken:
    """What no longer agrees.

    ``kind`` is ``kept`` (what was locked was changed), ``facts`` (rows were, of the tables ``names``), ``decisions`` or
    ``matches`` (so many no longer stand).
    """

    month: date
    kind: str
    names: tuple[str, ...]


def keep_facts(book: Book, entry_id: int, month: date) -> None:
    """Write down how the rows look that a month covers."""
    for table in (*FACTS, *WORDS):
        columns = [
            row[0]
            for row in book.rows_of(
                "select column_name from duckdb_columns() where schema_name = 'base' and table_name = $table "
                "order by column_index",
                table=table,
            )
        ]
        rows, content = _facts(book, table, columns, entry_id, month)
        book.execute(
            "insert into base.month_facts values ($entry, $table, $columns, $rows, $content)",
            entry=entry_id, table=table, columns=columns, rows=rows, content=content,
        )  # fmt: skip


def content_hash(book: Book, entry_id: int) -> str:
    """The hash of everything that a close keeps, chained to the close before it."""
    before = book.rows_of(
        "select content_hash from base.month_closes where entry_id < $entry order by entry_id desc limit 1",
        entry=entry_id,
    )
    parts = [before[0][0] if before else ""]
    for table, columns in KEPT.items():
        rows, digest = _digest(book, f"base.{table}", columns, "entry_id = $entry", entry=entry_id)
        if rows:
            parts.append(f"{table} {rows} {digest}")
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def verify(book: Book) -> tuple[Broken, ...]:
    """Everything that no longer agrees with what was locked, the earliest close first."""
    found = []
    for entry, month, told in book.rows_of(
        "select entry_id, month, content_hash from base.month_closes order by entry_id"
    ):
        if told != content_hash(book, entry) or told != _audited(book, entry):
            found.append(Broken(month, "kept", ()))
    for entry, month in book.rows_of("select entry_id, month from base.standing_closes order by month"):
        tables = tuple(
            table
            for table, columns, rows, content in book.rows_of(
                "select table_name, columns, rows, content_hash from base.month_facts where entry_id = $entry "
                "order by 1",
                entry=entry,
            )
            if (rows, content) != _facts(book, table, columns, entry, month)
        )
        if tables:
            found.append(Broken(month, "facts", tables))
        decided = book.one("closing/decisions_changed", entry=entry)
        if decided is not None and decided[0]:
            found.append(Broken(month, "decisions", (str(decided[0]),)))
        gone = book.one("closing/matches_gone", entry=entry)
        if gone is not None and gone[0]:
            found.append(Broken(month, "matches", (str(gone[0]),)))
    return tuple(found)


def _audited(book: Book, entry_id: int) -> str | None:
    """The hash as the audit log tells it, which is chained itself."""
    found = book.rows_of(
        "select json_extract_string(after, '$.content_hash') from base.audit_log "
        "where what = 'close' and cast(json_extract_string(after, '$.entry') as bigint) = $entry",
        entry=entry_id,
    )
    return found[0][0] if found else None


def _facts(book: Book, table: str, columns: list[str], entry_id: int, month: date) -> tuple[int, str]:
    """The rows of a table that this close covers and, of facts, the one before it does not."""
    named = ", ".join(f'"{column}"' for column in columns)
    if table in WORDS:
        return _digest(book, f"base.{table}", named, "entry_id < $entry", entry=entry_id)
    day = FACTS[table]
    return _digest(
        book,
        f"base.{table}",
        named,
        f"{day} < $after and file_id in (select file_id from base.month_files where entry_id = $entry) and not "
        f"({day} < $first and file_id in (select f.file_id from base.month_files f join base.standing_closes c "
        "on c.entry_id = f.entry_id where c.month = $before))",
        entry=entry_id,
        after=next_month(month),
        first=month,
        before=last_month(month),
    )


def _digest(book: Book, table: str, columns: str, where: str, **params: object) -> tuple[int, str]:
    """Number and hash of some rows, in whatever order they lie."""
    rows, mixed, added = book.one_of(
        "select count(*), coalesce(bit_xor(md5_number(content)), 0), coalesce(sum(md5_number_lower(content)), 0) "
        f"from (select cast(row({columns}) as varchar) as content from {table} where {where})",
        **params,
    )
    return int(rows), hashlib.sha256(f"{rows} {mixed} {added}".encode()).hexdigest()
