"""Shows what went wrong: a whole message, or the dialog for faults of the program."""

import platform

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.layout import HBox, VBox, scaled
from ui.widgets.text import Label
from ui.words import message, word, words_of

__all__ = ["CrashDialog", "DetailsDialog", "message", "word", "words_of"]


class DetailsDialog(QDialog):
    """Shows a whole message: what is wrong, what happens to the data, what to do; it can be copied."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._text = Label(words, wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy, self._close = SecondaryButton(), PrimaryButton()
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.accept)
        row = HBox(spacing=m.GAP_S).add(0, self._copy, self._close)
        VBox(self, (m.GAP_L, m.GAP_L, m.GAP_L, m.GAP), m.GAP).add(self._text, row)
        scaled(self, min_width=480)
        self.setWindowTitle(self.tr("ChainBrain"))
        self._copy.setText(self.tr("Copy"))
        self._close.setText(self.tr("Go on"))

    def copy(self) -> None:
        """Put the message on the clipboard."""
        QGuiApplication.clipboard().setText(self._words)


class CrashDialog(QDialog):
    """Says in plain words that the program erred; the details can be copied."""

    def __init__(self, details: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._details = f"{platform.platform()}, Python {platform.python_version()}\n\n{details}"
        self._title, self._text = Label(role=Role.TITLE), Label(color="text2", wrap=True)
        self._field = QPlainTextEdit(self._details)
        self._field.setReadOnly(True)
        self._field.hide()
        self._more, self._copy, self._close = SecondaryButton(), SecondaryButton(), PrimaryButton()
        self._more.clicked.connect(lambda: self._field.setVisible(not self._field.isVisible()))
        self._copy.clicked.connect(self.copy)
        self._close.clicked.connect(self.accept)
        row = HBox(spacing=m.GAP_S).add(self._more, self._copy, 0, self._close)
        VBox(self, (m.GAP_L, m.GAP_L, m.GAP_L, m.GAP), m.GAP_M).add(self._title, self._text, self._field, row)
        scaled(self, min_width=520)
        self.retranslate()

    def copy(self) -> None:
        """Put the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._details)

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(self.tr("ChainBrain"))
        self._title.setText(self.tr("The program made a mistake"))
        self._text.setText(
            self.tr(
                "The step was stopped and nothing half done was written. You can go on working. "
                "If it happens again, copy the details and send them to whoever looks after ChainBrain; "
                "they may contain file names and figures."
            )
        )
        self._more.setText(self.tr("Details"))
        self._copy.setText(self.tr("Copy details"))
        self._close.setText(self.tr("Go on"))
        self._field.setAccessibleName(self.tr("Details"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
