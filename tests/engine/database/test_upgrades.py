"""What an older book lacks is reckoned in portions: told, stopped without a trace, and the same as step by step."""

from __future__ import annotations

import os
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from chainbrain import cli, facts
from chainbrain.database import migrate
from chainbrain.database.book import Book
from chainbrain.database.bookfile import BookFile
from chainbrain.database.connecting import connect
from chainbrain.errors import Cancelled
from chainbrain.workspace import Workspace

OLD = 64
# Some weeks of two stores: an order of every third is given back, on a day of its own.
_SALES = """
insert into base.orders by name
select md5('o' || d || s)::uuid as order_id, 'S' || s as store_code, 'N' || d || s as order_no, 'in_store' as channel,
       date '2026-03-01' + cast(d as integer) as business_day, business_day + interval 12 hour as ordered_at,
       50 + d as list_amount, 40 + d * s as amount, 'completed' as status, md5('f')::uuid as file_id, d as line
from range(40) a(d), range(1, 3) b(s);
insert into base.tenders by name
select md5(b::varchar || o.order_id)::uuid as tender_id, o.order_id, o.store_code, o.order_no, 'wechat' as method,
       if(b, -o.amount, o.amount) as amount, b as is_refund, o.ordered_at + to_days(if(b, 2, 0)) as paid_at,
       o.order_no as reference, o.file_id, o.line
from base.orders o, (values (false), (true)) t(b) where not b or o.line % 3 = 0;
insert into base.daily_sales by name
select store_code as store_id, business_day, 'in_store' as channel, 'lunch' as daypart, 12 as hour, count(*) as orders,
       sum(list_amount) as list_amount, sum(list_amount - amount) as discount, sum(amount) as amount, 0 as refunds,
       0 as refund_count
from base.orders group by all;
"""


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "old.chainbrain"
    known = migrate.steps()
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "steps", lambda: known[:OLD])
        file = BookFile(path, create=True)
        file.book.execute(_SALES)
        file.acknowledge()
        file.close()
    return path


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first part of the upgrade never ends."""
    sql = "select count(*) from range(10_000_000_000) a(n), range(10) b(m) where hash(n, m) = 0"
    monkeypatch.setattr("chainbrain.facts.see_stores", lambda book: book.execute(sql))


def test_portions_give_what_the_steps_give(old: Path, tmp_path: Path) -> None:
    plain = BookFile(Path(shutil.copy(old, tmp_path / "plain.chainbrain")), create=False)
    told: list[tuple[int, int, str]] = []
    with Workspace.open(old, lambda *how_far: told.append(how_far)) as workspace:
        book = workspace.book
        assert facts.differing(book) == ()
        assert book.one_of("select count(*), min(amount) from base.store_day_sales") == (80, 40)
        assert book.one_of("select count(*) > 80 from base.day_lines") == (True,)
        for table in facts.FACTS[:11]:
            sql = f"select * from base.{table} order by all"
            assert book.rows_of(sql) == plain.book.rows_of(sql), table
        # Money on its way is summed up at once; the steps by themselves leave it to the next reconciliation.
        stale = "select value from base.meta where key = 'facts_flows_stale'"
        assert (book.rows_of(stale), plain.book.rows_of(stale)) == ([], [("yes",)])
    plain.close()
    assert told.pop(0) == (0, 1, "progress.shadowing")
    # Each part is told at least once; a slow machine tells it again while it lasts.
    assert sorted({done for done, _, _ in told}) == list(range(told[0][1] + 1))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert {label for *_, label in told} == {"progress.upgrading"}


def test_a_stopped_upgrade_leaves_the_book_as_it_was(old: Path) -> None:
    def stop(done: int, _total: int, _label: str) -> None:
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        Workspace.open(old, stop)
    book = Book(connect(old, read_only=True))
    assert migrate.version(book) == OLD
    assert book.one_of("select count(*) from base.seen_store_days") == (0,)
    book.close()
    with Workspace.open(old) as workspace:
        assert facts.differing(workspace.book) == ()


def test_a_statement_under_way_is_stopped(old: Path, endless: None) -> None:
    began = time.monotonic()

    def stop(_done: int, _total: int, _label: str) -> None:
        if time.monotonic() - began > 1.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        Workspace.open(old, stop)
    book = Book(connect(old, read_only=True))
    assert migrate.version(book) == OLD
    book.close()


def test_the_command_line_tells_every_part_once_and_nothing_of_a_book_of_today(
    old: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--lang", "zh", "history", str(old)]) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("这本账是旧版程序写的") and "Ctrl-C" in said[0]
    assert said[1] == "先把旧版账本原样另存一份"
    parts = said[2:-1]
    assert [line.split("，已用")[0] for line in parts] == [
        f"整理旧版账本（只需一次）：第 {number} 步，共 {len(parts)} 步" for number in range(1, len(parts) + 1)
    ]
    assert len(parts) >= 4 and said[-1].startswith("旧版账本整理好了，用了 ")
    assert cli.main(["--lang", "zh", "history", str(old)]) == 0
    assert capsys.readouterr().err == ""


def test_a_quiet_command_upgrades_without_a_word(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--quiet", "history", str(old)]) == 0
    assert capsys.readouterr().err == ""
    with Workspace.open(old) as workspace:
        assert facts.differing(workspace.book) == ()


def test_ctrl_c_in_the_middle_of_a_statement_stops_the_command_and_leaves_the_book(
    old: Path, endless: None, capsys: pytest.CaptureFixture[str]
) -> None:
    key = threading.Timer(1.0, os.kill, (os.getpid(), signal.SIGINT))
    key.start()
    assert cli.main(["--lang", "zh", "history", str(old)]) == 130
    key.join()
    assert capsys.readouterr().err.splitlines()[-1] == "已停止。没有写入任何东西。"
    book = Book(connect(old, read_only=True))
    assert migrate.version(book) == OLD
    book.close()
