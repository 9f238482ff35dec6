"""The rows behind a figure, in a window of their own: the same filters, a search, every row."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from chainbrain.lists import LISTS
from ui.models import PagedModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.base import AppContext
from ui.views.listing.about import added, filter_words, sums_words
from ui.views.listing.columns import list_columns, list_title
from ui.views.listing.further import Deeper, further
from ui.views.listing.source import ListSource
from ui.views.parts.names import names_by_store
from ui.widgets import Card, DataTable, ElidedLabel, HBox, Label, SecondaryButton, VBox, scaled

_TYPING_PAUSE_MS = 250


class ListWindow(QDialog):
    """One list; ``row_opened(list_name, row)`` by Enter or double click."""

    row_opened = Signal(str, object)

    def __init__(
        self,
        context: AppContext,
        name: str,
        filters: Mapping[str, object],
        *,
        title: str = "",
        sort: tuple[str, bool] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context, self._name, self._filters, self._given_title = context, name, dict(filters), title
        self._store_names: dict[str, str] = {}
        self._sources: list[ListSource] = []
        self._text = ""
        self._count = -1
        self._totals: tuple[Decimal, ...] = ()
        self._start_sort = sort
        self._title, self._about = Label(role=Role.TITLE), ElidedLabel(role=Role.SMALL, color="text2")
        self._counted = Label(color="text2", figures=True)
        self._search, self._close = QLineEdit(), SecondaryButton()
        scaled(self._search, width=220, height=m.CONTROL)
        self._search.setClearButtonEnabled(True)
        self._model = PagedModel(list_columns(name, self._store_names), context.jobs, context.rooms.interrupt)
        self._table = DataTable(row_height=m.ROW_DENSE)
        card = Card(padding=(0, 0, 0, 0))
        card.add(self._table)
        head = HBox(spacing=m.GAP_M).add(self._title, self._about, self._counted, self._search)
        foot = HBox(spacing=m.GAP_S).add(0, self._close)
        VBox(self, (m.GAP_L, m.GAP, m.GAP_L, m.GAP), m.GAP_M).add(head, card, foot)
        scaled(self, min_width=640, min_height=360)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TYPING_PAUSE_MS)
        self._connect()
        self.retranslate()
        # The table asks for its order once the model is there, which opens the source.
        self._table.set_model(self._model, sort, sortable=True)
        self._model.open(self._open)
        self._table.setFocus()

    def _connect(self) -> None:
        self._model.opened.connect(self._opened)
        self._model.failed.connect(self._context.show_failure)
        self._table.row_activated.connect(self._row_activated)
        self._search.textEdited.connect(lambda _text: self._timer.start())
        self._search.returnPressed.connect(self._find)
        self._timer.timeout.connect(self._find)
        self._close.clicked.connect(self.close)
        QShortcut(QKeySequence("/"), self, self._search.setFocus)

    @property
    def model(self) -> PagedModel:
        """The rows."""
        return self._model

    @property
    def filters(self) -> dict[str, object]:
        """What the rows were chosen by, the search included."""
        # Read by the worker as well, so it must not look at the widget.
        return {**self._filters, "text": self._text} if self._text else dict(self._filters)

    def retranslate(self) -> None:
        """Set every text."""
        title = self._given_title or list_title(self._name)
        self.setWindowTitle(title)
        self._title.setText(title)
        about = filter_words(self._name, self._filters, self._store_names)
        self._about.setText("" if about == title else about)
        self._counted.setText(
            sums_words(self._name, self._count, self._totals) if self._count >= 0 else self.tr("Reading…")
        )
        self._search.setPlaceholderText(self.tr("Number, memo or amount"))
        self._search.setAccessibleName(self.tr("Search in this list"))
        self._table.setAccessibleName(title)
        self._table.set_empty_text(self.tr("No row fits") if self._count == 0 else "")
        self._close.setText(self.tr("Close"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the order of the rows go."""
        super().closeEvent(event)
        self._model.clear()
        sources, self._sources = self._sources, []
        if sources:
            # Beside the window, like every read; nobody waits for it.
            self._context.read(lambda _rooms: _close(sources), lambda _done: None)

    def _open(self, key: str, descending: bool) -> ListSource:
        """Open the list; runs in the reading worker."""
        rooms = self._context.rooms
        if not self._store_names:
            self._store_names.update(names_by_store(rooms.analytics.stores()))
        source = ListSource(rooms.lists.open(self._name, self.filters, (key, descending) if key else None))
        self._totals = source.totals(added(self._name))
        self._sources.append(source)
        # The one before may still be asked for pages until the new one is shown.
        for old in self._sources[:-2]:
            old.close()
        del self._sources[:-2]
        return source

    def _opened(self, count: int) -> None:
        self._count = count
        self.retranslate()

    def _find(self) -> None:
        self._timer.stop()
        self._text = self._search.text().strip()
        self._model.reload()

    def _row_activated(self, row: Any) -> None:
        if row is None:
            return
        self.row_opened.emit(self._name, row)
        cells = {column.key: row[place] for place, column in enumerate(LISTS[self._name].columns)}
        deeper = further(self._name, cells, self._filters)
        if isinstance(deeper, Deeper):
            ListWindow(self._context, deeper.name, deeper.filters, parent=self).show()
        elif deeper:
            self._context.navigate("reconcile", **deeper)


def open_list(
    context: AppContext,
    parent: QWidget,
    name: str,
    filters: Mapping[str, object],
    *,
    title: str = "",
    sort: tuple[str, bool] | None = None,
) -> ListWindow:
    """Open the rows behind a figure beside the window.

    Args:
        context: the open book.
        parent: the screen that asks.
        name: a key of ``chainbrain.lists.LISTS``.
        filters: as ``ListRoom.open`` takes them; empty values are left out.
        title: what the figure is called; the list's own name when empty.
        sort: column and whether descending.
    """
    wanted = {key: value for key, value in filters.items() if value not in (None, "")}
    window = ListWindow(context, name, wanted, title=title, sort=sort, parent=parent.window())
    scaled(window, min_width=640)
    host = parent.window()
    window.resize(int(host.width() * 0.8), int(host.height() * 0.8))
    window.show()
    return window


def close_lists(screen: QWidget) -> None:
    """Close every list that the window of ``screen`` has open: its book is about to be closed."""
    for window in screen.window().findChildren(ListWindow):
        window.close()


def _close(sources: list[ListSource]) -> None:
    for source in sources:
        source.close()
