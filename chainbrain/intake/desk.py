"""The desk of an import: the files that lie on it as they were read, and read again when more is known of them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from chainbrain.database.bookfile import BookFile
from chainbrain.errors import UserError
from chainbrain.importers import reading
from chainbrain.importers.known import Known
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.plan import LOCKED, MemberReading
from chainbrain.intake import known, outcomes
from chainbrain.intake.mappings import MappingBook
from chainbrain.progress import Report


class Desk:
    """Reads the files of the open plan into a folder of its own, which is gone when the desk is cleared."""

    def __init__(self, file: BookFile) -> None:
        self._file = file
        self._book = file.book
        self._folder: Path | None = None
        # As long as the plan is open; never written anywhere.
        self._passwords: tuple[str, ...] = ()
        self._extra_mappings: tuple[TableMapping, ...] = ()
        self._readings: tuple[MemberReading, ...] = ()
        # Files between several formats as they were first read, by file id, and what was chosen, by content.
        self._between: dict[str, MemberReading] = {}
        self._chosen: dict[str, str] = {}

    @property
    def passwords(self) -> tuple[str, ...]:
        """What was tried on closed files; kept in memory only."""
        return self._passwords

    @property
    def readings(self) -> tuple[MemberReading, ...]:
        """What is known of every data member, as it was read last."""
        return self._readings

    @property
    def ground(self) -> Path:
        """Where folders for as long as the work takes may be made; there when it is asked for."""
        self._file.safe.spill.mkdir(parents=True, exist_ok=True)
        return self._file.safe.spill

    def names(self) -> dict[str, str]:
        """What the files are called, by file id."""
        return {outcomes.file_id(found): found.name for found in self._readings}

    def read(
        self, paths: Sequence[Path], report: Report, *, passwords: Sequence[str], mappings: Sequence[TableMapping]
    ) -> None:
        """Read files and folders in place of what lay here; those that the book has as they are need no reading.

        Args:
            paths: files or folders.
            report: told after each file; may raise ``Cancelled``.
            passwords: tried in order on whatever is closed.
            mappings: column maps besides those of the book; they count before one of the same name.

        Raises:
            UserError: ``import.path_missing`` when a path is not there.
        """
        for path in paths:
            if not _is_there(path):
                raise UserError("import.path_missing", path=str(path))
        self.clear()
        self._folder = Path(tempfile.mkdtemp(prefix="desk-", dir=self.ground))
        self._passwords, self._extra_mappings = tuple(passwords), tuple(mappings)
        self._chosen, self._between = {}, {}
        with self._reader(self._folder, workers=2, known=known.files(self._book)) as reader:
            found = list(reader.read(reading.expand(paths), report, self._passwords))
        self._lay(known.remembered(self._book, found))

    def unlock(self, passwords: Sequence[str], report: Report) -> None:
        """Read again what is still closed, with further passwords.

        Raises:
            UserError: ``import.plan_outdated`` when nothing lies here.
        """
        if self._folder is None:
            raise UserError("import.plan_outdated")
        # The new ones first: somebody has just typed them for these very files.
        self._passwords = tuple(dict.fromkeys((*passwords, *self._passwords)))
        self._read_again([found.path for found in self._readings if found.code in LOCKED], report)

    def recognise(self, report: Report) -> None:
        """Read again what no format fitted, with the column maps that the book has now.

        Raises:
            UserError: ``import.plan_outdated`` when nothing lies here.
        """
        self._read_again([found.path for found in self._readings if found.outcome in ("unknown", "ambiguous")], report)

    def choose_formats(self, formats: Mapping[str, str], report: Report) -> bool:
        """Read those files again whose format was chosen, or chosen otherwise.

        Args:
            formats: the candidate to read a file as, by file id.
            report: told after each file; may raise ``Cancelled``.

        Returns:
            Whether any was read.

        Raises:
            UserError: ``import.not_a_candidate`` for a format that does not fit the file.
        """
        for file_id, name in formats.items():
            between = self._between.get(file_id)
            if between is None or name not in between.candidates:
                raise UserError("import.not_a_candidate", format=name)
        wanted = {self._between[file_id].sha256: name for file_id, name in formats.items()}
        moved = {sha256 for sha256, _ in set(wanted.items()) ^ set(self._chosen.items())}
        if moved:
            before, self._chosen = self._chosen, wanted
            try:
                self._read_again([found.path for found in self._between.values() if found.sha256 in moved], report)
            except BaseException:
                # What was not read anew is still laid out as it was chosen before.
                self._chosen = before
                raise
        return bool(moved)

    def clear(self) -> None:
        """Throw the staged columns away, and the passwords; what was read of the files is still told."""
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None
        self._passwords = ()

    def forget(self) -> None:
        """Clear the desk and know nothing of its files any more."""
        self._readings, self._extra_mappings = (), ()
        self._chosen, self._between = {}, {}
        self.clear()

    def _read_again(self, paths: Sequence[Path], report: Report) -> None:
        """Replace what is known of these files by another reading."""
        if self._folder is None:
            raise UserError("import.plan_outdated")
        again: dict[Path, list[MemberReading]] = {path: [] for path in paths}
        # A folder of its own: the names of staged files count from 0 in every run of the reader.
        with self._reader(Path(tempfile.mkdtemp(prefix="again-", dir=self._folder))) as reader:
            for found in reader.read(list(again), report, self._passwords):
                again[found.path].append(found)
        kept: dict[Path, list[MemberReading]] = {}
        for found in self._readings:
            kept.setdefault(found.path, []).append(found)
        self._lay(found for path, all_of_it in kept.items() for found in again.get(path, all_of_it))

    def _lay(self, found: Iterable[MemberReading]) -> None:
        self._readings = tuple(found)
        self._between |= {outcomes.file_id(one): one for one in self._readings if one.outcome == "ambiguous"}

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

    def _salt(self) -> bytes:
        return bytes.fromhex(str(self._book.one_of("select value from base.meta where key = 'salt'")[0]))


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        # A name longer than the system takes.
        return False
