"""One process that reads files, and the idle ones kept for the next run: starting takes longer than reading."""

from __future__ import annotations

import multiprocessing
import threading
import time
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

import psutil

from chainbrain.importers.child import Answer, Request, serve
from chainbrain.importers.limits import Limits
from chainbrain.importers.plan import MemberReading

_AHEAD: Final = 3
"""Files given to a reader before its first answer, so that it never waits for us."""
_START_SECONDS: Final = 60.0
_MOST_IDLE: Final = 2

_idle: list[ReadingProcess] = []
_turn: Final = threading.Lock()


class ReaderFault(RuntimeError):
    """The reading process cannot be started at all."""


def take(limits: Limits) -> ReadingProcess:
    """A process with these bounds: one that waits, otherwise a new one.

    Raises:
        ReaderFault: no reading process can be started.
    """
    with _turn:
        for process in [one for one in _idle if one.limits == limits or not one.alive]:
            _idle.remove(process)
            if process.alive:
                return process
            process.stop()
    return ReadingProcess(limits)


def put_back(process: ReadingProcess) -> None:
    """Keep a process for the next run, for a minute or two; one that is still at work is ended."""
    with _turn:
        if process.keeps and len(_idle) < _MOST_IDLE and process.rest():
            _idle.append(process)
            return
    process.stop()


def let_go() -> None:
    """End the processes that wait."""
    with _turn:
        while _idle:
            _idle.pop().stop()


class ReadingProcess:
    """One reading process, restarted when a file kills it; the files behind the fatal one are asked again.

    A process that has read other files before may have died of what they left behind (addresses are bounded, and
    allocators do not give them back): then the fatal file has a second chance, as the first of a new process.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._asked: list[Request] = []
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection: Connection
        self.connection, theirs = context.Pipe()
        self._process: SpawnProcess = context.Process(target=serve, args=(theirs, self.limits), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False
        self._answered = 0
        self._idle_memory = 0
        self._since = time.monotonic()

    @property
    def busy(self) -> bool:
        """Whether an answer is due."""
        return bool(self._asked)

    @property
    def keeps(self) -> bool:
        """Whether it is worth keeping for the next run: it has read, owes nothing and holds little."""
        fresh = self._memory() < self._idle_memory + self.limits.memory // 4
        return self._answered > 0 and not self._asked and self._process.is_alive() and fresh

    def rest(self) -> bool:
        """Let it forget what it has read; False when it cannot be told so."""
        try:
            self.connection.send(None)
        except OSError:
            return False
        return True

    @property
    def alive(self) -> bool:
        """Whether the process has not ended by itself."""
        return self._process.is_alive()

    @property
    def load(self) -> int:
        """How many files it has not answered yet."""
        return len(self._asked)

    @property
    def free(self) -> bool:
        """Whether it takes another file now."""
        return self.load < _AHEAD

    def ask(self, request: Request) -> None:
        """Queue one file."""
        if not self._asked:
            self._since = time.monotonic()
        self._asked.append(request)
        try:
            self.connection.send(request)
        except OSError:
            # It has died; ``check`` will notice, and ask again whatever was not its last file.
            return

    def take(self) -> list[Answer]:
        """One answer from the pipe."""
        try:
            answer: Answer = self.connection.recv()
        except (EOFError, OSError):
            return self._bury("import.reader_died")
        self._since = time.monotonic()
        if answer.number < 0:
            self._ready = True
            self._idle_memory = self._memory()
            return []
        if answer.fault == "import.reader_memory":
            return self._bury(answer.fault)
        request = self._asked.pop(0)
        self._answered += 1
        if answer.fault is not None:
            # Our mistake, not the file's; but the other files of the run must not suffer for it.
            return [_refusal(request, "import.reader_fault", self.limits, answer.fault)]
        return [answer]

    def check(self) -> list[Answer]:
        """Look after a reader that is silent."""
        if not self._process.is_alive() and not self.connection.poll():
            return self._bury("import.reader_died")
        waited = time.monotonic() - self._since
        if not self._ready:
            if waited > _START_SECONDS:
                raise ReaderFault("the reading process did not start")
            return []
        if waited > self.limits.seconds_for(self._asked[0].size):
            return self._bury("import.reader_time")
        if self._memory() > self._idle_memory + self.limits.memory:
            return self._bury("import.reader_memory")
        return []

    def stop(self) -> None:
        """End the process at once; nothing it was doing is kept."""
        self._process.kill()
        self._process.join(5)
        self.connection.close()

    def _bury(self, code: str) -> list[Answer]:
        """Replace the process; the file it was at is refused, the others are asked again."""
        self.stop()
        if not self._ready:
            raise ReaderFault(f"the reading process ended with {self._process.exitcode} before its first file")
        again = code != "import.reader_time" and self._answered > 0
        fatal, *others = self._asked
        self._asked = []
        self._start()
        for request in (fatal, *others) if again else others:
            self.ask(request)
        return [] if again else [_refusal(fatal, code, self.limits)]

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0


def _refusal(request: Request, code: str, limits: Limits, fault: str = "") -> Answer:
    """A refused file; its bytes are hashed here, by a loop that reads and does not parse."""
    import hashlib  # noqa: PLC0415 -- rarely needed

    digest = hashlib.sha256()
    try:
        with request.path.open("rb") as stream:
            while chunk := stream.read(1 << 20):
                digest.update(chunk)
    except OSError as gone:
        # The stick was pulled out: the file is refused by its name, the others go on.
        digest.update(str(request.path).encode())
        fault = fault or str(gone)
    sha = digest.hexdigest()
    facts = {"seconds": f"{limits.seconds:.0f}", "megabytes": str(limits.memory // 1_000_000)}
    if fault:
        facts |= {"fault": fault.strip().splitlines()[-1][:300], "details": fault[-4_000:]}
    reading = MemberReading(request.path, request.path.name, None, sha, sha, "refused", code=code, facts=facts)
    return Answer(request.number, (reading,))
