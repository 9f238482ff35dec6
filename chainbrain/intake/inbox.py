"""Watches a folder by names, sizes and times alone: which files are new, which are still being written."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from chainbrain.database.book import Book
from chainbrain.errors import UserError, system_reason
from chainbrain.importers.files.containers import is_system_file

# What platforms, tills and banks export; anything else in a download folder is not ours to look at.
_STATEMENTS: Final = frozenset({".csv", ".txt", ".xls", ".xlsx", ".xlsm", ".zip", ".gz", ".htm", ".html", ".xml"})
# Names that browsers, chat programs and copying programs give to a file they have not finished.
_UNFINISHED: Final = (".crdownload", ".part", ".partial", ".tmp", ".download", ".filepart", ".opdownload", ".!qb")
# An empty file that nobody has touched for so long is not a place holder any more: it is offered, and refused as empty.
_EMPTY_FOR: Final = 120 * 10**9
_DEPTH: Final = 3
_MOST: Final = 5_000


@dataclass(frozen=True)
class Lying:
    """A file as it lies in the folder: told from a later state of itself by size and time of change."""

    path: Path
    size: int
    changed: int

    @property
    def state(self) -> tuple[int, int]:
        """What changes when the file does."""
        return self.size, self.changed


@dataclass(frozen=True)
class Sorted:
    """The files of one look: to be read now, still being written, offered before."""

    ready: tuple[Path, ...]
    moving: tuple[Path, ...]
    offered: tuple[Path, ...]


def look(folder: Path) -> tuple[Lying, ...]:
    """The statements in a folder and its next subfolders, by path; no file is opened.

    Raises:
        UserError: ``inbox.gone`` when the folder is not there, as when a stick was pulled out.
    """
    try:
        return tuple(sorted(_walk(folder, _DEPTH), key=lambda file: file.path)[:_MOST])
    except OSError as problem:
        raise UserError("inbox.gone", path=str(folder), reason=system_reason(problem)) from problem


def sort(
    now: Iterable[Lying], before: Iterable[Lying], offered: Mapping[str, tuple[int, int]], clock: int | None = None
) -> Sorted:
    """What to do with the files of a look.

    Args:
        now: this look.
        before: the look before; a file that is not the same in both is still being written.
        offered: states in which files were offered already, by path.
        clock: the moment of the look, in nanoseconds; the present one when left out.
    """
    at = time.time_ns() if clock is None else clock
    earlier = {file.path: file.state for file in before}
    now = tuple(now)
    unfinished = {_finished_name(file.path) for file in now if _is_unfinished(file.path)}
    ready, moving, old = [], [], []
    for file in now:
        if _is_unfinished(file.path) or file.path in unfinished:
            moving.append(file.path)
        elif offered.get(str(file.path)) == file.state:
            old.append(file.path)
        elif earlier.get(file.path) == file.state and (file.size or at - file.changed > _EMPTY_FOR):
            ready.append(file.path)
        else:
            moving.append(file.path)
    return Sorted(tuple(ready), tuple(moving), tuple(old))


class Inbox:
    """The folder that one book watches, and what of it was offered; kept with the book."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def folder(self) -> Path | None:
        """The watched folder, if one was chosen."""
        text = self._value("inbox.folder")
        return Path(text) if text else None

    def choose(self, folder: Path) -> None:
        """Watch this folder from now on; everything in it counts as not offered yet.

        Raises:
            UserError: ``inbox.no_folder`` when there is no such folder.
        """
        if not folder.is_dir():
            raise UserError("inbox.no_folder", path=str(folder))
        self._keep({"inbox.folder": str(folder.resolve()), "inbox.offered": "{}"})

    def forget(self) -> None:
        """Watch no folder; the files in it stay where they are."""
        self._book.execute("delete from base.meta where key in ('inbox.folder', 'inbox.offered')")

    def offered(self) -> dict[str, tuple[int, int]]:
        """States in which files were offered, by path."""
        found = json.loads(self._value("inbox.offered") or "{}")
        return {path: (size, changed) for path, (size, changed) in found.items()}

    def note_offered(self, files: Iterable[Lying]) -> None:
        """Do not offer these again as long as they do not change; files that are gone are forgotten."""
        kept = {path: state for path, state in self.offered().items() if Path(path).exists()}
        kept |= {str(file.path): file.state for file in files}
        self._keep({"inbox.offered": json.dumps(kept, ensure_ascii=False)})

    def _value(self, key: str) -> str | None:
        found = self._book.rows_of("select value from base.meta where key = $key", key=key)
        return str(found[0][0]) if found else None

    def _keep(self, values: Mapping[str, str]) -> None:
        with self._book.transaction():
            for key, value in values.items():
                self._book.execute("insert or replace into base.meta values ($key, $value)", key=key, value=value)


def _walk(folder: Path, depth: int) -> Iterator[Lying]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if is_system_file(path.name) or path.name.endswith(".chainbrain.safe"):
                continue
            if entry.is_dir(follow_symlinks=False):
                if depth > 1:
                    yield from _walk_inside(path, depth - 1)
            elif _is_statement(path):
                yield from _lying(entry)


def _walk_inside(folder: Path, depth: int) -> Iterator[Lying]:
    """A subfolder that may not be read does not keep the others from being seen."""
    try:
        yield from _walk(folder, depth)
    except OSError:
        return


def _lying(entry: os.DirEntry[str]) -> Iterator[Lying]:
    try:
        found = entry.stat()
    except OSError:
        # Renamed between the listing and the look: it is met under its new name next time.
        return
    yield Lying(Path(entry.path), found.st_size, found.st_mtime_ns)


def _is_statement(path: Path) -> bool:
    return _finished_name(path).suffix.lower() in _STATEMENTS or _is_unfinished(path)


def _is_unfinished(path: Path) -> bool:
    return path.name.lower().endswith(_UNFINISHED)


def _finished_name(path: Path) -> Path:
    """``bill.csv`` of ``bill.csv.crdownload``."""
    return path.with_suffix("") if _is_unfinished(path) else path
