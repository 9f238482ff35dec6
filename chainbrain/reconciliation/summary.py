"""How far the reconciliation is: states per leg, the open difference, the list of what is left to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.database.book import Book

LEGS: Final = ("till", "ledger", "payout", "bank", "split")
ZERO: Final = Decimal("0.00")

# The order in which a leg's work is shown; words stand under ``work.<key>``.
WORK: Final = (
    "single", "several", "no_candidate", "late", "bank_amount",
    "till_only", "wallet_only", "amount", "duplicate", "refund", "store", "cash", "stored_value", "day",
    "fee", "rate_change", "ledger_missing", "ledger_extra", "ledger_amount", "commission", "bill", "split", "other",
)  # fmt: skip


@dataclass(frozen=True)
class LegStates:
    """How many rows of one leg stand in each of the four states."""

    leg: str
    matched: int = 0
    timing: int = 0
    difference: int = 0
    excluded: int = 0

    @property
    def total(self) -> int:
        """All rows to which the leg applies."""
        return self.matched + self.timing + self.difference + self.excluded


@dataclass(frozen=True)
class WorkGroup:
    """One entry of the work list.

    Attributes:
        leg: where it belongs.
        work: what kind of work, worded under ``work.<work>``.
        codes: the difference codes in it; empty for suggestions.
        count: open items.
        amount: what is open about them, absolute yuan.
        settled: items of this kind that a person or a rule has explained; what is only timing is not among them.
        excluded: those that were left out.
        expected: those that a person expects on a day.
    """

    leg: str
    work: str
    codes: tuple[str, ...]
    count: int
    amount: Decimal
    settled: int = 0
    excluded: int = 0
    expected: int = 0


@dataclass(frozen=True)
class StateSummary:
    """The band above the reconcile screen.

    Attributes:
        legs: states per leg; only legs that have rows.
        work: the work list, open groups first to last.
        open_count: open differences and suggestions that wait for a word.
        open_amount: their absolute yuan.
        single_count: suggestions at the bank with exactly one answer among those tried.
        single_amount: their yuan.
    """

    legs: tuple[LegStates, ...]
    work: tuple[WorkGroup, ...]
    open_count: int
    open_amount: Decimal
    single_count: int
    single_amount: Decimal

    def leg(self, name: str) -> LegStates:
        """The states of one leg; all zero when it has no rows."""
        return next((leg for leg in self.legs if leg.leg == name), LegStates(name))

    def work_of(self, leg: str) -> tuple[WorkGroup, ...]:
        """The work list of one leg."""
        return tuple(group for group in self.work if group.leg == leg)


def summary(book: Book, first: date | None = None, after: date | None = None, store: str | None = None) -> StateSummary:
    """States and open work of the whole book, or of the business days from ``first`` to the day before ``after``.

    With ``store`` the work and the rows of that store; bank lines belong to none.
    """
    period: dict[str, object] = {"first": first, "after": after}
    if store is not None:
        name, period = "states_of_store", {**period, "store": store}
    elif first is None and after is None:
        name, period = "states_of_book", {}
    else:
        name = "states_of_period"
    counts: dict[str, dict[str, int]] = {}
    for leg, state, count in book.rows(f"reconciliation/{name}", **period):
        counts.setdefault(leg, {})[state] = count
    found = work(book, first, after, store)
    single = next((group for group in found if (group.leg, group.work) == ("bank", "single")), None)
    return StateSummary(
        tuple(LegStates(leg, **counts[leg]) for leg in LEGS if leg in counts),
        found,
        sum(group.count for group in found),
        sum((group.amount for group in found), ZERO),
        single.count if single else 0,
        single.amount if single else ZERO,
    )


def codes(book: Book) -> dict[str, tuple[int, int, Decimal]]:
    """Per difference code: how many, how many open, the open amount in yuan (signed effect on the business)."""
    return {code: (found, still, amount) for code, found, still, amount in book.rows("reconciliation/codes")}


def work(
    book: Book, first: date | None = None, after: date | None = None, store: str | None = None
) -> tuple[WorkGroup, ...]:
    """The work list alone, of the whole book or of a period, and of one store."""
    found: dict[tuple[str, str], list[tuple[str | None, str, int, Decimal]]] = {}
    for leg, kind, code, state, count, amount in book.rows(
        "reconciliation/worklist", first=first, after=after, store=store
    ):
        found.setdefault((leg, kind), []).append((code, state, count, amount))
    groups = [
        WorkGroup(
            leg,
            kind,
            tuple(sorted({code for code, *_ in rows if code})),
            sum(count for _, state, count, _ in rows if state == "open"),
            sum((amount for _, state, _, amount in rows if state == "open"), ZERO),
            *(
                sum(count for _, state, count, _ in rows if state == one)
                for one in ("explained", "excluded", "expected")
            ),
        )
        for (leg, kind), rows in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: (LEGS.index(group.leg), WORK.index(group.work))))


def legs(book: Book) -> frozenset[str]:
    """The legs that have rows anywhere in the book."""
    return frozenset(leg for leg, *_ in book.rows("reconciliation/states_of_book"))
