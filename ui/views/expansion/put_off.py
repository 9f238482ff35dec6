"""A page of the expansion screen that reads only when somebody looks at it."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.views.base import AppContext
from ui.views.parts.reader import Loader


class PutOffPage(QWidget):
    """Reads when it is shown and something may have moved since it last was; subclasses say what in ``load``."""

    def __init__(self) -> None:
        super().__init__()
        self.context: AppContext | None = None
        self._stale = False

    def set_context(self, context: AppContext) -> None:
        """Take the open book: what its loaders fail at is shown by it."""
        for loader in self.loaders():
            loader.tell(context.show_failure)
        self.context = context

    def refresh(self) -> None:
        """Read again, as soon as it is looked at."""
        self._stale = True
        if self.isVisible():
            self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what was put off."""
        super().showEvent(event)
        if self._stale:
            self._read()

    def loaders(self) -> tuple[Loader, ...]:
        """Everything that reads for this page."""
        return ()

    def load(self, context: AppContext) -> None:
        """Start to read."""

    def _read(self) -> None:
        if self.context is not None:
            self._stale = False
            self.load(self.context)
