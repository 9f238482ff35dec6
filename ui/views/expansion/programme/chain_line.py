"""The line that takes the chain's cash of a programme from the book, and says from when it is."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.messages import word
from ui.theme.type_roles import Role
from ui.widgets import ElidedLabel, HBox, Label, LinkButton, VBox


class ChainLine(QWidget):
    """``asked`` when the book's forecast is wanted."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._known_to = ""
        self._label, self._button = ElidedLabel(), LinkButton()
        self._note = Label(role=Role.SMALL, color="text2", wrap=True)
        VBox(self, spacing=4).add(HBox().add(self._label, self._button), self._note)
        self._button.clicked.connect(self.asked)
        self.retranslate()

    def set_chain(self, chain: object) -> None:
        """Say on what the chain's cash rests, as its JSON has it."""
        known = chain.get("known_to") if isinstance(chain, Mapping) else None
        self._known_to = str(known or "")
        self.retranslate()

    @property
    def note(self) -> str:
        """What is said about it; empty when it was typed."""
        return self._note.text()

    def retranslate(self) -> None:
        """Set every text."""
        self._label.setText(word("expansion.input.chain"))
        self._button.setText(self.tr("take the book's forecast"))
        self._button.setAccessibleName(f"{word('expansion.input.chain')}: {self._button.text()}")
        words = self.tr("From the book's cash forecast, statements up to {day}; its last months carried on.")
        self._note.setText(words.format(day=self._known_to) if self._known_to else "")
        self._note.setVisible(bool(self._known_to))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
