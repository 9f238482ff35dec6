"""Whoever stops an import is answered within a second, also while one large file is being compared."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from chainbrain.errors import Cancelled
from chainbrain.workspace import Workspace

HEADER = "门店编号,时间,类型,金额,会员号,单号\n"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """Two hundred thousand rows that compress badly."""
    path = tmp_path / "stored.csv"
    rows = (f"1001,2026-03-01 12:00:00,消费,{n % 900 + 1}.00,M{n * 7919 % 999_983},S{n}\n" for n in range(200_000))
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "book.chainbrain") as opened:
        yield opened


def test_while_rows_are_compared(workspace: Workspace, large: Path) -> None:
    done = threading.Event()
    asked: list[float] = []

    def stop() -> None:
        asked.append(time.monotonic())
        while not done.wait(0.01):
            workspace.book.interrupt()

    stopper = threading.Thread(target=stop)

    def report(files: int, total: int, label: str) -> None:
        if label == "progress.reading" and files == total and not stopper.is_alive():
            stopper.start()

    with pytest.raises(Cancelled):
        workspace.imports.plan([large], report)
    answered = time.monotonic()
    done.set()
    stopper.join()
    assert answered - asked[0] < 1
