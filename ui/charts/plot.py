"""The ground of every chart over an axis: grid, ticks, cursor with figures, keyboard, picture export."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
    QToolTip,
)

from ui.charts.scale import axis_words
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_focus


class _Words(pg.AxisItem):  # type: ignore[misc]  # the library has no types
    """An axis of words only: no line, no ticks."""

    def drawPicture(self, painter: QPainter, _axis: object, _ticks: object, _texts: object) -> None:
        """Draw every word at its own place; the ends may reach beyond the axis, unlike in the library."""
        theme = Theme.current()
        painter.setFont(theme.font(Role.SMALL, figures=True))
        painter.setPen(theme.color("text3"))
        first, last = self.range
        spread = (last - first) or 1.0
        offset = theme.px(m.GAP_S)
        for value, text in (self._tickLevels or [[]])[0]:
            share = (value - first) / spread
            if self.orientation == "left":
                box = QRectF(-200, (1 - share) * self.height() - 20, self.width() + 200 - offset, 40)
                side = Qt.AlignmentFlag.AlignRight
            else:
                box = QRectF(share * self.width() - 100, offset, 200, self.height() - offset)
                side = Qt.AlignmentFlag.AlignHCenter
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | side), text)


class Plot(pg.PlotWidget):  # type: ignore[misc]  # the library has no types
    """Positions 0 … n−1 across, a figure up; subclasses draw in ``_draw`` and word ``_words``.

    ``chosen(index)`` by click or Enter on a position.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        words = {side: _Words(side) for side in ("left", "bottom")}
        super().__init__(background=None, axisItems=words)
        self._count = 0
        self._cursor = -1
        self._right_room = 0
        self._ticks: list[float] = []
        self._line: Any = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.layout.setContentsMargins(0, 0, 0, 0)
        item.setClipToView(True)
        item.setDownsampling(auto=True, mode="peak")
        item.vb.setDefaultPadding(0)
        item.vb.disableAutoRange()
        follow_theme(self.redraw)

    def redraw(self) -> None:
        """Draw everything anew, with the colours and fonts in use."""
        item = self.getPlotItem()
        item.clear()
        self.setBackground(Theme.current().color("surface"))
        self._line = None
        self._draw()
        if self._count and self._cursor >= 0:
            self._show_cursor()

    def export_picture(self, path: Path) -> bool:
        """Write the chart as it stands to a picture file."""
        return bool(self.grab().save(str(path)))

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return heads and rows of the data behind the chart, for export."""
        return (), []

    # What subclasses provide.

    def _draw(self) -> None:
        """Add items to the plot."""

    def _words(self, index: int) -> str:
        """Return the figures at one position."""
        return ""

    # What subclasses use.

    def _frame(
        self,
        count: int,
        ticks: list[float],
        labels: Sequence[tuple[float, str]],
        *,
        with_unit: bool,
        right_room: int = 0,
    ) -> None:
        """Set ranges, grid and axes for ``count`` positions; ``right_room`` px stay free at the end."""
        theme, item = Theme.current(), self.getPlotItem()
        self._count, self._ticks, self._right_room = count, ticks, right_room
        words = axis_words(ticks, with_unit)
        font = theme.font(Role.SMALL, figures=True)
        metrics = QFontMetrics(font)
        left, bottom = item.getAxis("left"), item.getAxis("bottom")
        for axis in (left, bottom):
            axis.setStyle(
                tickLength=0,
                tickFont=font,
                tickTextOffset=theme.px(m.GAP_S),
                autoExpandTextSpace=False,
                hideOverlappingLabels=False,
            )
        width = max((metrics.horizontalAdvance(word) for word in words), default=0)
        left.setWidth(width + theme.px(m.GAP_S) + theme.px(m.GAP_XS) if words else 0)
        bottom.setHeight(metrics.height() + theme.px(m.GAP_S) if labels else 0)
        left.setTicks([list(zip(ticks, words, strict=True)), []])
        bottom.setTicks([list(labels), []])
        for tick in ticks:
            self._horizontal(tick, "grid", z=-100)
        if ticks:
            self._range(ticks[0], ticks[-1])

    def _range(self, low: float, high: float) -> None:
        box = self.getPlotItem().vb
        room = max(1.0, self.width() - self.getPlotItem().getAxis("left").width() - self._right_room)
        last = max(1, self._count - 1)
        box.setXRange(
            self._first(), self._first() + (last + 2 * -self._first()) * (1 + self._right_room / room), padding=0
        )
        margin = (high - low) * 0.03
        box.setYRange(low - margin, high + margin, padding=0)

    def _first(self) -> float:
        """Return the left end of the axis; bars need half a position more."""
        return 0.0

    def _horizontal(
        self, value: float, token: str, z: float = 0, width: float = 1, style: Qt.PenStyle | None = None
    ) -> None:
        pen = QPen(Theme.current().color(token), width)
        pen.setCosmetic(True)
        if style is not None:
            pen.setStyle(style)
        # Ends with the data: the room at the right belongs to the labels.
        line = QGraphicsLineItem(self._first(), value, max(1, self._count - 1) - self._first(), value)
        line.setPen(pen)
        line.setZValue(z)
        self.addItem(line)

    def _curve(
        self,
        values: Sequence[float],
        colour: QColor,
        width: float = 1.0,
        style: Qt.PenStyle = Qt.PenStyle.SolidLine,
        z: float = 10,
    ) -> None:
        pen = QPen(colour, Theme.current().scale * width)
        pen.setCosmetic(True)
        pen.setStyle(style)
        curve = pg.PlotDataItem(
            np.arange(len(values)), np.asarray(values, dtype=float), pen=pen, connect="finite", antialias=True
        )
        curve.setZValue(z)
        self.addItem(curve)

    def _band(self, low: Sequence[float], high: Sequence[float], token: str, z: float = -50) -> None:
        """Fill between two lines; a missing value on either side leaves a gap."""
        low_values, high_values = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
        known = np.isfinite(low_values) & np.isfinite(high_values)
        path = QPainterPath()
        start = 0
        while start < len(known):
            if not known[start]:
                start += 1
                continue
            end = start
            while end + 1 < len(known) and known[end + 1]:
                end += 1
            path.moveTo(start, low_values[start])
            for index in range(start, end + 1):
                path.lineTo(index, high_values[index])
            for index in range(end, start - 1, -1):
                path.lineTo(index, low_values[index])
            path.closeSubpath()
            start = end + 1
        shape = QGraphicsPathItem(path)
        shape.setPen(QPen(Qt.PenStyle.NoPen))
        shape.setBrush(Theme.current().color(token))
        shape.setZValue(z)
        self.addItem(shape)

    def _dot(self, index: float, value: float, colour: QColor, radius: float = 3.5, hollow: bool = False) -> None:
        theme = Theme.current()
        pen = QPen(colour, theme.scale * (1.3 if hollow else 1))
        if hollow:
            pen.setDashPattern([2.0, 1.6])
        side = 2 * theme.px(radius + (1 if hollow else 0))
        dot = QGraphicsEllipseItem(-side / 2, -side / 2, side, side)
        # The dot keeps its size in px whatever the axes are.
        dot.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIgnoresTransformations)
        dot.setPen(pen)
        dot.setBrush(theme.color("surface") if hollow else colour)
        dot.setPos(index, value)
        dot.setZValue(20)
        self.addItem(dot)

    def _text(
        self,
        index: float,
        value: float,
        text: str,
        token: str,
        *,
        bold: bool = False,
        anchor: tuple[float, float] = (0.0, 0.5),
    ) -> None:
        theme = Theme.current()
        label = pg.TextItem(text, color=theme.color(token), anchor=anchor)
        label.setFont(theme.font(Role.SMALL, bold=bold, figures=True))
        label.setPos(index, value)
        label.setZValue(30)
        self.addItem(label)

    # The cursor.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the cursor to the nearest position and say its figures."""
        index = self._index_at(event.position())
        if index != self._cursor:
            self._cursor = index
            self._show_cursor()
        if index >= 0:
            QToolTip.showText(event.globalPosition().toPoint(), self._words(index), self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a position; the plot itself is not dragged."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        index = self._index_at(event.position())
        if index >= 0:
            self.chosen.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the cursor away."""
        self._cursor = -1
        self._show_cursor()
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with ←→ Home End, choose with Enter, copy the figures with Ctrl+C."""
        last = self._count - 1
        key = Qt.Key(event.key())
        steps = {
            Qt.Key.Key_Left: self._cursor - 1,
            Qt.Key.Key_Right: self._cursor + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in steps and last >= 0:
            self._cursor = min(last, max(0, steps[key]))
            self._show_cursor()
            words = self._words(self._cursor)
            self.setAccessibleDescription(words)
            QToolTip.showText(self.mapToGlobal(self._place(self._cursor).toPoint()), words, self)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._cursor >= 0:
            self.chosen.emit(self._cursor)
        elif key == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            heads, rows = self.rows()
            lines = ["\t".join(heads), *("\t".join(str(cell) for cell in row) for row in rows)]
            QGuiApplication.clipboard().setText("\n".join(lines))
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Thin the labels anew and keep the room at the right."""
        super().resizeEvent(event)
        # The library resizes once before our own fields exist.
        if getattr(self, "_ticks", None):
            self.redraw()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus outline."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the focus outline away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the focus outline."""
        super().drawForeground(painter, rect)
        if self.hasFocus():
            painter.save()
            painter.resetTransform()
            paint_focus(painter, QRectF(self.viewport().rect()), m.RADIUS_BADGE)
            painter.restore()

    def changeEvent(self, event: QEvent) -> None:
        """Word the axis again when the language was switched."""
        if event.type() == QEvent.Type.LanguageChange:
            self.redraw()
        super().changeEvent(event)

    def _index_at(self, point: QPointF) -> int:
        if not self._count:
            return -1
        box = self.getPlotItem().vb
        if not box.sceneBoundingRect().contains(self.mapToScene(point.toPoint())):
            return -1
        x = box.mapSceneToView(self.mapToScene(point.toPoint())).x()
        index = round(x)
        return index if 0 <= index < self._count else -1

    def _place(self, index: int) -> QPointF:
        box = self.getPlotItem().vb
        scene = box.mapViewToScene(QPointF(index, box.viewRange()[1][1]))
        return QPointF(self.mapFromScene(scene))

    def _show_cursor(self) -> None:
        if self._line is not None:
            self.removeItem(self._line)
            self._line = None
        if self._cursor >= 0:
            pen = QPen(Theme.current().color("control"), 1)
            pen.setCosmetic(True)
            self._line = pg.InfiniteLine(self._cursor, angle=90, pen=pen)
            self._line.setZValue(-10)
            self.addItem(self._line)
