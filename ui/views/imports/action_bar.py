"""The bar below a plan: what will be written, cancel, confirm."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets import ElidedLabel, HBox, Label, PrimaryButton, SecondaryButton, scaled


class ActionBar(QWidget):
    """Says what the main button will do; ``confirmed`` and ``cancelled`` by the buttons."""

    confirmed = Signal()
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._what, self._note = Label(bold=True, figures=True), ElidedLabel(role=Role.SMALL, color="text2")
        self._cancel, self._confirm = SecondaryButton(), PrimaryButton()
        self._confirm.clicked.connect(self.confirmed)
        self._cancel.clicked.connect(self.cancelled)
        HBox(self, (m.SCREEN_SIDE, 1, m.SCREEN_SIDE, 0), m.GAP_M).add(
            self._what, self._note, self._cancel, self._confirm
        )
        scaled(self, height=m.ACTION_BAR)
        follow_theme(self.update)

    @property
    def confirm(self) -> PrimaryButton:
        """The main button."""
        return self._confirm

    @property
    def cancel(self) -> SecondaryButton:
        """The way out."""
        return self._cancel

    @property
    def text(self) -> str:
        """What will be written."""
        return self._what.text()

    @property
    def note(self) -> str:
        """What will not be, and what happens before."""
        return self._note.text()

    def set_texts(self, what: str, note: str, cancel: str, confirm: str) -> None:
        """Change every word; an empty ``cancel`` takes that button away."""
        self._what.setText(what)
        self._note.setText(note)
        self._cancel.setText(cancel)
        self._cancel.setVisible(bool(cancel))
        self._confirm.setText(confirm)
        keys = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self._confirm.set_hint(keys.replace("Return", "\u21b5").replace("+", " "))
        self.setAccessibleName(f"{what} {note}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line above."""
        theme, painter = Theme.current(), QPainter(self)
        painter.fillRect(self.rect(), theme.color("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
