"""A book on a computer in trouble: full disks, files that change, readers left open, folders that cannot be written."""

from __future__ import annotations

import hashlib
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest

from chainbrain.database import history, migrate
from chainbrain.database.book import Book
from chainbrain.database.bookfile import BookFile
from chainbrain.database.connecting import connect
from chainbrain.database.lock import BookLock
from chainbrain.database.pack import pack
from chainbrain.database.safe import Safe, log_of, safe_of
from chainbrain.errors import BookDamaged, BookInUse, Cancelled, FileRefused, UserError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "南山店.chainbrain"


def write_entry(file: BookFile, text: str = "x") -> None:
    with file.book.transaction():
        history.add(file.book, "rule", {"key": text, "valid_from": date(2026, 1, 1)}, undoable=True)
    file.acknowledge()


def full_disk(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_closing_lets_go_of_readers_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = BookFile(path, create=True)
    reader = file.book.reader()
    write_entry(file)
    held: list[str] = []

    def look(safe: Safe) -> None:
        if sys.platform == "linux":
            folder = Path("/proc/self/fd")
            held.extend(str(item.readlink()) for item in folder.iterdir() if item.is_symlink())

    monkeypatch.setattr(Safe, "take_shadow", look)
    file.close()
    assert str(path) not in held  # copying an open book would drop its lock, and fail on Windows
    with pytest.raises(duckdb.ConnectionException):
        reader.rows_of("select 1")
    file.close()


def test_a_disk_too_full_to_fold_the_log_in_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = BookFile(path, create=True)
    write_entry(file)
    monkeypatch.setattr("chainbrain.database.safe.shutil.copyfile", full_disk)
    with pytest.raises(UserError) as raised:
        file.close()
    assert raised.value.code == "book.not_folded"
    monkeypatch.undo()
    again = BookFile(path, create=False)
    assert again.book.one_of("select count(*) from base.history") == (1,)
    again.close()
    assert not log_of(path).exists()


def test_a_book_that_cannot_be_made_leaves_nothing_in_the_way(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chainbrain.database.bookfile.seeds.plant", full_disk)
    with pytest.raises(UserError) as raised:
        BookFile(path, create=True)
    assert raised.value.code == "book.no_access"
    assert not path.exists()
    monkeypatch.undo()
    BookFile(path, create=True).close()


def test_a_book_that_cannot_be_written_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    BookFile(path, create=True).close()
    monkeypatch.setattr("chainbrain.database.bookfile.os.access", lambda *_: False)
    with pytest.raises(UserError) as raised:
        BookFile(path, create=False)
    assert raised.value.code == "book.no_access"
    assert raised.value.facts["reason"]


def test_a_disk_without_locks_is_not_taken_for_another_user(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(_: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("chainbrain.database.lock._lock", unsupported)
    with pytest.raises(UserError) as raised:
        BookFile(path, create=True)
    assert not isinstance(raised.value, BookInUse)
    assert raised.value.code == "book.no_access"


def test_a_book_deleted_while_open_is_not_made_anew_by_closing(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows does not let an open file be deleted")
    file = BookFile(path, create=True)
    write_entry(file)
    path.unlink()
    with pytest.raises(BookDamaged) as raised:
        file.close()
    assert raised.value.code == "book.vanished"
    assert not path.exists()


def test_an_older_book_is_upgraded_over_a_copy_of_itself(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = migrate.steps()
    monkeypatch.setattr(migrate, "steps", lambda: known[:4])
    monkeypatch.setattr("chainbrain.database.bookfile.seeds.plant", lambda _: None)
    BookFile(path, create=True).close()
    before = path.read_bytes()
    monkeypatch.undo()
    file = BookFile(path, create=False)
    assert migrate.version(file.book) == migrate.newest()
    assert file.book.one_of("select count(*) > 0 from base.festivals") == (True,)
    assert (safe_of(path) / "shadow" / path.name).read_bytes() == before
    file.close()


def test_a_file_that_changed_after_it_was_read_is_not_kept_as_its_original(tmp_path: Path) -> None:
    bill = tmp_path / "bill.csv"
    bill.write_bytes(b"1,2\n" * 1000)
    read = hashlib.sha256(bill.read_bytes()).hexdigest()
    safe = Safe(tmp_path / "a.chainbrain")
    bill.write_bytes(b"1,3\n" * 1000)
    with pytest.raises(FileRefused) as raised:
        safe.keep(bill, read)
    assert raised.value.code == "safe.file_changed"
    assert not safe.original_path(read).exists()
    bill.unlink()
    with pytest.raises(FileRefused):
        safe.keep(bill, read)


def test_a_witness_of_another_shape_is_unreadable_not_a_fault(path: Path) -> None:
    BookFile(path, create=True).close()
    (safe_of(path) / "HEAD").write_text('["something else"]', encoding="utf-8")
    with pytest.raises(BookDamaged) as raised:
        BookFile(path, create=False)
    assert raised.value.code == "safe.witness_unreadable"


def test_a_book_in_use_is_not_packed(path: Path, tmp_path: Path) -> None:
    BookFile(path, create=True).close()
    lock = BookLock(Safe(path).lock_path)
    with pytest.raises(BookInUse):
        pack(path, tmp_path / "out.zip")
    lock.release()
    assert pack(path, tmp_path / "out.zip") >= 2


class FailingCommit:
    """A connection whose disk is full as soon as something is to be committed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, error: duckdb.Error) -> None:
        self._connection, self._error = connection, error

    def execute(self, statement: object, *values: object) -> object:
        if statement == "commit":
            raise self._error
        return self._connection.execute(statement, *values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (duckdb.IOException("IO Error: No space left on device\nsee the manual"), UserError),
        (duckdb.TransactionException("Failed to commit: No space left on device"), UserError),
        (duckdb.InterruptException("Interrupted!"), Cancelled),
    ],
)
def test_a_commit_that_fails_writes_nothing_and_the_book_goes_on(error: duckdb.Error, told: type[Exception]) -> None:
    book = Book.in_memory()
    connection = book._connection
    book._connection = FailingCommit(connection, error)  # type: ignore[assignment]
    with pytest.raises(told) as raised, book.transaction():
        book.execute("insert into base.meta values ('a', 'b')")
    if isinstance(raised.value, UserError):
        assert raised.value.code == "book.disk_failed"
        assert "\n" not in str(raised.value.facts["reason"])
    book._connection = connection
    with book.transaction():
        assert book.one_of("select count(*) from base.meta where key = 'a'") == (0,)


def test_books_in_memory_never_share_what_they_spill() -> None:
    """Two that run in one place wrote over each other's pages in a ``.tmp`` beside them, and lost what they held."""
    books = [connect(":memory:", memory_mb=40) for _ in range(2)]
    spills = {book.execute("select current_setting('temp_directory')").fetchall()[0][0] for book in books}
    assert len(spills) == 2
    for book in books:
        book.execute("create temp table t as select md5(i::varchar) a, md5(i::varchar) b from range(800_000) r(i)")
    assert all(any(Path(spill).iterdir()) for spill in spills)
    books.pop().close()
    assert books[0].execute("select count(*) from t where a = b").fetchall() == [(800_000,)]
    books.pop().close()
    assert not any(Path(spill).exists() for spill in spills)


def test_a_step_without_room_says_so(tmp_path: Path) -> None:
    book = Book(connect(tmp_path / "a.db", memory_mb=20))
    book.execute("set temp_directory = ''")
    with pytest.raises(UserError) as raised:
        book.rows_of("select count(*) from (select distinct md5(i::varchar) from range(3_000_000) t(i))")
    assert raised.value.code == "book.no_room"
    assert book.rows_of("select 1") == [(1,)]
    book.close()


class InterruptedFetch:
    """A connection that a person interrupts after a statement has begun and before its rows are fetched."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def execute(self, *values: object) -> duckdb.DuckDBPyConnection:
        result = self._connection.execute(*values)  # type: ignore[arg-type]
        self._connection.interrupt()
        return result


def test_an_interrupt_before_rows_are_fetched_is_a_cancel() -> None:
    book = Book.in_memory()
    connection = book._connection
    book._connection = InterruptedFetch(connection)  # type: ignore[assignment]
    with pytest.raises(Cancelled):
        book.rows_of("select i from range(100_000) t(i) order by i")
    book._connection = connection
    assert book.rows_of("select 1") == [(1,)]
