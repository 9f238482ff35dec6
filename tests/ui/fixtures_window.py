"""A window on plain screens, and the same with a book open."""

import pytest
from PySide6.QtGui import QAction

import ui.shell.view_stack
from ui import session
from ui.main_window import MainWindow
from ui.settings import UserSettings
from ui.views.base import View
from ui.views.parts.reader import Loader
from ui.views.registry import ViewEntry, entry
from ui.views.settings.view import SettingsView


class Plain(View):
    """A screen that remembers what it was told."""

    def __init__(self) -> None:
        super().__init__()
        self.refreshed, self.filters, self.files = [], {}, []
        self.command, self.loader = QAction("Count the till", self), Loader(self)

    def title(self):
        return "Plain"

    def refresh(self, changes=None):
        self.refreshed.append(changes)

    def open_with(self, **filters):
        self.filters = filters

    def actions(self):
        return [self.command]

    def accept_files(self, paths):
        self.files.extend(paths)
        return True

    def badge_count(self):
        return 3


class Plainer(ViewEntry):
    def load(self):
        return Plain() if self.key != "settings" else SettingsView()


@pytest.fixture
def window(qtbot, monkeypatch, tmp_path):
    def plain(key):
        found = entry(key)
        return Plainer(found.key, found.module, found.name, found.title, found.icon, found.group)

    monkeypatch.setattr(ui.shell.view_stack, "entry", plain)
    monkeypatch.setattr(session, "demo_folder", lambda: tmp_path / "demo")
    shown = MainWindow(UserSettings())
    qtbot.addWidget(shown)
    shown.resize(1440, 900)
    shown.show()
    yield shown
    shown.close()


@pytest.fixture
def opened(qtbot, window, tmp_path):
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        window.new_book(tmp_path / "青禾.chainbrain")
    assert window.jobs.wait_idle(10_000)
    return window
