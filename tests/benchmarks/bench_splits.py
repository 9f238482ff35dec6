"""Splits of a million lines: expected parts worked out and held against what was executed, beside the plain join.

Run with ``python3 packaging/dev.py bench splits``; options: --sales N (350,000; three rules make three parts of each).
The plain side gets the expected parts for nothing and only joins both sides by order number and receiver, with a
verdict and a result of the same size written down.
"""

from __future__ import annotations

import argparse
import sys
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from chainbrain.database.book import Book  # noqa: E402
from chainbrain.reconciliation import reconcile, splits  # noqa: E402

RULES = (("品牌费", "品牌", "0.05"), ("供应链", "供应链", "0.12"), ("合伙", "合伙人", "0.0333"))
STATEMENTS = Path(__file__).parent / "reference"


def statement(name: str) -> str:
    """One of the statements beside the benchmarks."""
    return (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")


def made(sales: int) -> Book:
    """A book of one merchant number whose every sale is split as agreed."""
    book = Book.in_memory()
    for number, (name, receiver, rate) in enumerate(RULES):
        book.execute(
            "insert into base.split_rules (name, receiver, basis, way, rate, row_id, file_id, line, entry_id)"
            " select $name, $receiver, 'gross', 'ratio', $rate, md5($name)::uuid, md5('f')::uuid, $line, 1",
            name=name, receiver=receiver, rate=Decimal(rate), line=number,
        )  # fmt: skip
    book.execute(statement("split_sales"), sales=sales)
    book.execute(statement("split_lines"), sales=sales)
    return book


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sales", type=int, default=350_000)
    options = parser.parse_args()
    book = made(options.sales)
    spent: list[float] = []

    def timed(the_book: Book) -> None:
        started = time.perf_counter()
        splits.match(the_book)
        spent.append(time.perf_counter() - started)

    steps = tuple((label, timed if step is splits.match else step) for label, step in reconcile.STEPS)
    reconcile.STEPS = steps  # type: ignore[misc]
    for _ in range(3):
        reconcile.reconcile(book)
    plain = []
    for _ in range(3):
        started = time.perf_counter()
        book.execute(statement("split_join"))
        plain.append(time.perf_counter() - started)
    states = book.rows_of(
        "select state, count(*) from base.row_states where leg = 'split' group by state order by state"
    )
    ours, theirs = min(spent), min(plain)
    print(f"{options.sales:,} sales, rows of the leg: {dict(states)}")
    print(f"ours {ours:.2f} s, plain join {theirs:.2f} s, ratio {ours / theirs:.2f} (aim 2)")
    return 0 if all(state == "matched" for state, _ in states) else 1


if __name__ == "__main__":
    sys.exit(main())
