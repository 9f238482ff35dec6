"""A scroll area that shows one widget as wide as itself, without a frame, on the card's own ground."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


class Scroller(QScrollArea):
    """Vertical scrolling only; the content is as wide as the area.

    ``whole`` asks for the room of the whole content, and scrolls only where there is less.
    """

    def __init__(self, content: QWidget, *, whole: bool = False) -> None:
        super().__init__()
        self._content, self._whole = content, whole
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)
        if whole:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        # The card below shows through: the area has no ground of its own.
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def sizeHint(self) -> QSize:
        """Return the content's own where it is to be seen whole."""
        return self._content.sizeHint() if self._whole else super().sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for other room when the content does."""
        if self._whole and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
