"""What stands behind 更多 in the form of one store: its kind, the lists, and whether the chain's cash is the book's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from ui.messages import word
from ui.theme.type_roles import Role
from ui.views.expansion.terms.dialog import ListDialog
from ui.views.expansion.terms.kind_rows import KindRows
from ui.views.expansion.terms.lists import LISTS, ListSpec
from ui.widgets import ElidedLabel, HBox, Label, LinkButton, VBox


class MoreTerms(QWidget):
    """The kind of store, and lists with the number of their entries.

    ``edited`` when anything changed, ``book_asked`` for the chain's cash.
    """

    edited = Signal()
    book_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, list[dict[str, object]]] = {spec.name: [] for spec in LISTS}
        self._chain: dict[str, object] | None = None
        self._labels = {spec.name: ElidedLabel() for spec in LISTS}
        self._buttons = {spec.name: LinkButton() for spec in LISTS}
        self._chain_label, self._chain_button = ElidedLabel(), LinkButton()
        self._chain_note = Label(role=Role.SMALL, color="text2", wrap=True)
        self.kind = KindRows()
        self.kind.edited.connect(self.edited)
        box = VBox(self, spacing=4).add(self.kind)
        for spec in LISTS:
            self._buttons[spec.name].clicked.connect(partial(self._edit, spec))
            box.add(HBox().add(self._labels[spec.name], self._buttons[spec.name]))
        box.add(HBox().add(self._chain_label, self._chain_button), self._chain_note)
        self._chain_button.clicked.connect(self._turn_chain)
        self.retranslate()

    def set_values(self, mapping: Mapping[str, Any]) -> None:
        """Show what a scenario says, as its JSON has it."""
        for name in self._values:
            self._values[name] = [dict(row) for row in mapping.get(name) or ()]
        self._chain = mapping.get("chain")
        self.kind.set_values(mapping)
        self.retranslate()

    def set_list(self, name: str, rows: Sequence[Mapping[str, object]]) -> None:
        """Take other entries of one list."""
        self._values[name] = [dict(row) for row in rows]
        self.retranslate()
        self.edited.emit()

    def set_chain(self, chain: dict[str, object] | None) -> None:
        """Take the chain's cash, or leave it out."""
        self._chain = chain
        self.retranslate()
        self.edited.emit()

    def values(self) -> dict[str, Any]:
        """The lists, the kind of store and the chain's cash as JSON has them."""
        return {**self._values, **self.kind.values(), "chain": self._chain}

    @property
    def filled(self) -> bool:
        """Whether anything is said here."""
        return self._chain is not None or any(self._values.values()) or any(self.kind.values().values())

    def has(self, name: str) -> bool:
        """Whether a list has entries, or the chain's cash is known."""
        return self._chain is not None if name == "chain" else bool(self._values[name])

    def dialog(self, name: str) -> ListDialog:
        """The dialog of one list."""
        spec = next(spec for spec in LISTS if spec.name == name)
        return ListDialog(spec, self._values[name], self)

    def _edit(self, spec: ListSpec) -> None:
        dialog = self.dialog(spec.name)
        if dialog.exec():
            self.set_list(spec.name, dialog.rows)
        dialog.deleteLater()

    def _turn_chain(self) -> None:
        if self._chain is None:
            self.book_asked.emit()
        else:
            self.set_chain(None)

    def retranslate(self) -> None:
        """Set every text."""
        for name, label in self._labels.items():
            title, count = word(f"expansion.input.{name}"), len(self._values[name])
            label.setText(title)
            label.setToolTip(word(f"expansion.list.{name}"))
            button = self._buttons[name]
            button.setText(self.tr("%n entry(s)", "", count) if count else self.tr("none yet"))
            button.setAccessibleName(f"{title}: {button.text()}")
        self._chain_label.setText(word("expansion.input.chain"))
        known = self._chain is not None
        self._chain_button.setText(self.tr("leave it out") if known else self.tr("take the book's forecast"))
        self._chain_button.setAccessibleName(f"{word('expansion.input.chain')}: {self._chain_button.text()}")
        day = str(self._chain.get("known_to") or "") if self._chain is not None else ""
        from_book = self.tr("From the book's cash forecast, statements up to {day}; its last months carried on.")
        typed = self.tr("As the scenario says it; not from the book.")
        self._chain_note.setText((from_book.format(day=day) if day else typed) if known else "")
        self._chain_note.setVisible(known)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
