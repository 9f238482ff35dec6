"""The button 导出 of the kept scenarios: the comparison, or the plan beside what came, as it is on screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from ui.jobs import Job
from ui.messages import word
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.views.expansion.kept.write_button import WriteButton

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

Write = Callable[["Rooms", Path, str], int]
_FORMATS = ("xlsx", "pdf", "csv")


class KeptExport(WriteButton):
    """Writes the report that is on screen.

    Args:
        shown: returns the name of the report that is on screen and what writes it; nothing when there is none.
    """

    def __init__(self, shown: Callable[[], tuple[str, Write] | None]) -> None:
        super().__init__(_FORMATS)
        self._shown = shown
        self.retranslate()

    def title(self) -> str | None:
        """Return the name of the report."""
        shown = self._shown()
        return None if shown is None else word(f"report.{shown[0]}")

    def job(self, context: AppContext, path: Path) -> Job | None:
        """Begin to write the report."""
        shown = self._shown()
        if shown is None:
            return None
        (_name, write), language = shown, Language.current()
        return context.read(lambda rooms: write(rooms, path, language), lambda _rows: self.written(path))

    def retranslate(self) -> None:
        """Set every text."""
        self.setText(self.tr("Export"))
        formats = {"xlsx": self.tr("Excel workbook"), "pdf": self.tr("PDF to print"), "csv": self.tr("CSV table")}
        for suffix, action in self.commands.items():
            action.setText(formats[suffix])
