"""Reads files into a plan and counts it again as a person decides; nothing is written here."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chainbrain.importers.plan import FilePlan, ImportPlan
from chainbrain.intake.decisions import UNDECIDED, Decisions, RowPlace
from chainbrain.progress import Report
from ui.jobs import Job
from ui.views.base import AppContext
from ui.views.imports.progress_pane import ProgressPane

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace

PlanWork = Callable[["Workspace", Report], ImportPlan]


class Planner(QObject):
    """The open plan of one book and what was decided about it.

    ``planned(ImportPlan)`` when there is one, ``began`` when files are read anew, ``decided`` at once when a person
    decides, ``dropped(tuple)`` with the paths of a plan that is open no longer.
    """

    planned = Signal(object)
    began = Signal()
    decided = Signal()
    dropped = Signal(object)

    def __init__(self, progress: ProgressPane, parent: QObject) -> None:
        super().__init__(parent)
        self._progress = progress
        self._progress.changed.connect(self._catch_up)
        self._context: AppContext | None = None
        self._reset()

    def _reset(self) -> None:
        self._plan: ImportPlan | None = None
        self._paths: list[Path] = []
        self._decisions = self._counted = self._shown = UNDECIDED
        self._stale = False

    @property
    def plan(self) -> ImportPlan | None:
        """What would be written now."""
        return self._plan

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files and folders of the plan."""
        return tuple(self._paths)

    @property
    def decisions(self) -> Decisions:
        """What was decided, counted already or not yet."""
        return self._decisions

    def use(self, context: AppContext) -> None:
        """Plan for this book from now on; a plan of another book is gone."""
        self._context = context
        self._reset()

    def add(self, paths: Sequence[Path]) -> None:
        """Read more files together with those planned already."""
        known = self._paths if self._plan is not None or self._progress.reading else []
        self._paths = [*known, *(path for path in paths if path not in known)]
        self._read()

    def unlock(self, password: str) -> None:
        """Try a password on the closed files of the plan; the others are not read again."""
        self._again(
            lambda workspace, report: workspace.imports.unlock([password], report), self.tr("Trying the password")
        )

    def recognise(self) -> None:
        """Read what no format fitted once more, after a person named its columns."""
        self._again(
            lambda workspace, report: workspace.imports.recognise(report), self.tr("Reading with the named columns")
        )

    def outdated(self) -> None:
        """The book was changed under the plan: read its files again as soon as nothing else runs."""
        self._stale = self._plan is not None
        self._catch_up()

    def read_again(self) -> None:
        """Read all files once more, after a person named the columns of one that was read otherwise."""
        if self._plan is not None and not self._progress.busy:
            self._read()

    # ------------------------------------------------------------------ decisions

    def decide(self, decisions: Decisions) -> None:
        """Count the plan again under other decisions; those made meanwhile are counted after that."""
        if self._plan is None or self._progress.reading or decisions == self._decisions:
            return
        self._decisions = decisions
        self.decided.emit()
        if not self._progress.busy:
            self._count()

    def decide_rows(self, places: Sequence[RowPlace], word: str) -> None:
        """Say of suspect rows that they are left for now, new, or the same as those they repeat."""
        rows = {**self._decisions.rows, **dict.fromkeys(places, word)}
        self.decide(replace(self._decisions, rows=rows))

    def take_file(self, file_id: str, take: bool) -> None:
        """Take a file although its own totals differ, or do not."""
        self.decide(replace(self._decisions, take=_with(self._decisions.take, file_id, take)))

    def leave_file(self, file_id: str, leave: bool) -> None:
        """Leave a file out of this import, or put it back."""
        self.decide(replace(self._decisions, leave_out=_with(self._decisions.leave_out, file_id, leave)))

    def choose_format(self, plan: FilePlan, candidate: str) -> None:
        """Read a file between several formats as this one."""
        self.decide(replace(self._decisions, formats={**self._decisions.formats, plan.file_id: candidate}))

    def flip_suspects(self) -> None:
        """Take the suspect rows that nobody spoke about as new, in all files, or do not."""
        self.decide(replace(self._decisions, accept_suspect=not self._decisions.accept_suspect))

    def flip_differences(self) -> None:
        """Take every file that contradicts its own totals, or only those that were named."""
        self.decide(replace(self._decisions, accept_differences=not self._decisions.accept_differences))

    def suspects_of(self, plan: FilePlan) -> tuple[RowPlace, ...]:
        """Return the suspect rows of a file, decided about or not."""
        open_ones = [
            RowPlace(plan.file_id, problem.line, problem.sheet)
            for problem in plan.problems
            if problem.state == "suspect"
        ]
        decided = [place for place in self._decisions.rows if place.file_id == plan.file_id]
        return tuple(dict.fromkeys((*open_ones, *decided)))

    def drop(self) -> None:
        """Forget the plan and every decision about it; files that were never shown do not count as seen."""
        paths = self.paths if self._plan is not None else ()
        self._reset()
        if self._context is not None:
            # Passwords and what was read must not stay behind with a plan that nobody sees any more.
            self._context.write(lambda workspace, _report: workspace.imports.drop(), lambda _done: None)
        self.dropped.emit(paths)

    # ------------------------------------------------------------------ jobs

    def _read(self) -> None:
        if self._progress.reading:
            self._progress.stop()
        # Choices of a format belong to the plan that named the candidates.
        self._decisions = self._counted = replace(self._decisions, formats={})
        paths, decisions = self.paths, self._decisions
        # The engine lets go of the plan before as soon as it reads again.
        self._plan, self._stale = None, False
        job = self._start(
            lambda workspace, report: workspace.imports.plan(
                # What was opened for the plan so far stays open when files are added to it.
                paths,
                report,
                decisions=decisions,
                passwords=workspace.imports.passwords,
            ),
            self.tr("Reading, nothing is written yet"),
            reading=True,
        )
        if job is not None:
            job.cancelled.connect(lambda: self._not_planned(job))
            job.failed.connect(lambda _failure: self._not_planned(job))
            self.began.emit()

    def _count(self) -> None:
        decisions = self._decisions
        job = self._start(
            lambda workspace, report: workspace.imports.decide_again(decisions, report), self.tr("Counting again")
        )
        self._counted = decisions
        if job is not None:
            job.cancelled.connect(self._step_back)
            job.failed.connect(lambda _failure: self._read())

    def _again(self, work: PlanWork, name: str) -> None:
        if self._plan is not None and not self._progress.busy:
            self._start(work, name)

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
        if self._decisions != self._counted:
            # Only the newest decisions are worth showing.
            self._count()
            return
        self._shown = self._decisions
        self.planned.emit(plan)

    def _not_planned(self, job: Job) -> None:
        if self._progress.is_followed(job) or not self._progress.busy:
            self.drop()

    def _step_back(self) -> None:
        """Counting was stopped: the last decision is undone, so that what is shown is what would be written."""
        self._decisions = self._shown
        self.decided.emit()
        self._count()

    def _catch_up(self) -> None:
        if self._plan is None or self._progress.busy:
            return
        if self._stale:
            self._read()
        elif self._decisions != self._counted:
            self._count()


def _with(ids: frozenset[str], file_id: str, inside: bool) -> frozenset[str]:
    return ids | {file_id} if inside else ids - {file_id}
