"""One line of the ledger typed in: store, kind, day, amount, number, note; what it does is told at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain.amounts import parse_amount
from chainbrain.ledger.lines import EFFECTS, WRITTEN
from chainbrain.ledger.words import LedgerEntry
from ui import figures
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Choice, DayField, Grid, HBox, Label, PrimaryButton, SecondaryButton, TitledCard, VBox, scaled
from ui.words import word

_FIELDS = ("store", "kind", "day", "amount", "number", "note")


class EntryForm(TitledCard):
    """Six fields; ``said(LedgerEntry)`` when the line is to be written, ``dropped`` when it is not."""

    said = Signal(object)
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.store, self.kind, self.day = Choice(), Choice(), DayField()
        self.amount, self.number, self.note = QLineEdit(), QLineEdit(), QLineEdit()
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self.save_button, self.cancel_button = PrimaryButton(), SecondaryButton()
        self._labels = {key: Label(role=Role.SMALL, color="text2") for key in _FIELDS}
        grid = Grid(spacing=(m.GAP_M, m.GAP_S))
        for number, key in enumerate(_FIELDS):
            field = self._field(key)
            scaled(field, height=m.CONTROL, min_width=96)
            cell = QWidget()
            VBox(cell, spacing=2).add(self._labels[key], field)
            grid.addWidget(cell, 0, number)
        foot = HBox(spacing=m.GAP_S).add(self._hint)
        foot.setStretch(0, 1)
        foot.add(self.cancel_button, self.save_button)
        self.body.addLayout(grid)
        self.body.addLayout(foot)
        self.kind.currentIndexChanged.connect(self._follow)
        self.store.currentIndexChanged.connect(self._follow)
        self.amount.textChanged.connect(self._follow)
        for line in (self.amount, self.number, self.note):
            line.returnPressed.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.cancel_button.clicked.connect(self.dropped)
        self.retranslate()

    @property
    def hint(self) -> str:
        """What the line as it stands would do."""
        return self._hint.text()

    def begin(self, stores: Sequence[tuple[str, str]], store: str | None) -> None:
        """Ask for a new line.

        Args:
            stores: numbers and names.
            store: the store that is chosen to begin with.
        """
        self.store.clear()
        for code, name in stores:
            self.store.addItem(f"{code} {name}".strip(), code)
        self.store.setCurrentIndex(max(0, self.store.findData(store)))
        for line in (self.amount, self.number, self.note):
            line.clear()
        self._follow()
        self.amount.setFocus()

    def save(self) -> None:
        """Hand the line over, if it is complete."""
        entry = self._entry()
        if entry is not None:
            self.said.emit(entry)

    def retranslate(self) -> None:
        """Set every text."""
        names: dict[str, str] = {
            "store": self.tr("Store"), "kind": self.tr("Kind"), "day": self.tr("Day"),
            "amount": self.tr("Amount, yuan"), "number": self.tr("Number"), "note": self.tr("Note"),
        }  # fmt: skip
        for key, label in self._labels.items():
            label.setText(names[key])
            self._field(key).setAccessibleName(names[key])
        self.set_title(self.tr("New line in the ledger"))
        self.save_button.setText(self.tr("Write"))
        self.cancel_button.setText(self.tr("Close"))
        chosen = self.kind.currentData()
        self.kind.clear()
        for kind in WRITTEN:
            self.kind.addItem(word(f"ledger_kind.{kind}"), kind)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _field(self, key: str) -> QWidget:
        field: QWidget = getattr(self, key)
        return field

    def _entry(self) -> LedgerEntry | None:
        amount = parse_amount(self.amount.text())
        store, kind = self.store.currentData(), self.kind.currentData()
        if not amount or store is None or kind is None:
            return None
        return LedgerEntry(store, self.day.day(), kind, amount, self.number.text(), self.note.text())

    def _follow(self) -> None:
        entry = self._entry()
        self.save_button.setEnabled(entry is not None)
        if entry is None:
            self._hint.setText(self.tr("Amounts are positive; a negative one takes such a line back."))
            return
        effect = entry.amount * EFFECTS[entry.kind]
        words = (
            self.tr("Head office owes {store} {amount} yuan more.")
            if effect > 0
            else self.tr("Head office owes {store} {amount} yuan less.")
        )
        self._hint.setText(words.format(store=entry.store, amount=figures.money(abs(effect))))
