"""However a business exports its rows again, the book holds them once: reordered, re-encoded, overlapping, split.

Each case makes up the rows of one source, exports them several times, and imports the exports in any order. Rows with a
number are then in the book exactly once. Of rows without one, none is doubled and none is lost: what the book lacks is
listed as suspect, and when nothing overlapped, that is exactly what it lacks.

``CHAINBRAIN_REEXPORTS=500`` runs as many cases.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from acceptance_book import HereReader
from exported_sources import SOURCES, Source

from chainbrain.importers import reading
from chainbrain.importers.limits import Limits
from chainbrain.importers.member import read_file
from chainbrain.intake.records import RECORD_KINDS
from chainbrain.reconciliation import attribution
from chainbrain.workspace import Workspace

CASES = int(os.environ.get("CHAINBRAIN_REEXPORTS", "60"))

# A bill printed once more is another print, and payouts are made of the last one (attribution/payouts.sql).
KINDS = tuple(kind for kind in RECORD_KINDS if kind.kind != "settlement_rows")

Content = Counter[tuple[Any, ...]]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """One book for all cases; whom a row belongs to is worked out anew after every import, and not asked here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "Reader", HereReader)
        patch.setattr(attribution, "refresh", lambda _: None)
        with Workspace.create(tmp_path_factory.mktemp("reexports") / "a.chainbrain") as opened:
            yield opened


def _exported(path: Path) -> Content:
    """The rows of a file as they are read."""
    (found,) = read_file(path, path.parent, "all", salt=b"", limits=Limits())
    assert (found.outcome, found.problems) == ("read", ()), found
    columns = {kind.kind: kind.columns for kind in KINDS}
    return Counter(
        (kind, *row)
        for kind, staged in found.staged.items()
        if kind in columns
        for row in pl.read_parquet(staged).select(_plain(columns[kind])).iter_rows()
    )


def _plain(columns: tuple[str, ...]) -> list[str]:
    # Payers are hashed with the salt of each book.
    return [column for column in columns if column not in ("payer_hash", "member_hash")]


def _held(book: Workspace) -> Content:
    """The rows that the book holds."""
    return _rows(book, "base.{kind}")


def _suspect(book: Workspace) -> Content:
    """The suspect rows of the open plan, and those that wait beside them."""
    there = {row[0] for row in book.book.rows_of("select table_name from duckdb_tables() where temporary")}
    kinds = {kind.kind for kind in KINDS if f"classified_{kind.kind}" in there}
    return _rows(book, "(select * from classified_{kind} where state = 'suspect' or held)", kinds)


def _rows(book: Workspace, table: str, kinds: set[str] | None = None) -> Content:
    found: Content = Counter()
    for kind in KINDS:
        if kinds is None or kind.kind in kinds:
            columns = ", ".join(_plain(kind.columns))
            rows = book.book.rows_of(f"select {columns} from {table.format(kind=kind.kind)}")
            found.update((kind.kind, *row) for row in rows)
    return found


def _parts(number: int, how: str, chance: random.Random) -> list[tuple[int, int]]:
    """First row and the row after the last of every export."""
    if how == "again":
        return [(0, number)] * 2
    if how == "split":
        cuts = sorted(chance.sample(range(1, number), chance.choice((1, 1, 2))))
        return list(zip([0, *cuts], [*cuts, number], strict=True))
    first, after = sorted(chance.sample(range(1, number), 2))
    if how == "overlap":
        return [(0, after), (first, number)]
    return [(0, number), (first, after)]


@pytest.mark.parametrize("seed", range(CASES))
def test_no_row_is_doubled_and_none_is_lost(book: Workspace, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    source: Source = SOURCES[seed % len(SOURCES)]
    how = chance.choice(("again", "split", "overlap", "inside"))
    rows = source.rows(chance)
    full = _exported(source.write(tmp_path / "full", rows, random.Random(0)))
    paths = [
        source.write(tmp_path / f"{number}", rows[first:after], chance)
        for number, (first, after) in enumerate(_parts(len(rows), how, chance))
    ]
    chance.shuffle(paths)
    runs = [paths] if chance.random() < 0.3 else [[path] for path in paths]
    entries, suspect = [], Counter()
    for run in runs:
        plan = book.imports.plan(run)
        assert {file.outcome for file in plan.files} <= {"imported", "already_imported"}, plan
        suspect += _suspect(book)
        entry = book.imports.apply(plan).entry_id
        entries += [entry] if entry is not None else []
    held = _held(book)
    assert book.check().good
    chance.shuffle(entries)
    for entry in entries:
        book.undo(entry)
    assert not _held(book) + Counter(book.book.rows_of("select record_id from base.sightings"))

    assert held <= full, "a row was doubled"
    assert full <= held + suspect, "a row was lost"
    if source.numbered or (how == "again" and len(full) > 1):
        assert (held, suspect) == (full, Counter())
    if how == "split":
        assert held + suspect == full, "a row is suspect though nothing is like it"
