"""Files that the book holds already: told by their bytes alone, before anything in them is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from chainbrain.importers.files import containers
from chainbrain.importers.plan import MemberReading

Known = Mapping[str, tuple[str | None, ...]]
"""The data members of each imported file, by the SHA-256 of the file; ``None`` where the file is its only member."""

_CHUNK: Final = 1 << 20


def digest_of(path: Path, pause: Callable[[], None] = lambda: None) -> str:
    """The SHA-256 of a file, in pieces.

    Args:
        path: the file.
        pause: called after every piece; may raise.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            pause()
    return digest.hexdigest()


def told_by_bytes(path: Path, known: Known, pause: Callable[[], None] = lambda: None) -> list[MemberReading]:
    """One reading ``known`` per data member, when the book holds every one of them; otherwise nothing.

    A member that was refused, or a sheet of its own kind inside a workbook, is not among them: such a file is read
    again, so that what is wrong with it is said again. An archive's directory may be read here, outside of the reading
    process: it is the same to the byte as one that was read there.

    Args:
        path: the file.
        known: what the book holds.
        pause: called after every piece; may raise.
    """
    if not known:
        return []
    try:
        digest = digest_of(path, pause)
    except OSError:
        return []
    members = known.get(digest, ())
    found = MemberReading(path, path.name, None, digest, digest, "known")
    if members == (None,):
        return [found]
    names = containers.names_of(path) if members and None not in members else []
    if sorted(names) != sorted(name for name in members if name is not None):
        return []
    return [replace(found, name=f"{path.name}!{name}", member=name, sha256="") for name in names]
