"""Reconciling a chain's orders: all stages beside the plain outer join, and one changed store-day beside everything.

Run with ``python3 packaging/dev.py bench reconcile``; options: --orders N (1,000,000) --memory LIMIT (2GB) --peak (only
everything, in a process of its own under the program's own limit, and the most memory that took). Times are those of
the processor, of all threads together, so that other work on the machine does not count. The same join is done
in polars and, where it is installed, in pandas. After the store-day everything is matched anew: nothing may differ.
"""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb
import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "support")]

import late_rows  # noqa: E402

from chainbrain.database.book import Book  # noqa: E402
from chainbrain.reconciliation import attribution  # noqa: E402
from chainbrain.reconciliation.reconcile import Reconciled, reconcile  # noqa: E402
from chainbrain.workspace import Workspace  # noqa: E402

STATEMENTS = Path(__file__).parent / "reference"
STORE_DAY = {
    "orders": "store_code = 'S007' and business_day = date '2026-07-15'",
    "tenders": "store_code = 'S007' and cast(paid_at as date) = date '2026-07-15'",
    "payments": "cast(occurred_at as date) = date '2026-07-15' and merchant_no in "
    "(select merchant_no from base.accounts where store_code = 'S007')",
}
SIDES = {
    "tenders": "select tender_id, method as channel, merchant_no, reference, "
    "if(is_refund, 'refund', 'payment') as kind, cast(amount as double) as due from base.tenders",
    "payments": "select payment_id, channel, merchant_no, external_id as reference, kind, "
    "cast(amount as double) as paid from base.payments",
}
"""For pandas and polars; only here an amount is a float, as most scripts have it."""
Found = TypeVar("Found")
KEYS = ["channel", "merchant_no", "reference", "kind"]


def run_all(book: Book, name: str, **params: object) -> None:
    """Execute all statements of one file beside the benchmarks."""
    for statement in duckdb.extract_statements((STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")):
        book.execute(statement.query, **{key: params[key] for key in statement.named_parameters})


def spent(work: Callable[[], Found]) -> tuple[float, Found]:
    """Seconds of the processor, and what came out."""
    started = time.process_time()
    found = work()
    return time.process_time() - started, found


def in_frames(book: Book) -> None:
    """The till's outer join alone, with its classification, in polars and pandas."""
    left, right = (book._connection.execute(text).pl() for text in SIDES.values())
    one_sided = pl.when(pl.col("payment_id").is_null()).then(pl.lit("till_only"))
    one_sided = one_sided.when(pl.col("tender_id").is_null()).then(pl.lit("wallet_only"))
    verdict = one_sided.when(pl.col("due") != pl.col("paid")).then(pl.lit("amount")).otherwise(pl.lit("matched"))
    seconds, _ = spent(lambda: left.join(right, on=KEYS, how="full", coalesce=True).with_columns(verdict=verdict))
    print(f"the till's join alone in polars: {seconds:.1f} s")
    if importlib.util.find_spec("pandas") is None:
        print("pandas is not installed: not measured")
        return
    here, there = left.to_pandas(), right.to_pandas()
    seconds, _ = spent(lambda: here.merge(there, on=KEYS, how="outer", indicator=True))
    print(f"the till's join alone in pandas: {seconds:.1f} s")


def without_a_store_day(book: Book) -> None:
    for table, rule in STORE_DAY.items():
        book.execute(f"create temp table late_{table} as from base.{table} where {rule}")
        book.execute(f"delete from base.{table} where {rule}")
        book.execute(f"update late_{table} set file_id = md5('late')::uuid")
    attribution.refresh(book)
    reconcile(book)


def with_it(book: Book) -> None:
    book.execute(
        "insert into base.source_files select * replace (md5('late')::uuid as file_id) from base.source_files limit 1"
    )
    for table in STORE_DAY:
        book.execute(f"insert into base.{table} from late_{table}")
    attribution.refresh(book)


def fill(book: Book, orders: int) -> None:
    """Make the orders and what was paid for them, and print how much that is."""
    run_all(book, "chain_of_orders", orders=orders)
    attribution.refresh(book)
    tables = ("orders", "tenders", "payments", "wallet_lines", "bank_lines")
    counts = {table: int(book.one_of(f"select count(*) from base.{table}")[0]) for table in tables}
    print(", ".join(f"{count:,} {table}" for table, count in counts.items()), flush=True)


def peak(orders: int) -> int:
    """Make a book, then reconcile it in another process: what making it took does not count."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "bench.chainbrain"
        with Workspace.create(path) as workspace:
            fill(workspace.book, orders)
        return subprocess.run([sys.executable, __file__, "--open", str(path)], check=False).returncode


def reconciled_alone(path: Path) -> int:
    import resource

    with Workspace.open(path) as workspace:
        seconds, _ = spent(lambda: reconcile(workspace.book, whole=True))
    # In kilobytes on Linux: https://man7.org/linux/man-pages/man2/getrusage.2.html
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"everything: {seconds:.1f} s, at most {most:,.0f} MB in memory (aim 2,000 for 10 million tenders)")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--peak", action="store_true")
    parser.add_argument("--open", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.open or options.peak:
        return reconciled_alone(options.open) if options.open else peak(options.orders)
    with tempfile.TemporaryDirectory() as scratch, Workspace.create(Path(scratch) / "bench.chainbrain") as workspace:
        book = workspace.book
        book.execute(f"set memory_limit = '{options.memory}'")
        fill(book, options.orders)
        plain = min(spent(lambda: run_all(book, "plain_outer_join"))[0] for _ in range(2))
        book.execute("drop schema reference cascade")
        print(f"plain outer join with classification: {plain:.1f} s", flush=True)
        in_frames(book)
        whole = min(spent(lambda: reconcile(book, whole=True))[0] for _ in range(2))
        print(f"everything: {whole:.1f} s, {whole / plain:.1f} times the plain join (aim 3)", flush=True)
        without_a_store_day(book)
        with_it(book)
        seconds, found = spent(lambda: reconcile(book))
        told(found, seconds, whole)
        late_rows.keep(book)
        reconcile(book, whole=True)
        differing = late_rows.changes(book)
        print("identical to matching everything anew" if not differing else f"DIFFERS: {differing}")
    return 0 if not differing and found.rows is not None else 1


def told(found: Reconciled, seconds: float, whole: float) -> None:
    """Print how much faster one changed store-day is."""
    share = f"{found.rows:,} rows" if found.rows is not None else f"everything, because of {found.reason}"
    print(
        f"one changed store-day: {seconds:.1f} s for {share}, {whole / seconds:.1f} times faster (aim 20)", flush=True
    )


if __name__ == "__main__":
    sys.exit(main())
