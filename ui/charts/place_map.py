"""A map without tiles: points at their true distances, rings, a scale bar, and the distance between two points."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip

from ui.charts import map_paint
from ui.charts.map_data import MapData
from ui.charts.map_picture import MapPicture
from ui.charts.map_projection import distance_words
from ui.theme.theme import Theme
from ui.theme.translator import translate

_NEAR, _ZOOM = 5, 1.5


class PlaceMap(MapPicture):
    """Shows ``MapData``.

    A click chooses a point (``chosen(key)``, empty when the ground was clicked) and draws the distance from the one
    chosen before; a double click or Enter opens it (``opened(key)``), on the ground it shows all points again.
    Dragging moves, the wheel zooms while the map has the focus or with Ctrl. ↑↓ walk through the points, + and − zoom,
    Home shows all, Ctrl+C copies the figures.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)

    def set_data(self, data: MapData, *, keep: bool = False) -> None:
        """Show other points; ``keep`` leaves the picture where it is, otherwise all are shown."""
        self._data = data
        self._before, self._chosen, self._hover = (
            key if data.spot(key) else "" for key in (self._before, self._chosen, self._hover)
        )
        if not keep or self._view is None:
            self._only = frozenset()
            self._view = self._fitted()
        self._tell()
        self.update()

    @property
    def current(self) -> str:
        """The key of the chosen point, empty for none."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Choose a point without telling anyone, and bring it into the picture; empty chooses none."""
        spot = self._data.spot(key)
        self._before, self._chosen = "", key if spot else ""
        if spot is not None and not self._ground().contains(self._shown().point(spot.latitude, spot.longitude)):
            self._view = self._shown().centred(spot.latitude, spot.longitude)
        self._tell()
        self.update()

    def zoom(self, factor: float) -> None:
        """Go closer (above 1) or away, around the chosen point or the middle."""
        spot, view = self._data.spot(self._chosen), self._shown()
        at = view.point(spot.latitude, spot.longitude) if spot else self._ground().center()
        self._view = view.zoomed(factor, at if self._ground().contains(at) else self._ground().center())
        self.update()

    def export_picture(self, path: Path) -> bool:
        """Write the map as it stands to a picture file."""
        return bool(self.grab().save(str(path)))

    def rows(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """Return one row per point: name, degrees in WGS-84, and the figure behind the name."""
        heads = (translate("Name"), translate("Latitude"), translate("Longitude"), translate("Figure beside the name"))
        return heads, [(one.label, one.latitude, one.longitude, one.shown) for one in self._data.spots]

    # By mouse and by keys.

    def event(self, event: QEvent) -> bool:
        """Take the figures on hover away with the mouse."""
        if event.type() == QEvent.Type.Leave and self._hover:
            self._hover = ""
            self.update()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag, or to choose."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture while dragging; otherwise say what is below the mouse."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            way = event.position() - self._pressed
            if self._dragged or way.manhattanLength() >= QGuiApplication.styleHints().startDragDistance():
                self._dragged, self._pressed = True, event.position()
                self._view = self._shown().moved(way.x(), way.y())
                self.update()
            return
        key = self._at(event.position())
        if key != self._hover:
            self._hover = key
            self.update()
        words = self._about(key) if key else self.ground_words(event.position())
        if words:
            QToolTip.showText(event.globalPosition().toPoint(), words, self)
        else:
            QToolTip.hideText()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose what was clicked."""
        if self._pressed is not None and not self._dragged:
            self._pick(self._at(event.position()))
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a point, or show all again."""
        key = self._at(event.position())
        if key:
            self.opened.emit(key)
        else:
            self.show_all()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the mouse; a page that scrolls keeps the wheel until the map has the focus."""
        turned = event.angleDelta().y()
        if turned and (self.hasFocus() or event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self._view = self._shown().zoomed(_ZOOM ** (turned / 120 / 2), event.position())
            self.update()
            event.accept()
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open, zoom, show all, copy."""
        key, keys = Qt.Key(event.key()), [one.key for one in self._data.spots]
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up} and keys:
            step = 1 if key == Qt.Key.Key_Down else -1
            place = keys.index(self._chosen) + step if self._chosen else (0 if step > 0 else -1)
            self._pick(keys[place % len(keys)])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._chosen:
            self.opened.emit(self._chosen)
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM)
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_0}:
            self.show_all()
        elif key == Qt.Key.Key_C and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            heads, rows = self.rows()
            QGuiApplication.clipboard().setText("\n".join("\t".join(map(str, row)) for row in (heads, *rows)))
        else:
            event.ignore()

    # What is where.

    def _pick(self, key: str) -> None:
        if key != self._chosen:
            self._before, self._chosen = (self._chosen, key) if key else ("", "")
            spot = self._data.spot(key)
            if spot is not None and not self._ground().contains(self.place_of(key)):
                self._view = self._shown().centred(spot.latitude, spot.longitude)
        self._tell()
        self.update()
        self.chosen.emit(key)

    def _tell(self) -> None:
        measured = self.measured
        words = self._about(self._chosen) if self._chosen else "\n".join(one.label for one in self._data.spots)
        if measured is not None:
            one = self._data.spot(measured[0])
            far = translate("{distance} from {name}")
            words += "\n" + far.format(distance=distance_words(measured[2]), name=one.label if one else "")
        self.setAccessibleDescription(words)

    def _about(self, key: str) -> str:
        spot = self._data.spot(key)
        return (spot.about or f"{spot.label} {spot.shown}".rstrip()) if spot else ""

    def ground_words(self, point: QPointF) -> str:
        """What is said of the ground at a point; empty without a surface there."""
        field = self._data.field
        return field.at(self._shown(), point) if field is not None and self._ground().contains(point) else ""

    def _at(self, point: QPointF) -> str:
        if not self._ground().contains(point):
            return ""
        view, most, found = self._shown(), self._largest(), ("", float("inf"))
        for spot in self._data.spots:
            way = view.point(spot.latitude, spot.longitude) - point
            far = (way.x() ** 2 + way.y() ** 2) ** 0.5 - map_paint.radius(spot, most)
            if far <= Theme.current().px(_NEAR) and far < found[1]:
                found = (spot.key, far)
        return found[0]
