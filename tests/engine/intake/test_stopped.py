"""An import that is killed or cancelled, at whatever moment, leaves the book as it was or as it was to become.

``CHAINBRAIN_KILLS=30`` kills as many imports.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from chainbrain.database.safe import safe_of
from chainbrain.errors import Cancelled
from chainbrain.workspace import Workspace

KILLS = int(os.environ.get("CHAINBRAIN_KILLS", "4"))
ORDERS = "订单号,门店编号,营业日期,下单时间,实收金额,订单状态"
TENDERS = "订单号,门店编号,支付方式,支付金额,支付时间"


def _exports(folder: Path, number: int) -> list[Path]:
    """Two files of one business, with this many rows each."""
    folder.mkdir()
    days = [f"2026-03-{1 + one % 28:02d}" for one in range(number)]
    tables = {
        "orders.csv": [ORDERS, *(f"A{one},S1,{day},{day} 12:00:00,9.00,已完成" for one, day in enumerate(days))],
        "tenders.csv": [TENDERS, *(f"A{one},S1,现金,9.00,{day} 12:00:00" for one, day in enumerate(days))],
    }
    for name, lines in tables.items():
        (folder / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return [folder / name for name in tables]


def _importing(book: Path, paths: list[Path]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "chainbrain", "--quiet", "import", str(book), *map(str, paths)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_killed_import_leaves_nothing_half_written(tmp_path: Path) -> None:
    paths = _exports(tmp_path / "exports", 3_000)
    started = time.monotonic()
    assert _importing(tmp_path / "whole.chainbrain", paths).wait() == 0
    whole = time.monotonic() - started
    Workspace.create(tmp_path / "empty.chainbrain").close()
    for number in range(KILLS):
        book = tmp_path / f"{number}.chainbrain"
        shutil.copyfile(tmp_path / "empty.chainbrain", book)
        shutil.copytree(safe_of(tmp_path / "empty.chainbrain"), safe_of(book))
        writer = _importing(book, paths)
        time.sleep(whole * (number + 0.5) / KILLS)
        writer.kill()
        writer.wait()
        with Workspace.open(book) as workspace:
            assert workspace.info().files in (0, 2)
            assert workspace.book.one_of("select count(*) from tenders") == (1_500 * workspace.info().files,)
            assert workspace.check().good
            assert not (safe_of(book) / "spill").exists()
            workspace.imports.apply(workspace.imports.plan(paths))
            assert workspace.book.one_of("select count(*) from tenders") == (3_000,)
            assert workspace.check().good
        assert not list(safe_of(book).rglob("*.part"))


class Stop:
    """A person who cancels while a step goes on: asks to stop at its next report, and interrupts what cannot report."""

    def __init__(self, workspace: Workspace, step: str) -> None:
        self._workspace, self._step = workspace, step
        self._asked = threading.Event()
        self.asked_at: float | None = None

    def report(self, done: int, total: int, label: str) -> None:
        if label == self._step and self.asked_at is None:
            self.asked_at = time.monotonic() + 0.05
            threading.Timer(0.05, self._ask).start()
        if self._asked.is_set():
            raise Cancelled

    def _ask(self) -> None:
        self._asked.set()
        self._workspace.interrupt()


def _cancelled_within_a_second(stop: Stop, work: Callable[[], object]) -> None:
    with pytest.raises(Cancelled):
        work()
    assert stop.asked_at is not None
    assert time.monotonic() - stop.asked_at < 1


def test_a_cancel_is_answered_within_a_second_in_every_step(here: Workspace, tmp_path: Path) -> None:
    paths = _exports(tmp_path / "exports", 60_000)
    stop = Stop(here, "progress.comparing")
    _cancelled_within_a_second(stop, lambda: here.imports.plan(paths, stop.report))
    plan = here.imports.plan(paths)
    for step in ("progress.keeping_originals", "progress.writing"):
        stop = Stop(here, step)
        _cancelled_within_a_second(stop, lambda stop=stop: here.imports.apply(plan, stop.report))  # type: ignore[misc]
        assert here.book.rows_of("select 1 from base.source_files union all select 1 from base.tenders") == []
    here.imports.apply(plan)
    assert here.book.one_of("select count(*) from tenders") == (60_000,)
    assert here.check().good
