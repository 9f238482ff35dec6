"""What the window says of its open book: its name and last day, how much is open in it, which other books there are."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui import figures
from ui.settings import RecentBook

if TYPE_CHECKING:
    from chainbrain.workspace.rooms import BookInfo
    from ui.main_window import MainWindow
    from ui.views.base import AppContext


class ShownBook(QObject):
    """Words the head of the side bar and the title of the window; ``counted`` when what is open was counted again."""

    counted = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._open_count = 0
        self._switcher = window.sidebar.switcher
        self._switcher.menu.aboutToShow.connect(self._fill_menu)

    @property
    def open_count(self) -> int:
        """How many differences are open, in all months."""
        return self._open_count

    def count_anew(self) -> None:
        """Another book is open: what was counted in the one before says nothing of it."""
        self._open_count = 0
        self._count()

    def read_again(self) -> None:
        """Something in the book moved: ask for its facts and its count once more."""
        context = self._window.context
        if context is not None:
            context.read(lambda rooms: rooms.info(), lambda info: self._renew(context, info))
            self._count()

    def remember(self) -> None:
        """Keep the open book among the recent ones, as it stands now."""
        if self._window.context is not None:
            info = self._window.context.info
            last = info.last_day.isoformat() if info.last_day else ""
            self._window.settings.remember(RecentBook(info.path, datetime.now(), info.stores, last, info.is_demo))

    def retranslate(self) -> None:
        """Set name, last day and the title of the window."""
        if self._window.context is None:
            return
        info = self._window.context.info
        name = self.tr("Demo chain") if info.is_demo else info.name
        self._switcher.set_name(name)
        last = info.last_day
        self._window.sidebar.set_state(
            self.tr("Data to {day}").format(day=figures.day(last, year=True)) if last else ""
        )
        self._window.setWindowTitle(self.tr("{book} – ChainBrain").format(book=name))

    def _count(self) -> None:
        context = self._window.context
        if context is not None:
            context.read(
                lambda rooms: rooms.reconciliation.summary().open_count, lambda count: self._show_count(context, count)
            )

    def _show_count(self, context: AppContext, count: int) -> None:
        # What was asked of a book that is open no longer says nothing of this one.
        if context is self._window.context:
            self._open_count = count
            self.counted.emit()

    def _renew(self, context: AppContext, info: BookInfo) -> None:
        if context is self._window.context:
            context.info = info
            self.retranslate()
            self.counted.emit()

    def _fill_menu(self) -> None:
        context = self._window.context
        menu = self._switcher.menu
        menu.clear()
        for book in self._window.settings.recent:
            action = menu.addAction(book.path.name)
            action.setEnabled(context is None or book.path != context.info.path)
            action.triggered.connect(lambda _checked=False, path=book.path: self._window.open_book(path))
        menu.addSeparator()
        menu.addActions(self._window.commands.books())
