"""The cell that cannot be read: its text in a frame with a corner."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from ui.models.columns import Column
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.widgets.painting import rounded
from ui.widgets.states import DIFFERENCE, look


def paint_marked(painter: QPainter, area: QRectF, text: str, column: Column) -> None:
    """Draw a faulty cell within the area of its column."""
    theme, style = Theme.current(), look(DIFFERENCE)
    painter.setFont(theme.font(Role.BODY, figures=True))
    pad = theme.px(m.CELL_PAD)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    width = min(area.width() + 2 * pad, painter.fontMetrics().horizontalAdvance(shown) + 2 * pad)
    height = theme.px(22)
    left = area.right() + pad - width if column.align_right else area.left() - pad
    box = QRectF(left, area.center().y() - height / 2, width, height)
    rounded(painter, box, m.RADIUS_BAR, theme.color(style.ground), theme.color(style.text))
    corner = theme.px(m.CELL_PAD)
    painter.setBrush(theme.color(style.text))
    painter.setPen(Qt.PenStyle.NoPen)
    tip = box.topRight()
    painter.drawPolygon(QPolygonF([tip, QPointF(tip.x() - corner, tip.y()), QPointF(tip.x(), tip.y() + corner)]))
    painter.setPen(theme.color("ink"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), shown)
