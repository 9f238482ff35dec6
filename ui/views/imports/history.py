"""What was written to the book, by whom, and the way back: every entry that can be undone says so."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from chainbrain.database.history import Entry
from chainbrain.intake.room import ImportedFile
from ui import figures
from ui.messages import word
from ui.models import Column, Kind, RowsModel
from ui.theme import metrics as m
from ui.theme.translator import translate
from ui.views.imports.words import files_text, rows_text
from ui.widgets import DataTable, SecondaryButton, TitledCard, VBox
from ui.widgets.states import EXCLUDED, MATCHED, NEUTRAL, TIMING

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace

_LIMIT = 1000
# What was done to the chosen entry leaves it chosen: its own button leads back.
_ABOUT_ANOTHER = frozenset({"undo", "redo"})


@dataclass(frozen=True)
class Past:
    """Everything written, the newest first, and every file of the book."""

    entries: tuple[Entry, ...]
    files: tuple[ImportedFile, ...]

    def files_of(self, entry: Entry) -> tuple[ImportedFile, ...]:
        """The files that an entry brought."""
        return tuple(file for file in self.files if file.entry_id == entry.entry_id)


def read_past(workspace: "Workspace") -> Past:
    """Read the history; for the worker that holds the book."""
    return Past(tuple(workspace.history(_LIMIT)), tuple(workspace.imports.files()))


class HistoryPanel(QWidget):
    """Entries above, the files of the chosen import below; ``undo_wanted(Entry)``, ``redo_wanted(Entry)``."""

    undo_wanted = Signal(object)
    redo_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._past = Past((), ())
        self._entries, self._files = RowsModel(_entry_columns()), RowsModel(_file_columns())
        self._table, self._file_table = DataTable(self._entries), DataTable(self._files, m.ROW_DENSE)
        self._undo = SecondaryButton("", "undo", height=m.CONTROL_SMALL)
        self._upper, self._lower = (TitledCard(padding=(0, 0, 0, m.GAP_XS), rule=False, spacing=0) for _ in range(2))
        self._upper.head_right.add(self._undo)
        self._upper.add(self._table)
        self._lower.add(self._file_table)
        box = VBox(self, spacing=m.GAP).add(self._upper, self._lower)
        box.setStretch(0, 3)
        box.setStretch(1, 2)
        self._table.row_changed.connect(self._row_changed)
        self._table.cell_clicked.connect(self._clicked)
        self._undo.clicked.connect(self.ask)
        self.retranslate()

    @property
    def table(self) -> DataTable:
        """The entries."""
        return self._table

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The shown entries."""
        return self._past.entries

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
        self._entries.set_rows(past.entries)
        chosen = before.entry_id if isinstance(before, Entry) else None
        if past.entries and self._newest != newest and past.entries[0].kind not in _ABOUT_ANOTHER:
            chosen = self._newest
        place = next((n for n, entry in enumerate(past.entries) if entry.entry_id == chosen), 0)
        self._table.select_number(place)
        self.retranslate()

    def ask(self) -> None:
        """Ask to take the chosen entry back, or to do again one that was taken back."""
        self.ask_undo()
        self.ask_redo()

    def ask_undo(self) -> None:
        """Ask to take the chosen entry back, if it can be."""
        entry = self._table.current_row()
        if isinstance(entry, Entry) and _can_be_undone(entry):
            self.undo_wanted.emit(entry)

    def ask_redo(self) -> None:
        """Ask to do the chosen entry again, if it was taken back."""
        entry = self._table.current_row()
        if isinstance(entry, Entry) and _can_be_redone(entry):
            self.redo_wanted.emit(entry)

    def retranslate(self) -> None:
        """Set every text."""
        self._upper.set_title(self.tr("What was written"), self.tr("newest first; nothing is ever deleted"))
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
        again = entry is not None and _can_be_redone(entry)
        self._undo.setText(self.tr("Do this again") if again else self.tr("Undo this"))
        self._undo.set_icon("refresh" if again else "undo")
        taken_back = self.tr("Taken back; its files can be imported again")
        self._file_table.set_empty_text(
            taken_back
            if again and entry is not None and entry.kind == "import"
            else self.tr("This entry brought no files")
        )
        self._undo.setEnabled(again or (entry is not None and _can_be_undone(entry)))
        note = f"{figures.moment(entry.at)} · {files_text(len(files))}" if entry is not None and files else ""
        self._lower.set_title(self.tr("Files of the chosen import"), note)

    def _clicked(self, row: object, key: str) -> None:
        if key == "undo" and isinstance(row, Entry):
            self.ask()


