"""Widgets that paint several parts of their own and tell which one the pointer is on."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget


class HoverCells(QWidget):
    """Parts known by their number; a subclass says where each lies, paints them, and acts when one is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the hover look."""
        self._hover_at(self._index_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Drop the hover look."""
        self._hover_at(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Press the part under the pointer."""
        index = self._index_at(event.position())
        if index >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._press(index)

    def _index_at(self, point: QPointF) -> int:
        """The part at this place, -1 where there is none."""
        raise NotImplementedError

    def _press(self, index: int) -> None:
        """Act as this part does."""
        raise NotImplementedError

    def _hover_at(self, index: int) -> None:
        if index != self._hover:
            self._hover = index
            self.update()
