"""What a plan of idle money rests on: when orders are given, and how often what must stay may be missed."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from chainbrain.cash.ladder_terms import ASKED_AT
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Choice, HBox, Label

_HOURS = tuple(time(hour) for hour in range(8, 24))
_SHARES = (Decimal(0), Decimal("0.01"), Decimal("0.05"), Decimal("0.1"), Decimal("0.2"))
_USUAL = Decimal("0.05")
"""What the engine takes where nothing is said; named here too, because the window's start loads no solver."""


class WishBar(QWidget):
    """Two choices with their names before them; ``changed`` when a person chose something else."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hour, self.share = Choice(), Choice()
        self._hour_name, self._share_name = (Label(role=Role.SMALL, color="text2") for _ in range(2))
        HBox(self, spacing=m.GAP_S).add(self._hour_name, self.hour, self._share_name, self.share)
        for hour in _HOURS:
            self.hour.addItem(f"{hour:%H:%M}", hour)
        self.hour.setCurrentIndex(_HOURS.index(ASKED_AT))
        for share in _SHARES:
            self.share.addItem(f"{share:.0%}", share)
        self.share.setCurrentIndex(_SHARES.index(_USUAL))
        for choice in (self.hour, self.share):
            choice.activated.connect(lambda _number: self.changed.emit())
        self.retranslate()

    @property
    def asked_at(self) -> time:
        """At which hour orders are given."""
        return _HOURS[self.hour.currentIndex()]

    @property
    def missed(self) -> Decimal:
        """The share of the cases in which less than what must stay may be left."""
        return _SHARES[self.share.currentIndex()]

    def retranslate(self) -> None:
        """Set every text."""
        for choice, label, name, why in (
            (
                self.hour,
                self._hour_name,
                self.tr("Orders at"),
                self.tr("An order after a product's hour counts from its next day"),
            ),
            (
                self.share,
                self._share_name,
                self.tr("May be missed in"),
                self.tr("In so many of the cases foreseen less than the floor or band may be left"),
            ),
        ):
            label.setText(name)
            choice.setAccessibleName(name)
            choice.setToolTip(why)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
