"""The small line above a group: its name, a note, a count or link at the right."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets.buttons import LinkButton
from ui.widgets.layout import HBox, scaled
from ui.widgets.text import Label


class SectionHeader(QWidget):
    """A group's name; ``banded`` gives it the 36 px ground used inside lists."""

    acted = Signal()

    def __init__(self, title: str = "", note: str = "", action: str = "", banded: bool = False) -> None:
        super().__init__()
        self._banded = banded
        self._title = Label(role=Role.SMALL, color="ink" if banded else "text2", bold=banded)
        self._note = Label(role=Role.SMALL, color="text2", figures=True)
        self._action = LinkButton()
        self._action.clicked.connect(self.acted)
        side = m.GAP if banded else 0
        HBox(self, (side, 0, side, 0), m.GAP_S).add(self._title, 0, self._note, self._action)
        scaled(self, height=32 if banded else 24)
        self.set_texts(title, note, action)
        follow_theme(self.update)

    def set_texts(self, title: str, note: str = "", action: str = "") -> None:
        """Change the words."""
        self._title.setText(title)
        self._note.setText(note)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(title)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of a banded header."""
        if self._banded:
            theme, painter = Theme.current(), QPainter(self)
            painter.fillRect(self.rect(), theme.color("canvas"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, theme.color("line"))
