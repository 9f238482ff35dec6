"""Importing large exports: times as ratios to what must at least be done, the second import, and memory.

Run with ``python3 packaging/dev.py bench import``; options: --rows N --sheet-rows N --only bill|workbook|chain.

A bill is compared with DuckDB reading the same lines as text and storing them (of a GB18030 bill it is given a UTF-8
copy, since it reads no GB18030); a workbook with fastexcel loading its sheets; a second import with the first one.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import fastexcel

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import large_exports  # noqa: E402
from bench_main_job import MemoryWatch  # noqa: E402

from chainbrain.demo import generate  # noqa: E402
from chainbrain.workspace import Workspace  # noqa: E402

_PLAIN_CSV = (
    "create table plain as select * from read_csv($path, all_varchar = true, header = true, quote = '', delim = ',', "
    "null_padding = true, strict_mode = false)"
)
_MEMORY_AIM = 1_500


@dataclass(frozen=True)
class Time:
    """Seconds on the clock, and of the processors in this process and those it has ended."""

    wall: float
    cpu: float


def timed(work: Callable[[], object]) -> Time:
    """How long work takes."""
    before, started = os.times(), time.perf_counter()
    work()
    after = os.times()
    return Time(time.perf_counter() - started, sum(after[:4]) - sum(before[:4]))


def line(what: str, ours: Time, plain: Time, aim: float) -> None:
    """One line of the table."""
    print(
        f"{what:<44}{ours.wall:>8.1f}{plain.wall:>8.1f}{ours.wall / plain.wall:>8.2f}"
        f"{ours.cpu / max(plain.cpu, 0.01):>10.2f}{aim:>8.2f}"
    )


def bill(folder: Path, rows: int, encoding: str) -> list[int]:
    """A trade bill against DuckDB; returns the peaks of memory."""
    path, copy = folder / f"bill-{encoding}.csv", folder / "bill-utf-8.csv"
    if not copy.exists():
        large_exports.wechat_bill(copy, rows, "utf-8")
    if not path.exists():
        large_exports.wechat_bill(path, rows, encoding)

    def plain() -> None:
        target = folder / "plain.duckdb"
        connection = duckdb.connect(str(target), config={"memory_limit": "900MB"})
        connection.execute(_PLAIN_CSV, {"path": str(copy)})
        connection.close()
        target.unlink()

    first_plain = timed(plain)
    first, second, peaks, book = _import(folder, path, f"{encoding}.chainbrain")
    stored = min(first_plain, timed(plain), key=lambda found: found.wall)
    size = path.stat().st_size / 1e6
    line(f"trade bill, {rows:,} rows, {encoding}, {size:,.0f} MB", first, stored, 3.0)
    line("  the same a second time, to the first", second, first, 0.15)
    assert book == rows, f"{book} of {rows} rows"
    return peaks


def takeaway(folder: Path, rows: int) -> list[int]:
    """A takeaway workbook against fastexcel; returns the peaks of memory."""
    path = folder / "takeaway.xlsx"
    large_exports.meituan_workbook(path, rows)

    def plain() -> None:
        book = fastexcel.read_excel(path.read_bytes())
        for name in book.sheet_names:
            book.load_sheet(name, header_row=None, dtypes="string").to_polars()

    first_plain = timed(plain)
    first, second, peaks, book = _import(folder, path, "takeaway.chainbrain")
    loaded = min(first_plain, timed(plain), key=lambda found: found.wall)
    line(f"takeaway workbook, {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB", first, loaded, 1.5)
    line("  the same a second time, to the first", second, first, 0.15)
    assert book == rows, f"{book} of {rows} rows"
    return peaks


def chain(folder: Path) -> list[int]:
    """All exports of the demo chain, and all of them again; returns the peaks of memory."""
    exports = generate(folder / "chain").exports
    first, second, peaks, _ = _import(folder, exports, "chain.chainbrain")
    line("demo chain a second time, to the first", second, first, 0.15)
    return peaks


def _import(folder: Path, path: Path, name: str) -> tuple[Time, Time, list[int], int]:
    with Workspace.create(folder / name) as workspace:

        def work() -> None:
            workspace.imports.apply(workspace.imports.plan([path]))

        with MemoryWatch() as memory:
            first = timed(work)
        with MemoryWatch() as memory_again:
            second = timed(work)
        rows = int(workspace.book.one_of("select count(*) from payments")[0])
    return first, second, [memory.peak, memory_again.peak], rows


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--sheet-rows", type=int, default=100_000)
    parser.add_argument("--only", choices=("bill", "workbook", "chain"))
    options = parser.parse_args()
    peaks: list[int] = []
    print(f"{'':<44}{'ours':>8}{'plain':>8}{'ratio':>8}{'cpu ratio':>10}{'aim':>8}")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        if options.only in (None, "bill"):
            peaks += bill(folder, options.rows, "gb18030")
            peaks += bill(folder, options.rows, "utf-8")
        if options.only in (None, "workbook"):
            peaks += takeaway(folder, options.sheet_rows)
        if options.only in (None, "chain"):
            peaks += chain(folder)
    print(f"peak memory of all processes: {max(peaks) / 1e6:,.0f} MB (aim {_MEMORY_AIM:,})")
    return 0 if max(peaks) <= _MEMORY_AIM * 1e6 else 1


if __name__ == "__main__":
    sys.exit(main())
