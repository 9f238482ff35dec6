"""The buttons under the list of known items that answer what is asked: was it paid, and is it one payment or two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from chainbrain.cash.twice import OTHER, SAME
from ui.theme import metrics as m
from ui.widgets import SecondaryButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ui.views.money.plan_lines import PlanLine


class PlanAnswers(QObject):
    """Follow the chosen line; only what can be answered of it has a button.

    ``paid(PlanLine)`` asks how one was paid that no statement shows, ``unpaid(PlanLine)`` takes that back.
    ``told_apart(item, answer)`` says whether one is a payment that comes again anyway.
    """

    paid = Signal(object)
    unpaid = Signal(object)
    told_apart = Signal(object, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.paid_button, self.same_button, self.other_button = (
            SecondaryButton(height=m.CONTROL_SMALL) for _ in range(3)
        )
        self._chosen: PlanLine | None = None
        self._open: Sequence[PlanLine] = ()
        self.paid_button.clicked.connect(self._answer)
        self.same_button.clicked.connect(lambda: self._tell_apart(SAME))
        self.other_button.clicked.connect(lambda: self._tell_apart(OTHER))

    def follow(self, chosen: PlanLine | None, open_lines: Sequence[PlanLine]) -> None:
        """Another line is chosen; ``open_lines`` fell due and no statement shows them, the oldest first."""
        self._chosen, self._open = chosen, open_lines
        asked = chosen is not None and chosen.mark == "twice"
        # What the plan itself says twice is mended there: one of the two items is taken out.
        self.same_button.setVisible(
            asked and chosen is not None and chosen.beside is not None and chosen.beside.by_bank
        )
        self.other_button.setVisible(asked)
        answered = chosen is not None and chosen.answer is not None
        self.paid_button.setVisible(answered or (bool(open_lines) and not asked))
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        chosen = self._chosen
        comes_in = chosen is not None and chosen.item.amount < 0
        self.same_button.setText(self.tr("One payment"))
        self.same_button.setToolTip(
            self.tr("It is what the payee gets again and again: taken off once, as written here")
        )
        self.other_button.setText(self.tr("Two payments"))
        self.other_button.setToolTip(self.tr("Both are to be paid: both are taken off, and it is not asked again"))
        if chosen is not None and chosen.answer is not None:
            self.paid_button.setText(self.tr("Not received after all") if comes_in else self.tr("Not paid after all"))
            self.paid_button.setToolTip(self.tr("Takes the answer back: the statements tell again"))
            return
        asks_in = comes_in and chosen is not None and chosen.asked is not None
        self.paid_button.setText(self.tr("It was received…") if asks_in else self.tr("It was paid…"))
        self.paid_button.setToolTip(
            self.tr("Say which bank line it was, or on which day; what was not paid gets another day by “Change”")
        )

    def _answer(self) -> None:
        """Take an answer back, or ask about the chosen one; about the first of those that are open where it is none."""
        chosen = self._chosen
        if chosen is not None and chosen.answer is not None:
            self.unpaid.emit(chosen)
        elif chosen is not None and chosen.asked is not None:
            self.paid.emit(chosen)
        elif self._open:
            self.paid.emit(self._open[0])

    def _tell_apart(self, answer: str) -> None:
        if self._chosen is not None:
            self.told_apart.emit(self._chosen.item, answer)
