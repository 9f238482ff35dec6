"""The line below the means of payment: why what was paid in all is not the receipts."""

from __future__ import annotations

from PySide6.QtCore import Qt

from chainbrain.analytics.mix import Mix
from ui import figures
from ui.theme import metrics as m
from ui.theme.theme import Theme, follow_theme
from ui.theme.type_roles import Role
from ui.widgets import Label


class PaidNote(Label):
    """Tells what the lines count, and by how much what was paid in all lies above or below the receipts."""

    def __init__(self) -> None:
        super().__init__(role=Role.SMALL, color="text2", wrap=True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        follow_theme(self._indent)

    def set_mix(self, mix: Mix) -> None:
        """Show the words for another period; none where it is not divided by means of payment."""
        self.setText(self._words(mix) if mix.paid is not None else "")
        self.setVisible(bool(self.text()))

    def _words(self, mix: Mix) -> str:
        counted = self.tr("Counted by payments: an order paid in several ways stands in each line, in the total once.")
        if mix.paid is None or not mix.apart:
            return counted
        more = self.tr("Receipts are {receipts}; {gap} more was paid: orders paid with more than they came to.")
        less = self.tr("Receipts are {receipts}; {gap} less was paid: orders paid with less than they came to.")
        receipts, gap = (figures.money(one, symbol=True) for one in (mix.paid.receipts, abs(mix.apart)))
        return f"{(more if mix.apart > 0 else less).format(receipts=receipts, gap=gap)}\n{counted}"

    def _indent(self) -> None:
        theme = Theme.current()
        self.setContentsMargins(theme.px(m.GAP), theme.px(m.GAP_S), theme.px(m.GAP), 0)
