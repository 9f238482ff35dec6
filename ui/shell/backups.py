"""Asks where a backup goes, or which one to restore and where to."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from ui import session as sessions

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Backups(QObject):
    """Backs the open book up and restores one, through the window's session.

    A book is closed for its backup, since only then its file holds everything, and opened again after it.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.session.backed_up.connect(self._tell)

    def choose_folder(self) -> None:
        """Ask for the folder of the backup."""
        if self._window.context is None:
            return
        name = QFileDialog.getExistingDirectory(
            self._window, self.tr("Where shall the backup go?"), str(sessions.books_folder())
        )
        if name:
            self.back_up(Path(name))

    def choose_backup(self) -> None:
        """Ask for a backup, and for the book that it becomes."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Which backup?"), str(sessions.books_folder()), self.tr("Backups (*.zip)")
        )
        if not name:
            return
        proposal = sessions.books_folder() / f"{Path(name).stem}-{datetime.now():%H%M}{sessions.SUFFIX}"
        target, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Where shall the restored book be?"), str(proposal), self.tr("Books (*.chainbrain)")
        )
        if target:
            path = Path(target)
            whole = path if path.suffix == sessions.SUFFIX else path.with_name(path.name + sessions.SUFFIX)
            self.restore(Path(name), whole)

    def back_up(self, folder: Path) -> None:
        """Close the open book, back it up into ``folder``, and open it again."""
        if self._window.context is not None:
            path = self._window.context.info.path
            self._window.change_book(
                lambda: self._window.session.back_up(path, folder), self.tr("Backing up {name}").format(name=path.stem)
            )

    def restore(self, source: Path, target: Path) -> None:
        """Restore a backup as ``target`` and open it."""
        self._window.change_book(
            lambda: self._window.session.restore(source, target), self.tr("Restoring {name}").format(name=target.stem)
        )

    def _tell(self, made: Path) -> None:
        text = self.tr("Backed up and read back: {path}").format(path=str(made))
        self._window.notices.tell("matched", text)
