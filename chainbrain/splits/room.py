"""What the split rules come to and how they were kept, month by month. Computes and checks; money is never moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.database.book import Book, Row
from chainbrain.splits import monthly, tiers
from chainbrain.splits.monthly import MonthlyDue, SalesDay
from chainbrain.splits.rules import SplitRule, SplitSum

SOON: Final = 3
"""So many days before unsplit money is released it is told (domain rule: splits, section 1)."""


@dataclass(frozen=True)
class SplitFinding:
    """One difference: the sale, what was due, what was done, the effect on the business in yuan.

    ``due_on`` is the day on which money that was not split is released; ``cause`` is worded under ``cause.<cause>``.
    """

    difference_id: str
    state: str
    cause: str
    day: date | None
    store: str | None
    channel: str
    number: str | None
    sale_amount: Decimal | None
    rule: str | None
    receiver: str | None
    due: Decimal | None
    done: Decimal | None
    effect: Decimal
    due_on: date | None
    note: str | None


@dataclass(frozen=True)
class Unsplit:
    """A part still to be split, and when its money is released: the day, and ``days`` from the last known one."""

    released_on: date
    store: str | None
    channel: str
    number: str
    rule: str
    receiver: str
    amount: Decimal
    days: int


@dataclass(frozen=True)
class CollectedForOthers:
    """Receipts of a franchise store in the name of the chain (二清 exposure), in yuan; ``stores`` share the number."""

    store: str
    name: str | None
    channel: str
    merchant_no: str
    legal_entity: str | None
    stores: int
    amount: Decimal
    split: Decimal


class SplitRoom:
    """Questions about splits of one book; ``first`` and ``after`` are business days, ``store`` a store number."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def rules(self) -> tuple[SplitRule, ...]:
        """All rules as they stand."""
        return tuple(_rule(row) for row in self._book.rows("splits/rules"))

    def sums(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[SplitSum, ...]:
        """Per month, store and rule; those without anything to split by a channel have no ``parts``."""
        found = self._book.rows("splits/summary", first=first, after=after, store=store)
        return tuple(SplitSum(month, code, str(rule), *rest) for month, code, rule, *rest in found)

    def findings(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[SplitFinding, ...]:
        """Differences of the split leg, open ones first, by the day on which their money is released."""
        found = self._book.rows("splits/findings", first=first, after=after, store=store)
        return tuple(SplitFinding(str(row[0]), *row[1:]) for row in found)

    def soon(self, within: int = SOON) -> tuple[Unsplit, ...]:
        """Parts whose money is released within so many days."""
        return tuple(Unsplit(*row) for row in self._book.rows("splits/soon", within=within))

    def dues(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[MonthlyDue, ...]:
        """What each agreement gives on the months of each store, beside what was split of it already."""
        days = [SalesDay(*row) for row in self._book.rows("splits/days", first=first, after=after, store=store)]
        paid = self._book.rows("splits/advances", first=first, after=after, store=store)
        advances = {(month, code, receiver): amount for month, code, receiver, amount in paid}
        return monthly.dues(self.rules(), days, self.sums(first, after, store), advances)

    def collected_for_others(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[CollectedForOthers, ...]:
        """Where money of franchise stores goes to somebody who would have to pay it on."""
        found = self._book.rows("splits/collected", first=first, after=after, store=store)
        return tuple(CollectedForOthers(*row) for row in found)


def _rule(row: Row) -> SplitRule:
    rule_id, name, store, channel, receiver, account, basis, way, rate, fixed, steps, cap, first, after = row
    return SplitRule(
        str(rule_id), name, store, channel, receiver, account, basis, way, rate, fixed,
        tiers.read(steps) if steps else (), cap, first, after,
    )  # fmt: skip
