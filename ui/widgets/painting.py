"""Small painted parts shared by widgets and the table delegate."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from ui import figures
from ui.theme import metrics as m
from ui.theme.icons import paint_icon
from ui.theme.theme import Theme
from ui.theme.type_roles import Role
from ui.widgets.states import look


def rounded(painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, line: QColor | None = None) -> None:
    """Draw a rounded box with crisp 1 px border; ``radius`` in px at 100 %."""
    theme = Theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 1) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5) if line is not None else rect
    painter.drawRoundedRect(box, theme.px(radius), theme.px(radius))
    painter.restore()


def badge_width(text: str, state: str) -> float:
    """Return the width a badge needs, px on screen."""
    theme = Theme.current()
    width = QFontMetricsF(theme.font(Role.SMALL)).horizontalAdvance(text)
    icon = theme.px(m.ICON_BADGE) + theme.px(m.GAP_XS) if look(state).icon else 0
    return width + icon + 2 * theme.px(m.CELL_PAD)


def paint_badge(painter: QPainter, rect: QRectF, text: str, state: str, with_icon: bool = True) -> QRectF:
    """Draw a badge at the left of ``rect``, centred in height; return the box it fills."""
    theme, style = Theme.current(), look(state)
    icon = theme.px(m.ICON_BADGE) if style.icon and with_icon else 0
    gap = theme.px(m.GAP_XS) if icon else 0
    font = theme.font(Role.SMALL)
    pad = theme.px(m.CELL_PAD)
    height = theme.px(m.BADGE)
    width = min(rect.width(), QFontMetricsF(font).horizontalAdvance(text) + icon + gap + 2 * pad)
    box = QRectF(rect.left(), rect.center().y() - height / 2, width, height)
    rounded(painter, box, m.RADIUS_BADGE, theme.color(style.ground))
    if icon:
        paint_icon(
            painter,
            QRectF(box.left() + pad, box.center().y() - icon / 2, icon, icon),
            style.icon,
            theme.color(style.text),
        )
    painter.save()
    painter.setFont(font)
    painter.setPen(theme.color(style.text))
    area = box.adjusted(pad + icon + gap, 0, -pad + 1, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()) + 1)
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()
    return box


def change_token(share: Decimal | float | None) -> str:
    """Return the colour token of a change; text3 when it rounds to nothing."""
    if share is None or round(float(share), 3) == 0:
        return "text3"
    return "rise" if share > 0 else "fall"


def change_width(share: Decimal | float | None, role: Role = Role.SMALL) -> float:
    """Return the width a change mark needs, px on screen."""
    theme = Theme.current()
    width = QFontMetricsF(theme.font(role, figures=True)).horizontalAdvance(figures.change(share))
    return width + (theme.px(8) + theme.px(3) if change_token(share) != "text3" else 0)


def paint_change(
    painter: QPainter,
    rect: QRectF,
    share: Decimal | float | None,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    role: Role = Role.SMALL,
) -> None:
    """Draw triangle, sign and one decimal of a change given as a share."""
    if share is None:
        return
    theme, token = Theme.current(), change_token(share)
    painter.save()
    painter.setFont(theme.font(role, figures=True))
    painter.setPen(theme.color(token))
    width = change_width(share, role)
    left = rect.right() - width if align & Qt.AlignmentFlag.AlignRight else rect.left()
    if token != "text3":
        paint_triangle(painter, QPointF(left, rect.center().y() + theme.px(0.5)), share > 0, theme.color(token))
        left += theme.px(8) + theme.px(3)
    area = QRectF(left, rect.top(), width, rect.height())
    painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), figures.change(share))
    painter.restore()


def paint_triangle(painter: QPainter, left_middle: QPointF, up: bool, colour: QColor) -> None:
    """Draw the 8 by 7 triangle of a change with its left edge at the point."""
    px = Theme.current().px
    width, half = px(8), px(7) / 2
    x, y = left_middle.x(), left_middle.y()
    tip, base = (y - half, y + half) if up else (y + half, y - half)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(QPolygonF([QPointF(x, base), QPointF(x + width, base), QPointF(x + width / 2, tip)]))
    painter.restore()


def paint_bar(painter: QPainter, rect: QRectF, share: float, token: str = "reference") -> None:
    """Draw an in-cell bar: a sunken track and a filled part of ``share`` (0 to 1)."""
    theme = Theme.current()
    height = theme.px(7)
    track = QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)
    rounded(painter, track, m.RADIUS_BAR, theme.color("sunken"))
    filled = QRectF(track)
    filled.setWidth(track.width() * min(1.0, max(0.0, share)))
    if filled.width() > 0:
        rounded(painter, filled, m.RADIUS_BAR, theme.color(token))


def paint_spark(
    painter: QPainter,
    rect: QRectF,
    values: "list[float | None] | tuple[float | None, ...]",
    *,
    band: "tuple[tuple[float, float] | None, ...]" = (),
    dot: bool = True,
    hollow: bool = False,
) -> None:
    """Draw a 1 px line over its own scale; a missing value is a gap, the last day a dot."""
    known = [value for value in values if value is not None]
    for pair in band:
        if pair is not None:
            known.extend(pair)
    if not known or rect.width() <= 0:
        return
    theme = Theme.current()
    low, high = min(known), max(known)
    spread = (high - low) or 1.0
    step = rect.width() / max(1, len(values) - 1)
    inset = theme.px(3)
    area = rect.adjusted(0, inset, -inset, -inset)
    step = area.width() / max(1, len(values) - 1)

    def point(index: int, value: float) -> QPointF:
        return QPointF(area.left() + index * step, area.bottom() - (value - low) / spread * area.height())

    painter.save()
    if band:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for run in _runs(band):
            _paint_band(painter, [(point(n, low), point(n, high)) for n, (low, high) in run])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("accent"), theme.px(1)))
    path, pen_down = QPainterPath(), False
    last: QPointF | None = None
    for index, value in enumerate(values):
        if value is None:
            pen_down = False
            continue
        last = point(index, value)
        if pen_down:
            path.lineTo(last)
        else:
            path.moveTo(last)
        pen_down = True
    painter.drawPath(path)
    if dot and last is not None:
        radius = theme.px(2.5)
        if hollow:
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("timing"), theme.px(1), Qt.PenStyle.DotLine))
        else:
            painter.setBrush(theme.color("accent"))
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(last, radius, radius)
    painter.restore()


def _runs(band: "Sequence[tuple[float, float] | None]") -> list[list[tuple[int, tuple[float, float]]]]:
    """Cut a band where it is missing; a gap is never bridged."""
    runs: list[list[tuple[int, tuple[float, float]]]] = [[]]
    for number, pair in enumerate(band):
        if pair is None:
            runs.append([])
        else:
            runs[-1].append((number, pair))
    return [run for run in runs if run]


def _paint_band(painter: QPainter, edges: list[tuple[QPointF, QPointF]]) -> None:
    if len(edges) < 2:
        return
    shape = QPolygonF([low for low, _ in edges] + [high for _, high in reversed(edges)])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(Theme.current().color("band"))
    painter.drawPolygon(shape)


def paint_range(
    painter: QPainter,
    rect: QRectF,
    *,
    low: float,
    mid: float,
    high: float,
    axis: tuple[float, float],
    rejected: bool = False,
) -> None:
    """Draw P10 to P90 as a bar, P50 as a mark and zero as dashes, on a shared axis."""
    theme = Theme.current()
    first, last = axis
    spread = (last - first) or 1.0

    def place(value: float) -> float:
        return rect.left() + (min(last, max(first, value)) - first) / spread * rect.width()

    middle, half = rect.center().y(), theme.px(8) / 2
    painter.save()
    if first < 0 < last:
        painter.setPen(QPen(theme.color("control"), 1, Qt.PenStyle.DotLine))
        zero = round(place(0)) + 0.5
        painter.drawLine(QPointF(zero, rect.top()), QPointF(zero, rect.bottom()))
    bar = QRectF(place(low), middle - half, max(1.0, place(high) - place(low)), theme.px(8))
    rounded(painter, bar, m.RADIUS_BAR, theme.color("line2" if rejected else "range"))
    mark = QRectF(place(mid) - theme.px(3) / 2, middle - theme.px(14) / 2, theme.px(3), theme.px(14))
    painter.fillRect(mark, theme.color("text3" if rejected else "accent"))
    painter.restore()


def paint_focus(painter: QPainter, rect: QRectF, radius: float = m.RADIUS_CONTROL) -> None:
    """Draw the 2 px focus ring just inside ``rect``."""
    theme = Theme.current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    width = theme.px(m.FOCUS_RING)
    painter.setPen(QPen(theme.color("accent"), width))
    inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), theme.px(radius), theme.px(radius))
    painter.restore()
