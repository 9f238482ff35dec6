"""The whole plan of idle money, day by day: what goes into which product, what comes back, and what it depends on."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent

from chainbrain.cash.ladder_moves import AT_CALL, OUT, Move, moves
from ui import figures
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.views.money import words
from ui.widgets import DataTable, TitledCard
from ui.words import word

if TYPE_CHECKING:
    from chainbrain.cash.idle import Idle


class MovesCard(TitledCard):
    """A table that follows the plan of ``LadderCard``."""

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._idle: Idle | None = None
        self._model = RowsModel(
            [
                Column(
                    "day", lambda: self.tr("Day"), lambda one: one.day, Kind.DAY, width=104,
                    text=lambda day: figures.day(day, True),
                ),
                Column("product", lambda: self.tr("Product"), lambda one: one.product, least=120),
                Column("way", lambda: self.tr("In or out"), lambda one: word(f"move_way.{one.way}"), width=96),
                Column(
                    "amount", lambda: self.tr("In + / out −"), _moved, Kind.MONEY, width=128, text=words.moved,
                ),
                Column("other", lambda: self.tr("Back on"), self._back, width=128, tip=self._back, whole=True,
                       narrow=104),
                Column("why", lambda: self.tr("Why no more"), self._why, least=160),
            ]
        )  # fmt: skip
        self.table = DataTable(self._model, m.ROW_DENSE, whole_rows=True)
        self.add(self.table)
        self.body.setStretch(0, 1)
        self.retranslate()

    @property
    def rows(self) -> tuple[Move, ...]:
        """The moves that are shown."""
        return tuple(self._model.rows)

    def set_idle(self, idle: Idle | None) -> None:
        """Show the moves of a plan."""
        self._idle = idle
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        said = self.tr("every order of the plan in order of its day; the export of idle money holds it, too")
        self.set_title(self.tr("The plan of idle money, day by day"), said)
        self.table.setAccessibleName(self.tr("The plan of idle money, day by day"))
        self.table.set_empty_text(self.tr("No order is planned"))
        idle = self._idle
        placing = idle.placing if idle is not None else None
        self._model.set_rows(moves(placing, idle.path.days[-1].day) if idle is not None and placing is not None else ())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _back(self, one: Move) -> str:
        if one.way == OUT:
            return ""
        if one.at_call:
            return word(f"product_back.{AT_CALL}")
        return figures.day(one.other, True) if one.other is not None else self.tr("beyond the forecast")

    def _why(self, one: Move) -> str:
        if one.way == OUT:
            return ""
        if one.limit == "room":
            return self.tr("{day} is the tightest day while it is away").format(day=figures.day(one.binding))
        return word(f"product_limit.{one.limit}")


def _moved(one: Move) -> Decimal:
    """What the account gains: what is put into a product leaves it."""
    return one.amount if one.way == OUT else -one.amount
