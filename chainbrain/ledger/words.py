"""What a person writes into the ledger: a line, or a word on who collects; checked before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from chainbrain.database.book import Book
from chainbrain.database.lock import who
from chainbrain.errors import UserError
from chainbrain.ledger.lines import WRITTEN
from chainbrain.ledger.ways import WAYS, CollectingWord
from chainbrain.money import fits


@dataclass(frozen=True)
class LedgerEntry:
    """A line typed in: its kind says who owes whom; below 0 it takes such a line back."""

    store: str
    day: date
    kind: str
    amount: Decimal
    reference: str | None = None
    note: str | None = None

    def facts(self) -> dict[str, object]:
        """What the history tells of it."""
        return {
            "store": self.store, "day": self.day, "ledger_kind": self.kind, "amount": f"{self.amount:.2f}",
            "reference": self.reference, "note": self.note,
        }  # fmt: skip


class LedgerWords:
    """Writes lines and words; inside the caller's transaction and under its history entry."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def checked(self, entry: LedgerEntry) -> LedgerEntry:
        """The line as it is written.

        Raises:
            UserError: ``ledger.no_store``, ``ledger.no_kind``, ``ledger.no_amount`` or ``ledger.twice``.
        """
        self._known(entry.store)
        if entry.kind not in WRITTEN:
            raise UserError("ledger.no_kind", value=entry.kind)
        if entry.amount == 0 or not fits(entry.amount):
            raise UserError("ledger.no_amount", value=str(entry.amount))
        reference, note = ((text or "").strip() or None for text in (entry.reference, entry.note))
        if reference and self._book.rows(
            "ledger/same_number",
            store=entry.store, kind=entry.kind, reference=reference,
        ):  # fmt: skip
            raise UserError("ledger.twice", reference=reference, store=entry.store)
        return LedgerEntry(entry.store, entry.day, entry.kind, entry.amount, reference, note)

    def add(self, entry_id: int, entry: LedgerEntry) -> None:
        """Write one line."""
        self._book.run(
            "ledger/add_line",
            entry=entry_id, at=datetime.now().replace(microsecond=0), who=who(), store=entry.store, day=entry.day,
            kind=entry.kind, amount=entry.amount, reference=entry.reference, note=entry.note,
        )  # fmt: skip

    def checked_way(self, word: CollectingWord) -> CollectingWord:
        """The word as it is written.

        Raises:
            UserError: ``ledger.no_store`` or ``ledger.no_way``.
        """
        self._known(word.store)
        if word.way not in WAYS:
            raise UserError("ledger.no_way", value=word.way)
        return word

    def add_way(self, entry_id: int, word: CollectingWord) -> None:
        """Write a word on who collects."""
        self._book.run(
            "ledger/add_way",
            entry=entry_id, at=datetime.now().replace(microsecond=0), who=who(), store=word.store, way=word.way,
            since=word.valid_from,
        )  # fmt: skip

    def _known(self, store: str) -> None:
        if not self._book.rows_of("select 1 from main.stores where store_id = $store", store=store):
            raise UserError("ledger.no_store", store=store)
