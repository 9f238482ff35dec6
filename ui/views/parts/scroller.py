"""A scroll area that shows one widget as wide as itself, without a frame, on the card's own ground."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class Scroller(QScrollArea):
    """Vertical scrolling only; the content is as wide as the area."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setWidget(content)
        # The card below shows through: the area has no ground of its own.
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
