"""Two cards beside each other, or on each other where there is little room."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.widgets import HBox

_STACK_BELOW = 640


class Pair(QWidget):
    """Shares its width between two widgets, or its height when narrow."""

    def __init__(self, left: QWidget, right: QWidget, shares: tuple[int, int] = (1, 1)) -> None:
        super().__init__()
        self._box = HBox(self, spacing=m.GAP)
        self._box.addWidget(left, shares[0])
        self._box.addWidget(right, shares[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn when the width crosses the limit."""
        super().resizeEvent(event)
        narrow = self.width() < Theme.current().px(_STACK_BELOW)
        wanted = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
