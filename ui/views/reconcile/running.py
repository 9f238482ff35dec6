"""Shows how far matching anew is: in front of the work, or behind it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.jobs import Job
from ui.views.reconcile.decisions import Decisions
from ui.views.reconcile.layout import ReconcileLayout


class Running(QObject):
    """``changed`` when what can be decided became another; ``caught_up`` when what ran behind has ended."""

    changed = Signal()
    caught_up = Signal()

    def __init__(self, parts: ReconcileLayout, decisions: Decisions) -> None:
        super().__init__(parts)
        self._parts, self._decisions = parts, decisions
        decisions.anew.started.connect(self._follow)
        decisions.writing.following.connect(self._follow_behind)

    def _follow(self, job: Job) -> None:
        """Nothing can be decided until it has ended."""
        self._parts.progress.follow(job)
        job.finished.connect(self._show)
        self._show(busy=True)

    def _show(self, *, busy: bool | None = None) -> None:
        busy = self._decisions.busy if busy is None else busy
        self._parts.progress.setVisible(busy)
        self._parts.answer.set_busy(busy)
        self._parts.run_button.setEnabled(not busy)
        self.changed.emit()

    def _follow_behind(self, job: Job) -> None:
        """The work goes on meanwhile."""
        self._parts.progress.follow(job)
        job.finished.connect(self._ended_behind)

    def _ended_behind(self) -> None:
        self._parts.progress.setVisible(self._decisions.busy)
        self.caught_up.emit()
