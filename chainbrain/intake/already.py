"""What the book already has of a planned file: earlier files with the same rows, days, the stores it speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Final

import polars as pl

from chainbrain.database.book import Book
from chainbrain.importers.plan import FilePlan
from chainbrain.intake.preview import SHOWN
from chainbrain.intake.records import RECORD_KINDS

_PER_STORE: Final = frozenset({"till", "platform"})
_TEXTS: Final = {"channel": pl.String, "account_no": pl.String}


@dataclass(frozen=True)
class Earlier:
    """A file that brought some of these rows before; ``imported_at`` is ``None`` for a file of the same plan."""

    name: str
    imported_at: datetime | None
    rows: int
    days: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True)
class Already:
    """What surrounds one planned file in the book.

    Attributes:
        earlier: files that brought some of its rows before, the one with the most rows first.
        days: for how many days the file vouches.
        days_there: how many of these the book has completely for the same accounts.
        stores: how many stores the file's account or its own rows name; ``None`` when nothing says.
        imported: the file itself in the book, when it is there already: under which name and when.
    """

    earlier: tuple[Earlier, ...] = ()
    days: int = 0
    days_there: int = 0
    stores: int | None = None
    imported: tuple[str, datetime] | None = None


def of(book: Book, plan: FilePlan, names: Mapping[str, str]) -> Already:
    """What the book knows of one file of the open plan.

    Args:
        book: the book; the open plan's rows stand compared in its temporary tables.
        plan: the file.
        names: the files of the open plan by id.
    """
    if plan.outcome == "already_imported":
        row = book.one("imports/already_file", file=plan.file_id)
        return Already(imported=(row[0], row[1]) if row is not None else None)
    if plan.outcome != "imported":
        return Already()
    days, there = _days(book, plan)
    return Already(_earlier(book, plan, names), days, there, _stores(book, plan))


def _earlier(book: Book, plan: FilePlan, names: Mapping[str, str]) -> tuple[Earlier, ...]:
    there = _compared(book)
    parts = [
        f"select c.file_id as planned, c.sheet, c.line, c.rows, cast(c.{SHOWN[kind.kind][0]} as date) as day, "
        "coalesce(b.file_id, f.file_id) as file_id "
        f"from classified_{kind.kind} c left join {kind.table} b on b.{kind.id} = c.record_id "
        "left join (select distinct file_no, file_id from staged_files) f on f.file_no = c.first_file_no "
        "where c.state = 'seen'"
        for kind in RECORD_KINDS
        if kind.kind in plan.reading.staged and kind.kind in there
    ]
    if not parts:
        return ()
    book.execute(f"create or replace temp view already_lines as {' union all '.join(parts)}")
    return tuple(
        Earlier(name or names.get(file_id, ""), at, rows, days, first, last)
        for file_id, name, at, rows, days, first, last in book.rows("imports/earlier", file=plan.file_id)
    )


def _days(book: Book, plan: FilePlan) -> tuple[int, int]:
    asked = [asdict(cover) for cover in plan.reading.coverage if cover.account_no is not None]
    if not asked:
        return 0, 0
    with book.loaded("asked_coverage", pl.DataFrame(asked, infer_schema_length=None, schema_overrides=_TEXTS)):
        row = book.one("imports/covered")
    assert row is not None
    return int(row[0]), int(row[1])


def _stores(book: Book, plan: FilePlan) -> int | None:
    """Stores of a till's or platform's own rows, otherwise those that the account was assigned to."""
    own = {cover.account_no for cover in plan.reading.coverage if cover.kind in _PER_STORE and cover.account_no}
    if own:
        return len(own)
    number = plan.reading.account_no
    if number is None or not any(cover.kind == "wallet" for cover in plan.reading.coverage):
        return None
    return int(book.one_of(f"select count(distinct store_code) from ({_assigned(book)})", account=number)[0])


def _assigned(book: Book) -> str:
    """Stores of a merchant number, as the book has them and as the open plan would add them."""
    sources = ["base.accounts"]
    sources += ["classified_accounts"] if "accounts" in _compared(book) else []
    return " union all ".join(f"select store_code from {name} where merchant_no = $account" for name in sources)


def _compared(book: Book) -> frozenset[str]:
    """Kinds whose rows stand compared; another decision may have taken a kind away since the file was shown."""
    names = book.rows_of("select table_name from duckdb_tables() where table_name like 'classified_%'")
    return frozenset(str(row[0]).removeprefix("classified_") for row in names)
