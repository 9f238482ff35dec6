"""What the split rules come to and how they were kept, month by month. Computes and checks; money is never moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.database.book import Book, Row
from chainbrain.splits import tiers
from chainbrain.splits.allocation import Sale

SOON: Final = 3
"""So many days before unsplit money is released it is told (domain rule: splits, section 1)."""


@dataclass(frozen=True)
class SplitRule:
    """One row of 分账规则; nothing for a store or channel means all, ``tiers`` only where the way goes by the month."""

    rule_id: str
    name: str
    store: str | None
    channel: str | None
    receiver: str
    account: str | None
    basis: str
    way: str
    rate: Decimal | None
    fixed: Decimal | None
    tiers: tuple[tiers.Tier, ...]
    cap: Decimal | None
    valid_from: date | None
    valid_to: date | None

    def holds_in(self, month: date) -> bool:
        """Whether the rule holds on the first day of a month."""
        begun = self.valid_from is None or self.valid_from <= month
        return begun and (self.valid_to is None or month < self.valid_to)


@dataclass(frozen=True)
class SplitSum:
    """What one receiver is due of one store in one month, in yuan: ``due`` is the sum of the four that follow.

    ``done`` was split as agreed, ``waiting`` is not over, ``wrong`` is a difference, ``otherwise`` comes through a
    merchant number that does not split and is settled by the month.
    """

    month: date
    store: str | None
    rule: str
    receiver: str
    parts: int
    due: Decimal
    done: Decimal
    waiting: Decimal
    wrong: Decimal
    otherwise: Decimal


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
class Royalty:
    """What tiers give on one store's month: the base in yuan and where it comes from, and what is due.

    ``by_till`` tells sales of the till from those that only wallets and platforms show.
    """

    month: date
    store: str
    rule: str
    receiver: str
    basis: str
    way: str
    base: Decimal
    by_till: bool
    due: Decimal


@dataclass(frozen=True)
class CollectedForOthers:
    """Receipts of a franchise store under a merchant number that serves other stores too (二清 exposure), in yuan."""

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
        """Per month, store, agreement and receiver."""
        return tuple(SplitSum(*row) for row in self._book.rows("splits/summary", first=first, after=after, store=store))

    def findings(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[SplitFinding, ...]:
        """Differences of the split leg, open ones first, by the day on which their money is released."""
        found = self._book.rows("splits/findings", first=first, after=after, store=store)
        return tuple(SplitFinding(str(row[0]), *row[1:]) for row in found)

    def soon(self, within: int = SOON) -> tuple[Unsplit, ...]:
        """Parts whose money is released within so many days."""
        return tuple(Unsplit(*row) for row in self._book.rows("splits/soon", within=within))

    def royalties(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[Royalty, ...]:
        """What rules with tiers give on each month of each store; the version of the month's first day counts."""
        rules = [rule for rule in self.rules() if rule.tiers]
        if not rules:
            return ()
        found = []
        for code, month, by_till, gross, refunded, fee, commission in self._book.rows(
            "splits/months", first=first, after=after, store=store
        ):
            sale = Sale(gross, refunded, fee, commission)
            for rule in _chosen(rules, code, month):
                base = sale.base(rule.basis)
                reckon = tiers.progressive if rule.way == "progressive" else tiers.flat
                due = reckon(base, rule.tiers)
                found.append(Royalty(month, code, rule.name, rule.receiver, rule.basis, rule.way, base, by_till, due))
        return tuple(found)

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


def _chosen(rules: list[SplitRule], store: str, month: date) -> list[SplitRule]:
    """Of each agreement and receiver the rule that holds: the store's own before that of all, the newest version."""
    best: dict[tuple[str, str], SplitRule] = {}
    for rule in rules:
        if rule.store not in {None, store} or not rule.holds_in(month):
            continue
        key = rule.name, rule.receiver
        if key not in best or _rank(rule) > _rank(best[key]):
            best[key] = rule
    return list(best.values())


def _rank(rule: SplitRule) -> tuple[bool, date]:
    return rule.store is not None, rule.valid_from or date.min
