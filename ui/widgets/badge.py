"""A state as icon and word on its own ground."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.widgets.painting import badge_width, paint_badge
from ui.widgets.states import NEUTRAL


class Badge(QWidget):
    """Shows a state; ``state`` is one of ``ui.widgets.states``, ``text`` its word."""

    def __init__(self, state: str = NEUTRAL, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state, self._text = state, text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(state, text)
        follow_theme(self._restyle)

    def set(self, state: str, text: str) -> None:
        """Show another state."""
        self._state, self._text = state, text
        self.setAccessibleName(text)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for icon and word."""
        return QSize(round(badge_width(self._text, self._state) + 0.5), Theme.current().px(m.BADGE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the badge."""
        paint_badge(QPainter(self), QRectF(self.rect()), self._text, self._state)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
