"""What a person writes on the cash screen; each is one entry of the history, with an undo in its notice."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from chainbrain.cash.twice import SAME
from chainbrain.changes import Changes
from ui.views.base import AppContext
from ui.views.parts.file_names import ending_in
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.cash.ladder_terms import Product
    from chainbrain.cash.outlook import CashOutlook
    from chainbrain.cash.placements import Placement
    from chainbrain.cash.plan import PlanItem
    from chainbrain.cash.recurring import Proposal
    from chainbrain.cash.said_paid import SaidPaid
    from chainbrain.workspace import Workspace
    from ui.views.money.view import MoneyView


class MoneyDesk(QObject):
    """Writes to the open book.

    Args:
        before: called first: a forecast that is under way would be one of before.
        refused: called when nothing was written: what was stopped holds again.
        parent: the screen.
    """

    def __init__(self, before: Callable[[], None], refused: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._before, self._refused = before, refused
        self.context: AppContext | None = None

    def hear(self, view: MoneyView) -> None:
        """Write what the cards of the screen say."""
        view.plan.removed.connect(self.remove)
        view.plan.answers.told_apart.connect(self.tell_apart)
        view.proposals.dismissed.connect(self.dismiss)
        view.ladder.said.connect(self.write_product)
        view.ladder.removed.connect(self.remove_product)
        view.placed.said.connect(self.write_placement)
        view.placed.removed.connect(self.remove_placement)
        view.ladder.band_said.connect(lambda amount: self.set_band(amount, view.entity.chosen))
        view.verdict.folded.connect(view._show)
        view.verdict.floor_said.connect(lambda amount: self.set_floor(amount, view.entity.chosen))

    def write(self, item: PlanItem) -> None:
        """Write an item of the plan."""
        self._say(lambda workspace: workspace.cash_desk.write(item), self.tr("The item stands in the plan"))

    def take_in(self, item: PlanItem) -> None:
        """Take a proposal into the plan."""
        self._say(lambda workspace: workspace.cash_desk.write(item), self.tr("Taken into the plan"))

    def dismiss(self, proposal: Proposal) -> None:
        """Say that a steady payment will not come again."""
        self._say(lambda workspace: workspace.cash_desk.dismiss(proposal), self.tr("It is not taken to come again"))

    def freeze(self, name: str, outlook: CashOutlook | None) -> None:
        """Keep a forecast as it is, if there is one."""
        if outlook is None:
            return
        self._say(lambda workspace: workspace.cash_desk.freeze(name, outlook), self.tr("The forecast is kept"))

    def remove(self, item: PlanItem) -> None:
        """Take an item out of the plan."""
        self._say(lambda workspace: workspace.cash_desk.remove(item.item_id), self.tr("Taken out of the plan"))

    def write_product(self, product: Product) -> None:
        """Write down where idle money may be put."""
        self._say(lambda workspace: workspace.cash_desk.write_product(product), self.tr("The product is written down"))

    def remove_product(self, name: str) -> None:
        """Put nothing there any longer."""
        self._say(lambda workspace: workspace.cash_desk.remove_product(name), self.tr("The product is taken out"))

    def write_placement(self, placement: Placement) -> None:
        """Write down money that lies in a product."""
        self._say(lambda workspace: workspace.cash_desk.write_placement(placement), self.tr("The sum is written down"))

    def remove_placement(self, number: str) -> None:
        """Say that a sum does not lie there."""
        self._say(lambda workspace: workspace.cash_desk.remove_placement(number), self.tr("The sum is taken out"))

    def say_paid(self, answer: SaidPaid) -> None:
        """Say that a payment of the plan was made."""
        self._say(lambda workspace: workspace.cash_desk.say_paid(answer), self.tr("It is not waited for any longer"))

    def say_unpaid(self, answer: SaidPaid) -> None:
        """Take that back."""
        self._say(
            lambda workspace: workspace.cash_desk.say_unpaid(answer.item_id, answer.due),
            self.tr("The answer is taken back"),
        )

    def tell_apart(self, item: PlanItem, answer: str) -> None:
        """Say whether an item is a payment that comes again anyway."""
        self._say(
            lambda workspace: workspace.cash_desk.tell_apart(item.item_id, item.day, answer),
            self.tr("It counts once") if answer == SAME else self.tr("Both count, and it is not asked again"),
        )

    def set_floor(self, amount: Decimal | None, entity: str | None) -> None:
        """Say what must stay in the accounts of an entity, or of all of them."""
        text = self.tr("The floor is set") if amount is not None else self.tr("There is no floor any longer")
        self._say(lambda workspace: workspace.cash_desk.set_floor(amount, entity), text)

    def set_band(self, amount: Decimal | None, entity: str | None) -> None:
        """Say what must stay when idle money is put away; nothing goes back to the floor."""
        text = self.tr("The band is set") if amount is not None else self.tr("The floor counts as the band again")
        self._say(lambda workspace: workspace.cash_desk.set_band(amount, entity), text)

    def ask_table(self, parent: QWidget) -> None:
        """Ask where the plan is to be written as a table, and write it."""
        start = f"{word('report.cash-plan')}.csv"
        title = self.tr("Write the plan as a table…")
        chosen, _filter = QFileDialog.getSaveFileName(parent, title, start, "*.csv")
        if chosen:
            self.write_table(ending_in(".csv", chosen))

    def write_table(self, path: Path) -> None:
        """Write the plan as a table that can be imported again."""
        context = self.context
        if context is not None:
            text = self.tr("Written: {path}").format(path=path.name)
            context.read(lambda rooms: rooms.cash.write_table(path), lambda _count: context.notify("matched", text))

    def _say(self, write: Callable[[Workspace], Changes], text: str) -> None:
        context = self.context
        if context is None:
            return

        def done(changes: Changes) -> None:
            context.notify("matched", text, self.tr("Undo"), context.undo)
            # The window has every screen that these records move read again, this one first.
            context.changed(changes)

        self._before()
        job = context.write(lambda workspace, _report: write(workspace), done, text)
        job.failed.connect(lambda _failure: self._refused())
        job.cancelled.connect(self._refused)
