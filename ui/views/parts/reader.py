"""Loads what one screen shows beside the window; of several loads only the newest counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from chainbrain.progress import Report
from ui.jobs import Failure, Job
from ui.views.base import AppContext

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


class Loader(QObject):
    """Loads what one screen shows; a newer load takes the place of an older one.

    ``loaded(result)`` and ``failed(Failure)`` come only from the newest load; ``busy(bool)`` brackets it;
    ``progressed(done, total, label)`` tells how far long work is.
    """

    loaded = Signal(object)
    failed = Signal(object)
    busy = Signal(bool)
    progressed = Signal(int, int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._show: Callable[[Failure], object] | None = None

    def tell(self, show: Callable[[Failure], object]) -> None:
        """Have failures shown this way from now on; the way of the book before is forgotten."""
        self._show = show

    @property
    def running(self) -> bool:
        """Whether a load is under way."""
        return self._job is not None

    def load(self, context: AppContext, work: Callable[[Rooms, Report], Any], reading: bool = True) -> None:
        """Start ``work(rooms, report)``; what was being worked on before is dropped.

        Args:
            context: the open book.
            work: reads and returns what is to be shown.
            reading: False for arithmetic that does not touch the book: it then runs in the computing worker.
        """
        self.cancel()
        rooms = context.rooms
        job = Job(lambda report: work(rooms, report), reading=reading, interrupt=rooms.interrupt if reading else None)
        self._job = job
        job.progressed.connect(self.progressed)
        job.succeeded.connect(lambda result: self._arrived(job, result))
        job.failed.connect(lambda failure: self._failed(job, failure))
        job.cancelled.connect(lambda: self._ended(job))
        self.busy.emit(True)
        context.jobs.start(job)

    def cancel(self) -> None:
        """Stop what is being read."""
        if self._job is not None:
            self._job.cancel()

    def drop(self) -> None:
        """Stop what is being read, and let nothing of it arrive: it may be on its way already."""
        self.cancel()
        if self._job is not None:
            self._job = None
            self.busy.emit(False)

    def _arrived(self, job: Job, result: object) -> None:
        if self._ended(job):
            self.loaded.emit(result)

    def _failed(self, job: Job, failure: Failure) -> None:
        if self._ended(job):
            self.failed.emit(failure)
            if self._show is not None:
                self._show(failure)

    def _ended(self, job: Job) -> bool:
        # A dialog or a screen may be gone by the time its answer comes: then nobody is told.
        if job is not self._job or not isValid(self):
            return False
        self._job = None
        self.busy.emit(False)
        return True
