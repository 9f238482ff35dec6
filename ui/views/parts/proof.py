"""One line of proof below a figure or a chart: icon, words."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.states import look


class ProofLine(QWidget):
    """Says in one small line that a sum meets, or by how much it does not."""

    def __init__(self) -> None:
        super().__init__()
        self._state, self._text = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_line(self, state: str, text: str) -> None:
        """Show another line; ``state`` is matched, timing, difference or neutral."""
        self._state, self._text = state, text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Return one small line."""
        px = Theme.current().px
        return QSize(px(200), px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon and words."""
        theme, style, painter = Theme.current(), look(self._state), QPainter(self)
        left, size = 0.0, theme.px(m.ICON_SMALL)
        if style.icon and self._text:
            box = QRectF(0, (self.height() - size) / 2, size, size)
            paint_icon(painter, box, style.icon, theme.color(style.text))
            left = size + theme.px(m.CELL_PAD)
        painter.setFont(theme.font(Role.SMALL, figures=True))
        painter.setPen(theme.color("text2"))
        area = QRectF(self.rect()).adjusted(left, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
