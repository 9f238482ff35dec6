"""The reading process: order, death, time, memory, cancelling."""

from __future__ import annotations

import io
import multiprocessing
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import psutil
import pytest

from chainbrain.errors import Cancelled
from chainbrain.importers import child, reading
from chainbrain.importers.limits import Limits
from chainbrain.importers.plan import MemberReading
from chainbrain.importers.reading_process import let_go

CASH = "门店编号,营业日期,实点\n{code},2026-03-01,500.00\n"


def _cash_files(folder: Path, number: int) -> list[Path]:
    paths = [folder / f"{n:03d}.csv" for n in range(number)]
    for path in paths:
        path.write_text(CASH.format(code=path.stem), encoding="utf-8")
    return paths


def _killer(path: Path) -> Path:
    """A workbook that the fast reader cannot survive, written so that our own look at it does not notice."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    book.active["A1"] = "门店编号"
    book.active["B2"] = 1
    book.save(out)
    source = zipfile.ZipFile(out)
    with zipfile.ZipFile(path, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name).replace(b'r="B2"', b"r='XFD1048576'"))
    return path


def _long_file(path: Path) -> Path:
    # Broken rows take the longest.
    rows = "\n".join(f"1001,2026-03-01,{number % 900}x" for number in range(1_500_000))
    path.write_text(f"门店编号,营业日期,实点\n{rows}\n", encoding="utf-8")
    return path


def _read(paths: list[Path], desk: Path, limits: Limits | None = None, workers: int = 1) -> list[MemberReading]:
    desk.mkdir(exist_ok=True)
    with reading.Reader(desk, salt=b"s", workers=workers, limits=limits) as reader:
        return list(reader.read(paths))


@pytest.mark.parametrize("workers", [1, 2])
def test_answers_come_in_the_order_asked(tmp_path: Path, workers: int) -> None:
    paths = _cash_files(tmp_path, 12)[::-1]
    found = _read(paths, tmp_path / "desk", workers=workers)
    assert [item.path for item in found] == paths
    codes = [pl.read_parquet(item.staged["cash_counts"])["store_code"].item() for item in found]
    assert codes == [path.stem for path in paths]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_kills_the_reader_stops_nobody_else(tmp_path: Path, workers: int) -> None:
    paths = _cash_files(tmp_path, 6)
    paths.insert(2, _killer(tmp_path / "killer.xlsx"))
    found = _read(paths, tmp_path / "desk", workers=workers)
    assert [item.outcome for item in found] == ["read"] * 2 + ["refused"] + ["read"] * 4
    assert found[2].code == "import.reader_died"
    assert len(found[2].sha256) == 64


def test_a_reader_that_dies_of_what_came_before_reads_the_file_again(tmp_path: Path) -> None:
    let_go()
    before = set(psutil.Process().children(recursive=True))
    killed = []

    def report(done: int, _total: int, _label: str) -> None:
        readers = [
            one
            for one in set(psutil.Process().children(recursive=True)) - before
            if "spawn_main" in " ".join(one.cmdline())
        ]
        if done == 2 and readers and not killed:
            killed.append(readers[0])
            readers[0].kill()

    paths = [*_cash_files(tmp_path, 2), _long_file(tmp_path / "long.csv"), *_cash_files(tmp_path, 4)[2:]]
    (tmp_path / "desk").mkdir()
    with reading.Reader(tmp_path / "desk", salt=b"s") as reader:
        found = list(reader.read(paths, report))
    assert killed
    assert [item.path for item in found] == paths
    assert "import.reader_died" not in [item.code for item in found]
    assert [item.outcome for item in found if item.path.name != "long.csv"] == ["read"] * 4


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    paths = [*_cash_files(tmp_path, 1), _long_file(tmp_path / "long.csv"), *_cash_files(tmp_path, 2)[1:]]
    found = _read(paths, tmp_path / "desk", Limits(seconds=1.5))
    assert [item.code for item in found] == [None, "import.reader_time", None]


def test_a_file_that_takes_too_much_memory_is_stopped(tmp_path: Path) -> None:
    paths = [_long_file(tmp_path / "long.csv"), *_cash_files(tmp_path, 1)]
    found = _read(paths, tmp_path / "desk", Limits(memory=150_000_000, piece_bytes=1 << 30))
    assert found[0].code == "import.reader_memory"
    assert found[1].outcome == "read"


def test_cancelling_answers_within_a_second_and_leaves_no_process(tmp_path: Path) -> None:
    def cancel_at(moment: float) -> Callable[[int, int, str], None]:
        def report(done: int, total: int, label: str) -> None:
            assert label == "progress.reading"
            if time.monotonic() > moment:
                raise Cancelled

        return report

    path = _long_file(tmp_path / "long.csv")
    let_go()
    before = set(psutil.Process().children(recursive=True))
    asked = time.monotonic() + 0.5
    with pytest.raises(Cancelled), reading.Reader(tmp_path, salt=b"s") as reader:
        list(reader.read([path] * 3, cancel_at(asked)))
    assert time.monotonic() - asked < 1
    left = [child for child in psutil.Process().children(recursive=True) if child not in before]
    assert all("resource_tracker" in " ".join(child.cmdline()) for child in left)


def test_an_idle_process_serves_the_next_run_and_one_at_work_does_not(tmp_path: Path) -> None:
    let_go()
    before = set(psutil.Process().children(recursive=True))

    def readers() -> set[psutil.Process]:
        now = set(psutil.Process().children(recursive=True)) - before
        return {one for one in now if "spawn_main" in " ".join(one.cmdline())}

    def cancel(done: int, _total: int, _label: str) -> None:
        if done == 1:
            raise Cancelled

    paths = _cash_files(tmp_path, 2)
    _read(paths, tmp_path / "desk")
    first = readers()
    assert len(first) == 1
    assert [one.outcome for one in _read(paths, tmp_path / "desk")] == ["read", "read"]
    assert readers() == first
    with pytest.raises(Cancelled), reading.Reader(tmp_path, salt=b"s") as reader:
        list(reader.read([paths[0], _long_file(tmp_path / "long.csv")], cancel))
    assert readers() == set()
    first.pop().wait(5)
    _read(paths, tmp_path / "desk")
    (idle,) = readers()
    idle.kill()
    assert [one.outcome for one in _read(paths, tmp_path / "desk")] == ["read", "read"]
    let_go()
    assert readers() == set()


def test_progress_counts_files(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with reading.Reader(tmp_path, salt=b"s") as reader:
        list(reader.read(_cash_files(tmp_path, 3), lambda done, total, _label: seen.append((done, total))))
    assert seen[0] == (0, 3)
    assert seen[-1] == (3, 3)
    assert seen == sorted(seen)


def test_folders_are_expanded_without_what_systems_leave_there(tmp_path: Path) -> None:
    inside = tmp_path / "exports"
    for name in (
        "b.csv",
        "a/z.csv",
        ".hidden.csv",
        "~$open.xlsx",
        "Thumbs.db",
        ".git/x",
        "__MACOSX/y",
        "old.chainbrain",
    ):
        (inside / name).parent.mkdir(parents=True, exist_ok=True)
        (inside / name).write_text("x")
    (inside / "old.chainbrain.safe" / "originals").mkdir(parents=True)
    (inside / "old.chainbrain.safe" / "originals" / "o").write_text("x")
    single = tmp_path / "single.csv"
    assert reading.expand([single, inside, inside / "b.csv"]) == [single, inside / "a" / "z.csv", inside / "b.csv"]


def test_a_fault_of_ours_refuses_one_file_and_says_what_it_was(tmp_path: Path) -> None:
    paths = _cash_files(tmp_path, 2)
    (tmp_path / "desk").mkdir()
    # Where the first file's columns should go, there is a folder.
    (tmp_path / "desk" / "00000-0-cash_counts.parquet").mkdir()
    found = _read(paths, tmp_path / "desk")
    assert [item.code for item in found] == ["import.reader_fault", None]
    assert "Traceback" in found[0].facts["details"]
    assert found[0].facts["fault"]


def test_only_a_process_whose_run_is_over_ends_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "IDLE_SECONDS", 0.05)
    monkeypatch.setattr(child, "_be_silent", lambda: None)
    monkeypatch.setattr(child, "_bound_memory", lambda _extra: None)
    ours, theirs = multiprocessing.Pipe()
    serving = threading.Thread(target=child.serve, args=(theirs, Limits()), daemon=True)
    serving.start()
    assert ours.recv().number < 0
    serving.join(0.5)
    assert serving.is_alive(), "a run may ask late: nobody has told it that the run is over"
    ours.send(None)
    serving.join(5)
    assert not serving.is_alive()
