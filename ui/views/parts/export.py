"""The 导出 button: what is on screen as a workbook, a text table or a PDF."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog

from chainbrain.reports.room import ReportRoom
from ui.messages import word
from ui.theme import metrics as m
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.widgets import DropDownButton

_FORMATS = ("xlsx", "pdf", "csv")


class ExportButton(DropDownButton):
    """Asks for a format and a place, then has the engine write the report; ``wrote(path)`` when done.

    Args:
        names: the reports a screen offers, the first one being what it shows most of.
        filters: takes the name of a report and returns the filters as they are on screen now.
        small: only its sign, as the head of a card has room for.
    """

    wrote = Signal(object)

    def __init__(
        self, names: Sequence[str], filters: Callable[[str], Mapping[str, object]], *, small: bool = False
    ) -> None:
        super().__init__("", "export", m.CONTROL_SMALL if small else m.CONTROL)
        self._small = small
        self.setProperty("afterSearch", True)
        self._names, self._filters = tuple(names), filters
        self.context: AppContext | None = None
        self._commands: dict[tuple[str, str], QAction] = {}
        for name in self._names:
            for suffix in _FORMATS:
                action = QAction(self)
                action.triggered.connect(lambda _on=False, n=name, s=suffix: self.ask(n, s))
                self._commands[name, suffix] = action
        self.retranslate()

    def commands(self) -> list[QAction]:
        """Return one command per report and format, for the menu and the command search."""
        return list(self._commands.values())

    def ask(self, name: str, suffix: str) -> None:
        """Ask where to, then write."""
        start = f"{word(f'report.{name}')}.{suffix}"
        chosen, _filter = QFileDialog.getSaveFileName(self, self.tr("Export"), start, f"*.{suffix}")
        if chosen:
            path = Path(chosen)
            self.write(name, path if path.suffix else path.with_suffix(f".{suffix}"))

    def write(self, name: str, path: Path) -> None:
        """Have a report written to ``path``; the suffix decides the format."""
        context = self.context
        if context is None:
            return
        language = Language.current()
        filters, useless = ReportRoom.narrowed(name, self._filters(name))
        self.set_busy(True)
        job = context.read(
            lambda rooms: rooms.reports.write(name, path, language, **filters),
            lambda _rows: self._written(path, useless),
        )
        job.finished.connect(lambda: self.set_busy(False))

    def retranslate(self) -> None:
        """Set the texts and build the menu."""
        self.setText("" if self._small else self.tr("Export"))
        self.setAccessibleName(self.tr("Export"))
        self.setToolTip(self.tr("Export") if self._small else "")
        formats = {"xlsx": self.tr("Excel workbook"), "pdf": self.tr("PDF to print"), "csv": self.tr("CSV table")}
        menu = self.menu()
        menu.clear()
        for name in self._names:
            title = word(f"report.{name}")
            target = menu.addMenu(title) if len(self._names) > 1 else menu
            for suffix in _FORMATS:
                action = self._commands[name, suffix]
                action.setText(formats[suffix])
                action.setToolTip(f"{self.tr('Export')} {title} {formats[suffix]}")
                target.addAction(action)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _written(self, path: Path, useless: Sequence[str] = ()) -> None:
        """Say what was written, and by what of the screen it could not be narrowed."""
        if self.context is not None:
            said = self.tr("Written: {path}").format(path=path.name)
            whole = dict.fromkeys(word(f"report_whole.{key}") for key in useless)
            self.context.notify("matched", " ".join((said, *whole)))
        self.wrote.emit(path)
