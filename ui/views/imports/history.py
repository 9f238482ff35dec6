"""What was written to the book, by whom, and the way back: every entry that can be undone says so."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from chainbrain.database.history import Entry
from ui import figures
from ui.messages import word
from ui.models import RowsModel
from ui.theme import metrics as m
from ui.theme.type_roles import Role
from ui.views.imports.history_words import can_be_redone, can_be_undone, entry_columns, file_columns
from ui.views.imports.past import DECISIONS, Newest, Past
from ui.views.imports.words import files_text
from ui.views.parts.export import ExportButton
from ui.widgets import DataTable, HBox, Label, SecondaryButton, Segmented, TitledCard, VBox

_ALL = "all"
# What was done to the chosen entry leaves it chosen: its own button leads back.
_ABOUT_ANOTHER = frozenset({"undo", "redo"})


class HistoryPanel(QWidget):
    """Entries above, the files of the chosen import below; ``undo_wanted(Entry)``, ``redo_wanted(Entry)``."""

    undo_wanted = Signal(object)
    redo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._past = Past()
        self._entries, self._files = RowsModel(entry_columns()), RowsModel(file_columns())
        self._table, self._file_table = DataTable(self._entries), DataTable(self._files, m.ROW_DENSE)
        self._undo = SecondaryButton("", "undo", height=m.CONTROL_SMALL)
        self._upper, self._lower = (TitledCard(padding=(0, 0, 0, m.GAP_XS), rule=False, spacing=0) for _ in range(2))
        self._kinds = Segmented([(_ALL, ""), (DECISIONS, "")], _ALL, m.CONTROL_SMALL)
        self.export = ExportButton(("history",), self._filters, small=True)
        self._upper.head_right.add(self._kinds, self.export, self._undo)
        self._cut = Label(role=Role.SMALL, color="text2", figures=True, wrap=True)
        cut = QWidget()
        HBox(cut, (m.GAP, 0, m.GAP, m.GAP_XS)).add(self._cut)
        self._cut_line = cut
        self._upper.add(cut, self._table)
        self._lower.add(self._file_table)
        box = VBox(self, spacing=m.GAP).add(self._upper, self._lower)
        box.setStretch(0, 3)
        box.setStretch(1, 2)
        self._table.row_changed.connect(self._row_changed)
        self._table.cell_clicked.connect(self._clicked)
        self._undo.clicked.connect(self.ask)
        self._kinds.changed.connect(lambda _kind: self.set_past(self._past))
        self.retranslate()

    @property
    def table(self) -> DataTable:
        """The entries."""
        return self._table

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The shown entries."""
        return self._shown.entries

    def show_kind(self, kind: str) -> None:
        """Show only ``DECISIONS``, or everything for any other word."""
        self._kinds.set_current(DECISIONS if kind == DECISIONS else _ALL)
        self.set_past(self._past)

    @property
    def _shown(self) -> Newest:
        return self._past.decisions if self._kinds.current == DECISIONS else self._past.every

    @property
    def _newest(self) -> int:
        return self._past.entries[0].entry_id if self._past.entries else 0

    @property
    def files(self) -> RowsModel:
        """The files of the chosen import."""
        return self._files

    @property
    def undo_button(self) -> SecondaryButton:
        """Takes the chosen entry back, or does it again."""
        return self._undo

    def set_past(self, past: Past) -> None:
        """Show what was written; the chosen entry stays chosen until a newer step comes on top."""
        before, newest = self._table.current_row(), self._newest
        self._past = past
        shown = self.entries
        self._entries.set_rows(shown)
        chosen = before.entry_id if isinstance(before, Entry) else None
        if past.entries and self._newest != newest and past.entries[0].kind not in _ABOUT_ANOTHER:
            chosen = self._newest
        place = next((n for n, entry in enumerate(shown) if entry.entry_id == chosen), 0)
        self._table.select_number(place)
        # No decision brought files.
        self._lower.setVisible(self._kinds.current != DECISIONS)
        self.retranslate()

    def ask(self) -> None:
        """Ask to take the chosen entry back, or to do again one that was taken back."""
        self.ask_undo()
        self.ask_redo()

    def ask_undo(self) -> None:
        """Ask to take the chosen entry back, if it can be."""
        entry = self._table.current_row()
        if isinstance(entry, Entry) and can_be_undone(entry):
            self.undo_wanted.emit(entry)

    def ask_redo(self) -> None:
        """Ask to do the chosen entry again, if it was taken back."""
        entry = self._table.current_row()
        if isinstance(entry, Entry) and can_be_redone(entry):
            self.redo_wanted.emit(entry)

    def retranslate(self) -> None:
        """Set every text."""
        shown, count = len(self._shown.entries), self._shown.count
        self._upper.set_title(self.tr("What was written"), self.tr("newest first; nothing is ever deleted"))
        words = self.tr("Only the newest {shown} of {count} steps are listed; the export holds all")
        self._cut.setText(words.format(shown=figures.plain(shown), count=figures.plain(count)))
        self._cut_line.setVisible(shown < count)
        self._kinds.set_options([(_ALL, self.tr("Everything")), (DECISIONS, word(f"history_kind.{DECISIONS}"))])
        self._kinds.setAccessibleName(self.tr("What is shown of the history"))
        self._table.setAccessibleName(self.tr("What was written"))
        self._table.set_empty_text(self.tr("Nothing yet"))
        self._file_table.setAccessibleName(self.tr("Files of the chosen import"))
        self._table.retranslate()
        self._file_table.retranslate()
        self._row_changed(self._table.current_row())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a switch of the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the chosen entry back with U, do it again with R."""
        if event.key() == Qt.Key.Key_U and not event.modifiers():
            self.ask_undo()
        elif event.key() == Qt.Key.Key_R and not event.modifiers():
            self.ask_redo()
        else:
            super().keyPressEvent(event)

    def _row_changed(self, row: object) -> None:
        entry = row if isinstance(row, Entry) else None
        files = self._past.files_of(entry) if entry is not None else ()
        self._files.set_rows(files)
        again = entry is not None and can_be_redone(entry)
        self._undo.setText(self.tr("Do this again") if again else self.tr("Undo this"))
        self._undo.set_icon("refresh" if again else "undo")
        taken_back = self.tr("Taken back; its files can be imported again")
        self._file_table.set_empty_text(
            taken_back
            if again and entry is not None and entry.kind == "import"
            else self.tr("This entry brought no files")
        )
        self._undo.setEnabled(again or (entry is not None and can_be_undone(entry)))
        note = f"{figures.moment(entry.at)} · {files_text(len(files))}" if entry is not None and files else ""
        self._lower.set_title(self.tr("Files of the chosen import"), note)

    def _filters(self, _name: str) -> dict[str, object]:
        return {"step": DECISIONS} if self._kinds.current == DECISIONS else {}

    def _clicked(self, row: object, key: str) -> None:
        if key == "undo" and isinstance(row, Entry):
            self.ask()
