"""One reconciliation: every stage in order, one transaction, the same result from the same facts."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from chainbrain import facts
from chainbrain.database.book import Book
from chainbrain.progress import Report, silent
from chainbrain.reconciliation import attribution, cash, ledger, scope, settlement, splits, states, tenders


@dataclass(frozen=True)
class Reconciled:
    """What a reconciliation found.

    Attributes:
        states: number of rows per (leg, state).
        codes: per difference code: found, still open, open amount in yuan (signed effect on the business).
        seconds: how long it took.
        rows: how many rows were matched anew; ``None`` when all were.
        reason: why all were, worded under ``reconcile_all.<reason>``; empty otherwise.
    """

    states: dict[tuple[str, str], int]
    codes: dict[str, tuple[int, int, Decimal]]
    seconds: float
    rows: int | None = None
    reason: str = ""

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


def reconcile(book: Book, report: Report = silent, *, whole: bool = False) -> Reconciled:
    """Match what was touched since the last time, or everything; joins the caller's transaction or makes its own.

    Machine matches that no longer follow from the facts and decisions are revoked, those that still do keep their date.
    What comes out is the same either way.
    """
    started = time.perf_counter()
    with book.transaction(), ExitStack() as small:
        if not whole:
            small.enter_context(book.small_steps())
        report(0, len(STEPS) + 2, "progress.reconcile_attribution")
        attribution.derive(book)
        scope.survey(book)
        rows, reason = None, "asked" if whole else ""
        if not whole:
            try:
                rows = scope.touched(book)
                _match(book, report)
            except scope.UnsureError as unsure:
                rows, reason = None, unsure.reason
                small.close()
        if rows is None:
            attribution.link(book)
            scope.everything(book)
            _match(book, report)
        scope.remember(book)
        standing = book.rows("reconciliation/counts")
        some = scope.moved_some(book)
        _forget(book)
        facts.placed(book)
        facts.matched(book, some=some)
        report(len(STEPS) + 2, len(STEPS) + 2, "progress.reconcile_done")
        return Reconciled(
            {(leg, state): count for leg, state, count in standing},
            {code: (found, still, amount) for code, found, still, amount in book.rows("reconciliation/codes")},
            time.perf_counter() - started,
            rows,
            reason,
        )


def _match(book: Book, report: Report) -> None:
    for number, (label, step) in enumerate(STEPS, start=1):
        report(number, len(STEPS) + 2, label)
        step(book)
    report(len(STEPS) + 1, len(STEPS) + 2, "progress.reconcile_states")
    states.write(book, datetime.now().replace(microsecond=0))


def _forget(book: Book) -> None:
    """Drop the working tables: they are as large as a month of facts."""
    attribution.forget(book)
    for kind, listing in (("view", "duckdb_views"), ("table", "duckdb_tables")):
        for (name,) in book.rows_of(
            f"select {kind}_name from {listing}() where temporary and starts_with({kind}_name, 'r_')"
        ):
            book.execute(f"drop {kind} {name}")
