"""The import room: read files, show what they would add, write exactly that, take it back."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from chainbrain.analytics import daily
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.errors import UserError
from chainbrain.importers import reading
from chainbrain.importers.known import Known
from chainbrain.importers.mapping import TableMapping
from chainbrain.importers.plan import LOCKED, FilePlan, ImportPlan, MemberReading, RowCounts
from chainbrain.intake import already, known, new_places, preview, staged
from chainbrain.intake.mappings import MappingBook
from chainbrain.intake.new_places import NewPlaces
from chainbrain.intake.preview import PreviewRow
from chainbrain.progress import Report, silent
from chainbrain.reconciliation import attribution


@dataclass(frozen=True)
class ImportedFile:
    """A source file in the book, for the list of past imports."""

    file_id: str
    name: str
    format: str
    layout: str | None
    first_day: object
    last_day: object
    rows: int
    new: int
    suspect: int
    broken: int
    control_total: str
    imported_at: datetime
    entry_id: int


class ImportRoom:
    """Plans and applies imports of one book. One plan is open at a time; a new one replaces it."""

    def __init__(self, file: BookFile) -> None:
        self._file = file
        self._book = file.book
        self._run = 0
        self._readings: tuple[MemberReading, ...] = ()
        self._desk: Path | None = None
        # As long as the plan is open; never written anywhere.
        self._passwords: tuple[str, ...] = ()
        self._extra_mappings: tuple[TableMapping, ...] = ()

    # ------------------------------------------------------------------ plan
    def plan(
        self,
        paths: Sequence[Path],
        report: Report = silent,
        *,
        accept_differences: bool = False,
        accept_suspect: bool = False,
        passwords: Sequence[str] = (),
        mappings: Sequence[TableMapping] = (),
    ) -> ImportPlan:
        """Read files and folders and say what each would add; nothing is written.

        Args:
            paths: files or folders.
            report: told after each file; may raise ``Cancelled``.
            accept_differences: take files whose control totals differ from their rows; they are marked ``differs``.
            accept_suspect: write suspect rows as rows of their own.
            passwords: tried in order on whatever is closed; kept in memory while the plan is open, written nowhere.
            mappings: column maps besides those of the book; they count before one of the same name.

        Raises:
            UserError: ``import.path_missing`` when a path is not there.
        """
        started = time.monotonic()
        for path in paths:
            if not path.exists():
                raise UserError("import.path_missing", path=str(path))
        self._clear_desk()
        self._desk = Path(tempfile.mkdtemp(prefix="desk-", dir=_folder(self._file.safe.spill)))
        files = reading.expand(paths)
        self._passwords = tuple(passwords)
        readings: list[MemberReading] = []
        self._extra_mappings = tuple(mappings)
        with self._reader(self._desk, workers=2, known=known.files(self._book)) as reader:
            readings.extend(reader.read(files, report, self._passwords))
        self._readings = tuple(known.remembered(self._book, readings))
        return self._decide(started, accept_differences=accept_differences, accept_suspect=accept_suspect)

    def unlock(
        self,
        passwords: Sequence[str],
        report: Report = silent,
        *,
        accept_differences: bool = False,
        accept_suspect: bool = False,
    ) -> ImportPlan:
        """The open plan with further passwords: only the files that are still closed are read again.

        Raises:
            UserError: ``import.plan_outdated`` when no plan is open.
        """
        started = time.monotonic()
        if self._desk is None:
            raise UserError("import.plan_outdated")
        # The new ones first: somebody has just typed them for these very files.
        self._passwords = tuple(dict.fromkeys((*passwords, *self._passwords)))
        closed = list(dict.fromkeys(found.path for found in self._readings if found.code in LOCKED))
        self._read_again(self._desk, closed, report)
        return self._decide(started, accept_differences=accept_differences, accept_suspect=accept_suspect)

    def recognise(
        self, report: Report = silent, *, accept_differences: bool = False, accept_suspect: bool = False
    ) -> ImportPlan:
        """The open plan with the column maps that the book has now: only what no format fitted is read again.

        Raises:
            UserError: ``import.plan_outdated`` when no plan is open.
        """
        started = time.monotonic()
        if self._desk is None:
            raise UserError("import.plan_outdated")
        unknown = [found.path for found in self._readings if found.outcome in ("unknown", "ambiguous")]
        self._read_again(self._desk, list(dict.fromkeys(unknown)), report)
        return self._decide(started, accept_differences=accept_differences, accept_suspect=accept_suspect)

    def _read_again(self, desk: Path, paths: Sequence[Path], report: Report) -> None:
        """Replace what is known of these files by another reading."""
        again: dict[Path, list[MemberReading]] = {path: [] for path in paths}
        # A folder of its own: the names of staged files count from 0 in every run of the reader.
        with self._reader(Path(tempfile.mkdtemp(prefix="again-", dir=desk))) as reader:
            for found in reader.read(paths, report, self._passwords):
                again[found.path].append(found)
        kept: dict[Path, list[MemberReading]] = {}
        for found in self._readings:
            kept.setdefault(found.path, []).append(found)
        self._readings = tuple(found for path, all_of_it in kept.items() for found in again.get(path, all_of_it))

    def _reader(self, desk: Path, *, workers: int = 1, known: Known | None = None) -> reading.Reader:
        """Reading processes that know the book's column maps."""
        maps = {one.name: one for one in (*MappingBook(self._book).standing(), *self._extra_mappings)}
        return reading.Reader(desk, salt=self._salt(), workers=workers, known=known, mappings=tuple(maps.values()))

    def decide_again(self, *, accept_differences: bool, accept_suspect: bool) -> ImportPlan:
        """The open plan under other decisions, without reading the files again.

        Raises:
            UserError: ``import.plan_outdated`` when an import that the plan counted on was taken back since.
        """
        return self._decide(time.monotonic(), accept_differences=accept_differences, accept_suspect=accept_suspect)

    def _decide(self, started: float, *, accept_differences: bool, accept_suspect: bool) -> ImportPlan:
        there = {row[0] for row in self._book.rows_of("select cast(file_id as varchar) from base.source_files")}
        files: list[FilePlan] = []
        for found in self._readings:
            plan = _first_look(found, there, accept_differences=accept_differences)
            if plan.outcome == "imported":
                there.add(plan.file_id)
            files.append(plan)
        # From here on an earlier plan no longer stands, even if this comparison is stopped half way.
        self._run += 1
        while True:
            to_write = [
                staged.StagedFile(number, plan.file_id, plan.reading)
                for number, plan in enumerate(files)
                if plan.outcome == "imported"
            ]
            comparison = staged.compare(self._book, to_write, accept_suspect=accept_suspect)
            counted = [_with_counts(plan, comparison) for plan in files]
            if [plan.outcome for plan in counted] == [plan.outcome for plan in files]:
                return ImportPlan(self._run, tuple(counted), round(time.monotonic() - started, 3))
            # A file fell out: rows that the others share with it are theirs now, so they are compared without it.
            files = [now if now.outcome != plan.outcome else plan for plan, now in zip(files, counted, strict=True)]

    def preview(self, plan: FilePlan, first: int, count: int) -> list[PreviewRow]:
        """Rows of a file of the open plan as they would be shown: broken, suspect, new, seen."""
        return preview.rows(self._book, plan, first, count)

    def already(self, plan: FilePlan) -> already.Already:
        """What the book already has of a file of the open plan."""
        return already.of(self._book, plan, {str(UUID(found.sha256[:32])): found.name for found in self._readings})

    def new_places(self) -> NewPlaces:
        """Stores and merchant numbers that the open plan names for the first time."""
        return new_places.of_plan(self._book)

    # ------------------------------------------------------------------ apply
    def apply(self, plan: ImportPlan, report: Report = silent) -> Changes:
        """Write what the plan showed, in one transaction, and return what moved.

        Raises:
            UserError: ``import.plan_outdated`` when another plan was made since, ``safe.file_changed`` when a file is
                no longer what was read.
        """
        if plan.run != self._run:
            raise UserError("import.plan_outdated")
        writable = plan.writable
        if not writable:
            return Changes()
        self._keep_originals(writable, report)
        with self._book.transaction():
            entry_id = history.add(
                self._book,
                "import",
                {"files": len(writable), "rows": plan.new_rows, "names": [file.name for file in writable[:20]]},
                undoable=True,
            )
            report(len(writable), len(writable), "progress.writing")
            moved = staged.write(self._book, entry_id, writable)
            self.attribute_again()
        self._file.acknowledge()
        self._clear_desk()
        self._run += 1
        return Changes(frozenset(moved), entry_id)

    def take_back(self, entry_id: int) -> set[str]:
        """Take the files of one import out again; inside the caller's transaction. Originals stay in the safe."""
        files = [
            row[0]
            for row in self._book.rows_of(
                "select cast(file_id as varchar) from base.source_files where entry_id = $entry", entry=entry_id
            )
        ]
        moved = staged.forget(self._book, files)
        self.attribute_again()
        return moved

    def attribute_again(self) -> None:
        """Work out anew which store, contract and day every row belongs to; inside the caller's transaction."""
        attribution.refresh(self._book)
        daily.refresh(self._book)

    def files(self) -> list[ImportedFile]:
        """All files of the book, the newest first."""
        return [ImportedFile(*row) for row in self._book.rows("imports/files")]

    def close(self) -> None:
        """Throw away what an unfinished plan left on the desk."""
        self._clear_desk()

    def _keep_originals(self, plans: Sequence[FilePlan], report: Report) -> None:
        # Packing is C code that frees the interpreter, so two threads use both cores.
        originals = {plan.reading.container_sha256: plan.reading.path for plan in plans}
        packers = ThreadPoolExecutor(2)
        try:
            kept = packers.map(lambda item: self._file.safe.keep(item[1], item[0]), originals.items())
            for number, _ in enumerate(kept, 1):
                report(number, len(originals), "progress.keeping_originals")
        finally:
            # Whoever stops does not wait for files whose turn has not come.
            packers.shutdown(cancel_futures=True)

    def _salt(self) -> bytes:
        return bytes.fromhex(str(self._book.one_of("select value from base.meta where key = 'salt'")[0]))

    def _clear_desk(self) -> None:
        if self._desk is not None:
            shutil.rmtree(self._desk, ignore_errors=True)
            self._desk = None
        self._passwords = ()


