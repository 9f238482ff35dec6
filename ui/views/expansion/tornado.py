"""Which input matters most: the present value with each one at its P10 and at its P90, widest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_focus, rounded

_ROW, _HEAD = 28, 20
_NAME, _END = 92, 62


@dataclass(frozen=True)
class Bar:
    """One input: its name, the value at both ends (yuan), the ends in words, on what the range rests, if assumed."""

    name: str
    at_p10: Decimal
    at_p90: Decimal
    ends: str
    basis: str
    assumed: bool


class Tornado(QWidget):
    """Bars around the planned present value; ↑↓ walk and say the figures."""

    def __init__(self) -> None:
        super().__init__()
        self._bars: tuple[Bar, ...] = ()
        self._plan = Decimal(0)
        self._plan_words = ""
        self._focus = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        follow_theme(self._restyle)

    def set_bars(self, bars: Sequence[Bar], plan: Decimal, plan_words: str) -> None:
        """Show other bars; ``plan`` is the value with everything as planned."""
        self._bars, self._plan, self._plan_words = tuple(bars), plan, plan_words
        self._focus = 0
        self.setAccessibleDescription("; ".join(_words(bar) for bar in self._bars))
        self._restyle()

    def sizeHint(self) -> QSize:
        """Return room for every bar."""
        px = Theme.current().px
        return QSize(px(320), px(_HEAD) + px(_ROW) * max(1, len(self._bars)))

    def minimumSizeHint(self) -> QSize:
        """No bar is cut."""
        return QSize(Theme.current().px(240), self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Say both ends on hover."""
        if isinstance(event, QHelpEvent):
            index = int((event.pos().y() - Theme.current().px(_HEAD)) // Theme.current().px(_ROW))
            text = _words(self._bars[index]) if 0 <= index < len(self._bars) else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with ↑↓."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self._bars:
            self._focus = min(len(self._bars) - 1, max(0, self._focus + step))
            self.setAccessibleDescription(_words(self._bars[self._focus]))
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw names, bars, ends and the planned value."""
        if not self._bars:
            return
        theme, painter = Theme.current(), QPainter(self)
        row, head = theme.px(_ROW), theme.px(_HEAD)
        left, right = theme.px(_NAME) + theme.px(_END), self.width() - theme.px(_END)
        ends = [float(value) for bar in self._bars for value in (bar.at_p10, bar.at_p90)] + [float(self._plan)]
        low, high = min(ends), max(ends)
        spread = (high - low) or 1.0

        def place(value: float) -> float:
            return left + (value - low) / spread * (right - left)

        bottom = head + row * len(self._bars)
        middle = round(place(float(self._plan))) + 0.5
        if low < 0 < high:
            zero = round(place(0.0)) + 0.5
            painter.setPen(QPen(theme.color("control"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(zero, head), QPointF(zero, bottom))
        painter.setFont(theme.font(Role.SMALL))
        painter.setPen(theme.color("text3"))
        words = QRectF(0, 0, self.width(), head)
        metrics = QFontMetrics(painter.font())
        width = metrics.horizontalAdvance(self._plan_words)
        words.setLeft(min(max(0.0, middle - width / 2), max(0.0, self.width() - width - 1)))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), self._plan_words)
        for index, bar in enumerate(self._bars):
            area = QRectF(0, head + index * row, self.width(), row)
            self._paint_bar(painter, area, bar, (place(float(bar.at_p10)), place(float(bar.at_p90))))
            if self.hasFocus() and index == self._focus:
                paint_focus(painter, area.adjusted(0, 1, -1, -1), m.RADIUS_BADGE)
        painter.setPen(QPen(theme.color("accent"), theme.px(1.5)))
        painter.drawLine(QPointF(middle, head), QPointF(middle, bottom))

    def _paint_bar(self, painter: QPainter, area: QRectF, bar: Bar, ends: tuple[float, float]) -> None:
        theme = Theme.current()
        centre = int(Qt.AlignmentFlag.AlignVCenter)
        left_flags, right_flags = centre | int(Qt.AlignmentFlag.AlignLeft), centre | int(Qt.AlignmentFlag.AlignRight)
        first, last = min(ends), max(ends)
        box = QRectF(first, area.center().y() - theme.px(4), max(2.0, last - first), theme.px(8))
        rounded(painter, box, m.RADIUS_BAR, theme.color("range"))
        painter.setFont(theme.font(Role.BODY))
        painter.setPen(theme.color("timing" if bar.assumed else "ink"))
        name = painter.fontMetrics().elidedText(bar.name, Qt.TextElideMode.ElideRight, theme.px(_NAME))
        painter.drawText(QRectF(0, area.top(), theme.px(_NAME), area.height()), left_flags, name)
        painter.setFont(theme.font(Role.SMALL, figures=True))
        painter.setPen(theme.color("text2"))
        smaller, larger = min(bar.at_p10, bar.at_p90), max(bar.at_p10, bar.at_p90)
        gap, room = theme.px(m.GAP_XS), theme.px(_END)
        at_left = QRectF(first - room - gap, area.top(), room, area.height())
        painter.drawText(at_left, right_flags, figures.compact(smaller, 1, unit=False))
        at_right = QRectF(last + gap, area.top(), room, area.height())
        painter.drawText(at_right, left_flags, figures.compact(larger, 1, unit=False))

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()


def _words(bar: Bar) -> str:
    low, high = figures.money(bar.at_p10, symbol=True), figures.money(bar.at_p90, symbol=True)
    return f"{bar.name} {bar.ends} ({bar.basis})\nP10 {low}, P90 {high}"
