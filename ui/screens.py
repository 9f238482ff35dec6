"""Renders every page to PNG: both themes, two window sizes, 150 %, empty and full; for people and CI artefacts."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ui.app import make_application
from ui.jobs import Failure
from ui.main_window import MainWindow
from ui.session import SUFFIX
from ui.settings import RecentBook, UserSettings
from ui.theme.theme import Mode, Theme
from ui.theme.translator import Language
from ui.views.gallery.view import GalleryView
from ui.views.imports.view import ImportsView
from ui.views.parts.format_help import FormatHelp
from ui.views.registry import VIEWS


@dataclass(frozen=True)
class Look:
    """One way to look at every page; ``scale`` enlarges everything in a window of ``size``."""

    name: str
    mode: Mode
    size: QSize
    scale: float = 1.0
    language: str = Language.CHINESE


LOOKS = (
    Look("1440-light", Mode.LIGHT, QSize(1440, 900)),
    Look("1440-dark", Mode.DARK, QSize(1440, 900)),
    Look("1280-light", Mode.LIGHT, QSize(1280, 800)),
    Look("150-light", Mode.LIGHT, QSize(1440, 900), 1.5),
    Look("150-dark", Mode.DARK, QSize(1440, 900), 1.5),
    Look("1440-english", Mode.LIGHT, QSize(1440, 900), language=Language.ENGLISH),
)
_SETTLE_ROUNDS = 6
# Longer than a screen waits after a move before it reads what the chosen line says.
_PAUSE_MS = 100


class PageFailed(Exception):
    """A page could not be shown; the text says why."""


def render_all(directory: Path, book: Path | None, statements: Path | None = None) -> list[Path]:
    """Write every page to ``directory`` and return the files.

    Args:
        directory: made when missing.
        book: shown as the full state; None renders only the empty state.
        statements: files that the import screen plans and shows one by one, in every look; nothing is written.

    Raises:
        PageFailed: a page reported a failure while it was shown.
    """
    directory.mkdir(parents=True, exist_ok=True)
    app = make_application()
    written: list[Path] = []
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        settings = UserSettings(folder / "settings.ini")
        states = [("empty", folder / f"empty{SUFFIX}")]
        if book is not None:
            states.append(("full", book))
        for state, path in states:
            window = MainWindow(settings)
            try:
                written.extend(_render_state(app, window, state, path, directory))
                if statements is not None:
                    written.extend(_render_plan(app, window, state, statements, directory))
            finally:
                window.close()
                app.processEvents()
                # Otherwise it would go on following every look of the pictures after it.
                window.deleteLater()
                app.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    return [*written, _components(app, directory)]


def _render_state(app: QApplication, window: MainWindow, state: str, path: Path, directory: Path) -> Iterator[Path]:
    failures: list[str] = []

    def failed(failure: Failure) -> None:
        failures.append(failure.details)

    window.show_failure = failed  # type: ignore[method-assign]
    window.session.failed.connect(failed)
    window.load_formats()
    if state == "full":
        window.settings.remember(RecentBook(path, datetime.now(), 12, "2026-10-31", demo=True))
    for look in LOOKS:
        _dress(window, look)
        window.start.show_recent(window.settings.recent if state == "full" else ())
        window.show()
        yield _shot(app, window, directory / f"start-{state}-{look.name}.png", failures)
    window.new_book(path)
    for look in LOOKS:
        _dress(window, look)
        _settle(app, window)
        for item in VIEWS:
            window.navigate(item.key)
            yield _shot(app, window, directory / f"{item.key}-{state}-{look.name}.png", failures)


def _render_plan(
    app: QApplication, window: MainWindow, state: str, statements: Path, directory: Path
) -> Iterator[Path]:
    """Every file of a plan on the import screen, then the help of its formats."""
    failures: list[str] = []
    window.show_failure = lambda failure: failures.append(failure.details)  # type: ignore[method-assign]
    window.navigate("imports")
    view = window.view("imports")
    assert isinstance(view, ImportsView)
    view.accept_files([statements])
    _settle(app, window)
    lines = [n for n in range(view.stage.files.files.rowCount()) if view.stage.files.files.entry(n).plan is not None]
    for look in LOOKS:
        _dress(window, look)
        for number, line in enumerate(lines, 1):
            view.stage.files.choose(line)
            yield _shot(app, window, directory / f"imports-plan{number:02d}-{state}-{look.name}.png", failures)
        dialog = FormatHelp("wechat-merchant-trade", window)
        dialog.show()
        app.processEvents()
        target = directory / f"format-help-{state}-{look.name}.png"
        dialog.grab().save(str(target))
        dialog.close()
        yield target


def _components(app: QApplication, directory: Path) -> Path:
    """Every component in both themes on one long picture, to lay beside the drawings."""
    Language.set(Language.CHINESE)
    Theme.current().set(mode=Mode.LIGHT, change_colours="red_up", scale=1.0)
    view = GalleryView()
    view.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    view.resize(1440, 900)
    view.show()
    app.processEvents()
    view.draw_other()
    app.processEvents()
    target = directory / "components.png"
    view.whole_picture().save(str(target))
    view.close()
    view.deleteLater()
    return target


def _dress(window: MainWindow, look: Look) -> None:
    Language.set(look.language)
    Theme.current().set(mode=look.mode, change_colours="red_up", scale=look.scale)
    window.resize(look.size)


def _settle(app: QApplication, window: MainWindow) -> None:
    """Let jobs end and their results be drawn; a result, or a pause after a move, may start further jobs."""
    for _ in range(_SETTLE_ROUNDS):
        window.jobs.wait_idle()
        app.processEvents()
    pause = QEventLoop()
    QTimer.singleShot(_PAUSE_MS, pause.quit)
    pause.exec()
    window.jobs.wait_idle()
    app.processEvents()


def _shot(app: QApplication, window: MainWindow, target: Path, failures: list[str]) -> Path:
    _settle(app, window)
    if failures:
        raise PageFailed(f"{target.stem}: {failures[0]}")
    window.grab().save(str(target))
    return target
