"""A table model over rows that are all in memory: leagues, candidates, lists of a screen."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from ui.models.columns import VALUE_ROLE, Column, Kind

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Rows and columns; sorting keeps missing values last. ``ticked(row, on)`` for TICK columns."""

    ticked = Signal(object, bool)

    def __init__(self, columns: Sequence[Column], rows: Sequence[Any] = ()) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self._rows: list[Any] = list(rows)
        self._sort: tuple[int, Qt.SortOrder] | None = None

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows, in the order chosen before."""
        self.beginResetModel()
        self._rows = list(rows)
        if self._sort is not None:
            self._order(*self._sort)
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns, unordered; the same ones otherwise drawn keep the order chosen before."""
        self.beginResetModel()
        same = [one.key for one in columns] == [one.key for one in self.columns]
        self.columns = tuple(columns)
        self._sort = self._sort if same else None
        self.endResetModel()

    def row(self, number: int) -> Any:
        """Return one row as it was given, None when there is none."""
        return self._rows[number] if 0 <= number < len(self._rows) else None

    @property
    def rows(self) -> tuple[Any, ...]:
        """Every row in the shown order."""
        return tuple(self._rows)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one cell."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        # A row that is not known yet is drawn as a bar.
        return None if row is None else self.columns[index.column()].data(row, role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a head."""
        if (
            orientation == Qt.Orientation.Horizontal
            and role == Qt.ItemDataRole.DisplayRole
            and 0 <= section < len(self.columns)
        ):
            return self.columns[section].title()
        return None

    def toggle(self, index: Index) -> None:
        """Report that the tick of a row was asked to change; the owner decides."""
        if self.columns[index.column()].kind is Kind.TICK:
            self.ticked.emit(self._rows[index.row()], not index.data(VALUE_ROLE))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by one column."""
        if not 0 <= column < len(self.columns) or not self.columns[column].sortable:
            return
        self.layoutAboutToBeChanged.emit()
        self._sort = (column, order)
        self._order(column, order)
        self.layoutChanged.emit()

    def retranslate(self) -> None:
        """Ask the heads and cells to be read again."""
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._rows and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def _order(self, column: int, order: Qt.SortOrder) -> None:
        value = self.columns[column].value
        known = [row for row in self._rows if value(row) is not None]
        missing = [row for row in self._rows if value(row) is None]
        known.sort(key=value, reverse=order == Qt.SortOrder.DescendingOrder)
        self._rows = known + missing
