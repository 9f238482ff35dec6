"""Reads everything about a line, and ahead about the next ones, so that their sums are there when they are reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from ui.views.base import AppContext
from ui.views.parts.reader import Loader
from ui.views.reconcile.items import Item
from ui.views.reconcile.model import Detail, load_detail

# Fast \u2191\u2193 passes many lines: only the one where it stops is read.
PAUSE_MS = 40
_AHEAD = 3


class Details(QObject):
    """``shown(Detail | None)`` for the line that is wanted, at once where it was read ahead."""

    shown = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._context: AppContext | None = None
        self._known: dict[Item, Detail] = {}
        self._wanted: Item | None = None
        self._next: tuple[Item, ...] = ()
        self._loader, self._ahead = Loader(self), Loader(self)
        self._loader.loaded.connect(self._arrived)
        self._ahead.loaded.connect(self._read_ahead)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self.pause.timeout.connect(self._load)

    @property
    def waiting(self) -> bool:
        """Whether the wanted line is still to come."""
        return self.pause.isActive() or self._loader.running

    def use(self, context: AppContext) -> None:
        """Read from this book."""
        self._context = context
        self.forget()

    def forget(self) -> None:
        """Something moved: what was read does not hold any more."""
        self._known.clear()
        self._ahead.drop()
        if self._loader.running:
            # It may have been read before that.
            self._load()

    def want(self, item: Item | None, following: Sequence[Item]) -> None:
        """Show a line; those that follow it are read ahead."""
        self._wanted, self._next = item, tuple(following[:_AHEAD])
        self.pause.stop()
        self._loader.drop()
        if item is None:
            self.shown.emit(None)
        elif item in self._known:
            self.shown.emit(self._known[item])
            self._look_ahead()
        else:
            self.pause.start()

    def stop(self) -> None:
        """Something else is shown."""
        self.pause.stop()
        self._loader.drop()

    def _load(self) -> None:
        context, item = self._context, self._wanted
        if context is None or item is None:
            return
        if item in self._known:
            self._arrived(self._known[item])
            return
        self._ahead.cancel()
        self._loader.load(context, lambda rooms, _report: load_detail(rooms, item))

    def _arrived(self, detail: Detail) -> None:
        self._known[detail.item] = detail
        if detail.item == self._wanted:
            self.shown.emit(detail)
            self._look_ahead()

    def _look_ahead(self) -> None:
        context = self._context
        item = next((one for one in self._next if one not in self._known), None)
        if context is not None and item is not None and not self._ahead.running:
            self._ahead.load(context, lambda rooms, _report: load_detail(rooms, item))

    def _read_ahead(self, detail: Detail) -> None:
        self._known[detail.item] = detail
        if self.pause.isActive() and detail.item == self._wanted:
            self.pause.stop()
            self._arrived(detail)
        elif not self.waiting:
            self._look_ahead()
