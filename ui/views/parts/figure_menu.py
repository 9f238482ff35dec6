"""A menu of the figures of one row, for those who open them by keyboard."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from ui.widgets import DataTable

Entry = tuple[str, Callable[[], None] | None]
"""What the entry says, and what it opens; nothing where there is nothing to open."""


def figure_menu(table: DataTable, entries: Sequence[Entry]) -> QMenu:
    """Show the entries below the row under the keyboard."""
    menu = QMenu(table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for text, opens in entries:
        action = menu.addAction(text)
        action.setEnabled(opens is not None)
        if opens is not None:
            action.triggered.connect(lambda _on=False, go=opens: go())
    menu.popup(_place(table))
    return menu


def _place(table: DataTable) -> QPoint:
    index = table.currentIndex()
    if not index.isValid():
        return QCursor.pos()
    return table.viewport().mapToGlobal(table.visualRect(index).bottomLeft())
