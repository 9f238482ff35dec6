"""An undone import done again: its files from the safe, decided as they were."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from chainbrain.database.book import Book, Row
from chainbrain.database.safe import Safe
from chainbrain.errors import UserError
from chainbrain.importers.mapped import mapping_json
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.plan import LOCKED, FilePlan, ImportPlan
from chainbrain.intake.decisions import Decisions, RowPlace


@dataclass(frozen=True)
class Redo:
    """What an undone import had brought.

    Attributes:
        entry_id: its history entry.
        originals: SHA-256 and name of every file, as it lies in the safe.
        imported_at: when, by the ids of the data members that were written.
        formats: what each member was read as, format and layout.
        mappings: the column map that a member was read by, as JSON.
        counts: of each member: rows that were written or seen, and broken ones.
        decisions: what was decided about its files and rows.
        suspect: rows that were suspect then, whatever was decided about them.
        plan: the files read again.
    """

    entry_id: int
    originals: tuple[tuple[str, str], ...]
    imported_at: Mapping[str, datetime]
    formats: Mapping[str, str]
    mappings: Mapping[str, str]
    counts: Mapping[str, tuple[int, int]]
    decisions: Decisions
    suspect: frozenset[RowPlace]
    plan: ImportPlan | None = None

    def decided(self, plan: ImportPlan) -> Decisions:
        """The decisions, with what only the files read again can tell: members left out, formats chosen."""
        between = {file.file_id for file in plan.files if file.outcome == "ambiguous"}
        return replace(
            self.decisions,
            leave_out=frozenset(file.file_id for file in plan.files if file.file_id not in self.imported_at),
            formats={file_id: self.formats[file_id] for file_id in between & self.formats.keys()},
        )

    def maps(self) -> list[TableMapping]:
        """The column maps that its files were read by, which the book may have changed since."""
        return [mapping_json.loads(text) for text in dict.fromkeys(self.mappings.values())]

    def require_same(self, plan: ImportPlan, suspect: Set[RowPlace]) -> None:
        """See that every file can be written as it was.

        Args:
            plan: the files read again.
            suspect: the rows of the plan that are suspect now.

        Raises:
            UserError: ``history.redo_encrypted``, ``history.redo_wrong_password``, ``history.redo_imported``,
                ``history.redo_suspect``, ``history.redo_settled`` or ``history.redo_unreadable``.
        """
        files = {file.file_id: file for file in plan.files if file.file_id in self.imported_at}
        # What a closed archive holds is not known before it is open, nor what a closed workbook would be once it is.
        some_missing = len(files) < len(self.imported_at)
        for file in plan.files:
            why = file.reading.code
            if why in LOCKED and (some_missing or file.file_id in files):
                code = f"history.redo_{why.rpartition('.')[2]}"
                raise UserError(code, entry=self.entry_id, path=file.reading.path.name)
        for file in files.values():
            facts = {"entry": self.entry_id, "path": file.name}
            if file.outcome == "already_imported":
                raise UserError("history.redo_imported", **facts)
            if file.outcome != "imported" or not self._reads_as_then(file):
                raise UserError("history.redo_unreadable", **facts)
            now, then = ({place for place in of if place.file_id == file.file_id} for of in (suspect, self.suspect))
            if now - then:
                raise UserError("history.redo_suspect", **facts, rows=len(now - then))
            if then - now:
                # Left out or counted as the same then, such a row would now be written.
                raise UserError("history.redo_settled", **facts, rows=len(then - now))
            if (file.counts.new + file.counts.seen, file.counts.broken) != self.counts[file.file_id]:
                raise UserError("history.redo_unreadable", **facts)
        if len(files) < len(self.imported_at):
            # The program reads other members out of the original than it did then.
            raise UserError("history.not_redoable", entry=self.entry_id)

    def _reads_as_then(self, file: FilePlan) -> bool:
        reading = file.reading
        read_as = "/".join(part for part in (reading.format, reading.layout) if part is not None)
        return read_as == self.formats[file.file_id] and reading.mapping == self.mappings.get(file.file_id)


def of(book: Book, entry_id: int) -> Redo:
    """What is remembered of an undone import.

    Raises:
        UserError: ``history.not_redoable``.
    """
    files = book.rows_of(
        "select cast(file_id as varchar), container_sha256, name, read_as, differs, imported_at, "
        "mapping, taken, broken "
        "from base.history_files where entry_id = $entry order by imported_at, name",
        entry=entry_id,
    )
    rows = book.rows_of(
        "select cast(file_id as varchar), line, sheet, decision from base.history_rows where entry_id = $entry",
        entry=entry_id,
    )
    return _made(entry_id, files, rows)


def standing(book: Book, entry_id: int) -> Redo:
    """What an import that stands has brought, so that it can be done once more elsewhere.

    Raises:
        UserError: ``history.not_redoable`` when the entry brought no file that is there.
    """
    files = book.rows("imports/standing_files", entry=entry_id)
    return _made(entry_id, files, book.rows("imports/standing_rows", entry=entry_id))


def _made(entry_id: int, files: list[Row], suspects: list[Row]) -> Redo:
    if not files:
        raise UserError("history.not_redoable", entry=entry_id)
    rows = {RowPlace(file_id, line, sheet): decision for file_id, line, sheet, decision in suspects}
    return Redo(
        entry_id,
        tuple(dict.fromkeys((row[1], row[2]) for row in files)),
        {row[0]: row[5] for row in files},
        {row[0]: row[3] for row in files},
        {row[0]: row[6] for row in files if row[6] is not None},
        {row[0]: (row[7], row[8]) for row in files},
        Decisions(
            rows={place: word for place, word in rows.items() if word},
            take=frozenset(row[0] for row in files if row[4]),
        ),
        frozenset(rows),
    )


def lay_out(found: Redo, safe: Safe, folder: Path) -> list[Path]:
    """Put the originals into a folder, each under its own name; several may bear the same."""
    paths = []
    for number, (sha256, name) in enumerate(found.originals):
        place = folder / f"{number:05d}"
        place.mkdir()
        paths.append(place / Path(name).name)
        paths[-1].write_bytes(safe.read_original(sha256))
    return paths
