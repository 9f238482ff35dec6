"""Bars from a zero baseline: one series, or a few stacked ones in category colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from ui import figures
from ui.charts.plot import Plot
from ui.charts.scale import nice_ticks
from ui.theme.theme import Theme
from ui.theme.translator import translate


@dataclass(frozen=True)
class BarSeries:
    """One series: its name, one value per label (None is missing), and a token instead of its category colour."""

    name: str
    values: tuple[Decimal | float | None, ...]
    token: str = ""


class BarChart(Plot):
    """Shows series stacked over labels; ``chosen`` carries the index of the clicked bar."""

    def __init__(self) -> None:
        self._labels: tuple[str, ...] = ()
        self._series: tuple[BarSeries, ...] = ()
        self._unit_in_axis = True
        super().__init__()

    def set_data(self, labels: Sequence[str], series: Sequence[BarSeries], unit_in_axis: bool = True) -> None:
        """Show other bars."""
        self._labels, self._series, self._unit_in_axis = tuple(labels), tuple(series), unit_in_axis
        self._cursor = -1
        self.redraw()

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return one row per label."""
        heads = ("", *(series.name for series in self._series))
        return heads, [(label, *(s.values[i] for s in self._series)) for i, label in enumerate(self._labels)]

    def _first(self) -> float:
        return -0.5

    def _draw(self) -> None:
        if not self._labels:
            self._count = 0
            return
        positives = [sum(max(0.0, float(s.values[i] or 0)) for s in self._series) for i in range(len(self._labels))]
        negatives = [sum(min(0.0, float(s.values[i] or 0)) for s in self._series) for i in range(len(self._labels))]
        ticks = nice_ticks(min(negatives), max(positives), zero=True)
        step = -(-len(self._labels) // 12)
        labels = [(float(i), text) for i, text in enumerate(self._labels) if i % step == 0]
        self._frame(len(self._labels), ticks, labels, with_unit=self._unit_in_axis)
        up, down = [0.0] * len(self._labels), [0.0] * len(self._labels)
        for number, series in enumerate(self._series):
            theme = Theme.current()
            colour = theme.color(series.token) if series.token else theme.category(number)
            path = QPainterPath()
            for index, value in enumerate(series.values):
                if value is None:
                    continue
                height = float(value)
                base = up if height >= 0 else down
                path.addRect(QRectF(index - 0.32, base[index], 0.64, height).normalized())
                base[index] += height
            shape = QGraphicsPathItem(path)
            shape.setPen(QPen(Qt.PenStyle.NoPen))
            shape.setBrush(pg.mkBrush(colour))
            self.addItem(shape)
        self._horizontal(0, "control", z=5)

    def _words(self, index: int) -> str:
        lines = [self._labels[index]]
        for series in self._series:
            value = series.values[index]
            shown = translate("no data") if value is None else figures.money(value, symbol=True)
            lines.append(f"{series.name}  {shown}".strip())
        return "\n".join(lines)
