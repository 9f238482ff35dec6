"""Cash at the ends of months, on a grid of months that what stands above it shares to the pixel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsLineItem

from ui.charts.fan import Fan, FanChart
from ui.theme import metrics as m
from ui.theme.theme import Theme

LEFT: Final = 104
"""Room left of the first month, in px at 100 %: names above, figures of the axis here."""


class MonthFan(FanChart):
    """A ``Fan`` whose position n is the end of the n-th month; position 0 is the beginning of the first.

    ``laid`` when the months stand elsewhere than before.
    """

    laid = Signal()

    def __init__(self) -> None:
        self._broken: int | None = None
        super().__init__()
        # Half of the words of the highest and the lowest tick stand beyond their lines.
        margin = Theme.current().px(m.GAP_S)
        self.getPlotItem().layout.setContentsMargins(0, margin, 0, margin)

    def set_months(self, fan: Fan | None, broken: int | None = None) -> None:
        """Show another fan; ``broken`` is the position at which the floor is broken, drawn as a line across."""
        self._broken = broken
        self.set_data(fan)

    def edge(self, number: int) -> float:
        """Where the n-th month begins, which is where the one before it ends: px from the left of the chart."""
        left = Theme.current().px(LEFT)
        return float(left + number * (self.width() - left - self._right_room) / max(1, self._count - 1))

    def _frame(
        self,
        count: int,
        ticks: list[float],
        labels: Sequence[tuple[float, str]],
        *,
        with_unit: bool,
        right_room: int = 0,
    ) -> None:
        """Set the axes; the months are named above, by what shares them."""
        super()._frame(count, ticks, (), with_unit=with_unit, right_room=right_room)
        self.getPlotItem().getAxis("left").setWidth(Theme.current().px(LEFT))
        if ticks:
            self._range(ticks[0], ticks[-1])
            for number in range(count):
                self._upright(number, ticks, "grid")
            if self._broken is not None:
                self._upright(self._broken, ticks, "difference", Qt.PenStyle.DotLine)
        self.laid.emit()

    def _upright(self, number: int, ticks: list[float], token: str, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> None:
        pen = QPen(Theme.current().color(token), 1, style)
        pen.setCosmetic(True)
        line = QGraphicsLineItem(number, ticks[0], number, ticks[-1])
        line.setPen(pen)
        line.setZValue(-100)
        self.addItem(line)
