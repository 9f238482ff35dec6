"""A sum in small lines with its result and the proof beside it; each line opens what it was added up from."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui import figures
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.hover_cells import HoverCells
from ui.widgets.painting import paint_focus, rounded
from ui.widgets.pressable import PRESSING
from ui.widgets.states import look

_LINE = 20


@dataclass(frozen=True)
class SumLine:
    """One line, named by ``key``; ``result`` is written bold and carries the proof."""

    key: str
    text: str
    amount: Decimal
    result: bool = False


class SumLines(HoverCells):
    """Words left, amounts right; the result last with its proof (``state``, words) before the amount.

    ``opened`` carries the key of the line that was chosen by click, Enter or Space; ↑↓ move.
    """

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[SumLine, ...] = ()
        self._focus = 0
        self._state, self._proof = "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    def set_lines(self, lines: Sequence[SumLine], state: str = "", proof: str = "") -> None:
        """Show another sum."""
        self._lines, self._state, self._proof = tuple(lines), state, proof
        self._focus = min(self._focus, max(0, len(self._lines) - 1))
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with ↑↓, open with Enter or Space."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self._lines:
            self._focus = min(max(0, self._focus + step), len(self._lines) - 1)
            self.update()
        elif event.key() in PRESSING and self._lines:
            self._press(self._focus)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines."""
        theme, painter = Theme.current(), QPainter(self)
        middle = Qt.AlignmentFlag.AlignVCenter
        left, right = int(middle | Qt.AlignmentFlag.AlignLeft), int(middle | Qt.AlignmentFlag.AlignRight)
        for number, line in enumerate(self._lines):
            row = self._row(number)
            if number == self._hover:
                rounded(painter, row, m.RADIUS_CONTROL, theme.color("hover"))
            painter.setFont(theme.font(Role.SMALL, bold=line.result, figures=True))
            painter.setPen(theme.color("ink" if line.result else "text2"))
            # Room at both ends for the ring of the focus.
            cell = row.adjusted(theme.px(m.GAP_XS), 0, -theme.px(m.GAP_XS), 0)
            painter.drawText(cell, left, line.text)
            amount = figures.money(line.amount, symbol=True)
            painter.drawText(cell, right, amount)
            used = painter.fontMetrics().horizontalAdvance(amount) + theme.px(m.GAP_S)
            if line.result and self._proof:
                self._paint_proof(painter, cell.adjusted(0, 0, -used, 0), line.text)
            if self.hasFocus() and number == self._focus:
                paint_focus(painter, row)

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

    def _row(self, number: int) -> QRectF:
        height = Theme.current().px(_LINE)
        return QRectF(0, number * height, self.width(), height)

    def _focus_box(self) -> QRectF:
        return self._row(self._focus) if self._lines else QRectF()

    def _index_at(self, point: QPointF) -> int:
        return next((number for number in range(len(self._lines)) if self._row(number).contains(point)), -1)

    def _press(self, index: int) -> None:
        self._focus = index
        self.opened.emit(self._lines[index].key)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
