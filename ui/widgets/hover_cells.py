"""Widgets that paint several parts of their own and tell which one the pointer is on."""

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class HoverCells(QWidget):
    """Parts known by their number; a subclass says where each lies, paints them, and acts when one is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Tell a scroll area where the focus is: Tab brings that part into view, not the middle of a long list."""
        box = self._focus_box() if query == Qt.InputMethodQuery.ImCursorRectangle else QRectF()
        return super().inputMethodQuery(query) if box.isEmpty() else box.toRect()

    def keep_in_view(self) -> None:
        """Scroll to the part with the focus."""
        around = self.parentWidget()
        while around is not None:
            if isinstance(around, QScrollArea):
                around.ensureWidgetVisible(self)
            around = around.parentWidget()

    def _focus_box(self) -> QRectF:
        """Return where the part with the focus lies; empty when there is none."""
        return QRectF()

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
