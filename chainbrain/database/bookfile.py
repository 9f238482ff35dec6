"""Creating, opening and closing the file of a book."""

from __future__ import annotations

import errno
import os
import secrets
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from chainbrain.database import history, migrate, seeds
from chainbrain.database.book import Book
from chainbrain.database.connecting import connect
from chainbrain.database.lock import BookLock
from chainbrain.database.safe import Safe, log_of
from chainbrain.database.trouble import first_line
from chainbrain.errors import BookDamaged, UserError
from chainbrain.progress import Report, silent

SUFFIX: Final = ".chainbrain"

Refill = Callable[[Book, int, Report], None]
"""Reckons what a book of an older version lacks, told the version it had; inside the transaction of the upgrade."""

# What the witness counts; cheap, and a log that lost its end shows here.
_COUNTED: Final = (
    "source_files", "orders", "tenders", "payments", "wallet_lines", "settlement_rows", "bank_lines", "history",
)  # fmt: skip


class BookFile:
    """The file of one book with its lock and its safe, from open to close."""

    def __init__(self, path: Path, *, create: bool, refill: Refill | None = None, report: Report = silent) -> None:
        """Open a book, or make a new one.

        Args:
            path: its file.
            create: whether it is new.
            refill: reckons what a book of an older version lacks, in the place of the steps that only fill tables.
            report: told that it is kept as it was and how far that is; stopped there, the book stays as it was.

        Raises:
            UserError: ``book.not_found``, ``book.exists``, ``book.not_a_book``, ``book.too_new``, ``book.no_access``.
            BookInUse: somebody else has it open.
            BookDamaged: it holds less than its witness says.
        """
        path = path.resolve()
        if not create and not path.is_file():
            raise UserError("book.not_found", path=str(path))
        if create and path.exists():
            raise UserError("book.exists", path=str(path))
        if not path.parent.is_dir():
            raise UserError("book.no_folder", path=str(path.parent))
        self.path = path
        self.safe = Safe(path)
        self._closed = False
        self._witnessing = threading.Lock()
        try:
            self._lock = BookLock(self.safe.lock_path)
            try:
                self.safe.tidy()
                self.book = self._make() if create else self._open(refill, report)
            except BaseException:
                self._lock.release()
                raise
        except OSError as cause:
            # A read-only folder, somebody else's file, a full disk: the owner of the computer can mend that.
            raise UserError("book.no_access", path=str(path), reason=cause.strerror or str(cause)) from cause

    def _connect(self) -> Book:
        try:
            return Book(connect(self.path, spill=self.safe.spill))
        except duckdb.Error as cause:
            # A file that is no database, a torn header, a damaged log: DuckDB says which; nothing was changed.
            raise BookDamaged("book.will_not_open", path=str(self.path), reason=first_line(cause)) from cause

    def _make(self) -> Book:
        book = self._connect()
        try:
            with book.transaction():
                migrate.migrate(book)
                seeds.plant(book)
                made = {"salt": secrets.token_hex(16), "created_at": datetime.now().isoformat(timespec="seconds")}
                for key, value in made.items():
                    book.execute("insert into base.meta values ($key, $value)", key=key, value=value)
            # Nothing can be lost yet, and the tables then never have to be replayed from the log.
            book.execute("checkpoint")
            self._begin(book)
        except BaseException:
            # Half a book would only stand in the way of the next attempt.
            book.close()
            for left in (self.path, log_of(self.path)):
                left.unlink(missing_ok=True)
            raise
        return book

    def _open(self, refill: Refill | None, report: Report) -> Book:
        if not os.access(self.path, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        book = self._connect()
        try:
            self._require_book(book)
            self._compare_with_witness(book)
            if migrate.missing(book):
                # The book as it was stays in the safe until the upgraded one has been closed in good order.
                book.close()
                report(0, 1, "progress.shadowing")
                self.safe.take_shadow()
                book = self._connect()
                self._upgrade(book, refill, report)
                book.execute("checkpoint")
            self._begin(book)
        except BaseException:
            book.close()
            raise
        return book

    def _upgrade(self, book: Book, refill: Refill | None, report: Report) -> None:
        with book.transaction():
            since = migrate.version(book)
            migrate.migrate(book, but=migrate.FILLING if refill is not None else ())
            seeds.plant(book)
            if refill is not None:
                refill(book, since, report)

    def _begin(self, book: Book) -> None:
        self.inode = self.path.stat().st_ino
        self.book = book
        self.acknowledge()

    def _require_book(self, book: Book) -> None:
        if migrate.version(book) == 0:
            raise UserError("book.not_a_book", path=str(self.path))

    def acknowledge(self, book: Book | None = None) -> None:
        """Witness what was just committed; only then may anybody be told that it succeeded.

        Args:
            book: the caller's own, where another thread than the writing one has committed.

        Raises:
            BookDamaged: ``book.vanished`` when the file was deleted or replaced under us: DuckDB would go on writing
                into nothing.
        """
        self._require_place()
        # Two threads may have committed: the later witness must be that of the later state.
        with self._witnessing:
            book = book or self.book
            facts = self._facts(book)
            self.safe.testify(facts)
            book.fit_threads(sum(facts["rows"].values()))

    def _require_place(self) -> None:
        if not self.path.exists() or self.path.stat().st_ino != self.inode:
            raise BookDamaged("book.vanished", path=str(self.path))

    def _facts(self, book: Book) -> dict[str, Any]:
        seq, head = history.audit_head(book)
        counts = {table: int(book.one_of(f"select count(*) from base.{table}")[0]) for table in _COUNTED}
        return {"audit_seq": seq, "audit_hash": head, "rows": counts}

    def _compare_with_witness(self, book: Book) -> None:
        told = self.safe.witness()
        if told is None:
            return  # the book came alone, without its safe: nothing to compare with
        seq, _ = history.audit_head(book)
        # One entry ahead is fine: it was committed, and the witness was not written any more.
        if seq < int(told["audit_seq"]):
            raise BookDamaged("book.behind_witness", path=str(self.path), missing=int(told["audit_seq"]) - seq)
        found = book.rows_of("select hash from base.audit_log where seq = $seq", seq=int(told["audit_seq"]))
        if told["audit_seq"] and (not found or found[0][0] != told["audit_hash"]):
            raise BookDamaged("book.other_history", path=str(self.path))
        if seq == int(told["audit_seq"]):
            now = self._facts(book)["rows"]
            short = {
                table: told["rows"][table] - now[table] for table in now if now[table] < told["rows"].get(table, 0)
            }
            if short:
                raise BookDamaged(
                    "book.rows_missing", path=str(self.path), tables=", ".join(f"{k} {v}" for k, v in short.items())
                )

    def close(self) -> None:
        """Fold the log in, over a shadow copy, and let go: the closed file alone then holds everything.

        Closing twice is harmless.

        Raises:
            UserError: ``book.not_folded`` when the disk has no room for that; file and log together still hold
                everything.
            BookDamaged: ``book.vanished``.
        """
        if self._closed:
            return
        self._closed = True
        self.book.close()
        try:
            log = log_of(self.path)
            if log.exists() and log.stat().st_size:
                self._fold_in()
        finally:
            self._lock.release()

    def _fold_in(self) -> None:
        # Without this a book that was deleted under us would be made anew, out of its log alone.
        self._require_place()
        try:
            self.safe.take_shadow()
            folding = self._connect()
            try:
                folding.execute("checkpoint")
                self._compare_with_witness(folding)
            finally:
                folding.close()
        except BookDamaged:
            raise
        except (OSError, duckdb.Error, UserError) as cause:
            reason = cause.facts.get("reason", cause.code) if isinstance(cause, UserError) else first_line(cause)
            raise UserError("book.not_folded", path=str(self.path), reason=reason) from cause
