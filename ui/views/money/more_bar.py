"""What the cash screen keeps folded away at its end: idle money, its replay, forecasts that were kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import HBox, Label, LinkButton

if TYPE_CHECKING:
    from ui.settings import UserSettings


class MoreBar(QWidget):
    """``changed`` when what is folded is shown or put away; how it was left is kept for this computer."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._settings: UserSettings | None = None
        self._open = False
        self.button = LinkButton(role=Role.BODY)
        self._said = Label(role=Role.SMALL, color="text2")
        HBox(self, margins=(m.GAP_XS, 0, m.GAP_XS, 0), spacing=m.GAP_M).add(self.button, self._said, 0)
        self.button.clicked.connect(lambda: self.show_all(not self._open))
        self.retranslate()

    @property
    def open(self) -> bool:
        """Whether what is folded is shown."""
        return self._open

    def use(self, settings: UserSettings) -> None:
        """Leave it as it was left on this computer."""
        self._settings = settings
        self._open = settings.money_more
        self.retranslate()

    def show_all(self, wanted: bool) -> None:
        """Show what is folded, or put it away."""
        if wanted == self._open:
            return
        self._open = wanted
        if self._settings is not None:
            self._settings.money_more = wanted
        self.retranslate()
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text."""
        self.button.setText(self.tr("Show less") if self._open else self.tr("Show more"))
        self._said.setText(self.tr("idle money, what lies in products, replay, forecasts kept and what came"))
        self.button.setAccessibleName(f"{self.button.text()}: {self._said.text()}")

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
