"""One piece of work that runs beside the window and reports through signals."""

import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QObject, Signal

from chainbrain.errors import Cancelled, UserError
from chainbrain.progress import Report

# A screen redraws 20 times a second at most; more reports would only fill the event queue.
_PAUSE_SECONDS = 0.05


@dataclass(frozen=True)
class Failure:
    """Why a job ended: a code with facts when it is the user's turn, otherwise a fault of the program."""

    error: BaseException
    details: str
    code: str | None = None
    facts: Mapping[str, object] = field(default_factory=dict)

    @staticmethod
    def of(error: BaseException) -> "Failure":
        """Describe an exception."""
        details = "".join(traceback.format_exception(error))
        if isinstance(error, UserError):
            return Failure(error, details, error.code, error.facts)
        return Failure(error, details)


class _Kind(Enum):
    STARTED = 0
    PROGRESS = 1
    SUCCEEDED = 2
    FAILED = 3
    CANCELLED = 4


Outcome = tuple[_Kind, object]
"""How a job went, and its result or failure."""


class Job(QObject):
    """Work for a worker thread; lives in the window's thread and is kept alive by the runner.

    Args:
        work: called in the worker as ``work(report)``; must not touch widgets.
        reading: True for page reads, which never wait behind writing.
        kept: True for a person's word: it is taken down in a worker of its own, and no cancel stops it.
        interrupt: called from the window's thread on cancel, for example to interrupt a running query.
        name: shown while the job runs, already translated.
    """

    started = Signal()
    progressed = Signal(int, int, str)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()

    _arrived = Signal(object, object)

    def __init__(
        self,
        work: Callable[[Report], object],
        *,
        reading: bool = False,
        kept: bool = False,
        interrupt: Callable[[], None] | None = None,
        name: str = "",
    ) -> None:
        super().__init__()
        self.reading = reading
        self.kept = kept
        self.name = name
        self._work = work
        self._interrupt = interrupt
        self._stop = threading.Event()
        self._last_sent = 0.0
        self._last_label = ""
        # Whether the worker is at it now, by the worker itself: what it sends arrives later, and an interrupt that
        # comes too late would strike the next job on the same connection.
        self._at_work, self._turn = False, threading.Lock()
        self._arrived.connect(self._deliver)

    @property
    def stopping(self) -> bool:
        """Whether cancel was asked for."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next report, and interrupt what cannot report; a person's word is not stopped."""
        if self.kept:
            return
        with self._turn:
            self._stop.set()
            if self._at_work and self._interrupt is not None:
                self._interrupt()

    def refuse(self) -> None:
        """End it without a beginning: nobody works any more."""
        self.cancelled.emit()
        self.finished.emit()

    def report(self, done: int, total: int, label: str) -> None:
        """Tell how far the work is; called by the worker.

        Raises:
            Cancelled: when the user asked to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if label == self._last_label and done < total and now - self._last_sent < _PAUSE_SECONDS:
            return
        self._last_sent, self._last_label = now, label
        self._arrived.emit(_Kind.PROGRESS, (done, total, label))

    def run(self) -> Outcome:
        """Do the work and return how it went; called by the worker thread only."""
        self._arrived.emit(_Kind.STARTED, None)
        try:
            return _Kind.SUCCEEDED, self._worked()
        except BaseException as error:
            # An interrupted query ends with the driver's own error: after a cancel that is no failure.
            if self._stop.is_set() or isinstance(error, Cancelled):
                return _Kind.CANCELLED, None
            return _Kind.FAILED, Failure.of(error)

    def end(self, outcome: Outcome) -> None:
        """Tell how it went; called in the window's thread once the worker holds nothing of it any more."""
        self._deliver(*outcome)

    def _worked(self) -> object:
        with self._turn:
            if self._stop.is_set():
                raise Cancelled
            self._at_work = True
        try:
            return self._work(self.report)
        finally:
            with self._turn:
                self._at_work = False

    def _deliver(self, kind: _Kind, content: object) -> None:
        if kind is _Kind.STARTED:
            self.started.emit()
            return
        if kind is _Kind.PROGRESS:
            if isinstance(content, tuple):
                self.progressed.emit(*content)
            return
        if kind is _Kind.SUCCEEDED:
            self.succeeded.emit(content)
        elif kind is _Kind.FAILED:
            self.failed.emit(content)
        else:
            self.cancelled.emit()
        self.finished.emit()
