"""A small table of tiers: from which sum of the month on, which rate; empty rows do not count."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from chainbrain import split_words
from chainbrain.money import parse_yuan
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import Grid, HBox, Label, SecondaryButton, VBox, scaled

_LEAST, _MOST = 3, 6


class TierTable(QWidget):
    """Rows of a start and a rate; ``changed`` at every letter."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[QLineEdit, QLineEdit]] = []
        self._heads = Label(role=Role.SMALL, color="text2"), Label(role=Role.SMALL, color="text2")
        self._more = SecondaryButton(height=m.CONTROL_SMALL)
        self._grid = Grid(spacing=(m.GAP_S, m.GAP_XS))
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column)
        box = VBox(self, spacing=m.GAP_XS)
        box.addLayout(self._grid)
        foot = HBox().add(self._more)
        foot.addStretch(1)
        box.addLayout(foot)
        for _ in range(_LEAST):
            self._add()
        self._more.clicked.connect(self._add)
        self.retranslate()

    def text(self) -> str:
        """The tiers as a table says them; what cannot be read stands there as it was typed, and is refused."""
        typed = [(start.text().strip(), rate.text().strip()) for start, rate in self.rows]
        filled = [(start or "0", rate) for start, rate in typed if start or rate]
        if not filled:
            return ""
        starts = [parse_yuan(start) for start, _ in filled]
        ends = [*(one if one is None else f"{one.normalize():f}" for one in starts[1:]), ""]
        first = [
            start if one is None else f"{one.normalize():f}" for (start, _), one in zip(filled, starts, strict=True)
        ]
        rates = [rate if rate.endswith(("%", "％")) else f"{rate}%" for _, rate in filled]
        return ";".join(f"{a}-{'?' if b is None else b}:{rate}" for a, b, rate in zip(first, ends, rates, strict=True))

    def set_steps(self, steps: split_words.Steps) -> None:
        """Show these tiers."""
        while len(self.rows) < min(len(steps), _MOST):
            self._add()
        for number, (start, rate) in enumerate(self.rows):
            known = steps[number] if number < len(steps) else None
            for field, text in (
                (start, _plain(known[0]) if known else ""),
                (rate, _percent(known[1]) if known else ""),
            ):
                field.blockSignals(True)
                field.setText(text)
                field.blockSignals(False)
        self.changed.emit()

    def retranslate(self) -> None:
        """Set every text."""
        for head, text in zip(self._heads, (self.tr("From, yuan a month"), self.tr("Rate, %")), strict=True):
            head.setText(text)
        self._more.setText(self.tr("One more tier"))
        for number, (start, rate) in enumerate(self.rows, 1):
            start.setAccessibleName(self.tr("Tier {number}, from").format(number=number))
            rate.setAccessibleName(self.tr("Tier {number}, rate").format(number=number))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _add(self) -> None:
        pair = QLineEdit(), QLineEdit()
        for column, field in enumerate(pair):
            scaled(field, height=m.CONTROL_SMALL, min_width=90)
            field.textChanged.connect(self.changed)
            self._grid.addWidget(field, len(self.rows) + 1, column)
        self.rows.append(pair)
        self._more.setEnabled(len(self.rows) < _MOST)
        self.retranslate()


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _percent(rate: Decimal) -> str:
    return split_words.rate_text(rate).removesuffix("%")
