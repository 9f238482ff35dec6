"""The button beneath a form: it works the form out, and while that takes it stops it."""

from collections.abc import Callable

from PySide6.QtCore import Signal

from ui.theme.translator import translate
from ui.widgets import PrimaryButton


class RunButton(PrimaryButton):
    """``run_asked`` or ``stop_asked``; ``words`` says what it does when nothing is under way."""

    run_asked = Signal()
    stop_asked = Signal()

    def __init__(self, words: Callable[[], str]) -> None:
        super().__init__()
        self._words, self._running = words, False
        self.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().verticalPolicy())
        self.clicked.connect(self._ask)

    def set_running(self, running: bool) -> None:
        """Turn into a stop while figures are worked out."""
        self._running = running
        self.set_busy(running)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setText(translate("Working, stop") if self._running else self._words())
        self.set_hint("" if self._running else "F9")

    def _ask(self) -> None:
        (self.stop_asked if self._running else self.run_asked).emit()
