"""A place to drop files on; files may also be chosen by click or Enter."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.icons import icon_pixmap
from ui.theme.theme import Theme, follow_theme
from ui.widgets.layout import HBox, scaled
from ui.widgets.painting import paint_focus
from ui.widgets.pressable import PRESSING
from ui.widgets.text import Label

_TALL, _SLIM = 72, 36


def local_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of a drag, in order."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class DropFrame(QWidget):
    """The dashed ground; ``dropped`` carries a list of paths. Subclasses put content on it."""

    dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        follow_theme(self.update)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files."""
        if local_paths(event.mimeData()):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Drop the highlight."""
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand on the files."""
        self._over = False
        self.update()
        paths: Sequence[Path] = local_paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(list(paths))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and dashes."""
        theme, painter = Theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        radius = theme.px(m.RADIUS_CARD)
        path.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.fillPath(path, theme.color("selected" if self._over else "surface"))
        pen = QPen(theme.color("accent" if self._over else "control"), 1)
        pen.setDashPattern([3, 2.5])
        painter.setPen(pen)
        painter.drawPath(path)


class DropZone(DropFrame):
    """The 72 px zone of the import screen, a line of 36 px once files are there; ``clicked`` asks for a file dialog."""

    clicked = Signal()

    def __init__(self, text: str = "") -> None:
        super().__init__()
        self._icon = Label()
        self._text = Label(color="text2")
        HBox(self, (m.GAP, 0, m.GAP, 0), m.GAP_M).add(0, self._icon, self._text, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._slim = False
        scaled(self, height=self.least)
        self.set_text(text)
        follow_theme(self._tint)

    @property
    def least(self) -> float:
        """The height it takes, px at 100 %."""
        return _SLIM if self._slim else _TALL

    def set_slim(self, slim: bool) -> None:
        """Leave the room to what is planned, or take it back."""
        self._slim = slim
        scaled(self, height=self.least)
        self._tint()

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._text.setText(text)
        self.setAccessibleName(text)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for a file dialog."""
        self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for a file dialog by Enter or Space."""
        if event.key() in PRESSING:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, dashes and focus."""
        super().paintEvent(event)
        if self.hasFocus():
            paint_focus(QPainter(self), QRectF(self.rect()), m.RADIUS_CARD)

    def _tint(self) -> None:
        theme = Theme.current()
        self._icon.setPixmap(icon_pixmap("import", theme.color("accent"), theme.px(m.ICON if self._slim else 20)))
