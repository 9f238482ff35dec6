"""Holds a reconciled book against the truth that the demo chain wrote beside its exports."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from chainbrain.database.book import Book

RECORDS = ("order", "tender", "payment", "wallet_line", "split_line", "bank_line", "cash_count", "stored_value_line")

# A platform's bill of one store and day, and the payout it is in.
PAYOUTS = """
select f.name, coalesce(r.sheet, '') as sheet, r.line, 'settlement' as word, p.settlement_id as id
from base.settlement_rows r
join base.settlements p on p.channel = r.channel and p.expected_on is not distinct from r.pays_on
 and p.payout_account is not distinct from r.payout_account
join base.source_files f on f.file_id = r.file_id
"""


@dataclass(frozen=True)
class PairScore:
    """True pairs of one kind, those confirmed, and confirmed pairs that are not true (with the first few)."""

    kind: str
    true: int
    confirmed: int
    false: int
    examples: tuple[str, ...]

    @property
    def share(self) -> float:
        return self.confirmed / self.true if self.true else 1.0


@dataclass(frozen=True)
class CodeScore:
    """Injected differences of one code, those found on the right record with the right code, and all reported."""

    code: str
    injected: int
    found: int
    reported: int


def load(book: Book, truth: Path) -> None:
    """Read the truth tables into the book's temporary tables, every place named as the book names it."""
    places = [
        f"select f.name, coalesce(r.sheet, '') as sheet, r.line, '{word}' as word, r.{word}_id as id "
        f"from base.{word}s r join base.source_files f on f.file_id = r.file_id"
        for word in RECORDS
    ]
    book.execute(f"create or replace temp table places as {' union all '.join([*places, PAYOUTS])}")
    known = {row[0] for row in book.rows_of("select name from base.source_files")}
    for table in ("matches", "differences"):
        frame = pl.read_csv(truth / f"{table}.csv", infer_schema=False)
        for column in [name for name in frame.columns if name.endswith("file")]:
            frame = frame.with_columns(pl.col(column).str.split("/").list.last())
            unknown = set(frame[column].drop_nulls()) - known
            assert not unknown, f"the truth names files that are not in the book: {sorted(unknown)[:5]}"
        for column in [name for name in frame.columns if name.endswith("sheet")]:
            frame = frame.with_columns(pl.col(column).fill_null(""))
        for column in [name for name in frame.columns if name.endswith("line")]:
            frame = frame.with_columns(pl.col(column).cast(pl.Int64))
        with book.loaded("incoming", frame):
            book.execute(f"create or replace temp table truth_{table} as select * from incoming")


def score_pairs(book: Book) -> list[PairScore]:
    """Confirmed pairs against true pairs, per kind. A missed pair is only work, a false one is a bug."""
    book.execute(
        """
        create or replace temp table true_pairs as
        select distinct t.kind, i.id as inner_id, o.id as outer_id
        from truth_matches t
        join places i on i.name = t.inner_file and i.sheet = t.inner_sheet and i.line = t.inner_line
        join places o on o.name = t.outer_file and o.sheet = t.outer_sheet and o.line = t.outer_line
        where (t.kind, i.word, o.word) in (
            ('tender_payment', 'tender', 'payment'), ('payment_wallet', 'payment', 'wallet_line'),
            ('payment_settlement', 'payment', 'settlement'), ('settlement_bank', 'settlement', 'bank_line'),
            ('settlement_bank', 'wallet_line', 'bank_line'), ('split', 'payment', 'split_line'))
        """
    )
    book.execute(
        """
        create or replace temp table found_pairs as
        select distinct m.kind, coalesce(p.payment_id, i.record_id) as inner_id, o.record_id as outer_id
        from main.matches m
        join main.match_members i on i.match_id = m.match_id and i.side = 'inner'
        -- an expected part stands for the sale or refund that it follows
        left join main.split_parts p on i.record_type = 'split_part' and p.split_part_id = i.record_id
        join main.match_members o on o.match_id = m.match_id and o.side = 'outer'
        where m.state = 'confirmed' and m.kind in (select kind from true_pairs)
        """
    )
    scores = []
    for kind, true, confirmed in book.rows_of(
        "select kind, count(*), count(*) filter (where (kind, inner_id, outer_id) in "
        "(select (kind, inner_id, outer_id) from found_pairs)) from true_pairs group by kind order by kind"
    ):
        false = book.rows_of(
            "select cast(inner_id as varchar) || ' -> ' || cast(outer_id as varchar) from found_pairs "
            "where kind = $kind and (kind, inner_id, outer_id) not in "
            "(select (kind, inner_id, outer_id) from true_pairs)",
            kind=kind,
        )
        scores.append(PairScore(kind, true, confirmed, len(false), tuple(row[0] for row in false[:5])))
    return scores


def score_differences(book: Book) -> list[CodeScore]:
    """Per code: injected, found with that code on the very record or on one matched with it, and reported in all."""
    book.execute(
        """
        create or replace temp table told as
        select code, record_id as id from main.differences
        union
        select d.code, m.record_id from main.differences d
        join main.match_members me on me.record_id = d.record_id
        join main.match_members m on m.match_id = me.match_id
        union
        select d.code, p.payment_id from main.differences d join main.split_parts p on p.split_part_id = d.record_id
        union
        select d.code, p.payment_id from main.differences d join main.split_lines l on l.split_line_id = d.record_id
        join main.payments p on p.external_id = l.payment_external_id and p.channel = l.channel and p.kind = 'payment'
        """
    )
    rows = book.rows_of(
        """
        select t.code, count(*), count(*) filter (where exists (
            select 1 from places p join told d on d.id = p.id and d.code = t.code
            where p.name = t.file and p.sheet = t.sheet and p.line = t.line))
        from truth_differences t group by t.code order by t.code
        """
    )
    reported = dict(
        book.rows_of("select code, count(*) from main.differences where state <> 'explained' group by code")
    )
    return [CodeScore(code, injected, found, int(reported.get(code, 0))) for code, injected, found in rows]
