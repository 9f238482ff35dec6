"""The row of key figures: one card, cells split by lines, each leads to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.hover_cells import HoverCells
from ui.widgets.painting import change_width, paint_change, paint_focus, rounded
from ui.widgets.pressable import PRESSING

_HEIGHT, _NARROW = 92, 160


@dataclass(frozen=True)
class Kpi:
    """One key figure.

    Attributes:
        key: handed to ``opened``.
        label: what it is.
        figure: the figure as shown.
        change: change as a share (0.086), None when there is nothing to compare.
        note: the name of the comparison, or another small text.
        full: full figure and formula, shown on hover.
        partial: True when data is missing; the note is then shown as a warning.
    """

    key: str
    label: str
    figure: str
    change: Decimal | None = None
    note: str = ""
    full: str = ""
    partial: bool = False


class KpiStrip(HoverCells):
    """Up to six key figures; ``opened`` carries the key of the one chosen by click, Enter or Space."""

    opened = Signal(str)

    def __init__(self, items: Sequence[Kpi] = ()) -> None:
        super().__init__()
        self._items: tuple[Kpi, ...] = ()
        self._focus = 0
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_items(items)
        follow_theme(self._restyle)

    def set_items(self, items: Sequence[Kpi]) -> None:
        """Show other figures."""
        self._items = tuple(items)
        self._focus = min(self._focus, max(0, len(self._items) - 1))
        said = [f"{item.label} {item.figure} {item.note}".strip() for item in self._items]
        self.setAccessibleDescription("; ".join(said))
        self._restyle()

    def hasHeightForWidth(self) -> bool:
        """Cells go into several lines when there is little room."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return 92 px per line of cells."""
        return Theme.current().px(_HEIGHT) * self._lines(width)

    def sizeHint(self) -> QSize:
        """Return one line of cells."""
        px = Theme.current().px
        return QSize(px(_NARROW) * max(1, len(self._items)), self.heightForWidth(max(self.width(), px(_NARROW))))

    def minimumSizeHint(self) -> QSize:
        """Two cells fit beside each other."""
        return QSize(Theme.current().px(_NARROW) * 2, Theme.current().px(_HEIGHT))

    def event(self, event: QEvent) -> bool:
        """Show the full figure on hover."""
        if isinstance(event, QHelpEvent):
            index = self._index_at(QPointF(event.pos()))
            if index >= 0 and self._items[index].full:
                QToolTip.showText(event.globalPos(), self._items[index].full, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with ←→, open with Enter or Space."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self._focus = min(max(0, self._focus + step), max(0, len(self._items) - 1))
            self.update()
        elif event.key() in PRESSING and self._items:
            self.opened.emit(self._items[self._focus].key)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card and its cells."""
        theme, painter = Theme.current(), QPainter(self)
        rounded(painter, QRectF(self.rect()), m.RADIUS_CARD, theme.color("surface"), theme.color("line"))
        for index, item in enumerate(self._items):
            cell = self._cell(index)
            if index == self._hover:
                inner = cell.adjusted(1, 1, -1, -1)
                rounded(painter, inner, m.RADIUS_CARD - 1, theme.color("hover"))
            self._paint_cell(painter, cell, item)
            painter.setPen(QPen(theme.color("line"), 1))
            if cell.left() > 1:
                x = round(cell.left()) + 0.5
                painter.drawLine(QPointF(x, cell.top() + 1), QPointF(x, cell.bottom() - 1))
            if cell.top() > 1 and cell.left() < 1:
                y = round(cell.top()) + 0.5
                painter.drawLine(QPointF(1, y), QPointF(self.width() - 1, y))
            if self.hasFocus() and index == self._focus:
                paint_focus(painter, cell.adjusted(2, 2, -2, -2))

    def _paint_cell(self, painter: QPainter, cell: QRectF, item: Kpi) -> None:
        theme = Theme.current()
        pad, flags = theme.px(m.GAP), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        area = cell.adjusted(pad, 0, -theme.px(m.GAP_S), 0)
        top = area.top() + theme.px(12)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text2"))
        painter.drawText(QRectF(area.left(), top, area.width(), theme.px(18)), flags, item.label)
        top += theme.px(19)
        font = theme.font(Role.FIGURE, figures=True)
        # A long figure gets smaller rather than cut: a cut amount would be a wrong amount.
        while QFontMetricsF(font).horizontalAdvance(item.figure) > area.width() and font.pixelSize() > theme.px(12):
            font.setPixelSize(font.pixelSize() - 1)
        painter.setFont(font)
        painter.setPen(theme.color("ink"))
        painter.drawText(QRectF(area.left(), top, area.width(), theme.px(30)), flags, item.figure)
        top += theme.px(31)
        line = QRectF(area.left(), top, area.width(), theme.px(18))
        paint_change(painter, line, item.change)
        used = change_width(item.change)
        line.setLeft(line.left() + (used + theme.px(m.CELL_PAD) if item.change is not None else 0))
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("timing" if item.partial else "text2"))
        shown = painter.fontMetrics().elidedText(item.note, Qt.TextElideMode.ElideRight, int(line.width()))
        painter.drawText(line, flags, shown)

    def _lines(self, width: int) -> int:
        if not self._items:
            return 1
        per_line = max(1, min(len(self._items), width // max(1, Theme.current().px(_NARROW))))
        return -(-len(self._items) // per_line)

    def _cell(self, index: int) -> QRectF:
        lines = self._lines(self.width())
        per_line = -(-len(self._items) // lines)
        row, column = divmod(index, per_line)
        in_row = min(per_line, len(self._items) - row * per_line)
        width, height = self.width() / in_row, self.height() / lines
        return QRectF(column * width, row * height, width, height)

    def _index_at(self, point: QPointF) -> int:
        return next((i for i in range(len(self._items)) if self._cell(i).contains(point)), -1)

    def _press(self, index: int) -> None:
        self._focus = index
        self.opened.emit(self._items[index].key)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
