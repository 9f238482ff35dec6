"""Reads files into a plan and counts it again under other decisions; nothing is written here."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chainbrain.importers.plan import ImportPlan
from chainbrain.intake.decisions import Decisions
from chainbrain.progress import Report
from ui.jobs import Job
from ui.views.base import AppContext
from ui.views.imports.progress_pane import ProgressPane

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace

PlanWork = Callable[["Workspace", Report], ImportPlan]


class Planner(QObject):
    """The open plan of one book.

    ``planned(ImportPlan)`` when there is one, ``began`` when files are read anew, ``dropped`` when there is none any
    longer.
    """

    planned = Signal(object)
    began = Signal()
    dropped = Signal()

    def __init__(self, progress: ProgressPane, parent: QObject) -> None:
        super().__init__(parent)
        self._progress = progress
        self._context: AppContext | None = None
        self._reset()

    def _reset(self) -> None:
        self._plan: ImportPlan | None = None
        self._paths: list[Path] = []
        self._suspects = self._differences = False
        self._suspect_files: frozenset[str] = frozenset()

    @property
    def plan(self) -> ImportPlan | None:
        """What would be written now."""
        return self._plan

    @property
    def takes_suspects(self) -> bool:
        """Whether suspect rows are taken as new."""
        return self._suspects

    @property
    def takes_differences(self) -> bool:
        """Whether files are taken that contradict their own totals."""
        return self._differences

    @property
    def suspect_files(self) -> frozenset[str]:
        """Files that had suspect rows before these were taken as new."""
        return self._suspect_files

    def use(self, context: AppContext) -> None:
        """Plan for this book from now on; a plan of another book is gone."""
        self._context = context
        self._reset()

    def add(self, paths: Sequence[Path]) -> None:
        """Read more files together with those planned already."""
        known = self._paths if self._plan is not None or self._progress.reading else []
        self._paths = [*known, *(path for path in paths if path not in known)]
        self._read()

    def read_again(self) -> None:
        """Read the same files once more, after something outside the plan changed what they mean."""
        if self._paths and not self._progress.busy:
            self._read()

    def decide(self, *, suspects: bool | None = None, differences: bool | None = None) -> None:
        """Count the plan again under another decision; files are not read again."""
        if self._plan is None or self._progress.busy:
            return
        take_suspects = self._suspects if suspects is None else suspects
        take_differences = self._differences if differences is None else differences
        self._suspects, self._differences = take_suspects, take_differences
        self._start(
            lambda workspace, report: workspace.imports.decide_again(
                Decisions(accept_suspect=take_suspects, accept_differences=take_differences), report
            ),
            self.tr("Counting again"),
        )

    def unlock(self, password: str) -> None:
        """Try a password on the closed files of the plan; the others are not read again."""
        if self._plan is None or self._progress.busy:
            return
        suspects, differences = self._suspects, self._differences
        self._start(
            lambda workspace, report: workspace.imports.unlock(
                [password], report, accept_differences=differences, accept_suspect=suspects
            ),
            self.tr("Trying the password"),
        )

    def drop(self) -> None:
        """Forget the plan and every decision about it."""
        self._reset()
        self.dropped.emit()

    def _read(self) -> None:
        if self._progress.reading:
            self._progress.stop()
        paths, suspects, differences = list(self._paths), self._suspects, self._differences
        # The engine lets go of the plan before as soon as it reads again.
        self._plan = None
        job = self._start(
            lambda workspace, report: workspace.imports.plan(
                paths, report, decisions=Decisions(accept_suspect=suspects, accept_differences=differences)
            ),
            self.tr("Reading, nothing is written yet"),
            reading=True,
        )
        if job is not None:
            job.cancelled.connect(lambda: self._not_planned(job))
            job.failed.connect(lambda _failure: self._not_planned(job))
            self.began.emit()

    def _start(self, work: PlanWork, name: str, *, reading: bool = False) -> Job | None:
        if self._context is None:
            return None
        job = self._context.write(work, self._planned, name)
        self._progress.follow(job, reading=reading)
        return job

    def _planned(self, plan: ImportPlan) -> None:
        job = self.sender()
        if isinstance(job, Job) and self._progress.busy and not self._progress.is_followed(job):
            return
        self._plan = plan
        if not self._suspects:
            self._suspect_files = frozenset(file.file_id for file in plan.files if file.counts.suspect)
        self.planned.emit(plan)

    def _not_planned(self, job: Job) -> None:
        if self._progress.is_followed(job) or not self._progress.busy:
            self.drop()
