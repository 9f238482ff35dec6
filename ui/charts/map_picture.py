"""The picture of a map: what part of the world is shown, and everything drawn on it."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.charts import map_paint
from ui.charts.map_data import MapData
from ui.charts.map_labels import Wish, clear_of, placed
from ui.charts.map_projection import Projection, apart_km, distance_words
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets.painting import paint_focus, rounded

_FOOT, _MARGIN = 26, 44
_LONGEST_NAME = 148
_HALO = 0.82


class MapPicture(QWidget):
    """Draws ``MapData``; ``PlaceMap`` adds what mouse and keys do."""

    def __init__(self) -> None:
        super().__init__()
        self._data = MapData()
        self._view: Projection | None = None
        self._only: frozenset[str] = frozenset()
        self._before, self._chosen, self._hover = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow_theme(self.update)

    @property
    def data(self) -> MapData:
        """What is shown."""
        return self._data

    @property
    def measured(self) -> tuple[str, str, float] | None:
        """The two points between which the distance stands, and it in km."""
        one, other = self._data.spot(self._before), self._data.spot(self._chosen)
        if one is None or other is None or one is other:
            return None
        return one.key, other.key, apart_km((one.latitude, one.longitude), (other.latitude, other.longitude))

    @property
    def view(self) -> Projection:
        """What part of the world is shown."""
        return self._shown()

    def show_all(self) -> None:
        """Show every point."""
        self._only = frozenset()
        self._view = self._fitted()
        self.update()

    def show_only(self, keys: frozenset[str]) -> None:
        """Go where these points are."""
        self._only = keys
        self._view = self._fitted(keys)
        self.update()

    def place_of(self, key: str) -> QPointF:
        """Return where a point is drawn."""
        spot = self._data.spot(key)
        return self._shown().point(spot.latitude, spot.longitude) if spot else QPointF()

    def named(self) -> dict[str, QRectF]:
        """Return the boxes of the names that have room."""
        return self._named(self._shown())

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        px = Theme.current().px
        return QSize(px(480), px(320))

    def minimumSizeHint(self) -> QSize:
        """Room for the scale bar and a few points."""
        px = Theme.current().px
        return QSize(px(240), px(180))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw grid, rings, the measured line, points, names, and the foot."""
        theme, painter, view = Theme.current(), QPainter(self), self._shown()
        ground, data = self._ground(), self._data
        side = theme.px(m.GAP_S)
        foot = QRectF(side, ground.bottom(), self.width() - 2 * side, self.height() - ground.bottom())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not data.spots:
            self._paint_focus(painter)
            return
        painter.setClipRect(ground)
        if data.field is not None:
            data.field.paint(painter, view, ground)
        map_paint.paint_grid(painter, ground, view.scale_bar(theme.px(110))[1])
        for ring in data.rings:
            map_paint.paint_ring(painter, ring, view, ground)
        self._paint_measure(painter, view)
        most = self._largest()
        # The small ones above the large ones, those that are looked at above all: none is hidden by another.
        for spot in sorted(data.spots, key=lambda one: (one.key in self._lit, -(one.size or 0.0))):
            lit = spot.key in self._lit
            at = view.point(spot.latitude, spot.longitude)
            map_paint.paint_spot(painter, spot, at, data, most, lit=lit)
        boxes = self._named(view)
        self._paint_names(painter, boxes)
        self._paint_distance(painter, view)
        painter.setClipping(False)
        inside = sum(ground.contains(view.point(one.latitude, one.longitude)) for one in data.spots)
        note = translate("%n name(s) not written: zoom in", inside - len(boxes)) if inside > len(boxes) else ""
        if inside < len(data.spots):
            note = translate("%n point(s) outside", len(data.spots) - inside)
        if data.field is not None and note:
            # The colours have to be explained; what is not written can be seen by going closer.
            painter.setFont(theme.font(Role.SMALL, figures=True))
            taken = theme.px(200) + painter.fontMetrics().horizontalAdvance(f" · {note}")
            note = note if taken + data.field.legend_width(painter.fontMetrics()) < foot.width() else ""
        end = map_paint.paint_scale_bar(painter, foot, view, f" · {note}" if note else "")
        map_paint.paint_legend(painter, foot.adjusted(end, 0, 0, 0), data)
        self._paint_focus(painter)

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), m.RADIUS_BADGE)

    def _paint_names(self, painter: QPainter, boxes: dict[str, QRectF]) -> None:
        theme = Theme.current()
        for spot in self._data.spots:
            box = boxes.get(spot.key)
            if box is None:
                continue
            strong = spot.key in self._lit
            font, small = theme.font(Role.SMALL, bold=strong), theme.font(Role.SMALL, figures=True)
            figure = QFontMetricsF(small).horizontalAdvance(f" {spot.shown}") if spot.shown else 0.0
            align = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            name = QFontMetricsF(font).elidedText(spot.label, Qt.TextElideMode.ElideRight, box.width() - figure + 1)
            if self._data.field is not None:
                # Words stay readable on the darkest ground.
                halo = theme.color("surface")
                halo.setAlphaF(_HALO)
                rounded(painter, box.adjusted(-2, 0, 3, 0), m.RADIUS_BAR, halo)
            painter.setFont(font)
            painter.setPen(theme.color("ink" if strong else "text2"))
            painter.drawText(box, align, name)
            painter.setFont(small)
            painter.setPen(theme.color("text3"))
            painter.drawText(box.adjusted(box.width() - figure, 0, 2, 0), align, f" {spot.shown}" if spot.shown else "")

    def _paint_measure(self, painter: QPainter, view: Projection) -> None:
        measured = self.measured
        if measured is None:
            return
        painter.setPen(QPen(Theme.current().color("ink"), 1.2))
        painter.drawLine(self.place_of(measured[0]), self.place_of(measured[1]))

    def _paint_distance(self, painter: QPainter, view: Projection) -> None:
        measured, box, theme = self.measured, self._distance_box(view), Theme.current()
        if measured is None or box is None:
            return
        rounded(painter, box, m.RADIUS_BADGE, theme.color("surface"), theme.color("line2"))
        painter.setFont(theme.font(Role.SMALL, bold=True, figures=True))
        painter.setPen(theme.color("ink"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), distance_words(measured[2]))

    def _distance_box(self, view: Projection) -> QRectF | None:
        """Where the distance stands: on its line, or beside it where that is as short as its points."""
        measured, theme = self.measured, Theme.current()
        if measured is None:
            return None
        metrics = QFontMetricsF(theme.font(Role.SMALL, bold=True, figures=True))
        size = QSizeF(metrics.horizontalAdvance(distance_words(measured[2])) + theme.px(m.GAP_M), theme.px(20))
        most, dots = self._largest(), []
        for spot in self._data.spots:
            at, half = view.point(spot.latitude, spot.longitude), map_paint.radius(spot, most)
            dots.append(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))
        line = QLineF(self.place_of(measured[0]), self.place_of(measured[1]))
        return clear_of(line, size, self._ground(), dots)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what was shown in another room; show all as long as nobody moved."""
        if self._view is not None:
            fitted = self._view == self._fitted(self._only, size=(event.oldSize().width(), event.oldSize().height()))
            self._view = (
                self._fitted(self._only)
                if fitted
                else self._view.sized(self._ground().width(), self._ground().height())
            )
        super().resizeEvent(event)

    # What is where.

    @property
    def _lit(self) -> set[str]:
        """The points that are looked at."""
        return {self._chosen, self._before, self._hover}

    def _largest(self) -> float:
        return max((one.size for one in self._data.spots if one.size), default=0.0)

    def _ground(self) -> QRectF:
        return QRectF(0, 0, self.width(), max(1, self.height() - Theme.current().px(_FOOT)))

    def _shown(self) -> Projection:
        ground = self._ground()
        return (self._view or self._fitted()).sized(ground.width(), ground.height())

    def _fitted(self, keys: frozenset[str] = frozenset(), size: tuple[int, int] | None = None) -> Projection:
        spots = [one for one in self._data.spots if not keys or one.key in keys]
        ground = self._ground()
        width, height = ground.width(), ground.height()
        if size is not None:
            width, height = float(size[0]), float(max(1, size[1] - Theme.current().px(_FOOT)))
        points = [(one.latitude, one.longitude) for one in spots]
        return Projection.fitted(points, width, height, float(Theme.current().px(_MARGIN)))

    def _named(self, view: Projection) -> dict[str, QRectF]:
        theme, most = Theme.current(), self._largest()
        measure = QFontMetricsF(theme.font(Role.SMALL, bold=True, figures=True))
        wishes = []
        for spot in self._data.spots:
            width = min(theme.px(_LONGEST_NAME), measure.horizontalAdvance(f"{spot.label} ".rstrip()) + 2)
            width += measure.horizontalAdvance(f" {spot.shown}") if spot.shown else 0
            weight = spot.size or 0.0
            if spot.key in self._lit:
                weight += 2 * most + 1
            at = view.point(spot.latitude, spot.longitude)
            wishes.append(Wish(spot.key, at, map_paint.radius(spot, most), width, theme.px(16), weight))
        ground = self._ground()
        taken = [self._distance_box(view), *(map_paint.ring_label(ring, view, ground) for ring in self._data.rings)]
        return placed(wishes, ground, [box for box in taken if box is not None])
