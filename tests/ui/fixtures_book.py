"""A small real chain for the screens: exports, a reconciled book, one whose bank says little, a place to show it."""

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTimer
from silent_bank import silence

from chainbrain.changes import Changes
from chainbrain.demo import generate
from chainbrain.workspace import Workspace
from ui.jobs import Failure, JobRunner
from ui.settings import UserSettings
from ui.views.base import AppContext, View

_PATIENCE_SECONDS = 60


@pytest.fixture(scope="session")
def exports(tmp_path_factory) -> Path:
    """Every file of three stores over seven days."""
    return generate(tmp_path_factory.mktemp("chain"), stores=3, days=7).exports


@pytest.fixture(scope="session")
def imported_book(exports, tmp_path_factory) -> Path:
    """A book with all of them, not yet reconciled; copy it before changing it."""
    path = tmp_path_factory.mktemp("imported") / "book.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([exports]))
    return path


@pytest.fixture(scope="session")
def reconciled_book(imported_book, tmp_path_factory) -> Path:
    """The same, reconciled; copy it before changing it."""
    path = copy_of(imported_book, tmp_path_factory.mktemp("full"))
    with Workspace.open(path) as workspace:
        workspace.reconcile()
    return path


@pytest.fixture(scope="session")
def silent_bank_book(exports, tmp_path_factory) -> Path:
    """The same chain, but two bank accounts name neither payer nor batch: most deposits can only be suggested."""
    folder = tmp_path_factory.mktemp("silent")
    shutil.copytree(exports, folder / "exports")
    silence(folder / "exports")
    return book_of(folder / "book.chainbrain", folder / "exports")


def book_of(path: Path, exports: Path) -> Path:
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([exports]))
        workspace.reconcile()
    return path


def copy_of(book: Path, folder: Path) -> Path:
    """Copy a closed book with its safe."""
    target = folder / book.name
    shutil.copy(book, target)
    safe = book.with_name(book.name + ".safe")
    if safe.exists():
        shutil.copytree(safe, folder / safe.name)
    return target


@dataclass
class Desk:
    """An open book with one screen on it, and what the screen asked of the window."""

    view: View
    workspace: Workspace
    jobs: JobRunner
    context: AppContext
    told: list[tuple[str, str, str, Callable[[], None] | None]] = field(default_factory=list)
    gone_to: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)

    def settle(self) -> None:
        """Let everything that was asked for arrive, timers included; one answer may ask the next question."""
        end = time.monotonic() + _PATIENCE_SECONDS
        quiet = 0
        while quiet < 2:
            assert time.monotonic() < end, "the screen never came to rest"
            self.jobs.wait_idle(5_000)
            for _ in range(4):
                QCoreApplication.processEvents()
            quiet = quiet + 1 if self.jobs.is_idle() and not self._waiting() else 0
        assert not self.failures, self.failures[0].details

    def _waiting(self) -> bool:
        """Let what waits for a pause happen now."""
        waiting = [one for one in self.view.findChildren(QTimer) if one.isSingleShot() and one.isActive()]
        for one in waiting:
            one.stop()
            one.timeout.emit()
        return bool(waiting)


@pytest.fixture
def desk(qtbot, tmp_path) -> Iterator[Callable[[type[View], Path | None], Desk]]:
    """Return a function that puts a screen on a copy of a book (or on an empty one)."""
    opened: list[Desk] = []

    def put(kind: type[View], book: Path | None = None, size: tuple[int, int] = (1240, 848)) -> Desk:
        path = copy_of(book, tmp_path) if book is not None else tmp_path / "new.chainbrain"
        workspace = Workspace.open_or_create(path)
        jobs, view = JobRunner(), kind()
        place = Desk(view, workspace, jobs, _context(workspace, jobs))
        place.context.notify = lambda kind, text, action="", on_action=None: place.told.append(
            (kind, text, action, on_action)
        )
        place.context.navigate = lambda key, **filters: place.gone_to.append((key, filters))
        place.context.show_failure = place.failures.append

        def changed(moved: Changes) -> None:
            place.changes.append(moved)
            view.refresh(moved)

        place.context.changed = changed
        opened.append(place)
        qtbot.addWidget(view)
        view.set_workspace(place.context)
        view.resize(*size)
        view.show()
        # Keys reach only the active window.
        view.activateWindow()
        qtbot.waitUntil(view.isActiveWindow)
        view.refresh()
        place.settle()
        return place

    yield put
    for place in opened:
        assert place.jobs.close(30), "a worker outlived its test"
        place.workspace.close()


def _context(workspace: Workspace, jobs: JobRunner) -> AppContext:
    def nothing(*_given: object) -> None:
        return None

    return AppContext(
        workspace=workspace,
        rooms=workspace.reading(),
        info=workspace.info(),
        jobs=jobs,
        settings=UserSettings(),
        navigate=nothing,
        notify=nothing,
        show_failure=nothing,
        changed=nothing,
        open_book=nothing,
        import_files=nothing,
        undo=nothing,
    )
