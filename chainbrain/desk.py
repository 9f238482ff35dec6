"""Where a person's words on matches are taken down at once, while everything is matched anew in another thread."""

from __future__ import annotations

from dataclasses import dataclass

from chainbrain.closing import guard
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.errors import UserError
from chainbrain.reconciliation import decisions, groups
from chainbrain.reconciliation.decisions import Decision


@dataclass(frozen=True)
class Said:
    """A word that is kept for good.

    Attributes:
        entry_id: its entry of the history.
        settled: whether states and matches follow from it already; otherwise ``Workspace.follow`` has to come.
    """

    entry_id: int
    settled: bool


class Desk:
    """Takes words down in a thread of its own; each is one transaction and one entry that can be undone alone.

    While ``Workspace.follow`` derives states from what stood before, words are only appended here: nothing that it
    writes is touched, so neither waits for the other.
    """

    def __init__(self, file: BookFile) -> None:
        self._file = file
        self._book = file.book.second()

    def say(self, word: Decision) -> Said:
        """Keep a word; what moves nothing but its own rows shows at once.

        Raises:
            UserError: what ``decisions.write`` refuses, ``close.subject_closed``; nothing was written.
        """
        book = self._book
        with book.transaction():
            guard.word(book, word.subject_type, word.subject_ids, [one.record_id for one in word.members])
            before = history.reconciled(book)
            entry_id = history.add(book, "decide", decisions.told(book, word), undoable=True)
            decisions.write(book, entry_id, word)
            settled = not book.beside and decisions.apply_lightly(book, word)
            if settled and before:
                history.mark_reconciled(book, entry_id)
        self._file.acknowledge(book)
        return Said(entry_id, settled)

    def take_back(self, entry_id: int) -> Said:
        """Take one word back, whatever was said after it.

        Raises:
            UserError: ``history.not_undoable``, ``history.already_undone``, or what ``groups.hold_apart`` refuses;
                nothing was written.
        """
        book = self._book
        with book.transaction():
            found = book.rows_of(
                "select undone_by from base.history where entry_id = $entry and kind = 'decide' and undoable",
                entry=entry_id,
            )
            if not found:
                raise UserError("history.not_undoable", entry=entry_id)
            if found[0][0] is not None:
                raise UserError("history.already_undone", entry=entry_id, by=found[0][0])
            guard.entry(book, entry_id, "decide", {})
            facts: dict[str, object] = {"entry": entry_id, "kind": "decide"}
            undo_id = history.add(book, "undo", facts, undoable=False, undoes=entry_id)
            groups.hold_apart(book, entry_id)
        self._file.acknowledge(book)
        return Said(undo_id, settled=False)

    def newest(self) -> int | None:
        """The entry of the last word that stands, when nothing undoable was written after it."""
        found = self._book.rows_of(
            "select entry_id, kind from base.history where undoable and undone_by is null "
            "order by entry_id desc limit 1"
        )
        return int(found[0][0]) if found and found[0][1] == "decide" else None
