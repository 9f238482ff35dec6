"""The button 董事会材料: what is worked out, or the kept scenario that is shown, as a workbook or as pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from chainbrain.expansion.kept import Worked
from chainbrain.progress import Report
from ui.messages import word
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.widgets import DropDownButton

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace

WorkOut = Callable[["Workspace", Report], Worked]
_FORMATS = ("xlsx", "pdf")


class PackButton(DropDownButton):
    """Asks for a place and has the pack written.

    Args:
        asked: returns a name and what works the scenario out, or the name of a kept one and nothing; nothing at all
            when there is no scenario.
    """

    def __init__(self, asked: Callable[[], tuple[str, WorkOut | None] | None]) -> None:
        super().__init__("", "export")
        self._asked = asked
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
        asked = self._asked()
        if asked is None:
            return
        start = f"{word('report.board-pack')} {asked[0]}.{suffix}".replace("/", " ")
        chosen, _filter = QFileDialog.getSaveFileName(self, self.text(), start, f"*.{suffix}")
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(f".{suffix}"))

    def write(self, path: Path) -> None:
        """Have the pack written; the suffix decides the format."""
        asked, context = self._asked(), self.context
        if asked is None or context is None:
            return
        (name, work_out), language = asked, Language.current()

        def done(_rows: int) -> None:
            context.notify("matched", self.tr("Written: {path}").format(path=path.name))

        self.set_busy(True)
        if work_out is None:
            job = context.read(lambda rooms: rooms.reports.write("board-pack", path, language, scenario=name), done)
        else:
            job = context.write(
                lambda workspace, report: workspace.reports.write_board(
                    name, work_out(workspace, report), path, language
                ),
                done,
                self.text(),
            )
        job.finished.connect(lambda: self.set_busy(False))

    def retranslate(self) -> None:
        """Set every text."""
        self.setText(word("report.board-pack"))
        texts = {"xlsx": self.tr("Excel workbook with formulas"), "pdf": self.tr("PDF to print")}
        for suffix, action in self.commands.items():
            action.setText(texts[suffix])
            action.setToolTip(f"{word('report.board-pack')} {texts[suffix]}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
