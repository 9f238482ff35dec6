"""Every bad input through the public import room: one reader and one book for all, and none of them changes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from chainbrain import texts
from chainbrain.importers.plan import FilePlan, ImportPlan
from chainbrain.intake.records import RECORD_KINDS
from chainbrain.intake.room import ImportRoom
from chainbrain.workspace import Workspace

from . import archives, cells, encodings, markups, structure, workbooks
from .case import CASH, Case, orders

CASES = (*encodings.CASES, *structure.CASES, *cells.CASES, *archives.CASES, *workbooks.CASES, *markups.CASES)
# Whoever is broken in our own code, or ends the reading process, has no place in this list.
OURS = ("import.reader_fault", "import.reader_died", "import.reader_memory", "import.reader_time")


@dataclass
class World:
    """A book with something in it, and the plan of all cases."""

    room: ImportRoom
    folder: Path
    plan: ImportPlan
    by_path: dict[Path, list[FilePlan]]

    def rows_of_files(self) -> dict[tuple[str, str], int]:
        """How many rows of every table a file has."""
        book = self.room._book
        tables = book.rows_of(
            "select table_name from duckdb_columns() where schema_name = 'base' and column_name = 'file_id'"
        )
        assert len(tables) > 12
        parts = [
            f"select '{name}', cast(file_id as varchar), count(*) from base.{name} group by 2" for (name,) in tables
        ]
        return {(name, file_id): count for name, file_id, count in book.rows_of(" union all ".join(parts))}

    def lines_of(self, file_id: str) -> int:
        """How many lines of a file are in the book, as records or as sightings."""
        kinds = [kind.table for kind in RECORD_KINDS] + ["base.sightings"]
        lines = " union ".join(f"select sheet, line from {table} where file_id = $file" for table in kinds)
        return int(self.room._book.one_of(f"select count(*) from ({lines})", file=file_id)[0])


def _path(folder: Path, case: Case) -> Path:
    return folder / f"{case.name}{case.suffix}".replace("/", "÷")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("bad")
    first, last = folder / "first.csv", folder / "last.csv"
    first.write_text(f"{CASH}\n1,2026-03-01,5.00\n", encoding="utf-8")
    last.write_text(orders("last"), encoding="utf-8")
    with Workspace.create(tmp_path_factory.mktemp("book") / "账本.chainbrain") as workspace:
        room = workspace.imports
        room.apply(room.plan([first]))
        paths = []
        for case in CASES:
            paths.append(_path(folder, case))
            paths[-1].write_bytes(case.data())
        plan = room.plan([*paths, last])
        by_path: dict[Path, list[FilePlan]] = {}
        for file in plan.files:
            by_path.setdefault(file.reading.path, []).append(file)
        yield World(room, folder, plan, by_path)


def test_the_list_is_long_and_names_are_its_own() -> None:
    assert len(CASES) >= 150
    assert len({case.name + case.suffix for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_said_about_it(case: Case, world: World) -> None:
    files = world.by_path[_path(world.folder, case)]
    if case.members:
        found = {file.reading.member: (file.outcome, file.code) for file in files}
        assert found == dict(case.members)
    else:
        assert {(file.outcome, file.code) for file in files} == {(case.outcome, case.code)}, files[0].facts
        broken = [(row.line, row.column, row.code) for file in files for row in file.problems if row.state == "broken"]
        assert case.outcome != "imported" or broken == list(case.rows)
        assert (
            sum(file.reading.row_count - file.counts.broken for file in files if file.outcome == "imported")
            == case.good
        )
    facts = {name: value for file in files for name, value in file.facts.items()}
    assert case.facts.items() <= facts.items()
    if case.amount is not None:
        assert _amount(files) == case.amount
    _has_words(files)


def test_the_process_lives(world: World) -> None:
    assert [file.outcome for file in world.by_path[world.folder / "last.csv"]] == ["imported"]
    assert not [file.name for file in world.plan.files if file.code in OURS]


def test_nothing_was_written_beside_the_files(world: World) -> None:
    expected = {_path(world.folder, case).name for case in CASES} | {"first.csv", "last.csv"}
    assert {path.name for path in world.folder.iterdir()} == expected
    assert not Path("/tmp/outside.csv").exists()
    assert not (world.folder.parent / "outside.csv").exists()


def test_sound_files_are_written_whole_and_refused_ones_leave_no_row(world: World) -> None:
    """Last, since the plan is used up by it: all bad files and a good one, applied together."""
    sound = {file.file_id: file for file in world.plan.files if file.outcome == "imported"}
    refused = {file.file_id for file in world.plan.files if file.outcome != "imported"} - sound.keys()
    assert len(refused) > 80
    before = world.rows_of_files()
    world.room.apply(world.plan)
    after = world.rows_of_files()
    assert {file.file_id for file in world.room.files()} == {file_id for _, file_id in before} | sound.keys()
    # What the book had before is neither more nor less, and nothing else came than the sound files.
    assert {key: count for key, count in after.items() if key[1] not in sound} == before
    assert not refused & {file_id for _, file_id in after}
    for file_id, file in sound.items():
        counts = file.counts
        assert file.reading.row_count == counts.total
        assert world.lines_of(file_id) == counts.new + counts.seen, file.name
        assert after.get(("left_out_rows", file_id), 0) == len(file.problems), file.name
    (last,) = world.by_path[world.folder / "last.csv"]
    assert world.room._book.rows_of(
        "select order_no, amount from base.orders where file_id = $file order by line", file=last.file_id
    ) == [("last-1", Decimal("18.00")), ("last-9", Decimal("18.00"))]


def _amount(files: list[FilePlan]) -> Decimal:
    staged = [file.reading.staged["orders"] for file in files]
    return Decimal(pl.concat([pl.read_parquet(path) for path in staged])["amount"].sum())


def _has_words(files: list[FilePlan]) -> None:
    """Whatever is said is said in both languages, with every fact filled in."""
    catalogue = texts.catalogue("messages")
    for file in files:
        for code in (*([file.code] if file.code else []), *(f"row.{row.code}" for row in file.problems)):
            assert set(catalogue[code]) == {"zh", "en"}
        for lang in texts.LANGUAGES:
            if file.code:
                assert "…" not in texts.message(file.code, lang, path=file.name, **file.facts)
