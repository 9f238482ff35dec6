"""A sum in small lines with its result and the proof beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import figures
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.states import look

_LINE = 20


@dataclass(frozen=True)
class SumLine:
    """One line; ``result`` is written bold and carries the proof."""

    text: str
    amount: Decimal
    result: bool = False


class SumLines(QWidget):
    """Words left, amounts right; the result last with its proof (``state``, words) before the amount."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[SumLine, ...] = ()
        self._state, self._proof = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_lines(self, lines: Sequence[SumLine], state: str = "", proof: str = "") -> None:
        """Show another sum."""
        self._lines, self._state, self._proof = tuple(lines), state, proof
        said = [f"{line.text} {figures.money(line.amount)}" for line in self._lines]
        self.setAccessibleName("; ".join([*said, proof]))
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for every line."""
        px = Theme.current().px
        return QSize(px(260), len(self._lines) * px(_LINE) + px(m.GAP_XS))

    def minimumSizeHint(self) -> QSize:
        """No line is cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        theme, painter = Theme.current(), QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        left, right = int(middle | Qt.AlignmentFlag.AlignLeft), int(middle | Qt.AlignmentFlag.AlignRight)
        top = 0
        for line in self._lines:
            row = QRectF(0, top, self.width(), theme.px(_LINE))
            painter.setFont(theme.font(Role.SMALL, bold=line.result, figures=True))
            painter.setPen(theme.color("ink" if line.result else "text2"))
            painter.drawText(row, left, line.text)
            amount = figures.money(line.amount, symbol=True)
            painter.drawText(row, right, amount)
            used = painter.fontMetrics().horizontalAdvance(amount) + theme.px(m.GAP_S)
            if line.result and self._proof:
                self._paint_proof(painter, row.adjusted(0, 0, -used, 0), line.text)
            top += theme.px(_LINE)

    def _paint_proof(self, painter: QPainter, row: QRectF, words_left: str) -> None:
        theme, style = Theme.current(), look(self._state)
        used = painter.fontMetrics().horizontalAdvance(words_left) + theme.px(m.GAP)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color(style.text))
        size = theme.px(m.ICON_SMALL)
        room = row.adjusted(used + size + theme.px(m.GAP_XS), 0, 0, 0)
        shown = painter.fontMetrics().elidedText(self._proof, Qt.TextElideMode.ElideRight, max(0, int(room.width())))
        width = painter.fontMetrics().horizontalAdvance(shown)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), shown)
        if style.icon and shown:
            x = room.right() - width - size - theme.px(m.GAP_XS)
            paint_icon(painter, QRectF(x, row.center().y() - size / 2, size, size), style.icon, theme.color(style.text))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
