"""The focus ring outside a button: one overlay per window that follows the keyboard focus."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.widgets.painting import paint_focus

# Set on a widget (``setProperty(OUTER_RING, True)``) that wants the ring 2 px away from its edge.
OUTER_RING = "outerRing"


class FocusRing(QWidget):
    """Draws the ring around the focused widget of one window; takes no mouse and no focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._moved)
        self.hide()

    def show_on(self, widget: QWidget | None) -> None:
        """Put the ring around ``widget``, or hide it."""
        if self._target is not None:
            self._target.destroyed.disconnect(self._forget)
        for part in self._watched:
            if isValid(part):
                part.removeEventFilter(self)
        self._target, self._watched = widget, []
        if widget is None:
            self.hide()
            return
        widget.destroyed.connect(self._forget)
        # A widget is not told when something around it moves: watch everything up to the window.
        around: QWidget | None = widget
        while around is not None and around is not self.parentWidget():
            around.installEventFilter(self)
            self._watched.append(around)
            around = around.parentWidget()
        self._place()

    def _moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        wanted = now is not None and now.window() is self.parentWidget() and bool(now.property(OUTER_RING))
        self.show_on(now if wanted else None)

    def _forget(self) -> None:
        self._target, self._watched = None, []
        self.hide()

    def _place(self) -> None:
        target, window = self._target, self.parentWidget()
        if target is None or window is None or not target.isVisible() or target.visibleRegion().isEmpty():
            self.hide()
            return
        reach = Theme.current().px(m.FOCUS_GAP) + Theme.current().px(m.FOCUS_RING)
        box = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        self.setGeometry(box.adjusted(-reach, -reach, reach, reach))
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the target when it moves, grows or disappears."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide}:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        paint_focus(QPainter(self), QRectF(self.rect()), m.RADIUS_CONTROL + m.FOCUS_GAP)