def _first_look(found: MemberReading, there: set[str], *, accept_differences: bool) -> FilePlan:
    """The outcome that follows from the file alone, before its rows are compared."""
    file_id = str(UUID(found.sha256[:32]))
    broken = len({(p.sheet, p.line) for p in found.problems if p.state == "broken"})
    plan = FilePlan(file_id, found, RowCounts(broken=broken), "imported", found.problems)
    if found.outcome == "unknown":
        return replace(plan, outcome="needs_mapping", code=found.code or "import.unknown_format", facts=found.facts)
    if found.outcome == "ambiguous":
        facts = {**found.facts, "candidates": ", ".join(found.candidates)}
        return replace(plan, outcome="ambiguous", code="import.ambiguous", facts=facts)
    if found.outcome == "known" and file_id not in there:
        # Its import was taken back since; it would have to be read now.
        raise UserError("import.plan_outdated")
    if found.outcome not in ("read", "known"):
        return replace(plan, outcome="refused", code=found.code or "import.unreadable", facts=found.facts)
    if file_id in there:
        return replace(plan, outcome="already_imported", code="import.already_imported")
    if found.control_total == "differs" and not accept_differences:
        wrong = next(total for total in found.controls if not total.agrees)
        facts = {"total": wrong.name, "stated": str(wrong.stated), "summed": str(wrong.summed)}
        return replace(plan, outcome="refused", code="import.control_total_differs", facts=facts)
    return plan


def _with_counts(plan: FilePlan, comparison: staged.Comparison) -> FilePlan:
    if plan.outcome == "already_imported":
        return replace(plan, counts=RowCounts(seen=plan.reading.row_count))
    if plan.outcome != "imported":
        return plan
    counts = replace(comparison.counts.get(plan.file_id, RowCounts()), broken=plan.counts.broken)
    if counts.total != plan.reading.row_count:
        # Rows may neither vanish nor multiply between reading and writing.
        facts = {"read": str(plan.reading.row_count), "accounted": str(counts.total)}
        return replace(plan, outcome="refused", code="import.rows_unaccounted", facts=facts)
    problems = (*plan.problems, *comparison.suspects.get(plan.file_id, ()))
    return replace(plan, counts=counts, problems=problems)


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path
