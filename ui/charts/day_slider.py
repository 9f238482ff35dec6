"""A day chosen along a river: what lay in every place on each day, stacked, above the track of a slider."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ui import figures
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role

_HANDLE, _TRACK, _SIDE, _FOOT = 16, 4, 28, 22
_WEEK = 7


@dataclass(frozen=True)
class Layer:
    """One place along the days, in yuan, with the colour of its area."""

    values: tuple[float, ...]
    token: str
    alpha: float = 0.55


class DaySlider(QWidget):
    """``moved(day)`` while the handle moves, by mouse, wheel and keys: ←→ a day, PageUp/PageDown a week, Home/End."""

    moved = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._days: tuple[date, ...] = ()
        self._layers: tuple[Layer, ...] = ()
        self._words: tuple[str, ...] = ()
        self._place = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_theme(self.update)

    def set_days(self, days: Sequence[date], layers: Sequence[Layer], words: Sequence[str]) -> None:
        """Show other days; the chosen one stays where it is among them, otherwise the last is chosen.

        Args:
            days: one after the other.
            layers: what lies below and above, from the ground up.
            words: what hovering says of every day.
        """
        kept = self.day
        self._days, self._layers, self._words = tuple(days), tuple(layers), tuple(words)
        self._place = self._days.index(kept) if kept in self._days else max(0, len(self._days) - 1)
        self._tell()
        self.update()

    @property
    def day(self) -> date | None:
        """The chosen day."""
        return self._days[self._place] if self._days else None

    def go(self, day: date) -> None:
        """Choose a day, or the nearest one there is."""
        if self._days:
            self._go((min(max(day, self._days[0]), self._days[-1]) - self._days[0]).days)

    def step(self, days: int) -> None:
        """Go so many days on."""
        self._go(self._place + days)

    def sizeHint(self) -> QSize:
        """As high as the river is readable."""
        px = Theme.current().px
        return QSize(px(400), px(84))

    def place_of(self, day: date) -> QPointF:
        """Return where the handle of a day is."""
        return QPointF(self._x(self._days.index(day)), self._track())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw river, track, ticks and handle."""
        if not self._days:
            return
        theme, painter = Theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_river(painter)
        track, x = self._track(), self._x(self._place)
        painter.setPen(QPen(theme.color("sunken"), theme.px(_TRACK), c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(self._x(0), track), QPointF(self._x(len(self._days) - 1), track))
        painter.setPen(QPen(theme.color("accent"), theme.px(_TRACK), c=Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(self._x(0), track), QPointF(x, track))
        painter.setPen(QPen(theme.color("accent"), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, track))
        self._paint_days(painter)
        radius = theme.px(_HANDLE) / 2
        if self.hasFocus():
            halo = theme.color("accent")
            halo.setAlphaF(0.22)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(QPointF(x, track), radius + theme.px(5), radius + theme.px(5))
        painter.setBrush(theme.color("surface"))
        painter.setPen(QPen(theme.color("accent"), theme.px(2)))
        painter.drawEllipse(QPointF(x, track), radius - 1, radius - 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle to the mouse."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the handle, or say what lay where on the day below the mouse."""
        place = self._at(event.position().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(place)
        if self._words:
            QToolTip.showText(event.globalPosition().toPoint(), self._words[place], self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go a day with every notch while the slider has the focus; the page scrolls otherwise."""
        if not self.hasFocus():
            event.ignore()
            return
        self.step(1 if event.angleDelta().y() < 0 else -1)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by days and weeks."""
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -_WEEK, Qt.Key.Key_PageDown: _WEEK,
            Qt.Key.Key_Home: -len(self._days), Qt.Key.Key_End: len(self._days),
        }  # fmt: skip
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self.step(step)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take it away."""
        super().focusOutEvent(event)
        self.update()

    def _go(self, place: int) -> None:
        place = min(max(0, place), len(self._days) - 1)
        if self._days and place != self._place:
            self._place = place
            self._tell()
            self.update()
            self.moved.emit(self._days[place])

    def _tell(self) -> None:
        self.setAccessibleDescription(self._words[self._place] if self._words else "")

    def _at(self, x: float) -> int:
        if len(self._days) < 2:
            return 0
        first, last = self._x(0), self._x(len(self._days) - 1)
        return min(max(0, round((x - first) / max(1.0, last - first) * (len(self._days) - 1))), len(self._days) - 1)

    def _x(self, place: int) -> float:
        side = Theme.current().px(_SIDE)
        return side + (self.width() - 2 * side) * place / max(1, len(self._days) - 1)

    def _track(self) -> float:
        px = Theme.current().px
        return float(self.height() - px(_FOOT) - px(_HANDLE) / 2)

    def _paint_river(self, painter: QPainter) -> None:
        theme = Theme.current()
        ground = self._track() - theme.px(_HANDLE) / 2
        totals = [sum(max(0.0, layer.values[n]) for layer in self._layers) for n in range(len(self._days))]
        most = max(totals, default=0.0)
        if most <= 0 or ground <= 0:
            return
        below = [0.0] * len(self._days)
        for layer in self._layers:
            above = [low + max(0.0, value) for low, value in zip(below, layer.values, strict=True)]
            path = QPainterPath(QPointF(self._x(0), ground - below[0] / most * ground))
            for n, value in enumerate(above):
                path.lineTo(self._x(n), ground - value / most * ground)
            for n in range(len(self._days) - 1, -1, -1):
                path.lineTo(self._x(n), ground - below[n] / most * ground)
            path.closeSubpath()
            colour = theme.color(layer.token)
            colour.setAlphaF(layer.alpha)
            painter.fillPath(path, colour)
            below = above

    def _paint_days(self, painter: QPainter) -> None:
        """Mondays as ticks; the first, the last and the chosen day in words."""
        theme = Theme.current()
        top = self._track() + theme.px(_HANDLE) / 2
        painter.setPen(QPen(theme.color("line2"), 1))
        for n, day in enumerate(self._days):
            if day.weekday() == 0 and len(self._days) <= 400:
                painter.drawLine(QPointF(self._x(n), top - theme.px(2)), QPointF(self._x(n), top + theme.px(2)))
        chosen = self._x(self._place)
        for n in (0, len(self._days) - 1):
            if abs(self._x(n) - chosen) > theme.px(72):
                painter.setFont(theme.font(Role.SMALL, figures=True))
                painter.setPen(theme.color("text3"))
                self._word(painter, n, top)
        painter.setFont(theme.font(Role.SMALL, bold=True, figures=True))
        painter.setPen(theme.color("accent"))
        self._word(painter, self._place, top)

    def _word(self, painter: QPainter, place: int, top: float) -> None:
        width = float(Theme.current().px(96))
        left = min(max(0.0, self._x(place) - width / 2), max(0.0, self.width() - width))
        align = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRectF(left, top, width, self.height() - top), int(align), figures.day(self._days[place]))
