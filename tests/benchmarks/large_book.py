"""A large made-up book, filled by SQL inside DuckDB through the real schema: stores × days, millions of tenders.

It holds what the owner's screens read: tills, bills of two wallets and a platform, payouts, statements, differences.
It is not imported from files and not matched row by row: receipts are taken to agree, only payouts have matches.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from chainbrain import facts
from chainbrain.workspace import Workspace

HERE = Path(__file__).parent
FIRST = date(2025, 11, 1)
# So many orders a store has on an ordinary day: 500 stores × 365 days have about 50 million tenders.
ORDERS = 274
STRIDE = 10


def make(
    path: Path, stores: int, days: int, orders: int = ORDERS, tell: Callable[[str], None] = lambda _line: None
) -> None:
    """Make the book; its derived facts are reckoned by the program itself."""
    with Workspace.create(path) as workspace:
        book = workspace.book
        book.fit_threads(stores * days * orders)
        book.execute("set preserve_insertion_order = false")
        given = {"first": FIRST, "stores": stores, "days": days, "orders": orders}

        def run(name: str, **more: object) -> None:
            book.run(f"../../../tests/benchmarks/{name}", **given, **more)

        run("large_book_master")
        for since in range(0, days, STRIDE):
            run("large_book_days", since=since, until=min(since + STRIDE, days))
            tell(f"{min(since + STRIDE, days)} of {days} days")
        workspace.analytics.refresh()
        facts.matched(book)
        book.execute("checkpoint")
