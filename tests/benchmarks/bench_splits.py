"""Splits checked against what is due: the pairs, verdicts, differences and row states, beside the plain join.

Run with ``python3 packaging/dev.py bench splits``; options: --sales N (70,000; three rules make three parts of each, so
334,000 are a million lines), --odd N (one sale in N was split otherwise than agreed; 0: none), --rounds N (3).
The plain side joins the sums of both sides by order number and receiver and writes a verdict for each; what neither
side can do without, the expected parts themselves, is told apart. Both work with as many threads as the book deserves;
of each the quickest round counts.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT)]

from chainbrain.database.book import Book  # noqa: E402
from chainbrain.reconciliation import reconcile, splits  # noqa: E402

RULES = (("品牌费", "品牌", "0.05"), ("供应链", "供应链", "0.12"), ("合伙", "合伙人", "0.0333"))
STATEMENTS = Path(__file__).parent / "reference"

Spent = tuple[float, float]


def statement(name: str) -> str:
    """One of the statements beside the benchmarks."""
    return (STATEMENTS / f"{name}.sql").read_text(encoding="utf-8")


def made(sales: int, odd: int) -> Book:
    """A book of one merchant number whose sales are split as agreed, except one in ``odd``."""
    book = Book.in_memory()
    for number, (name, receiver, rate) in enumerate(RULES):
        book.execute(
            "insert into base.split_rules (name, receiver, basis, way, rate, row_id, file_id, line, entry_id)"
            " select $name, $receiver, 'gross', 'ratio', $rate, md5($name)::uuid, md5('f')::uuid, $line, 1",
            name=name, receiver=receiver, rate=Decimal(rate), line=number,
        )  # fmt: skip
    book.execute(statement("split_sales"), sales=sales)
    book.execute(statement("split_lines"), sales=sales)
    if odd:
        book.execute(
            "update base.split_lines set amount = amount + 0.01 where receiver = '品牌' and line % $odd = 0", odd=odd
        )
    book.fit_threads(sales * (1 + 2 * len(RULES)))
    return book


def timed(work: Callable[[], None]) -> Spent:
    """Processor and clock seconds of some work."""
    processor, clock = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - processor, time.perf_counter() - clock


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sales", type=int, default=70_000)
    parser.add_argument("--odd", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    book = made(options.sales, options.odd)
    rounds: list[dict[str, Spent]] = []

    def match(the_book: Book) -> None:
        """The stage as the program runs it, and beside it the plain statements on the same tables."""
        spent = {step: timed(lambda step=step: the_book.run(f"reconciliation/{step}")) for step in splits.STEPS}  # type: ignore[misc]
        spent["row states"] = timed(
            lambda: the_book.execute("create or replace temp table told as from r_states_splits")
        )
        for name in ("split_join", "split_bare_join"):
            spent[name] = timed(lambda name=name: the_book.execute(statement(name)))  # type: ignore[misc]
        rounds.append(spent)

    steps = tuple((label, match if step is splits.match else step) for label, step in reconcile.STEPS)
    reconcile.STEPS = steps  # type: ignore[misc]
    for _ in range(options.rounds):
        reconcile.reconcile(book, whole=True)
    states: dict[str, int] = dict(
        book.rows_of("select state, count(*) from base.row_states where leg = 'split' group by state order by state")
    )
    threads = book.one_of("select current_setting('threads')")[0]
    lines = book.one_of("select count(*) from base.split_lines")[0]
    print(f"{lines:,} lines, {threads} thread(s), rows of the leg: {states}")
    check = ("split_numbers", *splits.CHECK)
    plain = _told("plain join", rounds, ("split_join",))
    bare = _told("bare join, no sums", rounds, ("split_bare_join",))
    paired = _told("check: pairs, verdicts, differences", rounds, check)
    ours = _told("check with its row states", rounds, (*check, "row states"))
    _told("expectation", rounds, splits.EXPECTATION)
    print(f"ratio {ours / plain:.2f} of the plain join (aim 2), without row states {paired / plain:.2f}")
    print(f"ratio {ours / bare:.2f} of the bare join, without row states {paired / bare:.2f}")
    return 0 if options.odd or set(states) == {"matched"} else 1


def _told(name: str, rounds: list[dict[str, Spent]], steps: tuple[str, ...]) -> float:
    """Print what some steps took in the quickest round; returns the processor seconds."""
    processor, clock = min(
        (sum(spent[step][0] for step in steps), sum(spent[step][1] for step in steps)) for spent in rounds
    )
    print(f"  {name:<36} {processor:7.2f} s of processor, {clock:7.2f} s")
    return processor


if __name__ == "__main__":
    sys.exit(main())
