"""The button 导出 of the kept scenarios: the comparison, or the plan beside what came, as it is on screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from ui.messages import word
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.widgets import DropDownButton

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

Write = Callable[["Rooms", Path, str], int]
_FORMATS = ("xlsx", "pdf", "csv")


class KeptExport(DropDownButton):
    """Asks for a place and has the engine write.

    Args:
        shown: returns the name of the report that is on screen and what writes it; nothing when there is none.
    """

    def __init__(self, shown: Callable[[], tuple[str, Write] | None]) -> None:
        super().__init__("", "export")
        self._shown = shown
        self.context: AppContext | None = None
        self.commands: dict[str, QAction] = {}
        for suffix in _FORMATS:
            action = QAction(self)
            action.triggered.connect(lambda _on=False, s=suffix: self.ask(s))
            self.commands[suffix] = action
            self.menu().addAction(action)
        self.retranslate()

    def ask(self, suffix: str) -> None:
        """Ask where to, then write."""
        shown = self._shown()
        if shown is None:
            return
        start = f"{word(f'report.{shown[0]}')}.{suffix}"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.text(), start, f"*.{suffix}")
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(f".{suffix}"))

    def write(self, path: Path) -> None:
        """Have what is on screen written; the suffix decides the format."""
        shown, context = self._shown(), self.context
        if shown is None or context is None:
            return
        (_name, write), language = shown, Language.current()
        self.set_busy(True)

        def done(_rows: int) -> None:
            context.notify("matched", self.tr("Written: {path}").format(path=path.name))

        job = context.read(lambda rooms: write(rooms, path, language), done)
        job.finished.connect(lambda: self.set_busy(False))

    def retranslate(self) -> None:
        """Set every text."""
        self.setText(self.tr("Export"))
        formats = {"xlsx": self.tr("Excel workbook"), "pdf": self.tr("PDF to print"), "csv": self.tr("CSV table")}
        for suffix, action in self.commands.items():
            action.setText(formats[suffix])

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
