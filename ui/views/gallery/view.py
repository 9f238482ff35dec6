"""The page of components: live in the theme in use, beside it as a picture in the other one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from ui.theme.theme import Mode, Theme
from ui.views.base import View
from ui.views.gallery.panel import GalleryPanel
from ui.widgets import HBox, VBox


class GalleryView(View):
    """Every component in every state, in both themes."""

    key = "gallery"
    icon_name = "table"

    def __init__(self) -> None:
        super().__init__()
        self._panel = GalleryPanel()
        self._other = QLabel()
        self._other.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._drawing = False
        inside = QWidget()
        self._row = row = HBox(inside)
        row.addWidget(self._panel, 1)
        row.addWidget(self._other, 1)
        self._other.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._area = area = QScrollArea()
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        VBox(self).addWidget(area)
        Theme.current().changed.connect(self._theme_changed)

    def title(self) -> str:
        """Return the name of the screen."""
        return self.tr("Component set")

    def subtitle(self) -> str:
        """Say what is live."""
        return self.tr("left live, right a picture in the other theme")

    def retranslate(self) -> None:
        """Word the picture anew."""
        if self.isVisible():
            self.draw_other()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the picture when the page comes up."""
        super().showEvent(event)
        self.draw_other()

    def whole_picture(self) -> QPixmap:
        """Return the page in its full length, beyond what fits into the window."""
        content = self._area.widget()
        return content.grab() if content is not None else self.grab()

    def draw_other(self) -> None:
        """Draw the same components in the other theme."""
        theme = Theme.current()
        mode, other = theme.mode, Mode.LIGHT if theme.tokens.dark else Mode.DARK
        room = self._area.viewport().width()
        beside = room >= 2 * self._panel.minimumSizeHint().width()
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        width = room // 2 if beside else room
        self._drawing = True
        theme.set(mode=other)
        try:
            panel = GalleryPanel()
            panel.setAutoFillBackground(True)
            panel.resize(width, max(panel.sizeHint().height(), self._panel.height()))
            self._other.setPixmap(_picture(panel))
            panel.deleteLater()
        finally:
            theme.set(mode=mode)
            self._drawing = False

    def _theme_changed(self) -> None:
        if self.isVisible() and not self._drawing:
            self._panel.retranslate()
            self.draw_other()


def _picture(panel: QWidget) -> QPixmap:
    # A widget that was never shown has not been laid out; this does it without showing a window.
    panel.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    panel.show()
    picture = panel.grab()
    panel.hide()
    return picture
