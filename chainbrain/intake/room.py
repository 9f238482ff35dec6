"""The import room: read files, show what they would add, write exactly that, take it back."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from threading import Event
from typing import Final

from chainbrain import facts, openings
from chainbrain.analytics import daily
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.database.safe import Safe
from chainbrain.errors import UserError
from chainbrain.importers import reading
from chainbrain.importers.known import Known
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.plan import LOCKED, FilePlan, ImportPlan, MemberReading, RowProblem
from chainbrain.intake import already, file_notes, known, new_places, outcomes, preview, redo, rivals, staged
from chainbrain.intake.decisions import UNDECIDED, Decisions
from chainbrain.intake.mappings import MappingBook
from chainbrain.intake.new_places import NewPlaces
from chainbrain.intake.preview import PreviewRow
from chainbrain.intake.redo import Redo
from chainbrain.progress import Report, silent
from chainbrain.reconciliation import attribution

_TICK: Final = 0.1
"""How long a cancel may go unnoticed, in seconds."""


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

        self._decisions = UNDECIDED
        # The files of the open plan; none when the comparison that they were counted by no longer stands.
        self._files: tuple[FilePlan, ...] | None = None
        self._suspects: dict[str, tuple[RowProblem, ...]] = {}
        self._compared = 0
        self._arranged: tuple[int, str] | None = None
        # Files between several formats as they were first read, by file id, and what was chosen, by content.
        self._between: dict[str, MemberReading] = {}
        self._chosen: dict[str, str] = {}

    @property
    def passwords(self) -> tuple[str, ...]:
        """What was tried on closed files of the open plan; kept in memory only."""
        return self._passwords

    # ------------------------------------------------------------------ plan
    def plan(
        self,
        paths: Sequence[Path],
        report: Report = silent,
        *,
        decisions: Decisions = UNDECIDED,
        passwords: Sequence[str] = (),
        mappings: Sequence[TableMapping] = (),
    ) -> ImportPlan:
        """Read files and folders and say what each would add; nothing is written.

        Args:
            paths: files or folders.
            report: told after each file; may raise ``Cancelled``.
            decisions: what is decided beforehand. Formats are chosen among the candidates that a plan names.
            passwords: tried in order on whatever is closed; kept in memory while the plan is open, written nowhere.
            mappings: column maps besides those of the book; they count before one of the same name.

        Raises:
            UserError: ``import.path_missing`` when a path is not there.
        """
        started = time.monotonic()
        for path in paths:
            if not _is_there(path):
                raise UserError("import.path_missing", path=str(path))
        self._clear_desk()
        self._desk = Path(tempfile.mkdtemp(prefix="desk-", dir=_folder(self._file.safe.spill)))
        self._passwords, self._extra_mappings = tuple(passwords), tuple(mappings)
        self._decisions, self._chosen, self._between = decisions, {}, {}
        with self._reader(self._desk, workers=2, known=known.files(self._book)) as reader:
            found = list(reader.read(reading.expand(paths), report, self._passwords))
        self._readings = tuple(known.remembered(self._book, found))
        return self._decide_files(started, decisions, report)

    def unlock(self, passwords: Sequence[str], report: Report = silent) -> ImportPlan:
        """The open plan with further passwords: only the files that are still closed are read again.

        Raises:
            UserError: ``import.plan_outdated`` when no plan is open.
        """
        started = time.monotonic()
        if self._desk is None:
            raise UserError("import.plan_outdated")
        # The new ones first: somebody has just typed them for these very files.
        self._passwords = tuple(dict.fromkeys((*passwords, *self._passwords)))
        self._read_again([found.path for found in self._readings if found.code in LOCKED], report)
        return self._decide_files(started, self._decisions, report)

    def recognise(self, report: Report = silent) -> ImportPlan:
        """The open plan with the column maps that the book has now: only what no format fitted is read again.

        Raises:
            UserError: ``import.plan_outdated`` when no plan is open.
        """
        started = time.monotonic()
        self._read_again([found.path for found in self._readings if found.outcome in ("unknown", "ambiguous")], report)
        return self._decide_files(started, self._decisions, report)

    def decide_again(self, decisions: Decisions, report: Report = silent) -> ImportPlan:
        """The open plan under other decisions; call it as a job.

        Rows that are decided about are counted again, nothing else. When other files are taken or left, all are
        compared anew. Only a file whose format was chosen is read again.

        Raises:
            UserError: ``import.not_a_candidate`` for a format that does not fit the file; ``import.plan_outdated`` when
                an import that the plan counted on was taken back since.
        """
        started = time.monotonic()
        self._choose_formats(decisions.formats, report)
        if self._files is None or not decisions.same_files(self._decisions):
            return self._decide_files(started, decisions, report)
        return self._decide_rows(started, decisions)

    def preview(self, plan: FilePlan, first: int, count: int) -> list[PreviewRow]:
        """Rows of a file of the open plan as they would be shown: broken, suspect, new, seen."""
        self._arrange(plan)
        return preview.rows(self._book, plan, first, count, accepted=self._decisions.accept_suspect)

    def preview_count(self, plan: FilePlan) -> int:
        """How many rows ``preview`` has of a file of the open plan."""
        self._arrange(plan)
        return preview.count(self._book, plan)

    def preview_first(self, plan: FilePlan, state: str) -> int | None:
        """Where rows of a state (broken, suspect, new, seen) begin in ``preview``; ``None`` when there are none."""
        self._arrange(plan)
        return preview.first_of(self._book, plan, state, accepted=self._decisions.accept_suspect)

    def _arrange(self, plan: FilePlan) -> None:
        if self._arranged != (self._compared, plan.file_id):
            preview.arrange(self._book, plan)
            self._arranged = (self._compared, plan.file_id)

    def _choose_formats(self, formats: Mapping[str, str], report: Report) -> None:
        """Read those files again whose format was chosen, or chosen otherwise."""
        for file_id, name in formats.items():
            between = self._between.get(file_id)
            if between is None or name not in between.candidates:
                raise UserError("import.not_a_candidate", format=name)
        wanted = {self._between[file_id].sha256: name for file_id, name in formats.items()}
        moved = {sha256 for sha256, _ in set(wanted.items()) ^ set(self._chosen.items())}
        if moved:
            self._chosen = wanted
            self._read_again([found.path for found in self._between.values() if found.sha256 in moved], report)

    def _read_again(self, paths: Sequence[Path], report: Report) -> None:
        """Replace what is known of these files by another reading."""
        if self._desk is None:
            raise UserError("import.plan_outdated")
        again: dict[Path, list[MemberReading]] = {path: [] for path in paths}
        # A folder of its own: the names of staged files count from 0 in every run of the reader.
        with self._reader(Path(tempfile.mkdtemp(prefix="again-", dir=self._desk))) as reader:
            for found in reader.read(list(again), report, self._passwords):
                again[found.path].append(found)
        kept: dict[Path, list[MemberReading]] = {}
        for found in self._readings:
            kept.setdefault(found.path, []).append(found)
        self._files = None
        self._readings = tuple(found for path, all_of_it in kept.items() for found in again.get(path, all_of_it))

    def _reader(self, desk: Path, *, workers: int = 1, known: Known | None = None) -> reading.Reader:
        """Reading processes that know the book's column maps and the formats that were chosen."""
        own = MappingBook(self._book)
        maps = {one.name: one for one in (*own.standing(), *map(own.settled, self._extra_mappings))}
        return reading.Reader(
            desk,
            salt=self._salt(),
            workers=workers,
            known=known,
            mappings=tuple(maps.values()),
            formats=self._chosen,
        )

    def _decide_files(self, started: float, decisions: Decisions, report: Report) -> ImportPlan:
        self._between |= {outcomes.file_id(found): found for found in self._readings if found.outcome == "ambiguous"}
        files = outcomes.first_looks(self._readings, known.counts(self._book), decisions)
        files = rivals.refuse(self._book, files)
        # From here on an earlier plan no longer stands, even if this comparison is stopped half way.
        self._run += 1
        self._files = None
        while True:
            to_write = [
                staged.StagedFile(number, plan.file_id, plan.reading)
                for number, plan in enumerate(files)
                if plan.outcome == "imported"
            ]
            self._compared += 1
            staged.compare(self._book, to_write, report)
            staged.decide(self._book, decisions)
            self._suspects = staged.suspects(self._book)
            counts = staged.divide(self._book, [file.file_id for file in to_write])
            counted = [outcomes.counted(plan, counts, decisions, self._suspects) for plan in files]
            if [plan.outcome for plan in counted] == [plan.outcome for plan in files]:
                break
            # A file fell out: rows that the others share with it are theirs now, so they are compared without it.
            files = [now if now.outcome != plan.outcome else plan for plan, now in zip(files, counted, strict=True)]
        self._files = file_notes.told(self._book, outcomes.twins_follow(counted))
        self._decisions = decisions
        return ImportPlan(self._run, self._files, round(time.monotonic() - started, 3))

    def _decide_rows(self, started: float, decisions: Decisions) -> ImportPlan:
        assert self._files is not None
        self._run += 1
        before = self._decisions
        touched = {
            place.file_id for place, word in {**before.rows, **decisions.rows}.items()
            if (before.rows.get(place), decisions.rows.get(place)) != (word, word)
        }  # fmt: skip
        if before.accept_suspect != decisions.accept_suspect:
            touched = {plan.file_id for plan in self._files}
        if staged.decide(self._book, decisions):
            touched = {plan.file_id for plan in self._files}
            self._arranged = None
        counts = staged.divide(self._book, touched)
        counted = [
            outcomes.counted(plan, counts, decisions, self._suspects)
            if plan.outcome == "imported" and plan.file_id in touched
            else plan
            for plan in self._files
        ]
        self._files = file_notes.told(self._book, outcomes.twins_follow(counted))
        self._decisions = decisions
        return ImportPlan(self._run, self._files, round(time.monotonic() - started, 3))

    def already(self, plan: FilePlan) -> already.Already:
        """What the book already has of a file of the open plan."""
        return already.of(self._book, plan, {outcomes.file_id(found): found.name for found in self._readings})

    def new_places(self) -> NewPlaces:
        """Stores and merchant numbers that the open plan names for the first time, and files that name none."""
        return new_places.of_plan(self._book, {plan.file_id: plan.name for plan in self._files or ()})

    def drop(self) -> None:
        """Forget the open plan, what was decided about it and the passwords given for it; nothing was written."""
        self._run += 1
        self._files, self._readings, self._suspects = None, (), {}
        self._decisions, self._chosen, self._between = UNDECIDED, {}, {}
        self._extra_mappings = ()
        self._clear_desk()

    # ------------------------------------------------------------------ apply
    def apply(self, plan: ImportPlan, report: Report = silent) -> Changes:
        """Write what the plan showed, in one transaction, and return what moved.

        Raises:
            UserError: ``import.plan_outdated`` when another plan was made since, ``safe.file_changed`` when a file is
                no longer what was read, ``close.day_closed`` when an opening balance is of a closed month.
        """
        if plan.run != self._run:
            raise UserError("import.plan_outdated")
        writable = plan.writable
        if not writable:
            return Changes()
        self._keep_originals(writable, report)
        staged.choose(self._book, writable)
        with self._book.transaction():
            entry_id = history.add(self._book, "import", self._facts(plan), undoable=True)
            moved = self._write(entry_id, plan, report)
            self._leave_closed(entry_id)
            self._count_once(entry_id)
            # Asked once more before anything stands: an interrupt may have fallen between two statements.
            report(1, 1, "progress.writing")
        self._file.acknowledge()
        self._clear_desk()
        return Changes(frozenset(moved), entry_id)

    def take_back(self, entry_id: int) -> set[str]:
        """Take the files of one import out again; inside the caller's transaction. Originals stay in the safe."""
        # An open plan was compared with rows that now go.
        self._run += 1
        self._files = None
        self._book.run("imports/remember", entry=entry_id)
        files = [
            row[0]
            for row in self._book.rows_of(
                "select cast(file_id as varchar) from base.source_files where entry_id = $entry", entry=entry_id
            )
        ]
        days = facts.touched(self._book, files)
        moved = staged.forget(self._book, files)
        self.attribute_again(days)
        return moved

    def attribute_again(self, days: Collection[date] = ()) -> None:
        """Work out anew which store, contract and day every row belongs to; inside the caller's transaction.

        Args:
            days: the days whose orders or tenders came or went.
        """
        moved = daily.moved(self._book, days)
        facts.see_stores(self._book, moved)
        attribution.refresh(self._book)
        daily.rewrite(self._book, moved)
        facts.placed(self._book)
        facts.unmatched(self._book)

    def plan_redo(self, entry_id: int, report: Report = silent, passwords: Sequence[str] = ()) -> Redo:
        """Read the files of an undone import again from the safe, decided as they were; nothing is written.

        Raises:
            UserError: ``history.not_redoable`` when nothing is known of the entry's files; ``history.redo_encrypted``
                or ``history.redo_wrong_password`` when a file needs a password; ``history.redo_imported``,
                ``history.redo_suspect``, ``history.redo_settled`` or ``history.redo_unreadable`` when the book or
                the program has changed so that a file cannot be taken as it was.
            BookDamaged: ``safe.original_missing``.
        """
        return self.plan_again(redo.of(self._book, entry_id), self._file.safe, report, passwords)

    def plan_again(self, found: Redo, safe: Safe, report: Report = silent, passwords: Sequence[str] = ()) -> Redo:
        """Read the files of an import once more from a safe, decided as they were; nothing is written.

        Raises:
            UserError: as ``plan_redo``.
            BookDamaged: ``safe.original_missing``.
        """
        with tempfile.TemporaryDirectory(prefix="redo-", dir=_folder(self._file.safe.spill)) as folder:
            paths = redo.lay_out(found, safe, Path(folder))
            plan = self.plan(paths, report, decisions=found.decisions, passwords=passwords, mappings=found.maps())
            plan = self.decide_again(found.decided(plan), report)
            found.require_same(plan, staged.suspect_places(self._book))
        return replace(found, plan=plan)

    def put_back(self, found: Redo, report: Report = silent) -> set[str]:
        """Write the files of an undone import again, as part of the same entry; inside the caller's transaction."""
        if found.plan is None or found.plan.run != self._run:
            raise UserError("import.plan_outdated")
        staged.choose(self._book, found.plan.writable)
        return self._write(found.entry_id, found.plan, report, found.imported_at)

    def files(self) -> list[ImportedFile]:
        """All files of the book, the newest first."""
        return [ImportedFile(*row) for row in self._book.rows("imports/files")]

    def close(self) -> None:
        """Throw away what an unfinished plan left on the desk."""
        self._clear_desk()

    def _keep_originals(self, plans: Sequence[FilePlan], report: Report) -> None:
        # Packing is C code that frees the interpreter, so two threads use both cores.
        originals = {plan.reading.container_sha256: plan.reading.path for plan in plans}
        packers, stopped = ThreadPoolExecutor(2), Event()
        try:
            waiting = {packers.submit(self._file.safe.keep, path, sha, stopped) for sha, path in originals.items()}
            while waiting:
                done, waiting = wait(waiting, _TICK, FIRST_COMPLETED)
                for one in done:
                    one.result()
                report(len(originals) - len(waiting), len(originals), "progress.keeping_originals")
        finally:
            # Whoever stops waits neither for a large file nor for those whose turn has not come.
            stopped.set()
            packers.shutdown(cancel_futures=True)

    def _write(
        self, entry_id: int, plan: ImportPlan, report: Report, at: Mapping[str, datetime] | None = None
    ) -> set[str]:
        moved = staged.write(self._book, entry_id, plan.writable, at or {}, report)
        self.attribute_again(facts.touched(self._book, [file.file_id for file in plan.writable]))
        self._run += 1
        self._files = None
        return moved

    def _leave_closed(self, entry_id: int) -> None:
        """See that no opening balance of money on its way comes to a month that was reckoned without it."""
        month, first = self._book.one("imports/closed_openings", entry=entry_id) or (None, None)
        if month is not None:
            raise UserError("close.day_closed", month=f"{month:%Y-%m}", first=first)

    def _count_once(self, entry_id: int) -> None:
        """See that no opening balance has in it what a later one of another name has in it too."""
        for one in openings.twice(self._book, entry_id):
            raise UserError("import.opening_twice", **one.facts)

    def _facts(self, plan: ImportPlan) -> dict[str, object]:
        """What the history says of an import: how much, and what a person decided about it."""
        facts: dict[str, object] = {
            "files": len(plan.writable),
            "rows": plan.new_rows,
            "names": [file.name for file in plan.writable[:20]],
        }
        decided = {
            **staged.decided(self._book),
            "differing": sum(file.reading.control_total == "differs" for file in plan.writable),
            "left_out": sum(file.outcome == "left_out" for file in plan.files),
        }
        return facts | {name: count for name, count in decided.items() if count}

    def _salt(self) -> bytes:
        return bytes.fromhex(str(self._book.one_of("select value from base.meta where key = 'salt'")[0]))

    def _clear_desk(self) -> None:
        if self._desk is not None:
            shutil.rmtree(self._desk, ignore_errors=True)
            self._desk = None
        self._passwords = ()


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # A name longer than the system takes.
        return False


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path
