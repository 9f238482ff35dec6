"""What kind of store it is to be, in the words of the list of stores: mature ones of the kind then stand for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from chainbrain.own_openings import MatureStore
from ui.messages import word
from ui.theme import metrics as m
from ui.views.expansion.field_row import CASH_WIDTH
from ui.widgets import ElidedLabel, HBox, VBox, scaled

_NAMES: Final = ("format", "city_tier")


class KindRows(QWidget):
    """``edited`` when a word was typed or chosen among those that the chain's own stores have."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._labels = {name: ElidedLabel() for name in _NAMES}
        self.lines = {name: QLineEdit() for name in _NAMES}
        self._known: dict[str, list[str]] = {name: [] for name in _NAMES}
        box = VBox(self, spacing=4)
        for name, line in self.lines.items():
            scaled(line, width=CASH_WIDTH, height=m.CONTROL)
            line.textChanged.connect(lambda _text: self.edited.emit())
            box.add(HBox(spacing=m.GAP_XS).add(self._labels[name], line))
        self.retranslate()

    def set_values(self, mapping: Mapping[str, Any]) -> None:
        """Show what a scenario says."""
        for name, line in self.lines.items():
            line.blockSignals(True)
            line.setText(str(mapping.get(name) or ""))
            line.setCursorPosition(0)
            line.blockSignals(False)

    def values(self) -> dict[str, str | None]:
        """What is typed; nothing where nobody said."""
        return {name: line.text().strip() or None for name, line in self.lines.items()}

    def know(self, mature: Sequence[MatureStore]) -> None:
        """Offer the words that the list of stores has."""
        for name, line in self.lines.items():
            words = sorted({said for store in mature if (said := getattr(store, name))})
            if words == self._known[name]:
                continue
            self._known[name] = words
            offered = QCompleter(words, line)
            offered.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(offered)
            line.setPlaceholderText(" / ".join(words))

    def retranslate(self) -> None:
        """Set every text."""
        for name, label in self._labels.items():
            about = word(f"expansion.help.{name}")
            label.setText(word(f"expansion.input.{name}"))
            label.set_tip(about)
            self.lines[name].setToolTip(about)
            self.lines[name].setAccessibleName(word(f"expansion.input.{name}"))
            self.lines[name].setAccessibleDescription(about)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
