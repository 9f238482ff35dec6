"""What head office and each store owe each other in a month, beginning with what the month before was locked with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from chainbrain.closing.figures import Figure
from chainbrain.closing.months import MonthState, last_month
from chainbrain.database.book import Book

ZERO: Final = Decimal("0.00")
PARTS: Final = ("collected", "split", "royalty", "purchases", "advances", "penalties", "other", "paid")
"""Words stand under ``figure_part.<part>``."""

Ledger = Callable[[date], Iterable[Any]]
"""The ledger room's months: one object per store with these parts, ``opening``, ``closing`` and ``other_side``."""


@dataclass(frozen=True)
class StoreLedger:
    """One store; balances are above 0 where head office owes it.

    closing = opening + collected − split − royalty − purchases − advances − penalties + other − paid + prior.

    Attributes:
        prior: what moved in months that were closed before it came (前期).
        other_side: the closing balance as the store reckons it from its own lines.
    """

    store_id: str
    name: str | None
    opening: Decimal
    collected: Decimal
    split: Decimal
    royalty: Decimal
    purchases: Decimal
    advances: Decimal
    penalties: Decimal
    other: Decimal
    paid: Decimal
    prior: Decimal
    closing: Decimal
    other_side: Decimal

    @property
    def gap(self) -> Decimal:
        """Receivable of one less payable of the other."""
        return self.closing - self.other_side


def rolled(book: Book, ledger: Ledger, month: date) -> tuple[StoreLedger, ...]:
    """Every store's ledger of a month from the rows as they are."""
    locked: dict[str, Decimal] = dict(
        book.rows_of(
            "select f.subject, f.amount::decimal(18,2) from base.month_figures f "
            "join base.standing_closes c on c.entry_id = f.entry_id "
            "where c.month = $month and f.section = 'ledger' and f.part = 'closing'",
            month=last_month(month),
        )
    )
    found = []
    for one in ledger(month):
        opening = locked.get(one.store, one.opening)
        parts = {part: getattr(one, part) for part in PARTS}
        found.append(
            StoreLedger(
                one.store, one.name, opening, **parts, prior=one.opening - opening, closing=one.closing,
                other_side=one.other_side,
            )
        )  # fmt: skip
    return tuple(found)


def figures(found: Iterable[StoreLedger]) -> tuple[Figure, ...]:
    """What is locked of it."""
    return tuple(
        Figure("ledger", one.store_id, one.name or "", part, getattr(one, part))
        for one in found
        for part in ("opening", *PARTS, "prior", "closing", "other_side")
    )


def locked(book: Book, state: MonthState) -> tuple[StoreLedger, ...]:
    """The ledger of a closed month as it was locked."""
    stores: dict[tuple[str, str], dict[str, Decimal]] = {}
    for store, name, part, amount in book.rows_of(
        "select subject, detail, part, amount::decimal(18,2) from base.month_figures "
        "where entry_id = $entry and section = 'ledger' order by subject",
        entry=state.entry_id,
    ):
        stores.setdefault((store, name), {})[part] = amount
    return tuple(StoreLedger(store, name or None, **parts) for (store, name), parts in stores.items())
