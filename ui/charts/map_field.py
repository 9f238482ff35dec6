"""A surface on a map: the colour of every patch of ground says how much; where nothing is known it is hatched."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QImage, QPainter

from ui.charts.map_projection import KM_A_DEGREE, Projection
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.widgets.painting import rounded

Numbers = NDArray[np.float64]

_STEPS = 5
# Above this a patch is drawn as a rectangle: few of them fit into the picture. Below it an image is filled at once.
_LARGE_PX = 12.0
# Where points have no ground of their own each is drawn as a square of so many px.
_POINT_PX = 6.0
# How far apart the lines of the hatching are, as those of Qt's own pattern.
_HATCH_PX = 8


@dataclass(frozen=True, eq=False)
class Field:
    """Patches of ground around points in degrees WGS-84.

    Attributes:
        values: of 0 and more, one per point.
        blank: latitudes and longitudes of patches of which nothing is known; never drawn as 0.
        cell: how high and how wide a patch is in degrees; nothing where points are points.
        most: the value at the end of the colours.
        low: words at the light end of the legend.
        high: words at the dark end.
        unknown: words beside the hatched patch of the legend.
        about: what hovering says of the n-th point.
    """

    latitude: Numbers
    longitude: Numbers
    values: Numbers
    blank: tuple[Numbers, Numbers]
    cell: tuple[float, float] | None
    most: float
    low: str
    high: str
    unknown: str
    about: Callable[[int], str]

    def at(self, view: Projection, point: QPointF) -> str:
        """What is said of the ground below a point of the picture; empty beside all patches."""
        size = self._size(view)
        found = _nearest(_px(view, self.latitude, self.longitude), point, size)
        if found is not None:
            return self.about(found)
        return self.unknown if _nearest(_px(view, *self.blank), point, size) is not None else ""

    def paint(self, painter: QPainter, view: Projection, ground: QRectF) -> None:
        """Draw every patch that is in the picture."""
        theme = Theme.current()
        wide, high = self._size(view)
        across, down = _px(view, self.latitude, self.longitude)
        share = np.clip(np.asarray(self.values) / (self.most or 1.0), 0.0, 1.0)
        there = _inside(across, down, ground, wide, high)
        across, down, share = across[there], down[there], share[there]
        steps = np.minimum((share * 64).astype(int), 63)
        if max(wide, high) > _LARGE_PX:
            for x, y, step in zip(across.tolist(), down.tolist(), steps.tolist(), strict=True):
                painter.fillRect(QRectF(x - wide / 2, y - high / 2, wide, high), theme.heat((step + 0.5) / 64))
        elif len(across):
            painter.drawImage(ground.topLeft(), _image(across, down, steps, (wide, high), ground))
        across, down = _px(view, *self.blank)
        there = _inside(across, down, ground, wide, high)
        across, down = across[there], down[there]
        if max(wide, high) > _LARGE_PX:
            hatch = _hatch()
            for x, y in zip(across.tolist(), down.tolist(), strict=True):
                painter.fillRect(QRectF(x - wide / 2, y - high / 2, wide, high), hatch)
        elif len(across):
            painter.drawImage(ground.topLeft(), _hatched(across, down, (wide, high), ground))

    def paint_legend(self, painter: QPainter, foot: QRectF) -> float:
        """Draw the hatched patch and the steps of the colours between their words; return where they begin."""
        theme, metrics = Theme.current(), painter.fontMetrics()
        step, height, gap = theme.px(18), theme.px(12), theme.px(m.GAP_S)
        centre = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        right = foot.right()
        top = foot.center().y() - height / 2
        parts: list[tuple[str, QBrush | None]] = [(self.high, None)]
        parts += [("", QBrush(theme.heat((number + 0.5) / _STEPS))) for number in reversed(range(_STEPS))]
        parts.append((self.low, None))
        said = f"{self.unknown}  "
        # Where there is no room for it, hovering still says what the hatching means.
        if (
            len(self.blank[0])
            and self.legend_width(metrics) + metrics.horizontalAdvance(said) + 2 * gap + step < foot.width()
        ):
            parts += [(said, None), ("", _hatch())]
        for words, brush in parts:
            if brush is not None:
                right -= step
                box = QRectF(right, top, step - 2, height)
                rounded(painter, box, m.RADIUS_BAR, theme.color("surface"), theme.color("line"))
                painter.fillRect(box, brush)
                continue
            width = metrics.horizontalAdvance(words)
            right -= width + (gap if words == self.low else 0)
            painter.setPen(theme.color("text2"))
            painter.drawText(QRectF(right, foot.top(), width + 2, foot.height()), centre, words)
            right -= gap
        return right

    def legend_width(self, metrics: QFontMetrics) -> int:
        """How wide the words and colours of the legend are, without the hatched patch."""
        gap = Theme.current().px(m.GAP_S)
        return _STEPS * Theme.current().px(18) + sum(
            metrics.horizontalAdvance(one) + gap for one in (self.low, self.high)
        )

    def _size(self, view: Projection) -> tuple[float, float]:
        if self.cell is None:
            side = float(Theme.current().px(_POINT_PX))
            return side, side
        high, wide = self.cell
        return max(1.0, wide * view.km_a_degree_east * view.px_a_km), max(1.0, high * KM_A_DEGREE * view.px_a_km)


def _px(view: Projection, latitude: Numbers, longitude: Numbers) -> tuple[Any, Any]:
    """As ``Projection.point``, for many at once."""
    north = (np.asarray(latitude) - view.latitude) * KM_A_DEGREE
    east = (np.asarray(longitude) - view.longitude) * view.km_a_degree_east
    return view.width / 2 + east * view.px_a_km, view.height / 2 - north * view.px_a_km


def _inside(across: Any, down: Any, ground: QRectF, wide: float, high: float) -> Any:
    sides = (across > ground.left() - wide) & (across < ground.right() + wide)
    return sides & (down > ground.top() - high) & (down < ground.bottom() + high)


def _nearest(places: tuple[Any, Any], point: QPointF, size: tuple[float, float]) -> int | None:
    """The place (in px) whose patch lies below a point of the picture."""
    across, down = places
    if not len(across):
        return None
    far = np.maximum(np.abs(across - point.x()) / size[0], np.abs(down - point.y()) / size[1])
    best = int(far.argmin())
    return best if far[best] <= 0.5 + 1e-9 else None


def _image(across: Any, down: Any, steps: Any, size: tuple[float, float], ground: QRectF) -> QImage:
    """Patches of a few px each as one picture; every px takes the colour of the patch it lies on."""
    theme = Theme.current()
    colours = np.array([theme.heat((step + 0.5) / 64).rgba() for step in range(64)], dtype=np.uint32)
    return _picture(_filled(across, down, colours[steps], size, ground))


def _hatched(across: Any, down: Any, size: tuple[float, float], ground: QRectF) -> QImage:
    """Patches of a few px each as one picture of slanted lines; a sea of them would take seconds one by one."""
    colour = np.full(len(across), Theme.current().color("control").rgba(), dtype=np.uint32)
    pixels = _filled(across, down, colour, size, ground)
    rows, columns = np.indices(pixels.shape, sparse=True)
    pixels[(rows + columns) % _HATCH_PX != 0] = 0
    return _picture(pixels)


def _filled(across: Any, down: Any, colours: Any, size: tuple[float, float], ground: QRectF) -> Any:
    """One px after the other (rows of columns, 0xAARRGGBB): the colour of the patch that lies there, or 0."""
    width, height = int(ground.width()) + 1, int(ground.height()) + 1
    pixels = np.zeros((height, width), dtype=np.uint32)
    left, top = np.round(across - size[0] / 2).astype(int), np.round(down - size[1] / 2).astype(int)
    # A px more than a patch is wide closes the seams that rounding would leave.
    for right in range(int(np.ceil(size[0]))):
        for lower in range(int(np.ceil(size[1]))):
            x, y = left + right, top + lower
            there = (x >= 0) & (x < width) & (y >= 0) & (y < height)
            pixels[y[there], x[there]] = colours[there]
    return pixels


def _picture(pixels: Any) -> QImage:
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, width * 4, QImage.Format.Format_ARGB32).copy()


def _hatch() -> QBrush:
    return QBrush(Theme.current().color("control"), Qt.BrushStyle.BDiagPattern)
