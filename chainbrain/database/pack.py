"""Packs a closed book and its safe into one file, to carry a business to another computer."""

from __future__ import annotations

import zipfile
from pathlib import Path

from chainbrain.database.lock import BookLock
from chainbrain.database.safe import Safe, log_of, safe_of, sync
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent

# Locks and half-done work stay behind; the shadow is a copy of what is packed anyway.
_LEFT_BEHIND = ("LOCK", "spill", "shadow")


def pack(book_path: Path, target: Path, report: Report = silent) -> int:
    """Write book and safe into ``target`` (a zip); returns the number of files packed.

    The book must be closed, so that its file holds everything.

    Raises:
        UserError: ``pack.exists`` when the target is there already, ``pack.not_closed`` when a log is left.
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


def _pack(book_path: Path, target: Path, report: Report) -> int:
    safe = safe_of(book_path)
    kept = (
        path
        for path in safe.rglob("*")
        if path.is_file() and path.relative_to(safe).parts[0] not in _LEFT_BEHIND and path.suffix != ".part"
    )
    files = [book_path, *sorted(kept)]
    part = target.with_name(target.name + ".part")
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as packed:
            for number, path in enumerate(files, 1):
                report(number, len(files), "progress.packing")
                # Originals are compressed already.
                kind = zipfile.ZIP_STORED if path.suffix == ".z" else zipfile.ZIP_DEFLATED
                packed.write(path, path.relative_to(book_path.parent), kind)
        with zipfile.ZipFile(part) as packed:
            damaged = packed.testzip()
        if damaged:
            raise UserError("pack.failed", path=str(target), member=damaged)
        sync(part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    return len(files)
