"""How receipts divide: one line for each channel, daypart or means of payment, with its total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from chainbrain.analytics.mix import Mix, Part
from chainbrain.analytics.overview import ticket
from ui import figures
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme.translator import translate
from ui.views.stores.paid_note import PaidNote
from ui.widgets import DataTable, TotalRow, VBox

METHOD: Final = "method"


@dataclass(frozen=True)
class _Line:
    name: str
    part: Part


class MixTable(QWidget):
    """Shows a ``Mix``, the largest part first; ``opened(by, key)`` when one of its lines was chosen."""

    opened = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self._by = "channel"
        # Means of payment are not compared: another table of figures, and other heads.
        self._models = {by: RowsModel(self._columns(by)) for by in ("channel", "daypart", METHOD)}
        self.table = DataTable(self._models[self._by])
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._total, self._beside = TotalRow(self.table), PaidNote()
        box = VBox(self).add(self.table, self._total, self._beside, 0)
        # All of its lines before any empty room below them.
        box.setStretch(0, 100)
        self.table.row_activated.connect(self._activated)

    def set_mix(self, mix: Mix | None, by: str) -> None:
        """Show another division; nothing while it is being read."""
        if by in self._models and by != self._by:
            self._by = by
            self.table.set_model(self._models[by])
        self.table.retranslate()
        model = self._models[self._by]
        for each in (self._total, self._beside):
            each.setVisible(mix is not None)
        if mix is None:
            model.set_rows(())
            return
        prefix = "daypart" if self._by == "daypart" else "channel"
        model.set_rows([_Line(word(f"{prefix}.{part.key}"), part) for part in mix.parts])
        self._total.set_texts([self._totals(mix).get(column.key, "") for column in model.columns])
        self._beside.set_mix(mix)
        self.table.setMaximumHeight(self.table.content_height() + 1)

    def _totals(self, mix: Mix) -> dict[str, str]:
        each = ticket(mix.total, mix.orders)
        return {
            "name": translate("Total") if mix.paid is None else translate("Paid in all"),
            "receipts": figures.money(mix.total),
            "orders": figures.plain(mix.orders),
            "ticket": figures.money(each) if mix.paid is None and each is not None else "",
            "share": figures.percent(1) if mix.total else "",
        }

    def _columns(self, by: str) -> list[Column]:
        heads: dict[str, tuple[Callable[[], str], ...]] = {
            "channel": (lambda: translate("Channel"), lambda: translate("Receipts, yuan")),
            "daypart": (lambda: translate("Daypart"), lambda: translate("Receipts, yuan")),
            METHOD: (lambda: translate("Means of payment"), lambda: translate("Paid, yuan")),
        }
        name, receipts = heads[by]
        paid = by == METHOD
        orders = (lambda: translate("Payments")) if paid else (lambda: translate("Order count"))
        each = (lambda: translate("Each")) if paid else (lambda: translate("Ticket"))
        # Where room lacks the bars go first, the number of orders next.
        columns = [
            Column("name", name, lambda line: line.name, Kind.KEY, least=84, tip=lambda line: line.name),
            Column("receipts", receipts, lambda line: line.part.receipts, Kind.MONEY, width=100, whole=True),
            Column("orders", orders, lambda line: line.part.orders, Kind.NUMBER, width=64, optional=True),
            Column("ticket", each, lambda line: line.part.ticket, Kind.MONEY, width=66),
            Column("share", lambda: translate("Share"), lambda line: line.part.share, Kind.PERCENT, width=60),
            Column(
                "bar", lambda: "", lambda line: float(line.part.share or 0), Kind.BAR, width=72, sortable=False,
                optional=True,
            ),
            Column(
                "change", lambda: translate("Against then"), lambda line: line.part.change.ratio, Kind.CHANGE, width=90
            ),
        ]  # fmt: skip
        return columns[:-1] if paid else columns

    def _activated(self, line: object) -> None:
        if isinstance(line, _Line):
            self.opened.emit(self._by, line.part.key)
