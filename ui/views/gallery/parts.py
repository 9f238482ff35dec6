"""Small parts only the page of components needs: swatches, a pretended focus ring, captions."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.layout import VBox
from ui.widgets.painting import paint_focus, rounded
from ui.widgets.text import Label

_SIDE = 28


class Swatches(QWidget):
    """A row of token colours with a short word below each."""

    def __init__(self) -> None:
        super().__init__()
        self._items: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self.updateGeometry)

    def set_items(self, items: tuple[tuple[str, str], ...]) -> None:
        """Show (token, word) pairs."""
        self._items = items
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for swatch and word."""
        px = Theme.current().px
        return QSize(px(_SIDE + 5) * len(self._items), px(46))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the row."""
        theme, painter = Theme.current(), QPainter(self)
        painter.setFont(theme.font(Role.CELL))
        step = min(theme.px(_SIDE + 14), self.width() / max(1, len(self._items)))
        for index, (token, word) in enumerate(self._items):
            box = QRectF(index * step, 0, step - theme.px(5), theme.px(24))
            rounded(painter, box, m.RADIUS_BADGE, theme.color(token), theme.color("line2"))
            painter.setPen(theme.color("text2"))
            below = QRectF(index * step, theme.px(26), step - theme.px(5), theme.px(16))
            painter.drawText(below, int(Qt.AlignmentFlag.AlignCenter), word)


class Captioned(QWidget):
    """A widget with a word below it; ``ring`` draws the focus ring around it."""

    def __init__(self, widget: QWidget, ring: bool = False) -> None:
        super().__init__()
        self._widget, self._ring = widget, ring
        self._caption = Label(role=Role.SMALL, color="text2")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        reach = m.FOCUS_GAP + m.FOCUS_RING
        VBox(self, (reach, reach, reach, 0), m.GAP_XS).add(widget, self._caption)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self.update)

    def set_caption(self, text: str) -> None:
        """Change the word."""
        self._caption.setText(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        if self._ring:
            reach = Theme.current().px(m.FOCUS_GAP) + Theme.current().px(m.FOCUS_RING)
            box = QRectF(self._widget.geometry()).adjusted(-reach, -reach, reach, reach)
            paint_focus(QPainter(self), box, m.RADIUS_CONTROL + m.FOCUS_GAP)
