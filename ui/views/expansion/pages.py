"""The pages of the expansion screen and the switch between them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets import Segmented


class Pages(QStackedWidget):
    """Shows one page; ``switch`` goes into the top bar. Pages: ``one``, ``programme``, ``area``, ``map``, ``past``,
    ``kept``."""

    def __init__(self, pages: Mapping[str, QWidget]) -> None:
        super().__init__()
        self._pages, self.switch = dict(pages), Segmented()
        self.last_form = "one"
        """Which form was looked at last: ``one`` or ``programme``."""
        for page in self._pages.values():
            self.addWidget(page)
        self.switch.changed.connect(self.show_page)
        self.retranslate()

    @property
    def current(self) -> str:
        """The key of the shown page."""
        return self.switch.current

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        self.switch.set_current(key)
        self.setCurrentWidget(self._pages[key])
        if key in ("one", "programme"):
            self.last_form = key

    def retranslate(self) -> None:
        """Set every text."""
        words = {
            "one": self.tr("One store"), "programme": self.tr("Several stores"), "area": self.tr("Trade area"),
            "map": self.tr("Map"), "past": self.tr("Past"), "kept": self.tr("Scenarios"),
        }  # fmt: skip
        self.switch.setAccessibleName(self.tr("One store or several"))
        self.switch.set_options([(key, words[key]) for key in self._pages])

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
