"""The table beside the steps; where a step has several, they are turned by tabs in its head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.models import RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.views.close.roll import Opening, Roll
from ui.views.parts.columns import total_texts
from ui.widgets import DataTable, EmptyState, Segmented, TitledCard, TotalRow, VBox


class RollCard(TitledCard):
    """Shows the ``Roll``s of one step; ``opened(Opening)`` when a figure was chosen."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(padding=(0, 0, 0, m.GAP_XS), spacing=0)
        self._rolls: tuple[Roll, ...] = ()
        self._key = ""
        self.tabs, self._empty = Segmented(), EmptyState()
        self.table = DataTable(row_height=m.ROW_DENSE)
        self.total = TotalRow(self.table)
        self._stack = QStackedWidget()
        filled = QWidget()
        VBox(filled).add(self.table, self.total)
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        self.head_right.add(self.tabs)
        self.add(self._stack)
        self.tabs.changed.connect(self.show_roll)
        self.table.cell_opened.connect(self._open_row)
        self.table.cell_clicked.connect(self._open)

    @property
    def roll(self) -> Roll | None:
        """The table on screen."""
        return next((one for one in self._rolls if one.key == self._key), None)

    def show_rolls(self, rolls: Sequence[Roll]) -> None:
        """Show the tables of a step; the one that was on screen stays where the step has it."""
        self._rolls = tuple(rolls)
        keys = [one.key for one in rolls]
        self.table.setAccessibleName(translate("Table of the step"))
        self.tabs.set_options([(one.key, one.title) for one in rolls])
        self.tabs.setVisible(len(rolls) > 1)
        if rolls:
            self.show_roll(self._key if self._key in keys else keys[0])

    def show_roll(self, key: str) -> None:
        """Turn to one of the tables."""
        self._key = key
        self.tabs.set_current(key)
        roll = self.roll
        if roll is None:
            return
        self.set_title(roll.title, roll.note)
        if not roll.rows:
            self._empty.set_texts(roll.empty, "")
            self._stack.setCurrentIndex(1)
            return
        self._stack.setCurrentIndex(0)
        model = RowsModel(list(roll.columns))
        model.setParent(self.table)
        model.set_rows(roll.rows)
        self.table.set_model(model, sortable=False)
        self.table.setAccessibleName(roll.title)
        self.total.setVisible(bool(roll.totals))
        keys = [column.key for column in roll.columns]
        self.total.set_texts(total_texts(keys, roll.totals, roll.rows) if roll.totals else [])

    def _open_row(self, row: object, key: str) -> None:
        # A figure that is clicked twice has been opened by the first click already.
        if self.roll is not None and not (key and row is not None and self.roll.opens(row, key) is not None):
            self._open(row, "")

    def _open(self, row: object, key: str) -> None:
        roll = self.roll
        if roll is None or row is None:
            return
        found: Opening | None = roll.opens(row, key or roll.columns[0].key)
        if found is not None:
            self.opened.emit(found)
