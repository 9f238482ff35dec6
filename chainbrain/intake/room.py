"""The import room: read files, show what they would add, write exactly that, take it back."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from chainbrain import facts, openings
from chainbrain.analytics import daily
from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.database.safe import Safe
from chainbrain.errors import UserError
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.plan import FilePlan, ImportPlan
from chainbrain.intake import already, imported_files, new_places, originals, redo, staged, written
from chainbrain.intake.comparison import Comparison
from chainbrain.intake.decisions import UNDECIDED, Decisions
from chainbrain.intake.desk import Desk
from chainbrain.intake.imported_files import ImportedFile
from chainbrain.intake.new_places import NewPlaces
from chainbrain.intake.preview import PreviewRow
from chainbrain.intake.redo import Redo
from chainbrain.progress import Report, silent
from chainbrain.reconciliation import attribution


class ImportRoom:
    """Plans and applies imports of one book. One plan is open at a time; a new one replaces it."""

    def __init__(self, file: BookFile) -> None:
        self._file = file
        self._book = file.book
        self._desk = Desk(file)
        self._comparison = Comparison(file.book)

    @property
    def passwords(self) -> tuple[str, ...]:
        """What was tried on closed files of the open plan; kept in memory only."""
        return self._desk.passwords

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
        self._desk.read(paths, report, passwords=passwords, mappings=mappings)
        # Even if the comparison is stopped half way, they belong to what now lies on the desk.
        self._comparison.decisions = decisions
        return self._comparison.of_files(self._desk.readings, decisions, report, started=started)

    def unlock(self, passwords: Sequence[str], report: Report = silent) -> ImportPlan:
        """The open plan with further passwords: only the files that are still closed are read again.

        Raises:
            UserError: ``import.plan_outdated`` when no plan is open.
        """
        started = time.monotonic()
        self._desk.unlock(passwords, report)
        return self._compare_again(started, report)

    def recognise(self, report: Report = silent) -> ImportPlan:
        """The open plan with the column maps that the book has now: only what no format fitted is read again.

        Raises:
            UserError: ``import.plan_outdated`` when no plan is open.
        """
        started = time.monotonic()
        self._desk.recognise(report)
        return self._compare_again(started, report)

    def decide_again(self, decisions: Decisions, report: Report = silent) -> ImportPlan:
        """The open plan under other decisions; call it as a job.

        Rows that are decided about are counted again, nothing else. When other files are taken or left, all are
        compared anew. Only a file whose format was chosen is read again.

        Raises:
            UserError: ``import.not_a_candidate`` for a format that does not fit the file; ``import.plan_outdated`` when
                an import that the plan counted on was taken back since.
        """
        started = time.monotonic()
        if self._desk.choose_formats(decisions.formats, report):
            self._comparison.read_anew()
        if self._comparison.counts_by_rows(decisions):
            return self._comparison.of_rows(decisions, started=started)
        return self._comparison.of_files(self._desk.readings, decisions, report, started=started)

    def preview(self, plan: FilePlan, first: int, count: int) -> list[PreviewRow]:
        """Rows of a file of the open plan as they would be shown: broken, suspect, new, seen."""
        return self._comparison.preview(plan, first, count)

    def preview_count(self, plan: FilePlan) -> int:
        """How many rows ``preview`` has of a file of the open plan."""
        return self._comparison.preview_count(plan)

    def preview_first(self, plan: FilePlan, state: str) -> int | None:
        """Where rows of a state (broken, suspect, new, seen) begin in ``preview``; ``None`` when there are none."""
        return self._comparison.preview_first(plan, state)

    def already(self, plan: FilePlan) -> already.Already:
        """What the book already has of a file of the open plan."""
        return already.of(self._book, plan, self._desk.names())

    def new_places(self) -> NewPlaces:
        """Stores and merchant numbers that the open plan names for the first time, and files that name none."""
        return new_places.of_plan(self._book, {plan.file_id: plan.name for plan in self._comparison.files})

    def drop(self) -> None:
        """Forget the open plan, what was decided about it and the passwords given for it; nothing was written."""
        self._comparison.drop()
        self._desk.forget()

    def _compare_again(self, started: float, report: Report) -> ImportPlan:
        self._comparison.read_anew()
        return self._comparison.of_files(self._desk.readings, self._comparison.decisions, report, started=started)

    # ------------------------------------------------------------------ apply
    def apply(self, plan: ImportPlan, report: Report = silent) -> Changes:
        """Write what the plan showed, in one transaction, and return what moved.

        Raises:
            UserError: ``import.plan_outdated`` when another plan was made since, ``safe.file_changed`` when a file is
                no longer what was read, ``close.day_closed`` when an opening balance is of a closed month.
        """
        self._comparison.require(plan)
        writable = plan.writable
        if not writable:
            return Changes()
        originals.keep(self._file.safe, writable, report)
        written.choose(self._book, writable)
        with self._book.transaction():
            entry_id = history.add(self._book, "import", written.told(self._book, plan), undoable=True)
            moved = self._write(entry_id, plan, report)
            self._leave_closed(entry_id)
            self._count_once(entry_id)
            # Asked once more before anything stands: an interrupt may have fallen between two statements.
            report(1, 1, "progress.writing")
        self._file.acknowledge()
        self._desk.clear()
        return Changes(frozenset(moved), entry_id)

    def take_back(self, entry_id: int) -> set[str]:
        """Take the files of one import out again; inside the caller's transaction. Originals stay in the safe."""
        # An open plan was compared with rows that now go.
        self._comparison.outdate()
        self._book.run("imports/remember", entry=entry_id)
        files = [
            row[0]
            for row in self._book.rows_of(
                "select cast(file_id as varchar) from base.source_files where entry_id = $entry", entry=entry_id
            )
        ]
        days = facts.touched(self._book, files)
        moved = written.forget(self._book, files)
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
        with tempfile.TemporaryDirectory(prefix="redo-", dir=self._desk.ground) as folder:
            paths = redo.lay_out(found, safe, Path(folder))
            plan = self.plan(paths, report, decisions=found.decisions, passwords=passwords, mappings=found.maps())
            plan = self.decide_again(found.decided(plan), report)
            found.require_same(plan, staged.suspect_places(self._book))
        return replace(found, plan=plan)

    def put_back(self, found: Redo, report: Report = silent) -> set[str]:
        """Write the files of an undone import again, as part of the same entry; inside the caller's transaction."""
        if found.plan is None:
            raise UserError("import.plan_outdated")
        self._comparison.require(found.plan)
        written.choose(self._book, found.plan.writable)
        return self._write(found.entry_id, found.plan, report, found.imported_at)

    def files(self) -> list[ImportedFile]:
        """All files of the book, the newest first."""
        return imported_files.of_book(self._book)

    def close(self) -> None:
        """Throw away what an unfinished plan left on the desk."""
        self._desk.clear()

    def _write(
        self, entry_id: int, plan: ImportPlan, report: Report, at: Mapping[str, datetime] | None = None
    ) -> set[str]:
        moved = written.write(self._book, entry_id, plan.writable, at or {}, report)
        self.attribute_again(facts.touched(self._book, [file.file_id for file in plan.writable]))
        self._comparison.outdate()
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
