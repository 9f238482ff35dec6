"""What the cards of results and of answers have in common."""

from PySide6.QtCore import QEvent

from ui.theme import metrics as m
from ui.widgets import TitledCard

Padding = tuple[float, float, float, float]
USUAL: Padding = (m.GAP, 0, m.GAP, m.GAP_M)


class WordedCard(TitledCard):
    """A card that words what it shows again when the language changes."""

    def __init__(self, padding: Padding = USUAL) -> None:
        super().__init__(rule=False, padding=padding)

    def retranslate(self) -> None:
        """Set every text."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
