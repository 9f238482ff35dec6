"""What is missing, what it would bring, and the one button that gets it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets.buttons import Button, PrimaryButton, SecondaryButton
from ui.widgets.layout import VBox
from ui.widgets.text import Label


class EmptyState(QWidget):
    """Bold line, small line, button; ``acted`` when the button was chosen."""

    acted = Signal()

    def __init__(self, title: str = "", text: str = "", button: str = "", primary: bool = True) -> None:
        super().__init__()
        self._title = Label(role=Role.HEADING)
        self._text = Label(role=Role.SMALL, color="text2", wrap=True)
        self._button: Button = PrimaryButton() if primary else SecondaryButton()
        self._button.clicked.connect(self.acted)
        for label in (self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = VBox(self, (m.GAP, m.GAP, m.GAP, m.GAP), m.GAP_XS)
        box.add(0, self._title, self._text, 4)
        box.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignHCenter)
        box.add(0)
        self.set_texts(title, text, button)

    @property
    def button(self) -> Button:
        """The one next step."""
        return self._button

    def set_texts(self, title: str, text: str, button: str = "") -> None:
        """Change the words; without a button text there is no button."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(title)
