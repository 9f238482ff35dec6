"""What the imported files name and no store has: one line that leads to the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal

from ui.theme.translator import translate
from ui.views.imports.head_words import Note
from ui.views.imports.notes import Notes
from ui.widgets import Card

if TYPE_CHECKING:
    from chainbrain.intake.places import Place

_KIND = "places"
_KINDS = ("store", "terminal", "merchant", "file")


class PlacesLine(Card):
    """Hidden while everything belongs to a store; ``opened`` by its link."""

    opened = Signal()

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0))
        self._places: tuple[Place, ...] = ()
        self._open = False
        self._notes = Notes()
        self._notes.acted.connect(lambda _kind: self.opened.emit())
        self.add(self._notes)
        self.hide()

    @property
    def notes(self) -> Notes:
        """The line itself."""
        return self._notes

    def set_places(self, places: Sequence[Place]) -> None:
        """Count what waits."""
        self._places = tuple(places)
        self.retranslate()

    def set_open(self, is_open: bool) -> None:
        """Say whether the list is shown already."""
        self._open = is_open
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setVisible(bool(self._places))
        if self._places:
            words = self.tr("{what} not placed yet: their money belongs to no store")
            note = Note(_KIND, "warning", words.format(what=_counted(self._places)))
            self._notes.show_notes([note], {_KIND: self.tr("Back") if self._open else self.tr("Say whose they are")})

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _counted(places: Sequence[Place]) -> str:
    found = Counter(_kind(place) for place in places)
    words = (
        translate("%n store number(s)", found["store"]),
        translate("%n terminal(s)", found["terminal"]),
        translate("%n merchant number(s)", found["merchant"]),
        translate("%n file(s) that name no shop", found["file"]),
    )
    return translate(", ").join(text for text, kind in zip(words, _KINDS, strict=True) if found[kind])


def _kind(place: Place) -> str:
    if place.kind in ("store", "file"):
        return place.kind
    return "terminal" if place.terminal_no else "merchant"
