"""Opens, makes and closes books beside the event loop; one book at a time."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal

from ui.jobs import Failure, Job, JobRunner

if TYPE_CHECKING:  # the engine is loaded inside the jobs, after the window's first picture
    from chainbrain.progress import Report
    from chainbrain.workspace import BookInfo, Rooms, Workspace

SUFFIX = ".chainbrain"
_DEMO_NAME = "demo.chainbrain"


@dataclass(frozen=True)
class OpenBook:
    """A book that is open: one door for writing, one for reading, and what is known about it."""

    workspace: "Workspace"
    rooms: "Rooms"
    info: "BookInfo"


class Session(QObject):
    """Holds the open book; ``opened(OpenBook)`` when another one is ready, ``closed`` when none is open.

    ``backed_up(path)`` comes when the book is open again.
    """

    opened = Signal(object)
    closed = Signal()
    backed_up = Signal(object)
    failed = Signal(object)

    def __init__(self, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.book: OpenBook | None = None

    def open(self, path: Path, create: bool = False) -> Job:
        """Open a book, closing the present one first; ``create`` makes it when there is none."""
        old = self._take()
        return self._start(Job(lambda report: _open(path, create, old, report), name=path.stem))

    def make_demo(self, folder: Path) -> Job:
        """Generate the demo chain into ``folder``, import and reconcile it; opens it when it is there already."""
        old = self._take()
        return self._start(Job(lambda report: _demo(folder, old, report)))

    def back_up(self, path: Path, folder: Path) -> Job:
        """Close the book at ``path``, back it up into ``folder``, and open it again, backed up or not."""
        old = self._take()
        told: list[Path | Failure] = []
        job = Job(lambda report: _back_up(path, folder, old, told, report), name=path.stem)
        self._start(job)
        job.succeeded.connect(lambda _book: self._say_told(told))
        return job

    def restore(self, source: Path, target: Path) -> Job:
        """Write the backup ``source`` to ``target`` and open that, or the present book again when it cannot be."""
        old = self._take()
        told: list[Path | Failure] = []
        job = Job(lambda report: _restore(source, target, old, told, report), name=target.stem)
        self._start(job)
        job.succeeded.connect(lambda _book: self._say_told(told))
        return job

    def close(self) -> None:
        """Close the book at once; no job may be running."""
        old = self._take()
        if old is not None:
            try:
                old.workspace.close()
            finally:
                self.closed.emit()

    def _take(self) -> OpenBook | None:
        old, self.book = self.book, None
        return old

    def _start(self, job: Job) -> Job:
        job.succeeded.connect(self._ready)
        job.failed.connect(self._gone)
        job.cancelled.connect(self.closed)
        self._jobs.start(job)
        return job

    def _ready(self, book: OpenBook) -> None:
        self.book = book
        self.opened.emit(book)

    def _say_told(self, told: "list[Path | Failure]") -> None:
        for one in told:
            (self.failed if isinstance(one, Failure) else self.backed_up).emit(one)

    def _gone(self, failure: object) -> None:
        self.closed.emit()
        self.failed.emit(failure)


def demo_folder() -> Path:
    """Return where the demo chain of this computer lives."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(place) / "ChainBrain" / "demo"


def demo_book(folder: Path) -> Path:
    """Return the demo chain's book inside its folder."""
    return folder / _DEMO_NAME


def books_folder() -> Path:
    """Return where a new book is proposed."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))


def _open(path: Path, create: bool, old: OpenBook | None, report: "Report") -> OpenBook:
    from chainbrain.workspace import Workspace  # noqa: PLC0415 - loaded in the worker

    if old is not None:
        old.workspace.close()
    return _opened(Workspace.open_or_create(path, report) if create else Workspace.open(path, report))


def _opened(workspace: "Workspace") -> OpenBook:
    return OpenBook(workspace, workspace.reading(), workspace.info())


def _back_up(path: Path, folder: Path, old: OpenBook | None, told: list[Path | Failure], report: "Report") -> OpenBook:
    from chainbrain.database.pack import backup  # noqa: PLC0415 - loaded in the worker
    from chainbrain.errors import Cancelled  # noqa: PLC0415 - loaded in the worker

    if old is not None:
        old.workspace.close()
    try:
        told.append(backup(path, folder, report))
    except Cancelled:
        pass  # the book opens again all the same, and nothing was left in the folder
    except Exception as problem:
        told.append(Failure.of(problem))
    return _open(path, create=False, old=None, report=report)


def _restore(
    source: Path, target: Path, old: OpenBook | None, told: list[Path | Failure], report: "Report"
) -> OpenBook:
    from chainbrain.database.restore import restore  # noqa: PLC0415 - loaded in the worker
    from chainbrain.errors import Cancelled  # noqa: PLC0415 - loaded in the worker

    if old is not None:
        old.workspace.close()
    try:
        restore(source, target, report)
    except Exception as problem:
        if old is None:
            raise
        if not isinstance(problem, Cancelled):
            told.append(Failure.of(problem))
        return _open(old.info.path, create=False, old=None, report=report)
    return _open(target, create=False, old=None, report=report)


def _demo(folder: Path, old: OpenBook | None, report: "Report") -> OpenBook:
    from chainbrain.demo import generate  # noqa: PLC0415 - loaded in the worker
    from chainbrain.workspace import Workspace  # noqa: PLC0415 - loaded in the worker

    if old is not None:
        old.workspace.close()
    finished = demo_book(folder)
    if finished.exists():
        return _opened(Workspace.open(finished, report))
    # Made beside and renamed when complete: a half-made demo chain must never look like a whole one.
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    made = generate(part, report=report)
    with Workspace.create(demo_book(part), demo=True) as workspace:
        plan = workspace.imports.plan([made.exports], report)
        workspace.imports.apply(plan, report)
        workspace.reconcile(report)
    shutil.rmtree(folder, ignore_errors=True)
    part.rename(folder)
    return _opened(Workspace.open(finished, report))
