"""The lines of the list of files: heads of groups and the files below them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from chainbrain.importers.plan import FilePlan
from ui.views.imports.words import (
    Group,
    badge_of,
    files_text,
    format_name,
    group_of,
    group_title,
    rows_text,
    short_name,
)

Index = QModelIndex | QPersistentModelIndex
ENTRY_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True)
class Entry:
    """One line of the list: the head of a group, or a file."""

    group: Group
    count: int = 0
    plan: FilePlan | None = None


class FileModel(QAbstractListModel):
    """The files of one plan below the heads of their groups."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []

    def set_plans(self, plans: Sequence[FilePlan]) -> None:
        """Show another plan; within a group the files keep the order in which they were read."""
        self.beginResetModel()
        self._entries = []
        for group in Group:
            members = [plan for plan in plans if group_of(plan) is group]
            if members:
                self._entries.append(Entry(group, len(members)))
                self._entries += [Entry(group, plan=plan) for plan in members]
        self.endResetModel()

    def entry(self, number: int) -> Entry:
        """Return one line."""
        return self._entries[number]

    def place(self, file_id: str) -> int | None:
        """Return the line of a file, None when it is not in the plan."""
        return self._find(lambda plan: plan.file_id == file_id)

    def place_of_path(self, path: Path) -> int | None:
        """Return the line of the first file that came from this path."""
        return self._find(lambda plan: plan.reading.path == path)

    def first_file(self) -> int | None:
        """Return the line of the file to look at first: one that needs a word, otherwise the first."""
        files = [(n, entry.plan) for n, entry in enumerate(self._entries) if entry.plan is not None]
        for number, plan in files:
            if plan.counts.broken or plan.counts.suspect:
                return number
        return files[0][0] if files else None

    def _find(self, fits: Callable[[FilePlan], bool]) -> int | None:
        return next((n for n, entry in enumerate(self._entries) if entry.plan and fits(entry.plan)), None)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of lines."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the line itself, or what a screen reader says."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        if role == ENTRY_ROLE:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            if entry.plan is None:
                return f"{group_title(entry.group)} {files_text(entry.count)}"
            said = [short_name(entry.plan), badge_of(entry.plan)[1], format_name(entry.plan)]
            return ", ".join([*said, rows_text(entry.plan.reading.row_count)])
        if role == Qt.ItemDataRole.ToolTipRole and entry.plan is not None:
            return entry.plan.name
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Heads cannot be chosen."""
        if self._entries[index.row()].plan is None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def retranslate(self) -> None:
        """Ask every line to be read again."""
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))
