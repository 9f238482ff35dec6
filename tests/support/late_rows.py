"""Takes rows out of a book and brings them back as a later file would; holds two reconciliations side by side."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass, field

from chainbrain.database.book import Book
from chainbrain.reconciliation import attribution

RESULTS = {
    "matches": "match_id, kind, state, stage, solutions, explanation",
    "match_members": "match_id, side, record_type, record_id, amount",
    "differences": "difference_id, code, state, store_id, business_day, due_on, amount, record_type, record_id, note, "
    "channel, cause",
    "row_states": "record_type, record_id, leg, file_id, state, match_id, reason, due_on",
    "split_parts": "split_part_id, payment_id, rule, receiver, amount, split_rule_id, sale_id, store_id, business_day, "
    "base",
    "split_shares": "payment_id, sale_id, category, part, whole",
    "settlements": "settlement_id, channel, merchant_no, external_id, first_day, last_day, gross, fee, net, "
    "expected_on",
    "payment_links": "payment_id, account_id, store_id, business_day, settlement_id",
    "bridged_payments": "payment_id",
    "reconciled_till_days": "store, day",
}  # fmt: skip
"""Everything a reconciliation writes; when a match was first found is not part of what it says."""

# What comes in files, with its store, merchant or account, and its day.
FACTS = {
    "orders": ("store_code", "business_day"),
    "tenders": ("store_code", "cast(paid_at as date)"),
    "payments": ("channel || coalesce(merchant_no, '')", "cast(occurred_at as date)"),
    "wallet_lines": ("channel || coalesce(merchant_no, cast(file_id as varchar))", "cast(occurred_at as date)"),
    "bank_lines": ("bank_account", "cast(posted_at as date)"),
    "settlement_rows": ("channel || merchant_no", "bill_day"),
    "split_lines": ("channel", "cast(occurred_at as date)"),
    "stored_value_lines": ("store_code", "cast(occurred_at as date)"),
    "cash_counts": ("store_code", "business_day"),
    "order_items": ("store_code", "business_day"),
    "coverage": ("kind || coalesce(channel, '') || account_no", "day"),
}


def keep(book: Book) -> None:
    """Write down what the book says now."""
    for name, columns in RESULTS.items():
        book.execute(f"create or replace temp table said_{name} as select {columns} from base.{name}")


def changes(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Per table at most five rows that ``keep`` wrote down and that are no longer there, or the other way round."""
    found = {}
    for name, columns in RESULTS.items():
        now = f"select {columns} from base.{name}"
        rows = book.rows_of(
            f"select 'gone', * from (from said_{name} except all {now}) union all "
            f"select 'came', * from ({now} except all from said_{name}) limit 5"
        )
        if rows:
            found[name] = rows
    return found


@dataclass
class Late:
    """Rows that are held back for a while.

    Attributes:
        seed: which rows.
        part: how many of the days of each kind of row, as a share.
    """

    book: Book
    seed: int
    groups: int = 3
    counts: dict[str, int] = field(default_factory=dict)

    def hold_back(self) -> None:
        """Take the rows of some stores, merchants and accounts on some days out of the book."""
        chance, file_id = random.Random(self.seed), str(uuid.UUID(int=self.seed + (1 << 100)))
        days = [row[0] for row in self.book.rows_of("select distinct business_day from base.orders order by 1")]
        if not days:
            days = [
                row[0]
                for row in self.book.rows_of("select distinct cast(occurred_at as date) from base.payments order by 1")
            ]
        for table, (owner, day) in FACTS.items():
            places = [row[0] for row in self.book.rows_of(f"select distinct {owner} from base.{table} order by 1")]
            self.book.execute(f"create or replace temp table late_{table} as from base.{table} limit 0")
            if not places or chance.random() < 0.3:
                continue
            chosen = [(chance.choice(places), chance.choice(days)) for _ in range(chance.randint(1, self.groups))]
            share = chance.choice([1.0, 1.0, 0.5])
            for place, on in chosen:
                rule = (
                    f"{owner} = $place and {day} = $on and "
                    f"hash(cast({table} as varchar), $seed) % 100 < {int(share * 100)}"
                )
                names = {"place": place, "on": on, "seed": self.seed}
                self.book.execute(f"insert into late_{table} select * from base.{table} where {rule}", **names)
                self.book.execute(f"delete from base.{table} where {rule}", **names)
            self.book.execute(f"update late_{table} set file_id = $file", file=file_id)
            self.counts[table] = int(self.book.one_of(f"select count(*) from late_{table}")[0])
        attribution.refresh(self.book)

    def bring(self) -> None:
        """Bring them back, in a file of their own."""
        file_id = str(uuid.UUID(int=self.seed + (1 << 100)))
        self.book.execute(
            "insert into base.source_files select * replace ($file::uuid as file_id, $file as sha256) "
            "from base.source_files limit 1",
            file=file_id,
        )
        for table in FACTS:
            self.book.execute(f"insert into base.{table} from late_{table}")
        attribution.refresh(self.book)
