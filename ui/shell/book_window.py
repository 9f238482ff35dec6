"""The window and its book: opened, left for another one, folded in when the window is closed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QCloseEvent

from chainbrain.errors import UserError
from ui import session as sessions
from ui.jobs import Failure, Job, JobRunner
from ui.messages import DetailsDialog, words_of
from ui.session import Session
from ui.settings import UserSettings
from ui.shell.frame import Frame
from ui.shell.shown_book import ShownBook
from ui.views.base import AppContext
from ui.views.parts.inbox import InboxWatch


class BookWindow(Frame):
    """One window per book.

    Args:
        settings: what the user chose for this computer.
        jobs: the two workers; the window closes them.
    """

    _shown_book: ShownBook

    def __init__(self, settings: UserSettings, jobs: JobRunner | None = None) -> None:
        super().__init__(settings)
        self.jobs = jobs or JobRunner(self)
        self.session = Session(self.jobs, self)
        self.context: AppContext | None = None
        self._wish: tuple[Callable[[], Job], str] | None = None
        self._leaving = False
        self.inbox = InboxWatch(self)

    def open_book(self, path: Path) -> None:
        """Open a book, closing the present one."""
        self.change_book(lambda: self.session.open(path), self.tr("Opening {name}").format(name=path.stem))

    def new_book(self, path: Path) -> None:
        """Make a book (or open it when it is there already)."""
        self.change_book(lambda: self.session.open(path, create=True), self.tr("Opening {name}").format(name=path.stem))

    def open_demo(self) -> None:
        """Open the demo chain, making it first when this computer has none."""
        self.change_book(lambda: self.session.make_demo(sessions.demo_folder()), self.tr("Making the demo chain"))

    def change_book(self, start: Callable[[], Job], title: str) -> None:
        """Leave the open book for the one that ``start`` brings, and show how far it is."""
        self._leave_for((start, title))

    def show_start(self) -> None:
        """Close the book and show the start screen."""
        self._leave_for(None)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the workers, then fold the book in: the file alone holds everything afterwards."""
        self.settings.geometry = bytes(self.saveGeometry().data())
        self._shown_book.remember()
        # Folding the book in may take a moment; the window is gone at once.
        self.hide()
        self.inbox.leave()
        if self.jobs.close():
            self._close_book()
        # A step that does not stop keeps its connection: the log stays beside the book and is folded in the next time.
        super().closeEvent(event)

    def _leave_for(self, wish: tuple[Callable[[], Job], str] | None) -> None:
        """Leave the open book; while its jobs end somebody may wish for another one, and the last wish counts."""
        self._wish = wish
        if self._leaving:
            return
        self._leaving = True
        self._leave_book()
        self._leaving = False
        if self._wish is None:
            self._close_book()
            return
        start, title = self._wish
        self._pages.setCurrentIndex(0)
        self.start.follow(start(), title)

    def _leave_book(self) -> None:
        if self.context is None:
            return
        self._shown_book.remember()
        self.inbox.leave()
        self.jobs.cancel_all()
        self.jobs.wait_idle()
        self.context.extras.clear()
        self.context = None
        self._screens.leave()

    def _close_book(self) -> None:
        try:
            self.session.close()
        except UserError as problem:
            # Nothing is lost then, but somebody must hear it before the program is gone.
            DetailsDialog(words_of(Failure.of(problem)), self).exec()

    def _no_book(self) -> None:
        self.context = None
        self._screens.show_none()
        self.notices.clear()
        self.start.show_recent(self.settings.recent)
        self._pages.setCurrentIndex(0)
