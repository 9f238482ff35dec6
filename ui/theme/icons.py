"""Stroke icons from SVG files, tinted with a token and drawn sharp at any scale."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from chainbrain.resources import resource
from ui.theme import metrics
from ui.theme.theme import Theme


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw one icon into ``rect`` in ``colour``."""
    _renderer(name, colour.name()).render(painter, rect)


def icon_pixmap(name: str, colour: QColor, size: int) -> QPixmap:
    """Return one icon as a pixmap of ``size`` device-independent px."""
    screen = QGuiApplication.primaryScreen()
    ratio = screen.devicePixelRatio() if screen else 1.0
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_icon(painter, QRectF(0, 0, size, size), name, colour)
    painter.end()
    return pixmap


def icon(name: str, token: str = "text2", size: float = metrics.ICON) -> QIcon:
    """Return one icon tinted with a token at the scale in use, with its disabled look."""
    theme = Theme.current()
    px = theme.px(size)
    result = QIcon(icon_pixmap(name, theme.color(token), px))
    result.addPixmap(icon_pixmap(name, theme.color("text3"), px), QIcon.Mode.Disabled)
    return result
