"""What the split rules come to and how they were kept, month by month. Computes and checks; money is never moved."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

from chainbrain.database.book import Book, Row
from chainbrain.database.lock import who
from chainbrain.errors import UserError
from chainbrain.product_groups import GroupHint, unknown
from chainbrain.rules import Rule, Rules
from chainbrain.splits import conflicts, drafts, monthly, table, tiers
from chainbrain.splits.allocation import UNTAXED
from chainbrain.splits.conflicts import RulePlan
from chainbrain.splits.monthly import MonthlyDue, Unreckoned
from chainbrain.splits.moved import Moved, moved_of
from chainbrain.splits.rules import SplitRule, SplitSum
from chainbrain.splits.sales_days import GroupDay, SalesDay
from chainbrain.text_tables import write_text_table

SOON: Final = 3
"""So many days before unsplit money is released it is told (domain rule: splits, section 1)."""


@dataclass(frozen=True)
class SplitFinding:
    """One difference: the sale, what was due, what was done, the effect on the business in yuan.

    ``due_on`` is the day on which money that was not split is released; ``cause`` is worded under ``cause.<cause>``.
    ``went_to`` got ``went`` in place of the receiver, as the bill names him.
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
    went_to: str | None = None
    went: Decimal | None = None


@dataclass(frozen=True)
class Unsplit:
    """A part still to be split, and when its money is released: the day, and ``days`` from the last known one.

    ``assumed``: nobody said whether it is an ordinary or a platform merchant (收付通), and the shorter time counts
    (domain rule: splits, section 1).
    """

    released_on: date
    store: str | None
    channel: str
    number: str
    rule: str
    receiver: str
    amount: Decimal
    days: int
    assumed: bool = False


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

    def plan(self, rule: SplitRule) -> RulePlan:
        """What writing a rule would do, and what to think of before; nothing is written."""
        return conflicts.plan(self.rules(), rule, self.limits())

    def limits(self) -> Rules:
        """How much of an order the channels let be split, as dated rules."""
        return Rules(Rule(*row) for row in self._book.rows("splits/limits"))

    def stores(self) -> tuple[tuple[str, str], ...]:
        """Numbers and names of the stores that a rule may be for."""
        return tuple((code, name) for code, name in self._book.rows("splits/stores"))

    def channels(self) -> tuple[str, ...]:
        """The channels that a rule may be for."""
        return tuple(channel for (channel,) in self._book.rows("splits/channels"))

    def categories(self) -> tuple[str, ...]:
        """The groups of products that the book's orders and rules name."""
        return tuple(category for (category,) in self._book.rows("splits/categories"))

    def item_groups(self) -> tuple[str, ...]:
        """The groups of products that the book's order items bear."""
        return tuple(category for (category,) in self._book.rows("splits/item_groups"))

    def hint(self, rule: SplitRule) -> GroupHint | None:
        """What is told of a rule for a product group that no order item bears; it stops nothing."""
        return unknown(rule.category, self.item_groups()) if rule.category else None

    def version(
        self, name: str, receiver: str, store: str | None, channel: str | None,
        *, before: date | None = None, category: str | None = None,
    ) -> SplitRule | None:  # fmt: skip
        """The newest version of a rule, or the newest that holds on the day before one."""
        scope = name, receiver, store, channel, category
        found = [one for one in self.rules() if one.scope == scope]
        if before is not None:
            found = [one for one in found if one.holds_on(before - timedelta(days=1))]
        return max(found, key=lambda one: one.rank, default=None)

    def write_table(self, path: Path) -> int:
        """Write all rules as a table that can be imported again; how many there are.

        Raises:
            UserError: ``splits.not_written``.
        """
        rules = self.rules()
        write_text_table(path, table.as_csv(rules), "splits.not_written")
        return len(rules)

    def ending(self, rule_id: str, day: date) -> RulePlan:
        """What ending a rule would do.

        Raises:
            UserError: ``split_rule.unknown`` or ``split_rule.dates``.
        """
        rules = self.rules()
        found = next((one for one in rules if one.rule_id == rule_id), None)
        if found is None:
            raise UserError("split_rule.unknown")
        rows = (drafts.ended(found, day),)
        return RulePlan(rows, (), drafts.since(rules, rows))

    def add(self, entry_id: int, rows: Sequence[SplitRule]) -> None:
        """Write rules as planned; inside the caller's transaction, which matches anew."""
        for row in rows:
            steps = [{"from": f"{tier.start:.2f}", "rate": f"{tier.rate:.6f}"} for tier in row.tiers]
            self._book.run(
                "splits/add",
                entry=entry_id, at=datetime.now().replace(microsecond=0), who=who(), name=row.name, store=row.store,
                channel=row.channel, receiver=row.receiver, kind=row.receiver_kind, account=row.account,
                basis=row.basis, way=row.way, rate=row.rate, fixed=row.fixed,
                tiers=json.dumps(steps) if steps else None, cap=row.cap, valid_from=row.valid_from,
                valid_to=row.valid_to, category=row.category,
            )  # fmt: skip

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

    def moved(self, first: date | None = None, after: date | None = None, store: str | None = None) -> Moved:
        """Whether the money of the executed splits moved, where both files can tell."""
        return moved_of(self._book, first, after, store)

    def soon(self, within: int = SOON) -> tuple[Unsplit, ...]:
        """Parts whose money is released within so many days."""
        return tuple(Unsplit(*row) for row in self._book.rows("splits/soon", within=within))

    def days(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[SalesDay, ...]:
        """What stores sold per day and channel, by every base that a contract may name."""
        return tuple(SalesDay(*row) for row in self._book.rows("splits/days", first=first, after=after, store=store))

    def dues(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[MonthlyDue, ...]:
        """What each agreement gives on the months of each store, beside what was split of it already."""
        return self._reckoned(first, after, store)[0]

    def unreckoned(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[Unreckoned, ...]:
        """Months of which a claim cannot be known, because the store's VAT rate or the products of a sale are not."""
        if not any(rule.basis.endswith(UNTAXED) or rule.category for rule in self.rules()):
            return ()
        return self._reckoned(first, after, store)[1]

    def _reckoned(
        self, first: date | None, after: date | None, store: str | None
    ) -> tuple[tuple[MonthlyDue, ...], tuple[Unreckoned, ...]]:
        days = self.days(first, after, store)
        paid = self._book.rows("splits/advances", first=first, after=after, store=store)
        advances = {(month, code, receiver): amount for month, code, receiver, amount in paid}
        rules = self.rules()
        groups = (
            {(one.store, one.day, one.channel, one.category): one for one in self._group_days(first, after, store)}
            if any(rule.category for rule in rules)
            else {}
        )
        return monthly.dues(rules, days, self.sums(first, after, store), advances, groups)

    def _group_days(self, first: date | None, after: date | None, store: str | None) -> tuple[GroupDay, ...]:
        found = self._book.rows("splits/group_days", first=first, after=after, store=store)
        return tuple(GroupDay(*row) for row in found)

    def collected_for_others(
        self, first: date | None = None, after: date | None = None, store: str | None = None
    ) -> tuple[CollectedForOthers, ...]:
        """Where money of franchise stores goes to somebody who would have to pay it on."""
        found = self._book.rows("splits/collected", first=first, after=after, store=store)
        return tuple(CollectedForOthers(*row) for row in found)


def _rule(row: Row) -> SplitRule:
    rule_id, name, store, channel, receiver, account, basis, way, rate, fixed, steps, cap, first, after, *rest = row
    return SplitRule(
        str(rule_id), name, store, channel, receiver, account, basis, way, rate, fixed,
        tiers.read(steps) if steps else (), cap, first, after, *rest,
    )  # fmt: skip
