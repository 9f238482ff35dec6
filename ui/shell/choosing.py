"""Books and statements that somebody chooses in a dialog or drops on the window, and where each of them goes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from ui import session as sessions

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Choosing(QObject):
    """Asks for files; statements without a book wait until one is made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[Path] = []

    def book(self) -> None:
        """Ask for a book to open."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, self.tr("Open a book"), str(sessions.books_folder()), self.tr("Books (*.chainbrain)")
        )
        if name:
            self._window.open_book(Path(name))

    def new_book(self) -> None:
        """Ask where a new book shall be; what was waiting for one is forgotten."""
        self._waiting = []
        self._ask_new_book()

    def statements(self) -> None:
        """Ask for statements to import."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            self.tr("Choose files"),
            str(sessions.books_folder()),
            self.tr("Statements (*.csv *.xls *.xlsx *.zip *.txt);;All files (*)"),
        )
        if names:
            self.bring([Path(name) for name in names])

    def bring(self, paths: Sequence[Path]) -> None:
        """Bring statements to the import screen; without a book one is made first."""
        window = self._window
        if window.context is None:
            self._waiting = list(paths)
            self._ask_new_book()
        elif not window.taken_by_current(paths):
            window.navigate("imports")
            window.view("imports").accept_files(paths)

    def bring_waiting(self) -> None:
        """A book is open now: what waited for it comes in."""
        if self._waiting:
            files, self._waiting = self._waiting, []
            self.bring(files)

    def dropped(self, paths: Sequence[Path]) -> None:
        """Open a book that was dropped; anything else is statements."""
        books = [path for path in paths if path.suffix == sessions.SUFFIX]
        if books:
            self._window.open_book(books[0])
        else:
            self.bring(paths)

    def _ask_new_book(self) -> None:
        proposal = sessions.books_folder() / (self.tr("My book") + sessions.SUFFIX)
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Where shall the new book be?"), str(proposal), self.tr("Books (*.chainbrain)")
        )
        if not name:
            self._waiting = []
            return
        path = Path(name)
        self._window.new_book(path if path.suffix == sessions.SUFFIX else path.with_name(path.name + sessions.SUFFIX))