def _can_be_undone(entry: Entry) -> bool:
    return entry.undoable and entry.undone_by is None


def _can_be_redone(entry: Entry) -> bool:
    return entry.undoable and entry.undone_by is not None


def _entry_columns() -> list[Column]:
    return [
        Column("at", lambda: translate("When"), lambda entry: entry.at, Kind.MOMENT, width=152),
        Column(
            "kind", lambda: translate("What"), lambda entry: word(f"history_kind.{entry.kind}"), Kind.KEY, width=110
        ),
        Column("what", lambda: translate("In detail"), entry_words, tip=entry_words, least=160),
        Column("who", lambda: translate("Who"), lambda entry: entry.who, Kind.MUTED, width=140, optional=True),
        Column(
            "undo",
            lambda: translate("Undo"),
            _undo_word,
            Kind.LINK,
            width=96,
            sortable=False,
            tone=lambda entry: "" if entry.undoable else "text3",
        ),
    ]


def _kind_word(entry: Entry) -> str:
    return word(f"history_kind.{entry.kind}")


def _undo_word(entry: Entry) -> str:
    if entry.undone_by is not None:
        return translate("Do again")
    return translate("Undo") if entry.undoable else figures.MINUS


def entry_words(entry: Entry) -> str:
    """Return what an entry did, in words."""
    facts = entry.facts
    match entry.kind:
        case "import":
            words = translate("{files}, {rows}").format(
                files=files_text(_number(facts, "files")), rows=rows_text(_number(facts, "rows"))
            )
            names = facts.get("names") or []
            return f"{words} · {names[0]}" if len(names) == 1 else words
        case "reconcile":
            return translate("{count} differences open").format(count=figures.plain(_number(facts, "open")))
        case "decide":
            count = figures.plain(_number(facts, "count"))
            words = translate("{verdict}, {count} in all").format(verdict=_verdict(facts), count=count)
            return f"{words} · {facts['note']}" if facts.get("note") else words
        case "rule":
            return translate("{rule} = {value} from {day}").format(
                rule=facts.get("key", ""), value=facts.get("value", ""), day=facts.get("valid_from", "")
            )
        case "holiday":
            return " ".join(str(facts[key]) for key in ("day", "name") if facts.get(key))
        case "redo":
            return translate("did entry {number} again: {kind}").format(
                number=facts.get("entry", ""), kind=word(f"history_kind.{facts.get('kind', '')}")
            )
        case "undo":
            return translate("took entry {number} back: {kind}").format(
                number=facts.get("entry", ""), kind=word(f"history_kind.{facts.get('kind', '')}")
            )
    return ""


def _verdict(facts: dict[str, Any]) -> str:
    words = {
        "explain": translate("Explained"),
        "exclude": translate("Left out"),
        "timing": translate("Waits"),
        "reopen": translate("Opened again"),
        "accept": translate("Accepted"),
        "reject": translate("Not this one"),
    }
    verdict = str(facts.get("verdict", ""))
    return words.get(verdict, verdict)


def _number(facts: dict[str, Any], key: str) -> int:
    return int(facts.get(key) or 0)


def _file_columns() -> list[Column]:
    return [
        Column("name", lambda: translate("File"), lambda file: file.name, tip=lambda file: file.name, least=200),
        Column("format", lambda: translate("Kind of table"), lambda file: word(f"format.{file.format}"), width=170),
        Column("days", lambda: translate("Days"), _days, width=190, optional=True),
        Column("rows", lambda: translate("Rows"), lambda file: file.rows, Kind.NUMBER, width=80),
        Column("new", lambda: translate("New"), lambda file: file.new, Kind.NUMBER, width=80),
        Column("left", lambda: translate("Left out"), lambda file: file.suspect + file.broken, Kind.NUMBER, width=80),
        Column("total", lambda: translate("Own total"), _total, Kind.STATE, width=110, optional=True),
    ]


def _days(file: ImportedFile) -> str:
    if file.first_day is None or file.last_day is None:
        return ""
    return translate("{first} to {last}").format(first=file.first_day, last=file.last_day)


def _total(file: ImportedFile) -> tuple[str, str]:
    return {
        "agrees": (MATCHED, translate("agrees")),
        "differs": (TIMING, translate("does not agree")),
    }.get(file.control_total, (EXCLUDED if file.control_total == "none" else NEUTRAL, translate("states none")))
