"""Painted parts that act as a button does."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.theme.theme import follow_theme

PRESSING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space})
"""The keys that press what has the focus."""


class Pressable(QWidget):
    """A focusable part; ``clicked`` by mouse, Enter or Space. Subclasses paint it."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        follow_theme(self.update)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Act when released inside."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act by the keys that press."""
        if event.key() in PRESSING:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show focus."""
        super().focusInEvent(event)
        self.update()
