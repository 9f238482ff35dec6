"""How soon a key press is answered on the screen: pressed for real, and timed until its answer has been painted."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

_PATIENCE = 20.0
_TURN = 0.0005


@dataclass(frozen=True)
class Press:
    """One key press and its answer, in milliseconds.

    Attributes:
        what: what was asked for.
        clock: by the clock on the wall.
        window: time of the processor that the window's own thread took.
        whole: time of the processor that the whole program took, work beside the window included.
        busy: whether a word was on its way to the disk, or a reconciliation ran, when the key was pressed.
    """

    what: str
    clock: float
    window: float
    whole: float
    busy: bool


class Painted(QObject):
    """Counts how often the watched widgets were painted."""

    def __init__(self, widgets: Sequence[QWidget]) -> None:
        super().__init__()
        self.count = 0
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count a painting; nothing is kept from the widget."""
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False


def answered(
    what: str, key: Qt.Key, modifier: Qt.KeyboardModifier, seen: Callable[[], bool], painted: Painted, *, busy: bool
) -> Press:
    """Press a key where the keyboard is and wait until it has been answered: ``seen`` holds and it was painted."""
    target, before = QApplication.focusWidget(), painted.count
    assert target is not None
    clock, window, whole = time.perf_counter(), time.thread_time(), time.process_time()
    QTest.keyClick(target, key, modifier)
    until(lambda: seen() and painted.count > before, f"no answer to {what}")
    return Press(
        what,
        (time.perf_counter() - clock) * 1000,
        (time.thread_time() - window) * 1000,
        (time.process_time() - whole) * 1000,
        busy,
    )


def until(true: Callable[[], bool], complaint: str = "no answer came") -> None:
    """Let the window work until something is true."""
    end = time.monotonic() + _PATIENCE
    QCoreApplication.processEvents()
    while not true():
        assert time.monotonic() < end, complaint
        time.sleep(_TURN)
        QCoreApplication.processEvents()
