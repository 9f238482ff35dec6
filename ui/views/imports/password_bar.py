"""Asks for the password of a closed file; it is used once and kept nowhere on the screen."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import HBox, IconButton, Label, SecondaryButton, VBox, scaled

_FIELD = 220


class PasswordBar(QWidget):
    """A hidden-text field, an eye, a button; ``entered(str)`` by Enter or the button."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._label, self._field = Label(role=Role.BODY), QLineEdit()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._label.setBuddy(self._field)
        self._eye, self._open = IconButton("eye", framed=True), SecondaryButton()
        self._eye.setCheckable(True)
        self._note = Label(role=Role.SMALL, color="text2", wrap=True)
        scaled(self._field, width=_FIELD, height=m.CONTROL)
        row = HBox(spacing=m.GAP_S).add(self._label, self._field, self._eye, self._open, 0)
        VBox(self, (m.GAP, 0, m.GAP, m.GAP_M), m.GAP_S).add(row, self._note)
        self._field.textChanged.connect(lambda text: self._open.setEnabled(bool(text)))
        self._field.returnPressed.connect(self._enter)
        self._open.clicked.connect(self._enter)
        self._eye.toggled.connect(self._show_text)
        self._open.setEnabled(False)
        self.retranslate()

    @property
    def field(self) -> QLineEdit:
        """Where the password is typed."""
        return self._field

    @property
    def eye(self) -> IconButton:
        """Shows what was typed while it is pressed in."""
        return self._eye

    @property
    def open(self) -> SecondaryButton:
        """Tries the password."""
        return self._open

    def clear(self) -> None:
        """Forget what was typed."""
        self._field.clear()
        self._eye.setChecked(False)

    def retranslate(self) -> None:
        """Set every text."""
        self._label.setText(self.tr("Password"))
        self._field.setAccessibleName(self.tr("Password of the file"))
        self._open.setText(self.tr("Open the file"))
        self._note.setText(
            self.tr(
                "WeChat and Alipay send the password as a message with the bill. "
                "It opens every closed file of this import it fits, and is not kept."
            )
        )
        self._show_text(self._eye.isChecked())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show_text(self, shown: bool) -> None:
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._eye.set_icon("eye_off" if shown else "eye")
        self._eye.set_name(self.tr("Hide the password") if shown else self.tr("Show the password"))

    def _enter(self) -> None:
        word = self._field.text()
        if word:
            self.clear()
            self.entered.emit(word)
