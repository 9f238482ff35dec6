"""The programme as a calendar: a line for every store, its fitting-out, ramp and maturity by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui.charts.month_fan import LEFT
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.views.expansion.programme.months import Months
from ui.widgets.painting import paint_focus, rounded

_ROW = 24
_BAR = 17
_LEAST_LETTERS = 2


@dataclass(frozen=True)
class Part:
    """A stretch of months [first, after) with its word; ``look`` is ``fitting``, ``ramp``, ``grown`` or ``left``."""

    first: int
    after: int
    words: str
    look: str


@dataclass(frozen=True)
class Line:
    """One project: its name, its stretches, what is said of it, and a word behind its last month."""

    name: str
    parts: tuple[Part, ...]
    told: str
    end: str = ""


class Calendar(QWidget):
    """Lines over months; ↑↓ walk and say them."""

    def __init__(self) -> None:
        super().__init__()
        self._months = Months()
        self._lines: tuple[Line, ...] = ()
        self._focus = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow_theme(self._restyle)

    @property
    def lines(self) -> tuple[Line, ...]:
        """What is shown."""
        return self._lines

    def set_lines(self, months: Months, lines: Sequence[Line]) -> None:
        """Show other months and lines."""
        self._months, self._lines = months, tuple(lines)
        self._focus = 0
        self.setAccessibleDescription("; ".join(line.told for line in self._lines))
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for every line."""
        px = Theme.current().px
        return QSize(px(420), px(_ROW) * len(self._lines))

    def minimumSizeHint(self) -> QSize:
        """No line is cut."""
        return QSize(Theme.current().px(240), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Say a line on hover."""
        if isinstance(event, QHelpEvent):
            index = event.pos().y() // Theme.current().px(_ROW)
            text = self._lines[index].told if 0 <= index < len(self._lines) else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with ↑↓."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self._lines:
            self._focus = min(len(self._lines) - 1, max(0, self._focus + step))
            self.setAccessibleDescription(self._lines[self._focus].told)
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the months and the stretches over them."""
        theme, painter = Theme.current(), QPainter(self)
        self._months.paint(painter, 0, self.height())
        for index, line in enumerate(self._lines):
            area = QRectF(0, index * theme.px(_ROW), self.width(), theme.px(_ROW))
            self._paint_line(painter, area, line)
            if self.hasFocus() and index == self._focus:
                paint_focus(painter, area.adjusted(0, 1, -1, -1), m.RADIUS_BADGE)

    def _paint_line(self, painter: QPainter, area: QRectF, line: Line) -> None:
        theme = Theme.current()
        left_middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        faint = any(part.look == "left" for part in line.parts)
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text3" if faint else "ink"))
        room = theme.px(LEFT) - theme.px(m.GAP_XS)
        name = painter.fontMetrics().elidedText(line.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(0, area.top(), room, area.height()), left_middle, name)
        top = area.center().y() - theme.px(_BAR) / 2
        for part in line.parts:
            x, after = self._months.edge(part.first), self._months.edge(part.after)
            box = QRectF(x + 1, top, max(2.0, after - x - 2), theme.px(_BAR))
            words = self._paint_part(painter, box, part.look)
            painter.setPen(words)
            inner = box.adjusted(theme.px(5), 0, -2, 0)
            text = painter.fontMetrics().elidedText(part.words, Qt.TextElideMode.ElideRight, int(inner.width()))
            # A stretch too short for its word says it by its look and on hover; dots alone say nothing.
            if len(text) < min(len(part.words), _LEAST_LETTERS):
                continue
            painter.drawText(inner, left_middle, text)
        if line.end and line.parts:
            start = self._months.edge(line.parts[-1].after) + theme.px(m.GAP_XS)
            painter.setPen(theme.color("difference"))
            painter.drawText(QRectF(start, area.top(), self.width() - start, area.height()), left_middle, line.end)

    def _paint_part(self, painter: QPainter, box: QRectF, look: str) -> QColor:
        """Draw the ground of a stretch and return the colour of its word."""
        theme = Theme.current()
        if look == "left":
            painter.setPen(QPen(theme.color("control"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.px(m.RADIUS_BAR), theme.px(m.RADIUS_BAR))
            return theme.color("text3")
        ground = {"fitting": "excluded_fill", "ramp": "range", "grown": "accent"}[look]
        rounded(painter, box, m.RADIUS_BAR, theme.color(ground))
        return theme.color("on_accent" if look == "grown" else "ink")

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
