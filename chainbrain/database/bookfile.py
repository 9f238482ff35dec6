"""Creating, opening and closing the file of a book."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from chainbrain.database import history, migrate, seeds
from chainbrain.database.book import Book, connect
from chainbrain.database.lock import BookLock
from chainbrain.database.safe import Safe, log_of
from chainbrain.errors import BookDamaged, UserError

SUFFIX: Final = ".chainbrain"

# What the witness counts; cheap, and a log that lost its end shows here.
_COUNTED: Final = (
    "source_files", "orders", "tenders", "payments", "wallet_lines", "settlement_rows", "bank_lines", "history",
)  # fmt: skip


class BookFile:
    """The file of one book with its lock and its safe, from open to close."""

    def __init__(self, path: Path, *, create: bool) -> None:
        """Open a book, or make a new one.

        Raises:
            UserError: ``book.not_found``, ``book.exists``, ``book.not_a_book``, ``book.too_new``.
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
        self._lock = BookLock(self.safe.lock_path)
        try:
            self.book = self._open(create=create)
        except BaseException:
            self._lock.release()
            raise

    def _open(self, *, create: bool) -> Book:
        try:
            book = Book(connect(self.path, spill=self.safe.spill))
        except duckdb.Error as cause:
            # A file that is no database, a torn header, a damaged log: DuckDB says which; nothing was changed.
            raise BookDamaged("book.will_not_open", path=str(self.path), reason=str(cause).splitlines()[0]) from cause
        try:
            if not create:
                self._require_book(book)
                self._compare_with_witness(book)
            if migrate.migrate(book) and create:
                seeds.plant(book)
                book.execute("insert into base.meta values ('salt', $salt)", salt=secrets.token_hex(16))
                book.execute(
                    "insert into base.meta values ('created_at', $at)", at=datetime.now().isoformat(timespec="seconds")
                )
            self.inode = self.path.stat().st_ino
            self.book = book
            self.acknowledge()
        except BaseException:
            book.close()
            raise
        return book

    def _require_book(self, book: Book) -> None:
        if migrate.version(book) == 0:
            raise UserError("book.not_a_book", path=str(self.path))

    def acknowledge(self) -> None:
        """Witness what was just committed; only then may anybody be told that it succeeded.

        Raises:
            BookDamaged: ``book.vanished`` when the file was deleted or replaced under us: DuckDB would go on writing
                into nothing.
        """
        if not self.path.exists() or self.path.stat().st_ino != self.inode:
            raise BookDamaged("book.vanished", path=str(self.path))
        self.safe.testify(self._facts(self.book))

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
        """Fold the log in, over a shadow copy, and let go: the closed file alone then holds everything."""
        self.book.close()
        try:
            if log_of(self.path).exists() and log_of(self.path).stat().st_size:
                self.safe.take_shadow()
                folding = Book(connect(self.path, spill=self.safe.spill))
                folding.execute("checkpoint")
                self._compare_with_witness(folding)
                folding.close()
        finally:
            self._lock.release()
