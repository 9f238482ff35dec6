"""The pages of the expansion screen and the switch between them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.views.expansion.pair import Pair
from ui.views.parts.board import Board, Cell, Column
from ui.widgets import Segmented


def one_store(
    form: QWidget, verdict: QWidget, figures: tuple[QWidget, QWidget], pictures: tuple[QWidget, QWidget]
) -> Board:
    """The page of one store: inputs at the left, the verdict and what it rests on at the right."""
    board = Board()
    right = (
        Cell(verdict, least=80, flows=True, first=True),
        Cell(Pair(*figures, (56, 44)), least=184, grows=1, stacked=200),
        Cell(Pair(*pictures, (56, 44)), least=300, grows=4, stacked=380),
    )
    board.set_lines(((Column((Cell(form, least=560, grows=1, stacked=980),), width=264), Column(right)),))
    return board


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
            "map": self.tr("Map"), "past": self.tr("Past openings"), "kept": self.tr("Scenarios"),
        }  # fmt: skip
        self.switch.setAccessibleName(self.tr("One store or several"))
        self.switch.set_options([(key, words[key]) for key in self._pages])

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
