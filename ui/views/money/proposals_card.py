"""Steady payments of the bank's history: what they rest on, and one action that takes one into the plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, Signal

from chainbrain.cash.plan import falls_on
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.money import words
from ui.views.money.told import today
from ui.widgets import DataTable, HBox, Label, SecondaryButton, TitledCard
from ui.words import enumerated, word

if TYPE_CHECKING:
    from chainbrain.cash.recurring import Proposal

_YEAR = timedelta(days=366)
_SHOWN = 3
"""The newest payments are named; all of them open."""


class ProposalsCard(TitledCard):
    """The proposals; ``accepted(Proposal)`` takes one into the plan, ``dismissed(Proposal)`` says that it has ended.

    ``opened(list, filters, title)`` shows the bank lines that one rests on.
    """

    accepted = Signal(object)
    dismissed = Signal(object)
    opened = Signal(str, object, str)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._proposals: tuple[Proposal, ...] = ()
        self._model = RowsModel(
            [
                Column("payee", lambda: self.tr("Paid to"), lambda one: one.payee, Kind.KEY, least=90),
                Column("cycle", lambda: self.tr("Cycle"), self._cycle, width=56, whole=True),
                Column("next", lambda: self.tr("Next"), _next, Kind.DAY, width=60, text=figures.day),
                Column(
                    "amount", lambda: self.tr("In + / out −"), lambda one: -one.item.amount, Kind.MONEY, width=104,
                    text=words.moved, whole=True,
                ),
            ]
        )  # fmt: skip
        self.table = DataTable(self._model, m.ROW_DENSE, sortable=False, whole_rows=True)
        self._evidence = Label(role=Role.SMALL, color="text2", wrap=True)
        self.accept_button = SecondaryButton(height=m.CONTROL_SMALL)
        self.dismiss_button = SecondaryButton(height=m.CONTROL_SMALL)
        self.lines_button = SecondaryButton(height=m.CONTROL_SMALL)
        foot = HBox(margins=(m.GAP, m.GAP_S, m.GAP, m.GAP_M), spacing=m.GAP_S)
        foot.add(self._evidence, self.lines_button, self.dismiss_button, self.accept_button)
        foot.setStretch(0, 1)
        self.add(self.table, foot)
        self.body.setStretch(0, 1)
        self.table.row_changed.connect(lambda _row: self._follow())
        # A double click on the amount has opened its lines: it takes nothing into the plan.
        self.table.cell_opened.connect(lambda _row, key: None if key == "amount" else self._accept())
        self.table.cell_clicked.connect(lambda _row, key: self._open() if key == "amount" else None)
        self.lines_button.clicked.connect(self._open)
        self.accept_button.clicked.connect(self._accept)
        self.dismiss_button.clicked.connect(self._dismiss)
        self.retranslate()

    def set_proposals(self, proposals: tuple[Proposal, ...]) -> None:
        """Show other proposals."""
        self._proposals = proposals
        self.retranslate()

    @property
    def chosen(self) -> Proposal | None:
        """The proposal under the keyboard."""
        return cast("Proposal | None", self.table.current_row())

    @property
    def evidence(self) -> str:
        """The payments that the chosen one rests on."""
        return self._evidence.text()

    def retranslate(self) -> None:
        """Set every text."""
        self.set_title(
            self.tr("Steady payments of the bank"),
            self.tr("what the plan seems to mean is taken off once, the rest as the bank shows it"),
        )
        self.table.setAccessibleName(self.tr("Steady payments that the plan lacks"))
        self.table.set_empty_text(self.tr("No other payment comes at a steady rhythm"))
        self.accept_button.setText(self.tr("Take into the plan"))
        self.lines_button.setText(self.tr("Bank lines"))
        self.lines_button.setToolTip(self.tr("The payments that it rests on"))
        self.dismiss_button.setText(self.tr("Not again"))
        self.dismiss_button.setToolTip(self.tr("It will not come again: neither proposed nor taken off any longer"))
        chosen = self.chosen
        self._model.set_rows(self._proposals)
        keys = [one.key for one in self._proposals]
        self.table.select_number(keys.index(chosen.key) if chosen is not None and chosen.key in keys else 0)
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _cycle(self, one: Proposal) -> str:
        return word(f"plan_cycle.{one.item.cycle}")

    def _accept(self) -> None:
        if self.chosen is not None:
            self.accepted.emit(self.chosen)

    def _dismiss(self) -> None:
        if self.chosen is not None:
            self.dismissed.emit(self.chosen)

    def _open(self) -> None:
        if self.chosen is not None:
            ids = [one.line_id for one in self.chosen.evidence]
            self.opened.emit("bank_lines", {"ids": ids}, self.chosen.payee)

    def _follow(self) -> None:
        chosen = self.chosen
        self.accept_button.setEnabled(chosen is not None)
        self.lines_button.setEnabled(chosen is not None)
        self.dismiss_button.setEnabled(chosen is not None)
        if chosen is None:
            self._evidence.setText("")
            return
        last = chosen.evidence[-_SHOWN:]
        paid = enumerated(f"{figures.day(one.day, True)} {figures.money(one.amount)}" for one in last)
        text = self.tr("Paid %n time(s): {paid}", "", len(chosen.evidence))
        self._evidence.setText(text.format(paid=paid))


def _next(one: Proposal) -> date:
    """The next day of a steady payment that is not over; its own where no later one is known."""
    now = today()
    later = falls_on(one.item, now, max(now, one.item.day) + _YEAR)
    return later[0] if later else one.item.day
