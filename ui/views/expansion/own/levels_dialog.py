"""What mature stores sell by format, city tier and size; a median of enough of them can be taken over."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QWidget

from chainbrain.expansion.levels import Level
from ui import figures
from ui.messages import message, word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.widgets import DataTable, HBox, Label, PrimaryButton, SecondaryButton, VBox, scaled

_WIDTH, _MOST_LINES = 800, 14


class LevelsDialog(QDialog):
    """``taken`` is the median that was chosen; a group of too few stores cannot be chosen and says so."""

    def __init__(self, levels: Sequence[Level], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.taken: Decimal | None = None
        self._hint = Label(role=Role.SMALL, color="text2", wrap=True)
        self.model = RowsModel(_columns())
        self.table = DataTable(self.model, m.ROW_DENSE, sortable=False)
        self.take_button, self._close = PrimaryButton(), SecondaryButton()
        box = VBox(self, (m.GAP_L, m.GAP_L, m.GAP_L, m.GAP), m.GAP_S)
        box.add(self._hint, self.table, HBox(spacing=m.GAP_S).add(0, self._close, self.take_button))
        self.model.set_rows(list(levels))
        scaled(self.table, min_width=_WIDTH, height=m.TABLE_HEAD + m.ROW_DENSE * min(len(levels) + 1, _MOST_LINES))
        self.table.row_changed.connect(lambda _row: self._follow())
        self.table.row_activated.connect(lambda _row: self._take())
        self.take_button.clicked.connect(self._take)
        self._close.clicked.connect(self.reject)
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text."""
        self.setWindowTitle(word("report_table.template_levels"))
        self._hint.setText(message("cli.template_levels"))
        self.table.setAccessibleName(word("report_table.template_levels"))
        self.table.set_empty_text(self.tr("The book has no mature store yet"))
        self.table.retranslate()
        self.take_button.setText(self.tr("Take this median"))
        self._close.setText(self.tr("Close"))
        self._follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _follow(self) -> None:
        row = self.table.current_row()
        self.take_button.setEnabled(isinstance(row, Level) and row.enough)

    def _take(self) -> None:
        row = self.table.current_row()
        if isinstance(row, Level) and row.enough:
            self.taken = row.p50
            self.accept()


def _columns() -> list[Column]:
    def money(key: str) -> Column:
        return Column(
            key, lambda: word(f"report_column.template_{key}"), lambda one: getattr(one, key), Kind.MONEY, width=104,
            tone=lambda one: "" if one.enough else "text3",
        )  # fmt: skip

    return [
        Column("by", lambda: word("report_column.template_by"), lambda one: word(f"level.{one.by}"), Kind.MUTED,
               width=88),
        Column("group", lambda: word("report_column.template_group"),
               lambda one: one.group or word("stores.not_entered"), Kind.KEY, least=96,
               tone=lambda one: "" if one.group else "text3"),
        Column("stores", lambda: word("report_column.template_seen"), lambda one: one.stores, Kind.NUMBER, width=60,
               text=figures.plain),
        money("p10"), money("p50"), money("p90"),
        Column("note", lambda: word("report_column.template_note"), _note, Kind.MUTED, width=216, tip=_note),
    ]  # fmt: skip


def _note(level: Level) -> str:
    code = level.note
    return message(code) if code else ""
