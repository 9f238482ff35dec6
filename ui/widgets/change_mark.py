"""A rise or a fall: triangle, sign, one decimal, and what it is compared with."""

from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import change_width, paint_change


class ChangeMark(QWidget):
    """Shows a change given as a share (0.086 is +8.6 %) and the name of the comparison."""

    def __init__(self, share: Decimal | float | None = None, comparison: str = "", role: Role = Role.SMALL) -> None:
        super().__init__()
        self._share, self._comparison, self._role = share, comparison, role
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set(share, comparison)
        follow_theme(self._restyle)

    def set(self, share: Decimal | float | None, comparison: str = "") -> None:
        """Show another change; None shows only the comparison text."""
        self._share, self._comparison = share, comparison
        self.setAccessibleName(f"{figures.change(share)} {comparison}".strip())
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for the mark and the comparison."""
        theme = Theme.current()
        width = change_width(self._share, self._role)
        if self._comparison:
            width += theme.px(m.CELL_PAD) + QFontMetrics(theme.font(self._role)).horizontalAdvance(self._comparison)
        return QSize(round(width + 1), theme.line_height(self._role))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and comparison."""
        theme, painter = Theme.current(), QPainter(self)
        area = QRectF(self.rect())
        paint_change(painter, area, self._share, role=self._role)
        if self._comparison:
            used = change_width(self._share, self._role)
            area.setLeft(used + (theme.px(m.CELL_PAD) if used else 0))
            painter.setFont(theme.font(self._role))
            painter.setPen(theme.color("text2"))
            shown = painter.fontMetrics().elidedText(self._comparison, Qt.TextElideMode.ElideRight, int(area.width()))
            painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
