"""A button that asks for a place and has the engine write there what is on screen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from ui.jobs import Job
from ui.views.base import AppContext
from ui.widgets import DropDownButton


class WriteButton(DropDownButton):
    """One command for each format; who derives says what is written, and how it is called."""

    def __init__(self, formats: Sequence[str]) -> None:
        super().__init__("", "export")
        self.context: AppContext | None = None
        self.commands: dict[str, QAction] = {}
        for suffix in formats:
            action = QAction(self)
            action.triggered.connect(lambda _on=False, s=suffix: self.ask(s))
            self.commands[suffix] = action
            self.menu().addAction(action)

    def title(self) -> str | None:
        """Return what the file may be called, nothing when there is nothing to write."""
        raise NotImplementedError

    def job(self, context: AppContext, path: Path) -> Job | None:
        """Begin to write, nothing when there is nothing to write; ends with ``written``."""
        raise NotImplementedError

    def retranslate(self) -> None:
        """Set every text."""
        raise NotImplementedError

    def ask(self, suffix: str) -> None:
        """Ask where to, then write."""
        title = self.title()
        if title is None:
            return
        start = f"{title}.{suffix}".replace("/", " ")
        chosen, _filter = QFileDialog.getSaveFileName(self, self.text(), start, f"*.{suffix}")
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(f".{suffix}"))

    def write(self, path: Path) -> None:
        """Have what is on screen written; the suffix decides the format."""
        job = self.job(self.context, path) if self.context is not None else None
        if job is not None:
            self.set_busy(True)
            job.finished.connect(lambda: self.set_busy(False))

    def written(self, path: Path) -> None:
        """Tell that the file is there."""
        if self.context is not None:
            self.context.notify("matched", self.tr("Written: {path}").format(path=path.name))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
