"""Asks the reading process for samples and trials; a newer question replaces an older one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.sample import Look, Sample
from chainbrain.progress import Report
from ui.jobs import Failure, Job
from ui.messages import words_of
from ui.views.base import AppContext

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace

_TYPING_PAUSE_MS = 200


@dataclass(frozen=True)
class Found:
    """A sample, the maps that the book has for its header, and the names of those for other headers."""

    sample: Sample
    like: tuple[TableMapping, ...]
    taken: frozenset[str]


class Looker(QObject):
    """Looks into one member of one file.

    ``sampled(Found)`` and ``tried(TriedOut)`` when an answer came, ``failed(str)`` with words when there is none.
    """

    sampled = Signal(object)
    tried = Signal(object)
    failed = Signal(str)

    def __init__(self, context: AppContext, path: Path, member: str | None, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._look = Look(path, member)
        self._mapping: TableMapping | None = None
        self._job: Job | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._try_now)

    @property
    def look(self) -> Look:
        """What is looked at."""
        return self._look

    def sample(
        self, *, sheet: str | None = None, row: int | None = None, rows: int | None = None, kind: str | None = None
    ) -> None:
        """Look at a sheet, a header row, or propose for another kind."""
        self._pause.stop()
        self._look = replace(self._look, sheet=sheet, header_row=row, header_rows=rows, kind=kind)
        look = self._look

        def work(workspace: "Workspace", report: Report) -> Found:
            found = workspace.looking.sample(replace(look, passwords=workspace.imports.passwords), report)
            like = workspace.mappings.like(found.suggestion.mapping)
            names = {mapping.name for mapping in workspace.mappings.standing()}
            return Found(found, like, frozenset(names - {mapping.name for mapping in like}))

        self._start(work, self.sampled)

    def try_out(self, mapping: TableMapping) -> None:
        """Try a map out once its maker pauses."""
        self._mapping = mapping
        self._pause.start()

    def close(self) -> None:
        """Let the reading process go; answers that are under way are dropped."""
        self._pause.stop()
        self._drop()
        self._context.write(lambda workspace, _report: workspace.looking.close(), lambda _nothing: None)

    def _try_now(self) -> None:
        mapping, look = self._mapping, self._look
        if mapping is None:
            return
        self._start(
            lambda workspace, report: workspace.looking.try_out(
                replace(look, passwords=workspace.imports.passwords), mapping, report
            ),
            self.tried,
        )

    def _start(self, work: "Callable[[Workspace, Report], object]", answered: SignalInstance) -> None:
        self._drop()
        workspace = self._context.workspace
        job = Job(lambda report: work(workspace, report), interrupt=workspace.interrupt, name=self.tr("Looking"))
        self._job = job
        job.succeeded.connect(lambda found: self._answered(job, answered, found))
        job.failed.connect(lambda failure: self._refused(job, failure))
        self._context.jobs.start(job)

    def _drop(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            job.cancel()

    def _answered(self, job: Job, answered: SignalInstance, found: object) -> None:
        if job is self._job:
            self._job = None
            answered.emit(found)

    def _refused(self, job: Job, failure: Failure) -> None:
        if job is not self._job:
            return
        self._job = None
        if failure.code is None:
            self._context.show_failure(failure)
            return
        named = replace(failure, facts={"path": self._look.path.name, **failure.facts})
        self.failed.emit(words_of(named))
