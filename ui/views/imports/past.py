"""What the history panel reads: the newest steps, the newest decisions, how many there are, and the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainbrain.database.history import Entry
from chainbrain.intake.imported_files import ImportedFile

if TYPE_CHECKING:
    from chainbrain.workspace import Workspace

LIMIT = 1000
DECISIONS = "decide"
"""The entries in which somebody decided about matches and differences."""


@dataclass(frozen=True)
class Newest:
    """The newest entries of a kind, and how many of it there are in the whole history."""

    entries: tuple[Entry, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class Past:
    """What was written, the newest first, and every file of the book.

    The newest decisions are asked for by themselves: one that is older than a thousand other steps is among them.
    """

    every: Newest = Newest()
    decisions: Newest = Newest()
    files: tuple[ImportedFile, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The newest entries of every kind."""
        return self.every.entries

    def files_of(self, entry: Entry) -> tuple[ImportedFile, ...]:
        """The files that an entry brought."""
        return tuple(file for file in self.files if file.entry_id == entry.entry_id)


def read_past(workspace: Workspace) -> Past:
    """Read the history; for the worker that holds the book."""
    every, decisions = (
        Newest(tuple(workspace.history(LIMIT, kind=kind)), workspace.history_count(kind)) for kind in (None, DECISIONS)
    )
    return Past(every, decisions, tuple(workspace.imports.files()))
