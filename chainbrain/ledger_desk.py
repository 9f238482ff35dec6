"""Writes into the ledger between head office and stores: lines, and who collects; each with an entry to undo."""

from __future__ import annotations

from chainbrain.changes import Changes
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.ledger.ways import CollectingWord
from chainbrain.ledger.words import LedgerEntry, LedgerWords


class LedgerDesk:
    """What a person writes; ``workspace.undo`` takes it back."""

    def __init__(self, file: BookFile) -> None:
        self._file = file
        self._words = LedgerWords(file.book)

    def write(self, entry: LedgerEntry) -> Changes:
        """Write a line.

        Raises:
            UserError: ``ledger.no_store``, ``ledger.no_kind``, ``ledger.no_amount`` or ``ledger.twice``; nothing was
                written.
        """
        with self._file.book.transaction():
            entry = self._words.checked(entry)
            entry_id = history.add(self._file.book, "ledger", entry.facts(), undoable=True)
            self._words.add(entry_id, entry)
        self._file.acknowledge()
        return Changes(frozenset({"ledger"}), entry_id)

    def say_collecting(self, word: CollectingWord) -> Changes:
        """Say who collects a store's sales where no account tells it.

        Raises:
            UserError: ``ledger.no_store`` or ``ledger.no_way``; nothing was written.
        """
        with self._file.book.transaction():
            word = self._words.checked_way(word)
            entry_id = history.add(self._file.book, "collecting", word.facts(), undoable=True)
            self._words.add_way(entry_id, word)
        self._file.acknowledge()
        return Changes(frozenset({"ledger"}), entry_id)
