"""Writes a file whole or not at all: a temporary name, flushed to the disk, then put in place."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from chainbrain.errors import UserError, system_reason


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside ``path`` to write to; it takes the place of ``path`` when the block ends well.

    Raises:
        UserError: ``report.no_folder`` when the folder is missing, ``report.not_written`` when the disk or another
            program (a workbook still open in Excel) does not let us write.
    """
    if not path.parent.is_dir():
        raise UserError("report.no_folder", path=str(path), folder=str(path.parent))
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield temporary
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
    except OSError as cause:
        raise UserError("report.not_written", path=str(path), reason=system_reason(cause)) from cause
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # Windows cannot open a folder; there the replacement itself is durable.
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
