"""Packs a closed book and its safe into one file, to carry a business to another computer or to keep a copy of it."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import Final

from chainbrain.database.lock import BookLock
from chainbrain.database.safe import CHUNK, Safe, log_of, safe_of, sync
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent

MANIFEST: Final = "MANIFEST.json"
"""The member that tells name, SHA-256 and size of every other one."""
# Locks and half-done work stay behind; the shadow is a copy of what is packed anyway.
_LEFT_BEHIND: Final = ("LOCK", "spill", "shadow")


def pack(book_path: Path, target: Path, report: Report = silent) -> int:
    """Write book and safe into ``target`` (a zip), read it back, and return the number of files packed.

    The book must be closed, so that its file holds everything.

    Raises:
        UserError: ``pack.exists`` when the target is there already, ``pack.not_closed`` when a log is left,
            ``pack.failed`` when what was written is not what was packed; nothing is left of it then.
        BookInUse: somebody has it open.
    """
    if target.exists():
        raise UserError("pack.exists", path=str(target))
    log = log_of(book_path)
    if log.exists() and log.stat().st_size:
        raise UserError("pack.not_closed", path=str(book_path))
    lock = BookLock(Safe(book_path).lock_path)
    try:
        return _pack(book_path, target, report)
    finally:
        lock.release()


def backup(book_path: Path, folder: Path, report: Report = silent, *, now: datetime | None = None) -> Path:
    """Pack a closed book into ``folder`` under its name and the moment; earlier backups stay.

    Raises:
        UserError: ``backup.no_folder``, or what ``pack`` refuses.
        BookInUse: somebody has it open.
    """
    if not folder.is_dir():
        raise UserError("backup.no_folder", path=str(folder))
    moment = now or datetime.now()
    target = folder / f"{book_path.stem}-{moment:%Y%m%d-%H%M%S}.zip"
    pack(book_path, target, report)
    return target


def _pack(book_path: Path, target: Path, report: Report) -> int:
    safe = safe_of(book_path)
    kept = (
        path
        for path in safe.rglob("*")
        if path.is_file() and path.relative_to(safe).parts[0] not in _LEFT_BEHIND and path.suffix != ".part"
    )
    files = [book_path, *sorted(kept)]
    members: dict[str, dict[str, object]] = {}
    part = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as packed:
            for number, path in enumerate(files, 1):
                report(number, 2 * len(files), "progress.packing")
                name = path.relative_to(book_path.parent).as_posix()
                members[name] = _member(packed, path, name)
            told = {"book": book_path.name, "made_at": datetime.now().isoformat(timespec="seconds"), "members": members}
            packed.writestr(MANIFEST, json.dumps(told, ensure_ascii=False, indent=1))
        sync(part)
        with zipfile.ZipFile(part) as packed:
            for number, (name, facts) in enumerate(members.items(), len(files) + 1):
                report(number, 2 * len(files), "progress.packing")
                if digest(packed, name) != facts["sha256"]:
                    raise UserError("pack.failed", path=str(target), member=name)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return len(files)


def _member(packed: zipfile.ZipFile, path: Path, name: str) -> dict[str, object]:
    """Write one member; its SHA-256 is that of the bytes that were read, so that a torn write shows."""
    info = zipfile.ZipInfo.from_file(path, name)
    # Originals are compressed already.
    info.compress_type = zipfile.ZIP_STORED if path.suffix == ".z" else zipfile.ZIP_DEFLATED
    found, size = hashlib.sha256(), 0
    with path.open("rb") as source, packed.open(info, "w", force_zip64=True) as member:
        while chunk := source.read(CHUNK):
            found.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return {"sha256": found.hexdigest(), "size": size}


def digest(packed: zipfile.ZipFile, name: str) -> str:
    """The SHA-256 of a member as it comes out again; empty where it cannot be read."""
    found = hashlib.sha256()
    try:
        with packed.open(name) as member:
            while chunk := member.read(CHUNK):
                found.update(chunk)
    except (OSError, zipfile.BadZipFile, EOFError, zlib.error):
        return ""
    return found.hexdigest()
