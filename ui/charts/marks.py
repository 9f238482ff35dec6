"""What can be drawn over an axis: grid and words at its sides, curves, bands, dots and texts."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsEllipseItem,
    QGraphicsItem,
    QGraphicsLineItem,
    QGraphicsPathItem,
)

from ui.charts.scale import axis_words
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role

_GROUND = 0.8
"""How much of what lies behind words is hidden, where they stand over lines."""


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


class Marks(pg.PlotWidget):  # type: ignore[misc]  # the library has no types
    """An empty ground of positions 0 … n−1 across and a figure up."""

    def __init__(self) -> None:
        words = {side: _Words(side) for side in ("left", "bottom")}
        super().__init__(background=None, axisItems=words)
        self._count = 0
        self._right_room = 0
        self._ticks: list[float] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
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

    def _across(self, index: int) -> float:
        """Return where a position lies; evenly, unless a chart has a scale of its own from 0 to n−1."""
        return float(index)

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

    def _vertical(self, index: float, ends: tuple[float, float], token: str, style: Qt.PenStyle) -> None:
        pen = QPen(Theme.current().color(token), 1)
        pen.setCosmetic(True)
        pen.setStyle(style)
        line = QGraphicsLineItem(index, ends[0], index, ends[1])
        line.setPen(pen)
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
        across = np.array([self._across(index) for index in range(len(values))])
        curve = pg.PlotDataItem(across, np.asarray(values, dtype=float), pen=pen, connect="finite", antialias=True)
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
            path.moveTo(self._across(start), low_values[start])
            for index in range(start, end + 1):
                path.lineTo(self._across(index), high_values[index])
            for index in range(end, start - 1, -1):
                path.lineTo(self._across(index), low_values[index])
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
        over: bool = False,
    ) -> None:
        """Write beside a point; ``over`` hides the lines that run behind the words."""
        theme = Theme.current()
        ground = QColor(theme.color("surface"))
        ground.setAlphaF(_GROUND)
        label = pg.TextItem(text, color=theme.color(token), anchor=anchor, fill=ground if over else None)
        label.setFont(theme.font(Role.SMALL, bold=bold, figures=True))
        label.setPos(index, value)
        label.setZValue(30)
        self.addItem(label)
