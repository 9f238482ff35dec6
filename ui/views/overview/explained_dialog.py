"""Everything that was said of unusual days, each with a way back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QWidget

from chainbrain.analytics.unusual import UnusualWord
from ui import figures
from ui.messages import word as vocabulary
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.theme.type_roles import Role
from ui.widgets import DataTable, HBox, Label, SecondaryButton, VBox, scaled


class ExplainedDialog(QDialog):
    """``taken_back(word)`` when the alarms of a line should stand again.

    Args:
        words: what stands, the newest day first.
        names: the short names of stores by number.
        parent: the window.
    """

    taken_back = Signal(object)

    def __init__(self, words: Sequence[UnusualWord], names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setWindowTitle(translate("Words on unusual days"))
        self._words = tuple(words)
        rows = RowsModel(
            [
                Column("store", lambda: translate("Store"), lambda one: names.get(one.store_id, one.name), width=130),
                Column("days", lambda: translate("Day or days"), _days, Kind.TEXT, width=150),
                Column("how", lambda: translate("How"), lambda one: vocabulary(f"unusual_kind.{one.kind}"), width=110),
                Column("note", lambda: translate("Note"), lambda one: one.note, least=160),
            ]
        )
        rows.set_rows(self._words)
        self.table = DataTable(rows)
        self.table.setAccessibleName(self.windowTitle())
        self.again = SecondaryButton(translate("Tell me again"))
        self.close_button = SecondaryButton(translate("Close"))
        self.again.clicked.connect(self._take_back)
        self.close_button.clicked.connect(self.reject)
        VBox(self, (m.GAP_L, m.GAP_L, m.GAP_L, m.GAP), m.GAP_M).add(
            Label(self.windowTitle(), role=Role.TITLE),
            self.table,
            HBox(spacing=m.GAP_S).add(self.again, 0, self.close_button),
        )
        scaled(self, min_width=680)
        if self._words:
            self.table.select_number(0)
        self.table.setFocus()

    def _take_back(self) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self._words):
            self.accept()
            self.taken_back.emit(self._words[row])


def _days(word: UnusualWord) -> str:
    if word.until is None:
        return figures.day(word.day)
    return translate("{first} to {last}").format(first=figures.day(word.day), last=figures.day(word.until))
