"""Only one program writes a book: our own lock on a file beside it.

DuckDB's lock is not enough. On Linux and macOS it is dropped as soon as any part of our process opens and closes the
database file, for example to copy it; this one lives on a file that nobody else opens.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import socket
import sys
from datetime import datetime
from pathlib import Path

from chainbrain.errors import BookInUse

# Windows locks byte ranges and hides locked bytes from readers; a byte far behind the text leaves the text readable.
_LOCKED_BYTE = 1 << 30
# What the systems say when somebody else holds the lock; anything else is the disk's own trouble.
_TAKEN = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


def who() -> str:
    """The name under which this person's entries stand in the history."""
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "?"


class BookLock:
    """Holds the lock of one book until it is released or the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Take the lock.

        Raises:
            BookInUse: ``book.in_use`` with the holder's program, process number, user, computer and start.
            OSError: the folder cannot be written, or its disk knows no locks.
        """
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except OSError as cause:
            os.close(self._descriptor)
            self._descriptor = None
            if cause.errno not in _TAKEN:
                raise
            raise BookInUse("book.in_use", **_holder(path)) from None
        note = {
            "program": Path(sys.argv[0]).name or "chainbrain",
            "pid": os.getpid(),
            "user": who(),
            "computer": socket.gethostname(),
            "since": f"{datetime.now():%Y-%m-%d %H:%M:%S}",
        }
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, json.dumps(note).encode())

    def release(self) -> None:
        """Let go; doing so twice is harmless."""
        if self._descriptor is None:
            return
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
        os.close(self._descriptor)
        self._descriptor = None


def _holder(path: Path) -> dict[str, object]:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        note = {}
    return {key: note.get(key, "?") for key in ("program", "pid", "user", "computer", "since")}


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
