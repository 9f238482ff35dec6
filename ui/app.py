"""Starts the window: fonts, theme, language, faults, and the book asked for."""

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from chainbrain import __version__
from ui.jobs.collector import Collector
from ui.main_window import MainWindow
from ui.messages import CrashDialog
from ui.settings import UserSettings
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme
from ui.theme.translator import Language


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application object with the program's name, or the one that runs already."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    app = QApplication([sys.argv[0], *arguments])
    app.setApplicationName("ChainBrain")
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName("chainbrain")
    # A worker in Python code hands over after half a millisecond instead of five: the window answers sooner.
    sys.setswitchinterval(0.0005)
    Collector(app)
    return app


def apply_settings(settings: UserSettings) -> None:
    """Put language, theme, colours of changes and scale of this computer into effect."""
    Language.set(settings.language)
    theme = Theme.current()
    theme.set(mode=settings.theme, change_colours=settings.change_colours, scale=settings.scale)
    QApplication.setWindowIcon(QIcon(icon_pixmap("mark", theme.color("accent"), 64)))


def run(book: Path | None = None) -> int:
    """Open the window, on ``book`` or else on the start screen; returns the exit status."""
    app = make_application()
    settings = UserSettings()
    apply_settings(settings)
    Theme.current().follow_system()
    window = MainWindow(settings)
    _catch_faults(window)
    window.show()
    if book is not None:
        # After the first picture: opening may take a moment, an empty screen should not.
        QTimer.singleShot(0, lambda: window.open_book(book))
    QTimer.singleShot(0, window.load_formats)
    return app.exec()


def _catch_faults(window: MainWindow) -> None:
    """Show faults inside signal handlers instead of losing them on a console nobody sees."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        CrashDialog(details, window).open()

    sys.excepthook = caught
