"""What each channel or daypart contributes to a change, through orders and through the ticket."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from chainbrain import change_words
from chainbrain.analytics.change import PRODUCT, Explanation
from chainbrain.analytics.price_volume import Group
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme.translator import Language, translate
from ui.widgets import DataTable, TotalRow, VBox
from ui.widgets.painting import change_token


class ChangeParts(QWidget):
    """Shows the parts of an ``Explanation``, the largest contribution first; ``opened`` carries the key of one."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._found: Explanation | None = None
        self._rows = RowsModel(self._columns())
        self.table = DataTable(self._rows)
        self._total = TotalRow(self.table)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        VBox(self).add(self.table, self._total, 0)
        self.table.row_activated.connect(self._activated)

    def set_explanation(self, found: Explanation | None) -> None:
        """Show the parts of another change."""
        self._found = found
        self.table.setAccessibleName(translate("What each part contributes"))
        self.table.retranslate()
        parts = found.parts if found is not None else ()
        self._rows.set_rows(parts)
        if found is None:
            return
        by_orders = [part.by_orders for part in parts if part.by_orders is not None]
        by_ticket = [part.by_ticket for part in parts if part.by_ticket is not None]
        self._total.set_texts(
            [
                translate("Comparable"),
                figures.money(sum(part.receipts0 for part in parts)),
                figures.money(sum(part.receipts1 for part in parts)),
                figures.money(found.compared),
                figures.money(sum(by_orders)),
                figures.money(sum(by_ticket)),
            ]
        )
        room = self.table.content_height() + 2
        self.table.setMaximumHeight(room)

    def _columns(self) -> list[Column]:
        def money(key: str, title: Callable[[], str], value: Callable[[Group], Decimal | None]) -> Column:
            tone = (lambda part: change_token(part.change)) if key == "change" else None
            return Column(
                key, title, value, Kind.MONEY, width=76, whole=True, tone=tone, optional=key in {"before", "now"}
            )

        return [
            Column("part", self._head, self._name, Kind.KEY, least=112, tip=self._name),
            money("before", lambda: translate("Before"), lambda part: part.receipts0),
            money("now", lambda: translate("Now"), lambda part: part.receipts1),
            money("change", lambda: translate("Contributes"), lambda part: part.change),
            money("orders", self._by_orders, lambda part: part.by_orders),
            money("ticket", self._by_ticket, lambda part: part.by_ticket),
        ]

    def _head(self) -> str:
        by = self._found.by if self._found is not None else ""
        heads = {"channel": translate("Channel"), "daypart": translate("Daypart"), PRODUCT: translate("Product group")}
        return heads.get(by, translate("Part"))

    def _by_orders(self) -> str:
        return translate("By quantity") if self._of_products() else translate("By orders")

    def _by_ticket(self) -> str:
        return translate("By price") if self._of_products() else translate("By ticket")

    def _of_products(self) -> bool:
        return self._found is not None and self._found.by == PRODUCT

    def _name(self, part: Group) -> str:
        if self._found is None:
            return part.key
        name, mark = change_words.part_name(part.key, self._found.by, Language.current()), self._mark(part)
        return f"{name} · {mark}" if mark else name

    def _mark(self, part: Group) -> str:
        if self._found is None or (self._of_products() and not part.key):
            return ""
        if not part.orders0:
            return translate("new here")
        if not part.orders1:
            return translate("gone")
        return translate("against") if self._found.opposes(part) else ""

    def _activated(self, part: object) -> None:
        if isinstance(part, Group):
            self.opened.emit(part.key)
