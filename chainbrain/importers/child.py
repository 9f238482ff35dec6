"""The reading process: takes file after file from a pipe and answers with what it found. Started by ``reading``."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from chainbrain.errors import FileRefused
from chainbrain.importers.limits import Limits
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import Look, Sample, TriedOut
from chainbrain.importers.plan import MemberReading

_RESERVED: Final = 2_000_000_000
IDLE_SECONDS: Final = 90.0
"""How long a process waits for the next run before it ends."""


@dataclass(frozen=True)
class Request:
    """Read this file of so many bytes, or only look at it; ``number`` comes back with the answer.

    Attributes:
        desk: folder for the staged columns.
        salt: the book's salt for payer identifiers.
        mappings: the book's column maps.
    """

    number: int
    path: Path
    desk: Path
    salt: bytes = field(repr=False)
    mappings: tuple[TableMapping, ...] = ()
    passwords: tuple[str, ...] = field(default=(), repr=False)
    size: int = 0
    formats: dict[str, str] = field(default_factory=dict)
    look: Look | None = None


@dataclass(frozen=True)
class Answer:
    """The readings of one request, what a look found, or the traceback when our own code failed on it."""

    number: int
    readings: tuple[MemberReading, ...] = ()
    fault: str | None = None
    found: Sample | TriedOut | FileRefused | None = None


def serve(connection: Connection, limits: Limits) -> None:
    """Answer requests until the pipe closes or nobody wants it after a run; foreign bytes are only parsed here."""
    # Loaded before the first file, whose time and memory it would otherwise be counted as; and not at the top, so that
    # the parent can name this function without loading the readers.
    import chainbrain.importers.member  # noqa: F401, PLC0415 -- see above
    from chainbrain.importers.mapped.look import forget  # noqa: PLC0415 -- see above

    _be_silent()
    _bound_memory(limits.memory)
    connection.send(Answer(-1))
    resting = False
    while True:
        try:
            # Within a run it waits as long as it takes: one that ended by itself there would be taken for killed.
            if resting and not connection.poll(IDLE_SECONDS):
                return
            request: Request | None = connection.recv()
        except (EOFError, OSError):
            return
        resting = request is None
        if request is None:
            # The run is over: nothing of a table stays here while nobody reads.
            forget()
            continue
        answer = Answer(request.number)
        try:
            answer = _answer(request, limits)
        except MemoryError:
            answer = Answer(request.number, fault="import.reader_memory")
        except Exception:  # the parent refuses this file with the text as its facts and goes on with the others
            import traceback  # noqa: PLC0415 -- only when something is wrong

            answer = Answer(request.number, fault=traceback.format_exc())
        connection.send(answer)


def _answer(request: Request, limits: Limits) -> Answer:
    # Imported here, so that the parent can name what this process does without loading the readers.
    if request.look is not None:
        from chainbrain.importers.mapped.look import look_at  # noqa: PLC0415 -- see above

        try:
            return Answer(request.number, found=look_at(request.look, request.salt, limits))
        except FileRefused as refused:
            return Answer(request.number, found=refused)
    from chainbrain.importers.member import read_file  # noqa: PLC0415 -- see above

    found = read_file(
        request.path,
        request.desk,
        f"{request.number:05d}",
        salt=request.salt,
        limits=limits,
        passwords=request.passwords,
        mappings=request.mappings,
        formats=request.formats,
    )
    return Answer(request.number, tuple(found))


def _be_silent() -> None:
    """Keep what a parser prints when a file kills it off the user's screen; the parent says what happened."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def _bound_memory(extra: int) -> None:
    """Let the process grow by this much; only Linux counts address space in a way that can be bounded."""
    if sys.platform != "linux":
        return
    import resource  # noqa: PLC0415 -- does not exist on Windows

    import psutil  # noqa: PLC0415 -- as above

    # Allocators reserve a gigabyte or two of addresses that they never touch, so the bound is only a backstop against
    # one absurd allocation; the parent watches what is really used.
    bound = psutil.Process().memory_info().vms + extra + _RESERVED
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
