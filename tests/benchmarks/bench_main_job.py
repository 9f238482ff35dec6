"""The main job on the default demo chain: times as ratios to the plain reads and joins it needs, memory, and the truth.

Run with ``python3 packaging/dev.py bench``; options: --stores N --days N --keep DIR.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import fastexcel
import psutil

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import truth_of_chain  # noqa: E402

from chainbrain.demo import generate  # noqa: E402
from chainbrain.workspace import Workspace  # noqa: E402

STATEMENTS = Path(__file__).parent / "reference"


def plain_joins(connection: duckdb.DuckDBPyConnection) -> None:
    """What reconciling cannot do without: each side joined on its keys, and a result of the same size written down."""
    for statement in duckdb.extract_statements((STATEMENTS / "joins.sql").read_text(encoding="utf-8")):
        connection.execute(statement)


def plain_read(exports: Path) -> int:
    """Read the same files with DuckDB and fastexcel alone: no recognition, no types, no checks; returns the rows."""
    rows = 0
    connection = duckdb.connect()

    def text(path: str) -> int:
        connection.execute(
            "create or replace table plain as select * from read_csv($path, all_varchar = true, header = false, "
            "quote = '', delim = ',', null_padding = true, strict_mode = false, parallel = false)",
            {"path": path},
        )
        found = connection.execute("select count(*) from plain").fetchone()
        return int(found[0]) if found else 0

    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(item for item in exports.rglob("*") if item.is_file()):
            content = path.read_bytes()
            if path.suffix == ".xlsx":
                book = fastexcel.read_excel(content)
                rows += sum(
                    book.load_sheet(name, header_row=None, dtypes="string").to_polars().height
                    for name in book.sheet_names
                )
                continue
            members = [content]
            if path.suffix == ".zip":
                with zipfile.ZipFile(io.BytesIO(content)) as archive:
                    members = [archive.read(name) for name in archive.namelist()]
            for member in members:
                try:
                    decoded = member.decode("utf-8-sig")
                except UnicodeDecodeError:
                    decoded = member.decode("gb18030")
                plain = Path(folder) / "plain.csv"
                plain.write_text(decoded, encoding="utf-8")
                rows += text(str(plain))
    return rows


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


class MemoryWatch:
    """The largest resident memory of this process and its reading processes together, sampled while work runs."""

    def __init__(self) -> None:
        self.peak = 0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _sample(self) -> None:
        own = psutil.Process()
        while not self._stop.wait(0.05):
            total = 0
            for process in (own, *own.children(recursive=True)):
                with contextlib.suppress(psutil.Error):  # a reading process may end between listing and asking
                    total += process.memory_info().rss
            self.peak = max(self.peak, total)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--stores", type=int, default=12)
    parser.add_argument("--days", type=int, default=92)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        chain = generate(folder / "chain", stores=options.stores, days=options.days)
        print(
            f"chain: {chain.orders:,} orders, {chain.tenders:,} tenders, {chain.files} files, "
            f"{chain.differences} injected differences"
        )
        read = [timed(lambda: plain_read(chain.exports))]
        workspace = Workspace.create(folder / f"bench-{int(time.time())}.chainbrain")
        started = time.perf_counter()
        with MemoryWatch() as import_memory:
            plan = workspace.imports.plan([chain.exports])
            planned = time.perf_counter() - started
            applied = timed(lambda: workspace.imports.apply(plan))
        imported = planned + applied
        read.append(timed(lambda: plain_read(chain.exports)))
        with MemoryWatch() as reconcile_memory:
            reconciled = timed(workspace.reconcile)
        again_reconciled = timed(workspace.reconcile)
        again = workspace.imports.plan([chain.exports])
        path = workspace.path
        workspace.close()
        # The plain joins run on the closed book's own facts, in a copy, by DuckDB alone.
        copied = folder / "plain.duckdb"
        shutil.copyfile(path, copied)
        plain = duckdb.connect(str(copied), config={"memory_limit": "900MB"})
        joins = [timed(lambda: plain_joins(plain)) for _ in range(2)]
        plain.close()
        workspace = Workspace.open(path)
        base_read, base_join = min(read), min(joins)
        print(
            f"import: {imported:.1f} s (plan {planned:.1f}, apply {applied:.1f}); plain reads {base_read:.1f} s; "
            f"ratio {imported / base_read:.2f} (aim 4)"
        )
        print(
            f"reconcile: {reconciled:.1f} s; plain joins {base_join:.1f} s; ratio {reconciled / base_join:.2f} (aim 3)"
        )
        print(
            f"import + reconcile: {imported + reconciled:.1f} s (aim 80); "
            f"a second reconciliation: {again_reconciled:.1f} s"
        )
        peaks = [watch.peak / 1e6 for watch in (import_memory, reconcile_memory)]
        print(f"peak memory of all processes: import {peaks[0]:,.0f} MB, reconcile {peaks[1]:,.0f} MB (aim 1,500)")
        print(f"second import: {again.new_rows} new rows")
        differing = [file.name for file in plan.files if file.reading.control_total == "differs"]
        print(f"files: {len(plan.writable)} of {len(plan.files)} written, {len(differing)} differ from their totals")
        states = workspace.book.one_of(
            "select count(*), count(*) filter (where n > 1) from "
            "(select count(*) as n from row_states group by record_type, record_id, leg)"
        )
        print(f"row states: {states[0]:,}, doubled {states[1]}")
        truth_of_chain.load(workspace.book, chain.truth)
        false = 0
        for pair in truth_of_chain.score_pairs(workspace.book):
            false += pair.false
            print(
                f"  {pair.kind}: {pair.confirmed:,} of {pair.true:,} confirmed ({pair.share:.4%}), {pair.false} false"
            )
        codes = truth_of_chain.score_differences(workspace.book)
        found, injected = sum(code.found for code in codes), sum(code.injected for code in codes)
        print(
            "  " + ", ".join(f"{code.code} {code.found}/{code.injected} ({code.reported} reported)" for code in codes)
        )
        print(f"  codes: {found} of {injected} ({found / max(1, injected):.2%}, aim 95 %)")
        workspace.close()
    return 0 if not false and not again.new_rows else 1


if __name__ == "__main__":
    sys.exit(main())
