"""Paints the cells of lists that move while somebody works on them: what looks the same is drawn only once."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.models.columns import BOLD_ROLE, ROW_ROLE, TONE_ROLE, Column
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.widgets.table_delegate import CellDelegate

Index = QModelIndex | QPersistentModelIndex
# Some screens full; then everything is drawn again.
_KEPT = 3_000


class KeptCells(CellDelegate):
    """Keeps a picture of every cell it drew, by all that shows in it."""

    def __init__(self, row_height: float = m.ROW) -> None:
        super().__init__(row_height)
        self._kept: dict[tuple[Any, ...], QPixmap] = {}
        Theme.current().changed.connect(self._forget)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell, or its picture."""
        columns: tuple[Column, ...] = getattr(index.model(), "columns", ())
        row = index.data(ROW_ROLE)
        if row is None or index.column() >= len(columns):
            super().paint(painter, option, index)
            return
        column, rect, view = columns[index.column()], option.rect, option.widget
        ratio = painter.device().devicePixelRatio()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        key = (
            *self._content(row, column), column.kind, column.key, index.column(), len(columns),
            rect.width(), rect.height(), ratio,
            selected,
            selected and view is not None and view.hasFocus(), bool(option.state & QStyle.StateFlag.State_HasFocus),
            index.row() == self.hover_row,
        )  # fmt: skip
        picture = self._kept.get(key)
        if picture is None:
            if len(self._kept) > _KEPT:
                self._kept.clear()
            picture = self._kept[key] = self._drawn(painter, option, index, ratio)
        painter.drawPixmap(rect.topLeft(), picture)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell for the first time."""
        super().paint(painter, option, index)

    def _content(self, row: object, column: Column) -> tuple[object, ...]:
        value = column.value(row)
        told = value if isinstance(value, (tuple, bool)) else None
        return column.shown(row), told, column.data(row, TONE_ROLE), column.data(row, BOLD_ROLE)

    def _drawn(self, like: QPainter, option: QStyleOptionViewItem, index: Index, ratio: float) -> QPixmap:
        rect = option.rect
        picture = QPixmap(QSize(round(rect.width() * ratio), round(rect.height() * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Theme.current().color("surface"))
        painter = QPainter(picture)
        painter.setRenderHints(like.renderHints())
        painter.translate(-rect.topLeft())
        self.draw(painter, option, index)
        painter.end()
        return picture

    def _forget(self) -> None:
        self._kept.clear()
