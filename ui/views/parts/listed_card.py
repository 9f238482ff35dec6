"""A card with what a person wrote down: a small table, and links to add to it and to take the chosen line back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal

from ui.models import Column, RowsModel
from ui.theme import metrics as m
from ui.widgets import DataTable, LinkButton, TitledCard


class ListedCard(TitledCard):
    """Base of such cards; ``removed(str)`` with the number of a line that is to be taken back.

    A card names its columns and the number of a line, lays itself out, and sets its own texts in ``retranslate``.
    """

    removed = Signal(str)
    whole_rows = False

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, 0), spacing=0)
        self._model = RowsModel(self._columns())
        self.table = DataTable(self._model, m.ROW_DENSE, sortable=False, whole_rows=self.whole_rows)
        self.add_button, self.remove_button = LinkButton(), LinkButton()
        self.table.row_changed.connect(lambda _row: self._follow())
        self.remove_button.clicked.connect(self._remove)

    @property
    def chosen(self) -> object | None:
        """The line under the keyboard."""
        return self.table.current_row()

    def retranslate(self) -> None:
        """Set the texts of the links."""
        self.add_button.setText(self.tr("Add"))
        self.remove_button.setText(self.tr("Remove"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _columns(self) -> Sequence[Column]:
        raise NotImplementedError

    def _number(self) -> str:
        """The number of the chosen line."""
        raise NotImplementedError

    def _remove(self) -> None:
        if self.chosen is not None:
            self.removed.emit(self._number())

    def _follow(self) -> None:
        self.remove_button.setEnabled(self.chosen is not None)
