"""Everything matched anew, while nothing can be decided."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from chainbrain.changes import Changes
from chainbrain.reconciliation.reconcile import Reconciled
from ui import figures
from ui.jobs import Job
from ui.views.base import AppContext


class MatchingAnew(QObject):
    """``started(Job)`` when it begins."""

    started = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._context: AppContext | None = None
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether it is under way."""
        return self._job is not None

    def use(self, context: AppContext) -> None:
        """Match this book from now on."""
        self._context, self._job = context, None

    def run(self) -> None:
        """Match everything anew, unless that is being done."""
        context = self._context
        if context is None or self.busy:
            return
        name = self.tr("Reconciling")
        job = context.write(lambda workspace, report: workspace.reconcile(report), self._ran, name)
        self._job = job
        job.finished.connect(lambda: self._ended(job))
        self.started.emit(job)

    def _ran(self, result: tuple[Reconciled, Changes]) -> None:
        found, changes = result
        if self._context is None:
            return
        still = sum(count for _, count, _ in found.codes.values())
        words = self.tr("Reconciled in {seconds} s; {count} differences open")
        self._context.notify(
            "matched", words.format(seconds=figures.plain(found.seconds, 1), count=figures.plain(still))
        )
        self._context.changed(changes)

    def _ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
