"""Small marks with words that say what a colour of a chart means."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import rounded


class Legend(QWidget):
    """One swatch of a token and its words; ``line`` draws a piece of such a line instead of a ground."""

    def __init__(self, token: str, line: Qt.PenStyle | None = None) -> None:
        super().__init__()
        self._token, self._line, self._text = token, line, ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._text = text
        self.setAccessibleName(text)
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for swatch and words."""
        theme = Theme.current()
        width = QFontMetrics(theme.font(Role.SMALL)).horizontalAdvance(self._text)
        return QSize(width + theme.px(m.ICON) + theme.px(m.CELL_PAD), theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw swatch and words."""
        theme, painter = Theme.current(), QPainter(self)
        swatch = QRectF(0, (self.height() - theme.px(8)) / 2, theme.px(m.ICON), theme.px(8))
        if self._line is None:
            rounded(painter, swatch, m.RADIUS_BAR, theme.color(self._token))
        else:
            painter.setPen(QPen(theme.color(self._token), theme.scale * 2, self._line))
            middle = round(swatch.center().y())
            painter.drawLine(0, middle, round(swatch.right()), middle)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text2"))
        area = QRectF(self.rect()).adjusted(theme.px(m.ICON) + theme.px(m.CELL_PAD), 0, 0, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self._text)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
