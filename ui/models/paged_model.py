"""A table over millions of rows: the true count at once, pages read by job when they come into view."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.jobs import Failure, Job, JobRunner
from ui.models.columns import Column

Index = QModelIndex | QPersistentModelIndex

PAGE = 256
_KEPT_PAGES = 24
_WAITING_PAGES = 6


class PageSource(Protocol):
    """An ordered view of rows that the engine keeps; called in the reading worker."""

    @property
    def row_count(self) -> int:
        """How many rows there are in all."""
        ...

    def page(self, number: int) -> Sequence[Any]:
        """Return rows ``number * 256`` up to 255 further ones."""
        ...


Opener = Callable[[str, bool], PageSource]
"""Opens the view ordered by (column key, descending); the key is empty for the usual order."""


class PagedModel(QAbstractTableModel):
    """Rows of a ``PageSource``, 256 at a time, a small cache; sorting opens the source anew.

    ``opened(row_count)`` when a source is ready, ``failed(Failure)`` when reading went wrong. ``interrupt`` stops what
    the reading worker is at: a view that nobody waits for any longer holds up no other.
    """

    opened = Signal(int)
    failed = Signal(object)

    def __init__(self, columns: Sequence[Column], jobs: JobRunner, interrupt: Callable[[], None] | None = None) -> None:
        super().__init__()
        self._interrupt = interrupt
        self._opening: Job | None = None
        self.columns = tuple(columns)
        self._jobs = jobs
        self._opener: Opener | None = None
        self._source: PageSource | None = None
        self._count = 0
        self._generation = 0
        self._order = ("", False)
        self._pages: OrderedDict[int, Sequence[Any]] = OrderedDict()
        self._asked: set[int] = set()
        self._waiting: list[Job] = []

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show the rows in other columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def open(self, opener: Opener) -> None:
        """Show another view of rows; the old one stays until the new one is ready."""
        self._opener = opener
        self._reopen()

    def reload(self) -> None:
        """Read the same view again, after records changed."""
        if self._opener is not None:
            self._reopen()

    def clear(self) -> None:
        """Show nothing."""
        self._generation += 1
        self._stop_opening()
        self._opener = None
        self._install(None)

    def row(self, number: int) -> Any:
        """Return one row if its page is here, otherwise None."""
        page = self._pages.get(number // PAGE)
        offset = number % PAGE
        return page[offset] if page is not None and offset < len(page) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the true number of rows."""
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell, or nothing while its page is on the way."""
        if not index.isValid():
            return None
        number, offset = divmod(index.row(), PAGE)
        page = self._pages.get(number)
        if page is None:
            self._ask_once(number)
            return None
        self._pages.move_to_end(number)
        if offset >= len(page):
            return None
        return self.columns[index.column()].data(page[offset], role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a head."""
        if (
            orientation == Qt.Orientation.Horizontal
            and role == Qt.ItemDataRole.DisplayRole
            and 0 <= section < len(self.columns)
        ):
            return self.columns[section].title()
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order in the engine, then show the new view."""
        if 0 <= column < len(self.columns) and self.columns[column].sortable:
            wanted = (self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
            if wanted != self._order:
                self._order = wanted
                self.reload()

    def retranslate(self) -> None:
        """Ask the heads and cells to be read again."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._count and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(self.columns) - 1))

    def _reopen(self) -> None:
        opener, order = self._opener, self._order
        if opener is None:
            return
        self._generation += 1
        generation = self._generation
        self._stop_opening()
        job = Job(lambda _report: opener(*order), reading=True, interrupt=self._interrupt)
        job.succeeded.connect(lambda source: self._opened(generation, source))
        job.failed.connect(self._tell)
        self._opening = job
        self._jobs.start(job)

    def _stop_opening(self) -> None:
        job, self._opening = self._opening, None
        if job is not None and job in self._jobs.running:
            job.cancel()

    def _opened(self, generation: int, source: PageSource) -> None:
        # A slower, older answer must not replace a newer question.
        if generation == self._generation:
            self._install(source)
            self.opened.emit(self._count)

    def _install(self, source: PageSource | None) -> None:
        self.beginResetModel()
        self._source = source
        self._count = source.row_count if source is not None else 0
        self._pages.clear()
        self._asked.clear()
        self.endResetModel()

    def _ask_once(self, number: int) -> None:
        source = self._source
        if source is None or number in self._asked:
            return
        self._asked.add(number)
        generation = self._generation
        job = Job(lambda _report: source.page(number), reading=True)
        job.succeeded.connect(lambda rows: self._landed(generation, number, rows))
        job.failed.connect(self._tell)
        job.cancelled.connect(lambda: self._asked.discard(number))
        # Scrolling fast passes many pages: only the last few asked for are still worth reading.
        self._waiting = [old for old in self._waiting if old in self._jobs.running]
        while len(self._waiting) >= _WAITING_PAGES:
            self._waiting.pop(0).cancel()
        self._waiting.append(job)
        self._jobs.start(job)

    def _landed(self, generation: int, number: int, rows: Sequence[Any]) -> None:
        if generation != self._generation:
            return
        self._asked.discard(number)
        self._pages[number] = rows
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        last = min(self._count, (number + 1) * PAGE) - 1
        if self.columns and last >= 0:
            self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.columns) - 1))

    def _tell(self, failure: Failure) -> None:
        self.failed.emit(failure)
