"""What every write of a workspace has in common: one transaction, one entry, acknowledged."""

from __future__ import annotations

from typing import Final

from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.intake.room import ImportRoom
from chainbrain.progress import Report
from chainbrain.workspace.rooms import Rooms

# What moves with everything that is matched anew.
FOLLOWING: Final = frozenset({"matches", "differences", "row_states", "daily_sales"})
# Kinds of entry whose rows count again or no longer by themselves, and what they say of the facts.
ATTRIBUTING: Final = {"place": frozenset({"stores", "accounts"}), "habit": frozenset({"habits"})}


class Writing(Rooms):
    """The rooms of a book that may be written, with what is needed to write."""

    def __init__(self, file: BookFile) -> None:
        super().__init__(file.book, file.path)
        self._file = file
        self.imports = ImportRoom(file)

    def _mark_reconciled(self, entry_id: int) -> None:
        history.mark_reconciled(self.book, entry_id)

    def _attribute_again(self, entry_id: int, report: Report, *, again: bool) -> None:
        """Attribute every row anew; match anew where the book was matched."""
        self.imports.attribute_again()
        if again:
            self.reconciliation.run(report)
            self.analytics.follow()
            self._mark_reconciled(entry_id)
