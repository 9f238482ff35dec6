"""The parts of the window and their places: the start screen, or side bar, top bar, notices and screens."""

from PySide6.QtCore import QByteArray, QPoint
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from ui.settings import UserSettings
from ui.shell.notices import Notices
from ui.shell.sidebar import Sidebar
from ui.shell.top_bar import TopBar
from ui.shell.view_stack import ViewStack
from ui.theme import metrics as m
from ui.theme.theme import Theme
from ui.views.start.view import StartView
from ui.widgets.layout import HBox, VBox, scaled


class Frame(QMainWindow):
    """Puts the parts together; in a narrow window the side bar is folded.

    Args:
        settings: what the user chose for this computer, also size and place of the window.
    """

    def __init__(self, settings: UserSettings) -> None:
        super().__init__()
        self.settings = settings
        self.start, self.sidebar, self.top_bar, self.notices = StartView(), Sidebar(), TopBar(), Notices()
        self._pages, self._screens = QStackedWidget(), ViewStack()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the side bar in a narrow window."""
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), Theme.current().color("canvas"))

    def _build(self) -> None:
        column = QWidget()
        VBox(column).add(self.top_bar, self.notices, self._screens)
        column.layout().setStretch(2, 1)  # type: ignore[union-attr]
        shell = QWidget()
        HBox(shell).add(self.sidebar, column)
        shell.layout().setStretch(1, 1)  # type: ignore[union-attr]
        self._pages.addWidget(self.start)
        self._pages.addWidget(shell)
        self.setCentralWidget(self._pages)
        self.setAcceptDrops(True)
        scaled(self, min_width=640, min_height=480)
        geometry = self.settings.geometry
        if not geometry or not self.restoreGeometry(QByteArray(geometry)):
            self.resize(Theme.current().px(1440), Theme.current().px(900))
        self.start.show_recent(self.settings.recent)

    def _search_corner(self) -> QPoint:
        return self.top_bar.mapToGlobal(QPoint(self.top_bar.width() - Theme.current().px(m.SCREEN_SIDE), m.TOP_BAR))

    def _fold(self) -> None:
        self.sidebar.set_folded(self.width() < Theme.current().px(m.FOLD_BELOW))
