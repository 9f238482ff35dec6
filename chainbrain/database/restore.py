"""Puts a book back from a backup: laid out beside its place, proved against the backup's own list, then moved there."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from chainbrain.database.bookfile import SUFFIX
from chainbrain.database.pack import MANIFEST
from chainbrain.database.safe import CHUNK, safe_of, sync
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent

_ROOM: Final = 64 << 20
"""Bytes that must stay free on the disk beside what is laid out."""


@dataclass(frozen=True)
class Restored:
    """What was put back: how many files, and whether the backup had a list that every one of them was held against."""

    files: int
    listed: bool


def restore(source: Path, target: Path, report: Report = silent) -> Restored:
    """Write the book and the safe of a backup to ``target``. Nothing is ever overwritten.

    The new book stands in its place only when every file came out as the backup says; otherwise nothing is left.

    Raises:
        UserError: ``restore.not_found``, ``restore.exists``, ``restore.not_a_backup``, ``restore.damaged``,
            ``restore.no_room``, ``book.suffix`` or ``book.no_folder``.
    """
    if target.suffix != SUFFIX:
        raise UserError("book.suffix", path=str(target), suffix=SUFFIX)
    if not target.parent.is_dir():
        raise UserError("book.no_folder", path=str(target.parent))
    for place in (target, safe_of(target)):
        if place.exists():
            raise UserError("restore.exists", path=str(place))
    if not source.is_file():
        raise UserError("restore.not_found", path=str(source))
    laid_out = target.with_name(f".{target.name}.restoring")
    shutil.rmtree(laid_out, ignore_errors=True)
    try:
        with zipfile.ZipFile(source) as packed:
            found = _lay_out(packed, source, laid_out, target.name, report)
        safe = laid_out / safe_of(target).name
        if safe.is_dir():
            safe.replace(safe_of(target))
        try:
            # The book comes last: where it stands, everything stands.
            (laid_out / target.name).replace(target)
        except OSError:
            shutil.rmtree(safe_of(target), ignore_errors=True)
            raise
    except (zipfile.BadZipFile, zlib.error, EOFError) as cause:
        raise UserError("restore.not_a_backup", path=str(source)) from cause
    finally:
        shutil.rmtree(laid_out, ignore_errors=True)
    return found


def _lay_out(packed: zipfile.ZipFile, source: Path, folder: Path, name: str, report: Report) -> Restored:
    members = [info for info in packed.infolist() if not info.is_dir() and info.filename != MANIFEST]
    book = _book_in([info.filename for info in members])
    if book is None:
        raise UserError("restore.not_a_backup", path=str(source))
    folder.mkdir()
    needed = sum(info.file_size for info in members)
    if shutil.disk_usage(folder).free < needed + _ROOM:
        raise UserError("restore.no_room", path=str(folder.parent), needed=f"{needed / 1e6:,.0f}")
    told = _told(packed)
    if told is not None and set(told) != {info.filename for info in members}:
        missing = sorted(set(told) ^ {info.filename for info in members})
        raise UserError("restore.damaged", path=str(source), member=missing[0])
    for number, info in enumerate(members, 1):
        report(number, len(members), "progress.restoring")
        # The safe takes the name of the book it belongs to.
        inside = info.filename.replace(book, name, 1)
        found = _write(packed, info, folder / inside)
        if found is None or (told is not None and told[info.filename].get("sha256") != found):
            raise UserError("restore.damaged", path=str(source), member=info.filename)
    return Restored(len(members), told is not None)


def _book_in(names: list[str]) -> str | None:
    """The name of the one book of a backup; nothing where a member lies anywhere but in it or its safe."""
    books = [name for name in names if "/" not in name and name.endswith(SUFFIX)]
    if len(books) != 1:
        return None
    safe = f"{books[0]}.safe"
    for name in names:
        parts = PurePosixPath(name).parts
        if name != books[0] and (parts[0] != safe or ".." in parts or "\\" in name or ":" in name):
            return None
    return books[0]


def _told(packed: zipfile.ZipFile) -> dict[str, dict[str, Any]] | None:
    """What the backup says of its members; packs of earlier versions say nothing."""
    if MANIFEST not in packed.namelist():
        return None
    try:
        found: Any = json.loads(packed.read(MANIFEST))
        return {str(name): dict(facts) for name, facts in found["members"].items()}
    except (ValueError, LookupError, TypeError, AttributeError) as cause:
        raise zipfile.BadZipFile(MANIFEST) from cause


def _write(packed: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> str | None:
    target.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    try:
        with packed.open(info) as member, target.open("wb") as out:
            while chunk := member.read(CHUNK):
                found.update(chunk)
                out.write(chunk)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return None
    sync(target)
    return found.hexdigest()
