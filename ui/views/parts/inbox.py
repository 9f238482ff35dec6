"""Watches the folder that a book has chosen (a USB stick, a download folder) and tells when statements arrive."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from ui.jobs import Failure, Job
from ui.views.base import AppContext

if TYPE_CHECKING:
    from chainbrain.intake.inbox import Lying

# A changed folder is looked at again until nothing in it moves; sticks and network drives do not tell of changes.
SETTLE_MS, POLL_MS = 2_000, 30_000


class InboxWatch(QObject):
    """The watched folder of the open book.

    ``changed`` when folder, reachability or waiting files became other ones, ``arrived(list)`` with paths that came
    since the last time and are written in full. Files are told by name, size and time; none is opened here.
    """

    changed = Signal()
    arrived = Signal(list)

    def __init__(self, parent: QObject | None = None, settle_ms: int = SETTLE_MS, poll_ms: int = POLL_MS) -> None:
        super().__init__(parent)
        self._soon, self._slow = QTimer(self), QTimer(self)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _path: self._soon.start())
        self._soon.setSingleShot(True)
        self._soon.setInterval(settle_ms)
        self._slow.setInterval(poll_ms)
        for timer in (self._soon, self._slow):
            timer.timeout.connect(self.look)
        self._context: AppContext | None = None
        self._job: Job | None = None
        self._reset(None, {})

    def _reset(self, folder: Path | None, offered: dict[str, tuple[int, int]]) -> None:
        self._folder, self._offered = folder, offered
        self._before: tuple[Lying, ...] = ()
        self._waiting: tuple[Lying, ...] = ()
        self._told: dict[Path, tuple[int, int]] = {}
        self._gone = False

    @property
    def folder(self) -> Path | None:
        """The watched folder, if one was chosen."""
        return self._folder

    @property
    def gone(self) -> bool:
        """Whether the folder cannot be seen now."""
        return self._gone

    @property
    def waiting(self) -> tuple[Path, ...]:
        """Files that nobody has dealt with yet."""
        return tuple(file.path for file in self._waiting)

    def use(self, context: AppContext) -> None:
        """Watch for this book from now on."""
        self.leave()
        self._context = context
        context.read(lambda rooms: (rooms.inbox.folder(), rooms.inbox.offered()), lambda found: self._watch(*found))

    def leave(self) -> None:
        """Watch nothing: the book is closed."""
        self._context = None
        self._stop()
        self._reset(None, {})
        self.changed.emit()

    def choose(self, folder: Path) -> None:
        """Watch this folder for this book, also the next time it is opened."""
        if self._context is not None:
            self._context.write(
                lambda workspace, _report: workspace.inbox.choose(folder), lambda _done: self._watch(folder, {})
            )

    def forget(self) -> None:
        """Watch no folder any longer."""
        if self._context is not None:
            self._context.write(
                lambda workspace, _report: workspace.inbox.forget(), lambda _done: self._watch(None, {})
            )

    def dealt_with(self, paths: Sequence[Path]) -> None:
        """Somebody saw these and wrote or left them: they wait no longer unless they change."""
        files = tuple(file for file in self._waiting if file.path in set(paths))
        if not files or self._context is None:
            return
        self._offered |= {str(file.path): file.state for file in files}
        self._waiting = tuple(file for file in self._waiting if file not in files)
        self._context.write(lambda workspace, _report: workspace.inbox.note_offered(files), lambda _done: None)
        self.changed.emit()

    def look(self) -> None:
        """Look into the folder once, beside the window."""
        from chainbrain.intake import inbox  # noqa: PLC0415 - loaded once a folder is watched

        folder, context = self._folder, self._context
        if folder is None or context is None or self._job is not None:
            return
        job = Job(lambda _report: inbox.look(folder), reading=True)
        self._job = job
        job.succeeded.connect(lambda files: self._looked(folder, files))
        job.failed.connect(lambda failure: self._not_seen(folder, failure))
        job.finished.connect(lambda: self._ended(job))
        context.jobs.start(job)

    def _watch(self, folder: Path | None, offered: dict[str, tuple[int, int]]) -> None:
        self._stop()
        self._reset(folder, offered)
        if folder is not None:
            self._slow.start()
            self.look()
        self.changed.emit()

    def _stop(self) -> None:
        self._soon.stop()
        self._slow.stop()
        watched = [*self._watcher.directories(), *self._watcher.files()]
        if watched:
            self._watcher.removePaths(watched)

    def _looked(self, folder: Path, files: "tuple[Lying, ...]") -> None:
        from chainbrain.intake import inbox  # noqa: PLC0415 - as above

        if folder != self._folder:
            return
        self._gone = False
        if str(folder) not in self._watcher.directories():
            self._watcher.addPath(str(folder))
        found = inbox.sort(files, self._before, self._offered)
        if files != self._before and found.moving:
            self._soon.start()
        self._before = files
        ready = set(found.ready)
        self._waiting = tuple(file for file in files if file.path in ready)
        fresh = [file for file in self._waiting if self._told.get(file.path) != file.state]
        self._told |= {file.path: file.state for file in fresh}
        self.changed.emit()
        if fresh:
            self.arrived.emit([file.path for file in fresh])

    def _not_seen(self, folder: Path, failure: Failure) -> None:
        if folder != self._folder or self._context is None:
            return
        if failure.code is None:
            self._context.show_failure(failure)
        elif not self._gone:
            # Said once; the slow look goes on and finds the stick when it is back.
            self._gone = True
            self._waiting, self._before = (), ()
            self._context.show_failure(failure)
            self.changed.emit()

    def _ended(self, job: Job) -> None:
        if self._job is job:
            self._job = None
