"""How the parts of a map are drawn: points by their kind and value, rings, the grid, scale bar and legend."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from ui.charts.map_data import Kind, MapData, Ring, Shade, Spot
from ui.charts.map_projection import Projection, circle, distance_words
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.widgets.painting import rounded

_SMALLEST, _LARGEST, _PLAIN = 4.0, 14.0, 6.0
_FAINTEST = 0.18
_STEPS = 5
_TOKENS = {Kind.OWN: "accent", Kind.CLOSED: "text3", Kind.CANDIDATE: "timing_fill", Kind.RIVAL: "difference_fill"}
_CENTRE = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)


def radius(spot: Spot, largest: float) -> float:
    """Half the width of a point in px; its area follows its size."""
    px = Theme.current().px
    if spot.size is None or largest <= 0:
        return float(px(_PLAIN))
    share = min(1.0, max(0.0, spot.size) / largest)
    return px(_SMALLEST) + (px(_LARGEST) - px(_SMALLEST)) * math.sqrt(share)


def colours(spot: Spot, data: MapData) -> tuple[QColor | None, QColor]:
    """What a point is filled with (nothing leaves it hollow) and its line."""
    theme = Theme.current()
    own = spot.kind in {Kind.OWN, Kind.CLOSED}
    if data.shade is Shade.KIND or (spot.value is None and not own):
        colour = theme.color(_TOKENS[spot.kind])
        # A line of the ground keeps points apart that lie on each other.
        return (None, colour) if spot.kind is Kind.CLOSED else (colour, theme.color("surface"))
    if spot.value is None:
        return None, theme.color("text3")
    return shaded(spot.value, data)


def shaded(value: float, data: MapData) -> tuple[QColor, QColor]:
    """Fill and line of a value."""
    theme, most = Theme.current(), data.most
    share = min(1.0, abs(value) / most) if most > 0 else 0.0
    if data.shade is Shade.AMOUNT:
        return theme.heat(share), theme.color("accent")
    token = "reference" if round(value, 3) == 0 else ("rise" if value > 0 else "fall")
    fill = theme.color(token)
    fill.setAlphaF(_FAINTEST + (1 - _FAINTEST) * share)
    return fill, theme.color(token)


def shape(kind: Kind, at: QPointF, half: float) -> QPainterPath:
    """The outline of a kind: circle, diamond for a candidate, triangle for a rival."""
    path = QPainterPath()
    if kind in {Kind.OWN, Kind.CLOSED}:
        path.addEllipse(at, half, half)
        return path
    if kind is Kind.CANDIDATE:
        corners: tuple[tuple[float, float], ...] = ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0))
    else:
        corners = ((0.0, -1.2), (1.15, 0.9), (-1.15, 0.9))
    path.addPolygon(QPolygonF([QPointF(at.x() + x * half, at.y() + y * half) for x, y in corners]))
    path.closeSubpath()
    return path


def paint_spot(painter: QPainter, spot: Spot, at: QPointF, data: MapData, largest: float, *, lit: bool) -> None:
    """Draw one point; a lit one has a line of ink around it."""
    theme = Theme.current()
    fill, line = colours(spot, data)
    path = shape(spot.kind, at, radius(spot, largest))
    # A ground below what is half transparent: points that lie on each other stay apart.
    painter.fillPath(path, theme.color("surface"))
    if fill is not None:
        painter.fillPath(path, fill)
    painter.setPen(QPen(theme.color("ink") if lit else line, theme.px(2) if lit else 1.2))
    painter.drawPath(path)


def ring_label(ring: Ring, view: Projection, ground: QRectF) -> QRectF | None:
    """Where the words of a circle stand: at the highest point that is in the picture; nothing where none is."""
    theme = Theme.current()
    metrics = QFontMetricsF(theme.font(Role.CELL, figures=True))
    width, height = metrics.horizontalAdvance(ring.label) + theme.px(m.GAP_S), theme.px(16)
    room = ground.adjusted(width / 2, height / 2, -width / 2, -height / 2)
    corners = (view.point(*corner) for corner in circle(ring.latitude, ring.longitude, ring.km))
    top = min((one for one in corners if room.contains(one)), key=lambda one: one.y(), default=None)
    if not ring.label or top is None:
        return None
    return QRectF(top.x() - width / 2, top.y() - height / 2, width, height)


def paint_ring(painter: QPainter, ring: Ring, view: Projection, ground: QRectF) -> None:
    """Draw a circle of so many kilometres and its words."""
    theme = Theme.current()
    corners = [view.point(*corner) for corner in circle(ring.latitude, ring.longitude, ring.km)]
    painter.setPen(QPen(theme.color("reference"), 1, Qt.PenStyle.DashLine))
    painter.drawPolygon(QPolygonF(corners))
    box = ring_label(ring, view, ground)
    if box is None:
        return
    rounded(painter, box, m.RADIUS_BAR, theme.color("surface"))
    painter.setFont(theme.font(Role.CELL, figures=True))
    painter.setPen(theme.color("text2"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), ring.label)


def paint_grid(painter: QPainter, area: QRectF, step: float) -> None:
    """Draw squares as wide as the scale bar, so that distances can be counted off."""
    painter.setPen(QPen(Theme.current().color("grid"), 1))
    x = area.center().x() % step
    while x < area.right():
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        x += step
    y = area.center().y() % step
    while y < area.bottom():
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        y += step


def paint_scale_bar(painter: QPainter, foot: QRectF, view: Projection, note: str) -> float:
    """Draw the bar and its distance at the left of the foot; return where it ends."""
    theme = Theme.current()
    km, length = view.scale_bar(theme.px(110))
    middle, tick = foot.center().y(), theme.px(4)
    painter.setPen(QPen(theme.color("ink"), 1.5))
    left = foot.left() + 1
    painter.drawPolyline(
        [
            QPointF(left, middle - tick),
            QPointF(left, middle + tick),
            QPointF(left + length, middle + tick),
            QPointF(left + length, middle - tick),
        ]
    )
    words = f"{km:g} km{note}" if km >= 1 else f"{distance_words(km)}{note}"
    painter.setFont(theme.font(Role.SMALL, figures=True))
    painter.setPen(theme.color("text2"))
    start = left + length + theme.px(m.GAP_S)
    width = painter.fontMetrics().horizontalAdvance(words)
    painter.drawText(QRectF(start, foot.top(), width + 2, foot.height()), _CENTRE, words)
    return start + width + theme.px(m.GAP)


def paint_legend(painter: QPainter, foot: QRectF, data: MapData) -> None:
    """Explain colours at the right of the foot, then shapes to the left of them, as far as there is room."""
    theme = Theme.current()
    painter.setFont(theme.font(Role.SMALL, figures=True))
    right = foot.right()
    if data.field is not None:
        right = data.field.paint_legend(painter, foot) - theme.px(m.GAP)
    elif data.shade is not Shade.KIND and (data.low or data.high):
        right = _paint_ramp(painter, foot, data) - theme.px(m.GAP)
    there = [kind for kind in Kind if kind in data.kinds and any(one.kind is kind for one in data.spots)]
    for kind in reversed(there):
        words = data.kinds[kind]
        width = painter.fontMetrics().horizontalAdvance(words)
        left = right - width - theme.px(m.ICON)
        if left < foot.left():
            return
        painter.setPen(theme.color("text2"))
        painter.drawText(QRectF(right - width, foot.top(), width + 2, foot.height()), _CENTRE, words)
        at = QPointF(left + theme.px(5), foot.center().y())
        spot = Spot("", "", 0, 0, kind)
        paint_spot(painter, spot, at, MapData(), 0.0, lit=False)
        right = left - theme.px(m.GAP_M)


def _paint_ramp(painter: QPainter, foot: QRectF, data: MapData) -> float:
    """Draw the steps of the colours between their words; return where they begin."""
    theme, metrics = Theme.current(), painter.fontMetrics()
    step, height = theme.px(18), theme.px(12)
    low, high = metrics.horizontalAdvance(data.low), metrics.horizontalAdvance(data.high)
    left = foot.right() - high - theme.px(m.GAP_S) - _STEPS * step - theme.px(m.GAP_S) - low
    painter.setPen(theme.color("text2"))
    painter.drawText(QRectF(left, foot.top(), low + 2, foot.height()), _CENTRE, data.low)
    x = left + low + theme.px(m.GAP_S)
    for number in range(_STEPS):
        share = (number + 1) / _STEPS if data.shade is Shade.AMOUNT else (number - _STEPS // 2) / (_STEPS // 2)
        fill, _line = shaded(share * (data.most or 1.0), data)
        rounded(painter, QRectF(x, foot.center().y() - height / 2, step - 2, height), m.RADIUS_BAR, fill)
        x += step
    painter.setPen(theme.color("text2"))
    box = QRectF(foot.right() - high, foot.top(), high + 2, foot.height())
    painter.drawText(box, _CENTRE, data.high)
    return left
