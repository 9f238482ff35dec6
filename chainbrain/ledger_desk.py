"""Writes into the ledger between head office and stores, and keeps payment lists; each with an entry to undo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import polars as pl

from chainbrain.changes import Changes
from chainbrain.closing import guard
from chainbrain.database import history
from chainbrain.database.bookfile import BookFile
from chainbrain.database.lock import who
from chainbrain.errors import UserError
from chainbrain.ledger.payment_lines import PaymentLine
from chainbrain.ledger.payments import PaymentList
from chainbrain.ledger.ways import CollectingWord
from chainbrain.ledger.words import LedgerEntry, LedgerWords
from chainbrain.masking import masked
from chainbrain.reports import bank_batch
from chainbrain.reports.files import replacing


class LedgerDesk:
    """What a person writes; ``workspace.undo`` takes it back."""

    def __init__(self, file: BookFile) -> None:
        self._file = file
        self._words = LedgerWords(file.book)

    def write(self, entry: LedgerEntry) -> Changes:
        """Write a line.

        Raises:
            UserError: ``ledger.no_store``, ``ledger.no_kind``, ``ledger.no_amount``, ``ledger.twice`` or, for a day of
                a closed month, ``close.day_closed``; nothing was written.
        """
        with self._file.book.transaction():
            entry = self._words.checked(entry)
            guard.day(self._file.book, entry.day)
            entry_id = history.add(self._file.book, "ledger", entry.facts(), undoable=True)
            self._words.add(entry_id, entry)
        self._file.acknowledge()
        return Changes(frozenset({"ledger"}), entry_id)

    def say_collecting(self, word: CollectingWord) -> Changes:
        """Say who collects a store's sales where no account tells it.

        Raises:
            UserError: ``ledger.no_store``, ``ledger.no_way`` or, for a day of a closed month, ``close.day_closed``;
                nothing was written.
        """
        with self._file.book.transaction():
            word = self._words.checked_way(word)
            guard.day(self._file.book, word.valid_from)
            entry_id = history.add(self._file.book, "collecting", word.facts(), undoable=True)
            self._words.add_way(entry_id, word)
        self._file.acknowledge()
        return Changes(frozenset({"ledger"}), entry_id)

    def make_list(
        self,
        due: PaymentList,
        path: Path,
        lang: str = "zh",
        *,
        accepted: Iterable[str] = (),
        columns: str | None = None,
    ) -> Changes:
        """Write the payments that go into a file for the bank, and keep the list. Nothing is transmitted.

        Raises:
            UserError: ``payments.nothing``, ``payments.columns``, ``payments.suffix``, ``report.no_folder`` or
                ``report.not_written``; then no list is kept.
        """
        going = due.going(accepted)
        if not going:
            raise UserError("payments.nothing", month=f"{due.month:%Y-%m}")
        chosen = bank_batch.columns_of(columns, lang)
        book = self._file.book
        with replacing(path) as temporary:
            bank_batch.write(going, chosen, temporary, path.suffix, lang, day=due.day)
            with book.transaction():
                entry_id = self._keep(due, going, due.total(accepted), path.name)
        self._file.acknowledge()
        return Changes(frozenset({"payment_lists"}), entry_id)

    def _keep(self, due: PaymentList, going: Sequence[PaymentLine], total: Decimal, name: str) -> int:
        book = self._file.book
        facts = {
            "month": f"{due.month:%Y-%m}", "day": f"{due.day:%Y-%m-%d}", "count": len(going),
            "amount": f"{total:.2f}", "file": name,
            "account": masked(due.account) if due.account else None,
        }  # fmt: skip
        entry_id = history.add(book, "payment_list", facts, undoable=True)
        number = int(book.one_of("select nextval('base.payment_list_seq')")[0])
        book.run(
            "ledger/keep_list",
            list=number, entry=entry_id, at=datetime.now().replace(microsecond=0), who=who(), month=due.month,
            account=due.account, file=name, total=total, pays_on=due.day,
        )  # fmt: skip
        book.append("base.payment_list_lines", _kept(number, going))
        return entry_id


def _kept(number: int, going: Sequence[PaymentLine]) -> pl.DataFrame:
    rows = [
        (
            number, turn, one.kind, one.payee.payee, one.store, one.month, one.rule, one.amount, one.payee.holder,
            one.payee.account_no, one.payee.bank, one.payee.credit_code,
        )
        for turn, one in enumerate(going, 1)
        if one.payee is not None
    ]  # fmt: skip
    return pl.DataFrame(
        rows,
        schema={
            "payment_list_id": pl.Int64, "turn": pl.Int32, "kind": pl.String, "payee": pl.String,
            "store_code": pl.String, "month": pl.Date, "rule": pl.String, "amount": pl.Decimal(18, 2),
            "holder": pl.String, "account_no": pl.String, "bank": pl.String, "credit_code": pl.String,
        },
        orient="row",
    )  # fmt: skip
