"""The ground of every chart over an axis: cursor with figures, keyboard, picture and figures to take away."""

from pathlib import Path
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QToolTip,
)

from ui.charts.marks import Marks
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.widgets.painting import paint_focus


class Plot(Marks):
    """Positions 0 … n−1 across, a figure up; subclasses draw in ``_draw`` and word ``_words``.

    ``chosen(index)`` by click or Enter on a position.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._cursor = -1
        self._line: Any = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
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
        return self._nearest(x)

    def _nearest(self, x: float) -> int:
        """Return the position that lies next to a place across; -1 beyond the ends."""
        index = round(x)
        return index if 0 <= index < self._count else -1

    def _place(self, index: int) -> QPointF:
        box = self.getPlotItem().vb
        scene = box.mapViewToScene(QPointF(self._across(index), box.viewRange()[1][1]))
        return QPointF(self.mapFromScene(scene))

    def _show_cursor(self) -> None:
        if self._line is not None:
            self.removeItem(self._line)
            self._line = None
        if self._cursor >= 0:
            pen = QPen(Theme.current().color("control"), 1)
            pen.setCosmetic(True)
            self._line = pg.InfiniteLine(self._across(self._cursor), angle=90, pen=pen)
            self._line.setZValue(-10)
            self.addItem(self._line)
