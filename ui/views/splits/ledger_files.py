"""Files that leave the ledger and come to it: a store's statement, and the fairness file of the other side."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from chainbrain.ledger import fairness
from chainbrain.reports.files import replacing
from ui.theme.translator import Language
from ui.views.base import AppContext
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.ledger.lines import LedgerMonth
    from chainbrain.workspace import Rooms


class LedgerFiles(QObject):
    """Writes and compares files of the chosen store's month; ``compared(tuple[Compared, ...])`` line by line."""

    compared = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._dialogs_of = parent
        self._context: AppContext | None = None
        self._month: LedgerMonth | None = None

    def use(self, context: AppContext) -> None:
        """Take the open book."""
        self._context = context

    def choose(self, month: LedgerMonth | None) -> None:
        """Take the month of the store that is chosen now."""
        self._month = month

    def write_statement(self, path: Path) -> None:
        """Write the statement of the chosen store's month."""
        chosen, language = self._month, Language.current()
        if chosen is not None and self._context is not None:
            month, store = f"{chosen.month:%Y-%m}", chosen.store
            self._context.read(
                lambda rooms: rooms.reports.write("statement", path, language, month=month, store=store),
                lambda _rows: self._wrote(path),
            )

    def write_fairness(self, path: Path) -> None:
        """Write the fairness file of the chosen store's month."""
        chosen = self._month
        if chosen is not None and self._context is not None:
            self._context.read(
                lambda rooms: _give(rooms, chosen.store, chosen.month, path), lambda _none: self._wrote(path)
            )

    def compare(self, path: Path) -> None:
        """Hold the other side's file against this book."""
        if self._context is not None:
            self._context.read(lambda rooms: _compare(rooms, path), self.compared.emit)

    def ask_statement(self) -> None:
        """Ask where the statement goes."""
        if (path := self._save_as(word("report.statement"), ".pdf", "*.pdf *.xlsx")) is not None:
            self.write_statement(path)

    def ask_fairness(self) -> None:
        """Ask where the fairness file goes."""
        if (path := self._save_as(self.tr("Fairness file"), fairness.SUFFIX, f"*{fairness.SUFFIX}")) is not None:
            self.write_fairness(path)

    def ask_compare(self) -> None:
        """Ask for the other side's file."""
        title = self.tr("Compare a fairness file")
        chosen, _filter = QFileDialog.getOpenFileName(self._dialogs_of, title, "", f"*{fairness.SUFFIX}")
        if chosen:
            self.compare(Path(chosen))

    def _wrote(self, path: Path) -> None:
        if self._context is not None:
            self._context.notify("matched", self.tr("Written: {path}").format(path=path.name))

    def _save_as(self, title: str, suffix: str, pattern: str) -> Path | None:
        row = self._month
        if row is None:
            return None
        start = f"{title} {row.store} {row.month:%Y-%m}{suffix}"
        chosen, _filter = QFileDialog.getSaveFileName(self._dialogs_of, title, start, pattern)
        path = Path(chosen) if chosen else None
        return path if path is None or path.suffix else path.with_suffix(suffix)


def _give(rooms: Rooms, store: str, month: date, path: Path) -> None:
    content = fairness.of_book(rooms.ledger, rooms.splits, store, month)
    with replacing(path) as temporary:
        fairness.write(content, temporary)


def _compare(rooms: Rooms, path: Path) -> tuple[fairness.Compared, ...]:
    theirs = fairness.read(path)
    return fairness.compare(theirs, fairness.of_book(rooms.ledger, rooms.splits, theirs.store, theirs.month))
