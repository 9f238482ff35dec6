"""A small demo chain for the tests of the screens: made, imported and reconciled once, then only read."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from chainbrain.demo import generate
from chainbrain.workspace import Workspace
from ui.jobs import Failure, JobRunner
from ui.settings import UserSettings
from ui.views.base import AppContext

STORES, DAYS = 3, 56


@dataclass
class Heard:
    """What a screen asked of the window around it."""

    navigated: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    notices: list[tuple[str, str]] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    changes: list[object] = field(default_factory=list)


def context_of(workspace: Workspace, jobs: JobRunner, heard: Heard) -> AppContext:
    """Return what the window would hand to its screens, with ears instead of a window."""
    return AppContext(
        workspace=workspace,
        rooms=workspace.reading(),
        info=workspace.info(),
        jobs=jobs,
        settings=UserSettings(),
        navigate=lambda key, **filters: heard.navigated.append((key, filters)),
        notify=lambda kind, text, action="", on_action=None: heard.notices.append((kind, text)),
        show_failure=heard.failures.append,
        changed=heard.changes.append,
        open_book=lambda path: None,
        import_files=lambda paths: None,
        undo=lambda: None,
    )


def book_of(folder: Path, files: Path) -> Path:
    """Return a closed, reconciled book with these files."""
    path = folder / "book.chainbrain"
    with Workspace.create(path) as workspace:
        workspace.imports.apply(workspace.imports.plan([files]))
        workspace.reconcile()
    return path


def copy_of(book: Path, folder: Path) -> Workspace:
    """Return an open copy of a closed book, to write to."""
    return Workspace.open(copy_to(book, folder))


def copy_to(book: Path, folder: Path) -> Path:
    """Copy a book with its safe and return the path of the copy."""
    path = folder / "copy.chainbrain"
    shutil.copyfile(book, path)
    safe = book.with_name(book.name + ".safe")
    shutil.copytree(safe, path.with_name(path.name + ".safe"), ignore=shutil.ignore_patterns("lock*"))
    return path


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of the small chain."""
    folder = tmp_path_factory.mktemp("chain")
    generate(folder, stores=STORES, days=DAYS)
    return folder / "exports"


@pytest.fixture(scope="session")
def demo_book(demo_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small chain as a closed, reconciled book; tests that write take ``demo_copy``."""
    path = tmp_path_factory.mktemp("book") / "chain.chainbrain"
    with Workspace.create(path, demo=True) as workspace:
        workspace.imports.apply(workspace.imports.plan([demo_files]))
        workspace.reconcile()
    return path


@pytest.fixture(scope="session")
def demo_workspace(demo_book: Path) -> Iterator[Workspace]:
    """The small chain, open for reading by every test."""
    with Workspace.open(demo_book) as workspace:
        yield workspace


@pytest.fixture
def demo_copy(demo_book: Path, tmp_path: Path) -> Iterator[Workspace]:
    """A book of one test's own, to write to."""
    with copy_of(demo_book, tmp_path) as workspace:
        yield workspace


@pytest.fixture
def heard() -> Iterator[Heard]:
    """What the screen under test asked for; a failure nobody expected fails the test."""
    ears = Heard()
    yield ears
    assert not ears.failures, ears.failures[0].details


@pytest.fixture
def context(demo_workspace: Workspace, jobs: JobRunner, heard: Heard) -> AppContext:
    """The small chain as the window hands it to its screens."""
    return context_of(demo_workspace, jobs, heard)


@pytest.fixture
def empty_context(tmp_path: Path, jobs: JobRunner, heard: Heard) -> Iterator[AppContext]:
    """A book without anything in it."""
    with Workspace.create(tmp_path / "empty.chainbrain") as workspace:
        yield context_of(workspace, jobs, heard)
