"""The line below the means of payment: why what was paid in all is not the receipts."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chainbrain import texts
from chainbrain.analytics.mix import Paid
from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.translator import Language
from ui.theme.type_roles import Role
from ui.widgets import Label


class PaidNote(Label):
    """Tells what the lines count, and how many orders were paid with more or less than they came to."""

    def __init__(self) -> None:
        super().__init__(role=Role.SMALL, color="text2", wrap=True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        follow_theme(self._indent)

    def set_paid(self, paid: Paid | None) -> None:
        """Show the words for another period, or none."""
        self.setText(self._words(paid) if paid is not None else "")
        self.setVisible(bool(self.text()))

    def _words(self, paid: Paid) -> str:
        reasons = []
        if paid.over_orders:
            more = self.tr("%n order(s) paid with {amount} too much", "", paid.over_orders)
            reasons.append(more.format(amount=figures.money(paid.over, symbol=True)))
        if paid.under_orders:
            less = self.tr("%n order(s) paid with {amount} too little", "", paid.under_orders)
            reasons.append(less.format(amount=figures.money(paid.under, symbol=True)))
        counted = self.tr("Counted by payments: an order paid in several ways stands in each line, in the total once.")
        if not reasons:
            return counted
        apart = self.tr("Receipts are {receipts}, what was paid is {gap} apart: {reasons}.").format(
            receipts=figures.money(paid.receipts, symbol=True),
            gap=figures.money(abs(paid.over - paid.under), symbol=True),
            reasons=texts.joined(reasons, Language.current()),
        )
        return f"{apart}\n{counted}"

    def _indent(self) -> None:
        theme = Theme.current()
        self.setContentsMargins(theme.px(m.GAP), theme.px(m.GAP_S), theme.px(m.GAP), 0)
