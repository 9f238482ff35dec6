"""Three workers: one writes and computes in order, one only reads pages, one takes down a person's words."""

import collections
import os
import queue
import sys
import threading
from contextlib import suppress

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal

from ui.jobs.job import Job, Outcome

_POLITE = 5
_LANES = ("work", "pages", "words")


class JobRunner(QObject):
    """Starts jobs, keeps them alive until they end, and stops everything on close.

    A job holds what it works with and what it found: screens, tables, their models. Whoever lets go of it last takes
    them apart, and in a worker that would be under the window's hands, which may be painting them. So a job is told to
    be over only after its worker has handed it back whole, in a box that the window's thread alone empties.
    """

    job_started = Signal(object)
    job_finished = Signal(object)
    became_idle = Signal()

    _handed_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._alive: list[Job] = []
        self._closed = False
        self._queues: dict[str, queue.SimpleQueue[Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._boxes: collections.deque[list[tuple[Job, Outcome]]] = collections.deque()
        self._handed_back.connect(self._take_back, Qt.ConnectionType.QueuedConnection)
        for name in _LANES:
            waiting: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
            self._queues[name] = waiting
            thread = threading.Thread(
                target=self._serve_politely if name == "work" else self._serve,
                args=(waiting,),
                name=name,
                daemon=True,
            )
            thread.start()
            self._threads.append(thread)

    def start(self, job: Job) -> Job:
        """Queue a job; after close it is cancelled at once."""
        if self._closed:
            # Told a little later: whoever asked has not listened yet.
            QTimer.singleShot(0, job, job.refuse)
            return job
        self._alive.append(job)
        job.started.connect(lambda: self.job_started.emit(job))
        job.finished.connect(lambda: self._ended(job))
        self._queues["words" if job.kept else "pages" if job.reading else "work"].put(job)
        return job

    @property
    def running(self) -> tuple[Job, ...]:
        """Jobs that have not ended, oldest first."""
        return tuple(self._alive)

    @property
    def working(self) -> Job | None:
        """The writing job that runs or waits first, if any."""
        return next((job for job in self._alive if not job.reading and not job.kept), None)

    def is_idle(self) -> bool:
        """Whether nothing runs or waits."""
        return not self._alive

    def wait_idle(self, timeout_ms: int = 120_000) -> bool:
        """Run the event loop until nothing runs or waits; False when that takes too long."""
        if self.is_idle():
            return True
        loop = QEventLoop()
        self.became_idle.connect(loop.quit)
        QTimer.singleShot(timeout_ms, loop.quit)
        loop.exec()
        return self.is_idle()

    def cancel_all(self) -> None:
        """Ask every job to stop."""
        for job in list(self._alive):
            job.cancel()

    def close(self, timeout_seconds: float = 30.0) -> bool:
        """Cancel everything and wait for the workers; True when all ended in time."""
        self._closed = True
        self.cancel_all()
        for waiting in self._queues.values():
            waiting.put(None)
        for thread in self._threads:
            thread.join(timeout_seconds)
        return not any(thread.is_alive() for thread in self._threads)

    def _take_back(self) -> None:
        # One box for every call: whatever its worker told before has arrived by then.
        job, outcome = self._boxes.popleft().pop()
        job.end(outcome)

    def _ended(self, job: Job) -> None:
        if job in self._alive:
            self._alive.remove(job)
        self.job_finished.emit(job)
        # What is connected to a job holds it and what it worked on, where no collector looks: deleted it lets go.
        job.deleteLater()
        if not self._alive:
            self.became_idle.emit()

    def _serve_politely(self, waiting: "queue.SimpleQueue[Job | None]") -> None:
        """Work with a lower priority: on two cores the window must still get its turn at once.

        On Linux threads and processes started from here (the engine's own, the readers) inherit it; elsewhere a thread
        cannot be told by itself.
        """
        if sys.platform == "linux":
            with suppress(OSError):
                os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _POLITE)
        self._serve(waiting)

    def _serve(self, waiting: "queue.SimpleQueue[Job | None]") -> None:
        while (job := waiting.get()) is not None:
            box = [(job, job.run())]
            # From here on the box is all that is held here, and the window's thread may have emptied it already.
            del job
            self._boxes.append(box)
            # A worker that did not end in time has nobody left to tell.
            with suppress(RuntimeError):
                self._handed_back.emit()
