"""Every window test: no display, its own settings file, shipped fonts, and no warning from Qt."""

import os
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from ui.jobs import Job, JobRunner
from ui.jobs.collector import Collector
from ui.models import PagedModel, RowsModel
from ui.theme.theme import Mode, Theme
from ui.theme.tokens import ChangeColours, tokens_for
from ui.theme.translator import Language
from ui.views.base import View
from ui.widgets import DataTable

# What a platform without a screen says about windows.
_HARMLESS = ("This plugin does not support",)


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINBRAIN_CONFIG", str(tmp_path / "settings.ini"))


@pytest.fixture(scope="session", autouse=True)
def collected_here(qapp: QApplication) -> Collector:
    """As in the program: a job that collects what a test threw away takes it from under the window."""
    return Collector(qapp)


@pytest.fixture(scope="session")
def gone_elsewhere() -> Iterator[list[str]]:
    """Jobs, screens, tables and their models that another thread than the window's let go last."""
    here, gone = threading.get_ident(), []

    def note(kind: str) -> None:
        if threading.get_ident() != here:
            gone.append(f"{kind} in {threading.current_thread().name}")

    def watched(kind: type) -> None:
        make = kind.__init__

        def made(self: object, *given: object, **named: object) -> None:
            make(self, *given, **named)
            weakref.finalize(self, note, type(self).__name__).atexit = False

        watching.setattr(kind, "__init__", made)

    with pytest.MonkeyPatch.context() as watching:
        for kind in (Job, View, DataTable, RowsModel, PagedModel):
            watched(kind)
        yield gone


@pytest.fixture(autouse=True)
def nothing_goes_in_a_worker(gone_elsewhere: list[str]) -> Iterator[None]:
    """What the window shows is taken apart where it is painted: elsewhere the program falls, but not every time."""
    yield
    gone, gone_elsewhere[:] = list(gone_elsewhere), []
    assert not gone, gone


@pytest.fixture(autouse=True)
def plain_look(qapp) -> Iterator[None]:
    _put_plain(qapp)
    yield
    # What its jobs still have to say first; then what the test threw away goes, which it would not without a loop of
    # events, and would be styled with all that comes later.
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    _put_plain(qapp)


def _put_plain(qapp: QApplication) -> None:
    """Chinese, light and of plain size; what is so already is left alone, as all widgets would be styled again."""
    if Language.current() != Language.CHINESE:
        Language.set(Language.CHINESE)
    theme = Theme.current()
    look = (theme.mode, theme.change_colours, theme.scale, theme.tokens)
    plain = (Mode.LIGHT, ChangeColours.RED_UP, 1.0, tokens_for(False, ChangeColours.RED_UP))
    if look != plain or not qapp.styleSheet():
        theme.set(mode=Mode.LIGHT, change_colours=ChangeColours.RED_UP, scale=1.0)


@pytest.fixture(autouse=True)
def no_qt_warnings(qtlog) -> Iterator[None]:
    yield
    heard = [record.message for record in qtlog.records if not record.message.startswith(_HARMLESS)]
    assert not heard, heard


@pytest.fixture
def jobs(qapp) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    assert runner.close(10), "a worker outlived its test"
