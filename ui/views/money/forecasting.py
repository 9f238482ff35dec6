"""The cash forecast as a job of the writing worker: of several that are wanted only the newest counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.views.money.told import foreseen
from ui.widgets import ProgressStrip

if TYPE_CHECKING:
    from ui.jobs import Job
    from ui.views.base import AppContext


class Forecasting(QObject):
    """Works the forecast out; ``found(Foreseen)`` brings it, ``ended`` comes when nothing is under way any longer."""

    found = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self.progress = ProgressStrip()

    @property
    def running(self) -> bool:
        """Whether the forecast is being worked out."""
        return self._job is not None

    def start(self, context: AppContext, *, with_irregular: bool) -> None:
        """Work it out anew."""
        self.stop()
        self._job = job = context.write(
            lambda workspace, report: foreseen(workspace, report, with_irregular=with_irregular),
            self.found.emit,
            self.tr("Working out the cash forecast"),
        )
        self.progress.follow(job)
        job.finished.connect(lambda: self._over(job))

    def stop(self) -> None:
        """Drop what is under way: it would be one of before."""
        if self._job is not None:
            job, self._job = self._job, None
            job.succeeded.disconnect()
            job.cancel()

    def _over(self, job: Job) -> None:
        if self._job is job:
            self._job = None
            self.ended.emit()
