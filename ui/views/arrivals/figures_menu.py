"""The figures of a row as a menu, for whoever has no pointer to choose one of them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

from chainbrain.analytics.arrivals import Arrival
from ui.views.arrivals.columns import FIGURES
from ui.views.parts.on_its_way import figure_title
from ui.widgets import DataTable


def choose_figure(screen: QWidget, table: DataTable, row: Arrival, chosen: Callable[[str], object]) -> None:
    """Show every figure of the row with its amount, below it; ``chosen`` is told the key of one."""
    menu = QMenu(screen)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    column_of = {column.key: column for column in table.columns}
    for key in (key for key in FIGURES if key in column_of):
        action = menu.addAction(f"{figure_title(key)}   {column_of[key].shown(row)}")
        action.setEnabled(getattr(row, key) is not None)
        action.triggered.connect(lambda _on=False, wanted=key: chosen(wanted))
    menu.popup(_below(table))


def _below(table: DataTable) -> QPoint:
    index = table.currentIndex()
    if not index.isValid():
        return QCursor.pos()
    return table.viewport().mapToGlobal(table.visualRect(index).bottomLeft())
