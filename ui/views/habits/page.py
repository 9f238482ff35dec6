"""The settlement habits as a page of the arrivals screen: the table, and the question about the chosen row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from chainbrain.changes import Changes
from chainbrain.reconciliation.habits import HabitWord
from ui.models import RowsModel
from ui.theme import metrics as m
from ui.views.base import AppContext
from ui.views.habits.columns import columns
from ui.views.habits.form import HabitForm
from ui.widgets import DataTable, EmptyState, TitledCard, VBox

if TYPE_CHECKING:
    from chainbrain.reconciliation.habits import Habit
    from chainbrain.workspace import Rooms


class HabitsPage(QWidget):
    """Table above, form below; ``left`` when there is nothing to show and the arrivals are wanted again."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._context: AppContext | None = None
        self._model = RowsModel(columns())
        self._table = DataTable(self._model)
        self._card = TitledCard(padding=(0, 0, 0, m.GAP_XS), rule=False, spacing=0)
        self._card.add(self._table)
        self._form = HabitForm()
        self._stack, self._empty, filled = QStackedWidget(), EmptyState(primary=False), QWidget()
        box = VBox(filled, (m.SCREEN_SIDE, m.SCREEN_TOP, m.SCREEN_SIDE, m.SCREEN_BOTTOM), m.GAP)
        box.add(self._card, self._form)
        box.setStretch(0, 1)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(filled)
        VBox(self).add(self._stack)
        self._table.row_changed.connect(self._form.ask)
        self._table.row_activated.connect(lambda _row: self._form.fields[0].setFocus())
        self._form.said.connect(self.say)
        self._empty.acted.connect(self.left)
        self.setFocusProxy(self._table)
        self.retranslate()

    @property
    def table(self) -> DataTable:
        """The merchant numbers."""
        return self._table

    @property
    def form(self) -> HabitForm:
        """The question about the chosen one."""
        return self._form

    @property
    def is_empty(self) -> bool:
        """Whether no merchant settles straight to the bank."""
        return self._stack.currentIndex() == 0

    def use(self, context: AppContext) -> None:
        """Take the open book; what another book said is gone."""
        self._context = context
        self._show(())

    def refresh(self) -> None:
        """Read the habits again."""
        if self._context is not None:
            self._context.read(_read, self._show)

    def say(self, word: HabitWord) -> None:
        """Write a person's word; payouts and matches follow."""
        if self._context is not None:
            self._context.write(
                lambda workspace, report: workspace.set_habit(word, report), self._written, self.tr("Matching anew")
            )

    def retranslate(self) -> None:
        """Set every text."""
        self._card.set_title(
            self.tr("Settlement habits"),
            self.tr("learned from deposits that agree to the cent; what is wrong can be set by hand"),
        )
        self._table.setAccessibleName(self.tr("Settlement habits"))
        self._table.retranslate()
        self._model.retranslate()
        self._empty.set_texts(
            self.tr("No merchant number settles straight to the bank"),
            self.tr(
                "All have withdrawals or bills of their own, "
                "or contracts with a bank account and bank statements are not imported yet."
            ),
            self.tr("Back to the arrivals"),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _show(self, habits: tuple[Habit, ...]) -> None:
        chosen = self._table.current_row()
        self._model.set_rows(habits)
        self._stack.setCurrentIndex(1 if habits else 0)
        rows = self._model.rows
        number = next((n for n, row in enumerate(rows) if _same(row, chosen)), 0)
        self._table.select_number(number)
        self._form.ask(rows[number] if rows else None)

    def _written(self, changes: Changes) -> None:
        if self._context is not None:
            words = self.tr("Settlement habit changed; payouts and matches followed")
            self._context.notify("matched", words, self.tr("Undo"), self._context.undo)
            self._context.changed(changes)


def _read(rooms: Rooms) -> tuple[Habit, ...]:
    return rooms.habits.all()


def _same(row: Habit, chosen: object) -> bool:
    key = (getattr(chosen, "channel", None), getattr(chosen, "merchant_no", None))
    return (row.channel, row.merchant_no) == key
