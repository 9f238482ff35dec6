"""A card with words above a table: what the rows come to, and how much that is worth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from chainbrain.expansion.areas.notes import Note
from ui.messages import message
from ui.models import Column, RowsModel
from ui.theme import metrics as m
from ui.views.expansion.worded_card import WordedCard
from ui.widgets import DataTable, HBox, Label

NO_NAMES: Final[Mapping[str, str]] = MappingProxyType({})


class ToldCard(WordedCard):
    """Words, then rows."""

    def __init__(self, columns: list[Column]) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_XS))
        self.model = RowsModel(columns)
        self.table = DataTable(self.model, sortable=False)
        self._words = Label(color="text2", wrap=True)
        self.body.addLayout(HBox(margins=(m.GAP, 0, m.GAP, m.GAP_XS)).add(self._words))
        self.add(self.table)
        self.body.setStretch(1, 1)
        self.retranslate()

    @property
    def words(self) -> str:
        """What stands above the table."""
        return self._words.text()

    def fill(self, title: str, said: Iterable[Note], rows: tuple[object, ...], nothing: str) -> None:
        """Show notes and rows; ``nothing`` stands where rows would."""
        self.table.setAccessibleName(title)
        self.table.set_empty_text(nothing)
        self.table.retranslate()
        self._words.setText("\n".join(message(one.code, **one.facts) for one in said))
        self._words.setVisible(bool(self._words.text()))
        self.model.set_rows(rows)
