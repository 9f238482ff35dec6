"""The safe beside a book: originals of all imported files, the witness, and the copy that recovery needs."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

from chainbrain.errors import BookDamaged, Cancelled, FileRefused

CHUNK = 1 << 20


def safe_of(book_path: Path) -> Path:
    """The folder of a book's safe: ``NAME.chainbrain.safe``."""
    return book_path.with_name(book_path.name + ".safe")


class Safe:
    """One book's safe. Every file is written under a temporary name, synced, then put in place."""

    def __init__(self, book_path: Path) -> None:
        self.book_path = book_path
        self.folder = safe_of(book_path)
        self.lock_path = self.folder / "LOCK"
        self.spill = self.folder / "spill"
        self._witness = self.folder / "HEAD"
        self._shadow = self.folder / "shadow"

    # ------------------------------------------------------------------ originals
    def original_path(self, sha256: str) -> Path:
        """Where the original with this SHA-256 lies, or would lie."""
        return self.folder / "originals" / sha256[:2] / f"{sha256}.z"

    def tidy(self) -> None:
        """Throw away what a killed program was working on; only its one holder may call this."""
        shutil.rmtree(self.spill, ignore_errors=True)
        for part in self.folder.glob("originals/*/*.part"):
            part.unlink(missing_ok=True)

    def keep(self, source: Path, sha256: str, stopped: Event | None = None) -> bool:
        """Keep the bytes of a file, compressed; says whether they were new.

        Args:
            source: the file.
            sha256: what it was when it was read.
            stopped: set by another thread to give up.

        Raises:
            Cancelled: it was told to give up.
            FileRefused: ``safe.file_changed`` when the file is not what it was when it was read, or is gone: its rows
                would stand in the book without their original.
        """
        target = self.original_path(sha256)
        if target.exists():
            return False
        packer, digest = zlib.compressobj(1), hashlib.sha256()
        with replacing(target) as part:
            for chunk in _chunks(source):
                if stopped is not None and stopped.is_set():
                    raise Cancelled
                digest.update(chunk)
                part.write(packer.compress(chunk))
            part.write(packer.flush())
            if digest.hexdigest() != sha256:
                raise FileRefused("safe.file_changed", path=source.name)
        return True

    def read_original(self, sha256: str) -> bytes:
        """The bytes of a kept file.

        Raises:
            BookDamaged: ``safe.original_missing`` when it is not there any more.
        """
        try:
            return zlib.decompress(self.original_path(sha256).read_bytes())
        except (OSError, zlib.error) as cause:
            raise BookDamaged("safe.original_missing", sha256=sha256[:12]) from cause

    # ------------------------------------------------------------------ witness
    def witness(self) -> dict[str, Any] | None:
        """What the book held when its last batch was acknowledged; ``None`` when there is no witness."""
        try:
            found: Any = json.loads(self._witness.read_text(encoding="utf-8"))
            seq, head, rows = int(found["audit_seq"]), str(found["audit_hash"]), dict(found["rows"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, LookupError, TypeError) as cause:
            raise BookDamaged("safe.witness_unreadable", path=str(self._witness)) from cause
        return {"audit_seq": seq, "audit_hash": head, "rows": rows}

    def testify(self, facts: dict[str, Any]) -> None:
        """Write the witness; called after each commit, before anybody is told that it succeeded."""
        with replacing(self._witness) as part:
            part.write(json.dumps(facts, sort_keys=True).encode())

    # ------------------------------------------------------------------ shadow
    def take_shadow(self) -> None:
        """Copy the closed book and its log, so that folding the log in never touches the only copy.

        The book must be closed: copying an open one from our own process would drop DuckDB's lock on it.
        """
        for source in (self.book_path, log_of(self.book_path)):
            target = self._shadow / source.name
            if not source.exists():
                target.unlink(missing_ok=True)
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_name(target.name + ".part")
            shutil.copyfile(source, part)
            sync(part)
            part.replace(target)
        _sync_folder(self._shadow)


def log_of(book_path: Path) -> Path:
    """DuckDB's write-ahead log of a book."""
    return book_path.with_name(book_path.name + ".wal")


@contextmanager
def replacing(target: Path) -> Iterator[Any]:
    """Write a file under a temporary name and put it in place, synced, only when all went well."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _chunks(source: Path) -> Iterator[bytes]:
    try:
        with source.open("rb") as raw:
            while chunk := raw.read(CHUNK):
                yield chunk
    except FileNotFoundError as cause:
        raise FileRefused("safe.file_changed", path=source.name) from cause


def sync(path: Path) -> None:
    """Have the system write a file to the disk itself before we go on."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no way to sync a folder; its rename is journalled
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
