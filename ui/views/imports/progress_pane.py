"""The one job of the import screen that runs now: its steps, and the button that stops it."""

from PySide6.QtCore import Signal

from ui.jobs import Job
from ui.theme import metrics as m
from ui.widgets import Pane, ProgressStrip, VBox


class ProgressPane(Pane):
    """Follows a job while it runs, hidden otherwise; ``changed`` when work begins or ends."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._job: Job | None = None
        self._reading = False
        self._strip = ProgressStrip()
        VBox(self, (m.SCREEN_SIDE, m.GAP_M, m.SCREEN_SIDE, m.GAP_M)).add(self._strip)
        self.hide()

    @property
    def strip(self) -> ProgressStrip:
        """Steps, bar and button."""
        return self._strip

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return self._job is not None

    @property
    def reading(self) -> bool:
        """Whether that job reads files: more of them may join, and nothing is lost by stopping."""
        return self._reading

    def follow(self, job: Job, *, reading: bool = False) -> None:
        """Show a job until it ends; a job followed before runs on unseen."""
        self._job, self._reading = job, reading
        self._strip.follow(job)
        self.show()
        job.finished.connect(lambda: self._ended(job))
        self.changed.emit()

    def is_followed(self, job: Job) -> bool:
        """Whether this job, not a later one, is what the screen waits for."""
        return job is self._job

    def forget(self) -> None:
        """Follow nothing any longer: the book was changed for another one."""
        self._job, self._reading = None, False
        self.hide()
        self.changed.emit()

    def stop(self) -> None:
        """Ask the job to stop."""
        if self._job is not None:
            self._job.cancel()

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self.forget()
