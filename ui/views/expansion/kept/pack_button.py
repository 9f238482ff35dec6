"""The button 董事会材料: what is worked out, or the kept scenario that is shown, as a workbook or as pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from chainbrain.expansion.kept import Worked
from chainbrain.progress import Report
from ui.jobs import Job
from ui.messages import word
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.views.expansion.kept.write_button import WriteButton

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace

WorkOut = Callable[["Workspace", Report], Worked]
_FORMATS = ("xlsx", "pdf")


class PackButton(WriteButton):
    """Writes the pack for the board.

    Args:
        asked: returns a name and what works the scenario out, or the name of a kept one and nothing; nothing at all
            when there is no scenario.
    """

    def __init__(self, asked: Callable[[], tuple[str, WorkOut | None] | None]) -> None:
        super().__init__(_FORMATS)
        self._asked = asked
        self.retranslate()

    def title(self) -> str | None:
        """Return the name of the pack with that of the scenario."""
        asked = self._asked()
        return None if asked is None else f"{word('report.board-pack')} {asked[0]}"

    def job(self, context: AppContext, path: Path) -> Job | None:
        """Begin to write the pack."""
        asked = self._asked()
        if asked is None:
            return None
        (name, work_out), language = asked, Language.current()

        def done(_rows: int) -> None:
            self.written(path)

        if work_out is None:
            return context.read(lambda rooms: rooms.reports.write("board-pack", path, language, scenario=name), done)
        return context.write(
            lambda workspace, report: workspace.reports.write_board(name, work_out(workspace, report), path, language),
            done,
            self.text(),
        )

    def retranslate(self) -> None:
        """Set every text."""
        self.setText(word("report.board-pack"))
        texts = {"xlsx": self.tr("Excel workbook with formulas"), "pdf": self.tr("PDF to print")}
        for suffix, action in self.commands.items():
            action.setText(texts[suffix])
            action.setToolTip(f"{word('report.board-pack')} {texts[suffix]}")
