"""Reads files in a process of its own, so that no file can take the window down; answers come in the order asked."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from chainbrain.errors import FileRefused
from chainbrain.importers.child import Answer, Request
from chainbrain.importers.files.containers import is_system_file
from chainbrain.importers.known import Known, told_by_bytes
from chainbrain.importers.limits import Limits
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import Look, Sample, TriedOut
from chainbrain.importers.plan import MemberReading
from chainbrain.importers.reading_process import ReadingProcess, put_back, take
from chainbrain.progress import Report, silent

_TICK: Final = 0.1
_OWN_FILES: Final = (".chainbrain", ".chainbrain.wal")


def expand(paths: Sequence[Path]) -> list[Path]:
    """The files of these files and folders, by name; hidden, lock and system files and our own books left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(item for item in path.rglob("*") if item.is_file() or _leads_nowhere(item))
            found.update((item, None) for item in inside if _is_wanted(item.relative_to(path)))
        else:
            found[path] = None
    return list(found)


def _leads_nowhere(path: Path) -> bool:
    """Whether a link's target is gone: somebody meant a file to be there, so it is named and not left out."""
    return path.is_symlink() and not path.exists()


def _is_wanted(path: Path) -> bool:
    in_safe = any(part.endswith(".chainbrain.safe") for part in path.parts)
    return not (is_system_file(path.as_posix()) or in_safe or path.name.endswith(_OWN_FILES))


class Reader:
    """Reading processes for one import run.

    Args:
        desk: folder for the staged columns; the caller removes it.
        salt: the book's salt for payer identifiers.
        workers: how many files are read at the same time.
        limits: bounds for each file.
        known: what the book holds; such files are answered ``known`` and not read.
        mappings: the book's column maps, for tables that no format fits.
        formats: what a file that fits several formats is to be read as, by its SHA-256.
    """

    def __init__(
        self,
        desk: Path,
        *,
        salt: bytes,
        workers: int = 1,
        limits: Limits | None = None,
        known: Known | None = None,
        mappings: Sequence[TableMapping] = (),
        formats: Mapping[str, str] | None = None,
    ) -> None:
        self._desk = desk
        self._mappings = tuple(mappings)
        self._salt = salt
        self._limits = limits or Limits()
        self._known = known or {}
        self._formats = dict(formats or {})
        self._count = max(workers, 1)
        self._workers: list[ReadingProcess] = []
        # Numbers go on over several calls, so that no call overwrites what another has staged.
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            put_back(worker)
        self._workers = []

    def read(
        self, paths: Sequence[Path], report: Report = silent, passwords: Sequence[str] = ()
    ) -> Iterator[MemberReading]:
        """Read files; yields one reading per data member, in the order of the paths.

        Args:
            paths: files, see ``expand``.
            report: told how many files are done, several times a second; may raise ``Cancelled``.
            passwords: tried in order on whatever is closed.

        Raises:
            ReaderFault: no reading process can be started; never the fault of a file.
        """
        done: dict[int, Sequence[MemberReading]] = {}
        first, self._served = self._served, self._served + len(paths)
        words, formats = tuple(passwords), self._formats
        waiting = deque(
            Request(first + number, path, self._desk, self._salt, self._mappings, words, _size(path), formats)
            for number, path in enumerate(paths)
        )
        for number, path in enumerate(paths):
            while first + number not in done:
                at = partial(report, number, len(paths), "progress.reading")
                at()
                while waiting and self._has_room:
                    request = waiting.popleft()
                    told = told_by_bytes(request.path, self._known, at)
                    if told:
                        done[request.number] = told
                    else:
                        self._least_busy().ask(request)
                if first + number not in done:
                    done.update((answer.number, answer.readings) for answer in self._collect())
            for reading in done.pop(first + number):
                yield replace(reading, path=path)
        report(len(paths), len(paths), "progress.reading")

    def look(self, look: Look, report: Report = silent) -> Sample | TriedOut:
        """Look into one table, or try a map out on it.

        Args:
            look: what to look at.
            report: called several times a second; may raise ``Cancelled``.

        Raises:
            FileRefused: the file cannot be read, or has no table where one was asked for.
            ReaderFault: no reading process can be started.
        """
        number, self._served = self._served, self._served + 1
        self._least_busy().ask(Request(number, look.path, self._desk, self._salt, look=look))
        while True:
            report(0, 1, "progress.looking")
            for answer in self._collect():
                # A look that was cancelled may still be answered; nobody waits for it.
                if answer.number == number:
                    return _found(answer)

    @property
    def _has_room(self) -> bool:
        return len(self._workers) < self._count or any(worker.free for worker in self._workers)

    def _least_busy(self) -> ReadingProcess:
        """The process for the next file; one more is started while all have work, up to their number."""
        found = min(self._workers, key=lambda worker: worker.load, default=None)
        if found is None or (found.busy and len(self._workers) < self._count):
            found = take(self._limits)
            self._workers.append(found)
        return found

    def _collect(self) -> list[Answer]:
        """The answers that are there, or none after a tick; a reader that died or must die is replaced."""
        answers = []
        ready = wait([worker.connection for worker in self._workers if worker.busy], _TICK)
        for worker in self._workers:
            if worker.connection in ready:
                answers.extend(worker.take())
            elif worker.busy:
                answers.extend(worker.check())
        return answers


def _found(answer: Answer) -> Sample | TriedOut:
    for reading in answer.readings:
        raise FileRefused(reading.code or "import.unreadable", **reading.facts)
    if isinstance(answer.found, FileRefused):
        raise answer.found
    assert answer.found is not None
    return answer.found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
