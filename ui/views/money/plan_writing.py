"""How an item of the plan is written on the cash screen: asked for in the form, or taken from what the bank shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.views.money.told import Planned

if TYPE_CHECKING:
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.recurring import Proposal
    from ui.views.money.choices import EntityChoice
    from ui.views.money.desk import MoneyDesk
    from ui.views.money.plan_form import PlanForm


class PlanWriting(QObject):
    """``changed`` when the form opens or closes, ``asked`` when it stands there and is to be seen."""

    changed = Signal()
    asked = Signal()

    def __init__(self, form: PlanForm, desk: MoneyDesk, whose: EntityChoice, parent: QObject) -> None:
        super().__init__(parent)
        self._form, self._desk, self._whose = form, desk, whose
        self.editing = False
        self.planned = Planned()
        form.said.connect(self._write)
        form.dropped.connect(self.close)

    def ask(self, item: PlanItem | None) -> None:
        """Ask for a new item, or for another wording of one."""
        told = self.planned
        self.editing = True
        self.changed.emit()
        self._form.begin(told, item, self._whose.chosen)
        self.asked.emit()

    def accept(self, proposal: Proposal) -> None:
        """Take a proposal into the plan; the form asks whose account it is where no table tells."""
        if proposal.item.entity:
            self._desk.take_in(proposal.item)
        else:
            self.ask(proposal.item)

    def close(self) -> None:
        """Put the form away."""
        self.editing = False
        self.changed.emit()

    def _write(self, item: PlanItem) -> None:
        self._desk.write(item)
        self.close()
