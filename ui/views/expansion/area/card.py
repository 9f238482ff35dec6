"""What the cards of a trade area share: the answer they show, and words that follow the language."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent

from chainbrain.expansion.areas import Analogues, AreaStudy
from chainbrain.expansion.areas.notes import percent
from ui.theme import metrics as m
from ui.views.parts.names import short_names
from ui.widgets import TitledCard


@dataclass(frozen=True)
class AreaAnswer:
    """The study of a site and the own stores like it."""

    study: AreaStudy
    analogues: Analogues

    @property
    def names(self) -> dict[str, str]:
        """Short names of own stores by their full ones: what all of them begin with is left out."""
        own = {one.name for one in self.study.shares if one.kind == "own"} | {one.name for one in self.analogues.ranked}
        return short_names(own)


class AreaCard(TitledCard):
    """A card that words one part of the answer again when the language changes."""

    def __init__(self, padding: tuple[float, float, float, float] = (0, 0, 0, m.GAP_XS)) -> None:
        super().__init__(rule=False, padding=padding)
        self.answer: AreaAnswer | None = None
        self._names: dict[str, str] = {}

    def set_answer(self, answer: AreaAnswer | None) -> None:
        """Show another answer."""
        self.answer = answer
        self._names = answer.names if answer else {}
        self.retranslate()

    def named(self, name: str) -> str:
        """A store's name as it is shown here."""
        return self._names.get(name, name)

    def retranslate(self) -> None:
        """Set every text."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def share(value: float | None) -> str:
    """A share, or nothing where there is none."""
    return "" if value is None else percent(value)
