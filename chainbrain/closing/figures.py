"""Every figure that is locked with a month, in one flat list by which two versions are laid beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.closing import cash, completeness, differences
from chainbrain.closing.bank import SIDES, BankReconciliation, ProofOfCash
from chainbrain.closing.months import MonthState, next_month
from chainbrain.closing.steps import Board
from chainbrain.closing.stored_value import StoredValue
from chainbrain.closing.transit import PARTS, TransitRoll
from chainbrain.database.book import Book

SECTIONS: Final = (
    "step", "completeness", "store", "till", "fees", "transit", "bank", "cash", "stored_value", "split", "claim",
    "ledger", "difference",
)  # fmt: skip
"""Worded under ``figure_section.<section>``."""


@dataclass(frozen=True, order=True)
class Figure:
    """One figure.

    Attributes:
        section: one of ``SECTIONS``.
        subject: whose it is: a store, a channel, an account, a code, a step, a receiver.
        detail: within the subject: a channel, a merchant number, ``month`` or ``prior``, a state.
        part: which of its figures, worded under ``figure_part.<part>``.
        amount: yuan.
        items: how many rows lie behind it.
    """

    section: str
    subject: str
    detail: str
    part: str
    amount: Decimal
    items: int = 0

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same figure in another version."""
        return self.section, self.subject, self.detail, self.part


@dataclass(frozen=True)
class Rolled:
    """The roll-forwards of a month from the rows as they are, each reckoned once.

    Attributes:
        owed: the figures of the claims by agreements and of the ledger with the stores; empty where there are none.
    """

    transit: TransitRoll
    banks: tuple[tuple[BankReconciliation, ProofOfCash | None], ...]
    stored: StoredValue
    owed: tuple[Figure, ...] = ()


def reckoned(book: Book, shown: Board, rolled: Rolled) -> tuple[Figure, ...]:
    """The figures of a month from the rows as they are."""
    month = shown.month.month
    found = [
        *_steps(shown),
        *_completeness(book, month),
        *(Figure(*row) for row in book.rows("closing/figures", first=month, after=next_month(month))),
        *_transit(rolled.transit),
        *_bank(rolled.banks),
        *_cash(book, month),
        *_stored_value(rolled.stored),
        *rolled.owed,
        *_differences(book, month),
    ]
    return tuple(sorted(found))


def locked(book: Book, state: MonthState, entry_id: int | None = None) -> tuple[Figure, ...]:
    """The figures as a version was locked, by default the latest."""
    rows = book.rows_of(
        "select section, subject, detail, part, amount, items from base.month_figures where entry_id = $entry",
        entry=entry_id or state.entry_id,
    )
    return tuple(sorted(Figure(*row) for row in rows))


def _steps(shown: Board) -> Iterator[Figure]:
    yield Figure("step", "rates", "", "by_itself", shown.amount_matched, shown.rows_matched)
    yield Figure("step", "rates", "", "compared", shown.amount_compared, shown.rows_compared)
    for step in shown.steps[:-1]:
        if step.rows or step.found:
            for name in ("matched", "timing", "difference", "excluded"):
                yield Figure("step", step.key, "", name, Decimal(0), getattr(step, name))
            yield Figure("step", step.key, "", "found", Decimal(0), step.found)
            yield Figure("step", step.key, "", "open", step.open_amount, step.open_count)


def _completeness(book: Book, month: date) -> Iterator[Figure]:
    found = completeness.of_month(book, month)
    for source in found.sources:
        cells = [cell for store in found.stores for cell in store.cells if cell.source == source]
        for name in ("full", "closed", "missing"):
            yield Figure("completeness", source, "", name, Decimal(0), sum(getattr(cell, name) for cell in cells))
    for account, days, _, _ in found.bank:
        yield Figure("completeness", "bank", account, "missing", Decimal(0), days)


def _transit(roll: TransitRoll) -> Iterator[Figure]:
    for one in roll.channels:
        yield Figure("transit", one.channel, "balance", "opening", one.opening)
        yield Figure("transit", one.channel, "balance", "closing", one.closing, len(one.items))
        yield Figure("transit", one.channel, "balance", "gap", one.gap)
        for part in PARTS:
            yield Figure("transit", one.channel, "month", part, getattr(one.month, part))
            yield Figure("transit", one.channel, "prior", part, getattr(one.prior, part))


def _bank(banks: Iterable[tuple[BankReconciliation, ProofOfCash | None]]) -> Iterator[Figure]:
    for told, proof in banks:
        sides = {
            "statement": told.statement, "book": told.book, "adjusted_bank": told.adjusted_bank,
            "adjusted_book": told.adjusted_book, "gap": told.gap,
        }  # fmt: skip
        for part, amount in sides.items():
            if amount is not None:
                yield Figure("bank", told.account, "", part, amount)
        for part, items in (("not_at_bank", told.not_at_bank), ("not_in_book", told.not_in_book)):
            yield Figure("bank", told.account, "", part, sum((one.amount for one in items), Decimal(0)), len(items))
        if proof is not None:
            for side in SIDES:
                columns = getattr(proof, side)
                for part in ("opening", "receipts", "payments", "closing"):
                    yield Figure("bank", told.account, side, part, getattr(columns, part))


def _cash(book: Book, month: date) -> Iterator[Figure]:
    found = cash.cash(book, month)
    for detail, tallies in (("drawer", found.drawers), ("person", found.people)):
        for one in tallies:
            yield Figure("cash", one.key, detail, "over", one.over, one.times_over)
            yield Figure("cash", one.key, detail, "short", one.short, one.times_short)
            yield Figure("cash", one.key, detail, "shifts", Decimal(0), one.shifts)


def _stored_value(found: StoredValue) -> Iterator[Figure]:
    for one in found.stores:
        for part in ("opening", "topped_up", "bonus", "used", "refunded", "prior", "closing"):
            yield Figure("stored_value", one.store_id or "", "", part, getattr(one, part))


def _differences(book: Book, month: date) -> Iterator[Figure]:
    sums: dict[tuple[str, str], list[Decimal]] = defaultdict(list)
    for one in differences.of_month(book, month):
        sums[one.code, one.state].append(one.amount)
    for (code, state), amounts in sums.items():
        yield Figure("difference", code, state, "effect", sum(amounts, Decimal(0)), len(amounts))


@dataclass(frozen=True)
class Change:
    """One figure in two versions; nothing where a version does not have it."""

    section: str
    subject: str
    detail: str
    part: str
    before: Figure | None
    after: Figure | None

    @property
    def moved(self) -> Decimal:
        """By how much the amount moved."""
        return (self.after.amount if self.after else Decimal(0)) - (self.before.amount if self.before else Decimal(0))


def changes(before: Iterable[Figure], after: Iterable[Figure]) -> tuple[Change, ...]:
    """The figures that two versions tell differently, figure by figure."""
    old, new = ({figure.key: figure for figure in figures} for figures in (before, after))
    return tuple(
        Change(*key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    )
