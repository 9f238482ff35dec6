"""What the cash screen says while nobody knows what is in the accounts: what to bring, and that a plan can be begun."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QWidget

from ui.theme import metrics as m
from ui.widgets import EmptyState, SecondaryButton, VBox
from ui.words import word


class EmptyPage(QWidget):
    """``empty.acted`` asks for the imports, ``first.clicked`` for the first item of the plan."""

    def __init__(self) -> None:
        super().__init__()
        self.empty, self.first = EmptyState(), SecondaryButton()
        room = VBox(self, (m.GAP, m.GAP, m.GAP, m.GAP_XL), m.GAP_S).add(0, self.empty)
        room.addWidget(self.first, alignment=Qt.AlignmentFlag.AlignHCenter)
        room.add(0)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.first.setText(self.tr("Write the first item of the plan"))
        self.empty.set_texts(
            self.tr("Nobody knows yet what is in the accounts"),
            self.tr(
                "Drop a bank statement with balances, or a table {table} with the opening balance of the bank. "
                "Then every day of the next 13 weeks is worked out."
            ).format(table=word("format.chainbrain-opening")),
            self.tr("To import"),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
