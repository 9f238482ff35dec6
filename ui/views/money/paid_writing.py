"""How a known payment that no statement shows is answered as paid on the cash screen, and how that is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.views.money.told import Planned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chainbrain.cash.recurring import Outgoing
    from chainbrain.cash.said_paid import SaidPaid
    from ui.views.money.desk import MoneyDesk
    from ui.views.money.paid_form import PaidForm
    from ui.views.money.plan_lines import PlanLine


class PaidWriting(QObject):
    """``changed`` when the form opens or closes, ``asked`` when it stands there and is to be seen."""

    changed = Signal()
    asked = Signal()

    def __init__(self, form: PaidForm, desk: MoneyDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._desk = form, desk
        self._wanted: PlanLine | None = None
        self.asking = False
        self.planned = Planned()
        form.said.connect(self._write)
        form.dropped.connect(self.close)

    def ask(self, line: PlanLine) -> None:
        """Ask which bank line paid it; those that may have are read first."""
        context, due = self._desk.context, line.asked
        if context is None or due is None:
            return
        self._wanted = line
        item = line.item

        def take(offered: Sequence[Outgoing]) -> None:
            # Another one may have been asked for since, or another book was opened.
            if self._wanted is line:
                self.asking = True
                self._form.begin(item, due, offered, self.planned.known_to.get(item.entity))
                self.changed.emit()
                self.asked.emit()

        context.read(lambda rooms: rooms.cash.payers(item, due), take)

    def take_back(self, line: PlanLine) -> None:
        """Say that it was not paid."""
        if line.answer is not None:
            self._desk.say_unpaid(line.answer)

    def forget(self, planned: Planned) -> None:
        """Another book is open."""
        self.asking, self._wanted, self.planned = False, None, planned

    def close(self) -> None:
        """Put the form away."""
        self.asking, self._wanted = False, None
        self.changed.emit()

    def _write(self, answer: SaidPaid) -> None:
        self._desk.say_paid(answer)
        self.close()
