"""One full reconciliation: every stage in order, one transaction, the same result from the same facts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from chainbrain.database.book import Book
from chainbrain.progress import Report, silent
from chainbrain.reconciliation import attribution, cash, ledger, settlement, splits, states, tenders


@dataclass(frozen=True)
class Reconciled:
    """What a reconciliation found.

    Attributes:
        states: number of rows per (leg, state).
        codes: per difference code: found, still open, open amount in yuan (signed effect on the business).
        seconds: how long it took.
    """

    states: dict[tuple[str, str], int]
    codes: dict[str, tuple[int, int, Decimal]]
    seconds: float

    def facts(self) -> dict[str, object]:
        """The figures as the history keeps them."""
        return {
            "states": {f"{leg}.{state}": count for (leg, state), count in self.states.items()},
            "codes": {code: found for code, (found, _, _) in self.codes.items()},
            "open": sum(open_count for _, open_count, _ in self.codes.values()),
        }


STEPS: Final[tuple[tuple[str, Callable[[Book], None]], ...]] = (
    ("progress.reconcile_reading", lambda book: book.run("reconciliation/working")),
    ("progress.reconcile_tenders", tenders.match),
    ("progress.reconcile_cash", cash.match),
    ("progress.reconcile_ledger", ledger.match),
    ("progress.reconcile_payouts", settlement.match_payouts),
    ("progress.reconcile_bank", settlement.match_deposits),
    ("progress.reconcile_splits", splits.match),
)


def reconcile(book: Book, report: Report = silent) -> Reconciled:
    """Match everything anew; joins the caller's transaction or makes its own.

    Machine matches that no longer follow from the facts and decisions are revoked, those that still do keep their date.
    """
    started = time.perf_counter()
    total = len(STEPS) + 2
    with book.transaction():
        report(0, total, "progress.reconcile_attribution")
        attribution.derive(book)
        for number, (label, step) in enumerate(STEPS, start=1):
            report(number, total, label)
            step(book)
        report(total - 1, total, "progress.reconcile_states")
        states.write(book, datetime.now().replace(microsecond=0))
        _forget(book)
        report(total, total, "progress.reconcile_done")
        return Reconciled(
            {(leg, state): count for leg, state, count in book.rows("reconciliation/counts")},
            {code: (found, still, amount) for code, found, still, amount in book.rows("reconciliation/codes")},
            time.perf_counter() - started,
        )


def _forget(book: Book) -> None:
    """Drop the working tables: they are as large as a month of facts."""
    attribution.forget(book)
    for kind, listing in (("view", "duckdb_views"), ("table", "duckdb_tables")):
        for (name,) in book.rows_of(
            f"select {kind}_name from {listing}() where temporary and starts_with({kind}_name, 'r_')"
        ):
            book.execute(f"drop {kind} {name}")
