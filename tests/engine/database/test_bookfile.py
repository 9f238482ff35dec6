"""The file of a book: lock, witness, folding the log in, what a damaged one says."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from datetime import date
from pathlib import Path

import duckdb
import pytest

from chainbrain.database import history, migrate
from chainbrain.database.book import Book
from chainbrain.database.bookfile import BookFile
from chainbrain.database.safe import log_of, safe_of
from chainbrain.errors import BookDamaged, BookInUse, UserError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "南山店.chainbrain"


def write_entry(file: BookFile, text: str = "x") -> int:
    with file.book.transaction():
        entry = history.add(
            file.book, "rule", {"key": text, "value": "1", "valid_from": date(2026, 1, 1)}, undoable=True
        )
    file.acknowledge()
    return entry


def test_a_new_book_opens_anywhere_after_a_clean_close(path: Path) -> None:
    file = BookFile(path, create=True)
    write_entry(file)
    file.close()
    assert not log_of(path).exists() or log_of(path).stat().st_size == 0
    shutil.rmtree(safe_of(path))
    plain = duckdb.connect(str(path), read_only=True)
    assert plain.execute("select count(*) from audit_log").fetchall() == [(1,)]
    tags = plain.execute("select tags from duckdb_databases() where database_name = current_database()").fetchall()
    assert "v1.4.0" in str(tags[0][0])
    plain.close()


def test_the_public_views_have_the_agreed_columns() -> None:
    book = Book.in_memory()
    agreed = json.loads((Path(__file__).parent / "public_views.json").read_text(encoding="utf-8"))
    for view, columns in agreed.items():
        have = [
            row[0]
            for row in book.rows_of(
                "select column_name from duckdb_columns() where table_name = $view and schema_name = 'main'", view=view
            )
        ]
        assert set(columns) <= set(have), view


def test_every_schema_step_has_a_number_of_its_own_and_none_is_left_out() -> None:
    numbers = [number for number, _ in migrate.steps()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_rules_and_holidays_are_planted_and_editable() -> None:
    book = Book.in_memory()
    years = book.one_of("select min(year(day)), max(year(day)) from base.holidays")
    assert years == (2004, 2030)
    assert book.one_of("select kind from base.holidays where day = date '2026-10-01'") == ("holiday",)


def test_a_second_process_is_told_who_holds_the_book(path: Path) -> None:
    file = BookFile(path, create=True)
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from chainbrain.database.bookfile import BookFile
        from chainbrain.errors import BookInUse
        try:
            BookFile(Path(sys.argv[1]), create=False)
        except BookInUse as used:
            print(used.facts["pid"])
            sys.exit(7)
        """
    )
    other = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=False)
    assert other.returncode == 7, other.stderr
    assert other.stdout.strip() == str(os.getpid())
    with pytest.raises(BookInUse):
        BookFile(path, create=False)
    file.close()
    BookFile(path, create=False).close()


def test_a_killed_writer_loses_nothing_it_acknowledged(path: Path) -> None:
    BookFile(path, create=True).close()
    script = textwrap.dedent(
        """
        import sys
        from datetime import date
        from pathlib import Path
        from chainbrain.database import history
        from chainbrain.database.bookfile import BookFile
        file = BookFile(Path(sys.argv[1]), create=False)
        for number in range(100000):
            with file.book.transaction():
                history.add(file.book, "rule", {"key": str(number)}, undoable=False)
            file.acknowledge()
            print(number, flush=True)
        """
    )
    for _ in range(5):
        writer = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True)
        assert writer.stdout is not None
        acknowledged = -1
        deadline = time.monotonic() + 20
        while acknowledged < 5 and time.monotonic() < deadline:
            acknowledged = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        rest = writer.stdout.read().split()
        writer.wait()
        if rest:
            acknowledged = int(rest[-1])
        file = BookFile(path, create=False)
        kept = file.book.one_of("select facts->>'key' from base.history order by entry_id desc limit 1")
        assert int(kept[0]) >= acknowledged
        assert history.verify_chain(file.book) is None
        file.close()


def test_a_log_cut_short_is_announced(path: Path) -> None:
    file = BookFile(path, create=True)
    file.close()
    file = BookFile(path, create=False)
    for number in range(5):
        write_entry(file, str(number))
    file.book.close()  # as if the power went: the log stays
    file._lock.release()
    log = log_of(path)
    assert log.stat().st_size > 0
    log.unlink()
    with pytest.raises(BookDamaged) as raised:
        BookFile(path, create=False)
    assert raised.value.code == "book.behind_witness"
    assert raised.value.facts["missing"] == 5


def test_a_book_deleted_while_open_is_noticed_before_success_is_told(path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows does not let an open file be deleted")
    file = BookFile(path, create=True)
    path.unlink()
    with pytest.raises(BookDamaged) as raised:
        write_entry(file)
    assert raised.value.code == "book.vanished"
    file.book.close()
    file._lock.release()


@pytest.mark.parametrize(
    ("content", "code"), [(b"not a database at all" * 400, "book.will_not_open"), (b"", "book.will_not_open")]
)
def test_what_is_no_book_is_said_and_not_touched(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    with pytest.raises(UserError) as raised:
        BookFile(path, create=False)
    assert raised.value.code == code
    if content:
        assert path.read_bytes() == content


def test_a_foreign_database_is_not_migrated(path: Path) -> None:
    foreign = duckdb.connect(str(path))
    foreign.execute("create table t (i integer)")
    foreign.close()
    with pytest.raises(UserError) as raised:
        BookFile(path, create=False)
    assert raised.value.code == "book.not_a_book"


def test_a_book_of_a_later_program_is_refused(path: Path) -> None:
    file = BookFile(path, create=True)
    file.book.execute("update base.meta set value = '9999' where key = 'schema_version'")
    file.close()
    with pytest.raises(UserError) as raised:
        BookFile(path, create=False)
    assert raised.value.code == "book.too_new"
    assert raised.value.facts["known"] == migrate.newest()


def test_the_audit_chain_shows_a_changed_row(path: Path) -> None:
    file = BookFile(path, create=True)
    for number in range(4):
        write_entry(file, str(number))
    assert history.verify_chain(file.book) is None
    file.book.execute("update base.audit_log set after = '{\"entry\": 99}' where seq = 3")
    assert history.verify_chain(file.book) == 3
    file.close()
