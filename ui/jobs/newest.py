"""One kind of work of which only the newest is wanted: what was asked before is dropped, its answer never arrives."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from ui.jobs.job import Failure, Job


class Newest(QObject):
    """Holds the job under way; ``ended`` when it is over by itself, however it went, and nothing is under way.

    ``failed(Failure)`` before that when it has no answer.
    """

    ended = Signal()
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None

    @property
    def running(self) -> bool:
        """Whether a job is under way."""
        return self._job is not None

    def follow(self, job: Job) -> None:
        """Take the job that was just started; one before it is stopped."""
        self.stop()
        self._job = job
        job.failed.connect(lambda failure: self._fail(job, failure))
        job.finished.connect(lambda: self._over(job))

    def stop(self) -> None:
        """Nobody wants it any longer: no answer of it arrives, not even one that is ready."""
        if self._job is not None:
            job, self._job = self._job, None
            job.succeeded.disconnect()
            job.cancel()

    def _fail(self, job: Job, failure: Failure) -> None:
        if self._job is job and isValid(self):
            self.failed.emit(failure)

    def _over(self, job: Job) -> None:
        # The screen may be gone by the time its work is over.
        if self._job is job and isValid(self):
            self._job = None
            self.ended.emit()
