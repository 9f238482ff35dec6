"""What an agreement gives on a store's month, whatever way the money came in: the sum that the two sides settle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.money import half_up
from chainbrain.splits import tiers
from chainbrain.splits.allocation import Sale, Share, allocate
from chainbrain.splits.rules import SplitRule, SplitSum

_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class SalesDay:
    """One store's business day in yuan; ``by_till`` tells the till's sales from those that only channels show."""

    store: str
    day: date
    by_till: bool
    gross: Decimal
    refunded: Decimal
    fee: Decimal
    commission: Decimal


@dataclass(frozen=True)
class MonthlyDue:
    """One receiver's claim on one store's month, in yuan.

    Attributes:
        base: what it is taken of, by ``basis``, of the days on which the rule held; nothing where the rule goes by the
            order.
        by_till: whether the sales are the till's, cash included, or only what wallets and platforms show.
        due: what the agreement gives.
        split: what was split of it already, and is proven.
    """

    month: date
    store: str
    rule: str
    receiver: str
    basis: str
    way: str
    base: Decimal | None
    by_till: bool
    due: Decimal
    split: Decimal

    @property
    def left(self) -> Decimal:
        """What is still to be paid, or, below 0, was split too much."""
        return self.due - self.split


def dues(rules: Sequence[SplitRule], days: Iterable[SalesDay], sums: Iterable[SplitSum]) -> tuple[MonthlyDue, ...]:
    """Claims by month and store, in the order of the rules.

    A rule for one channel, or of so much an order, gives the sum of its parts; all others are reckoned on the month.
    """
    parts: dict[tuple[date, str | None, str, str], SplitSum] = {
        (one.month, one.store, one.rule, one.receiver): one for one in sums
    }
    sold: dict[tuple[date, str], dict[str, list[SalesDay]]] = defaultdict(lambda: defaultdict(list))
    standing: dict[str, SplitRule] = {rule.rule_id: rule for rule in rules}
    for day in days:
        for rule in _chosen(rules, day.store, day.day):
            sold[day.day.replace(day=1), day.store][rule.rule_id].append(day)
    found = []
    for (month, store), by_rule in sorted(sold.items()):
        rules_held = [(standing[rule_id], held) for rule_id, held in by_rule.items()]
        for rule, held in sorted(rules_held, key=lambda one: (one[0].name, one[0].receiver, one[0].rule_id)):
            done = parts.get((month, store, rule.name, rule.receiver))
            base, due = _reckoned(rule, held, done)
            split = done.done if done else _NOTHING
            found.append(
                MonthlyDue(
                    month, store, rule.name, rule.receiver, rule.basis, rule.way, base, held[0].by_till, due, split
                )
            )
    return tuple(found)


def _reckoned(rule: SplitRule, days: Sequence[SalesDay], done: SplitSum | None) -> tuple[Decimal | None, Decimal]:
    if rule.way == "fixed" or rule.channel is not None:
        return None, done.due if done else _NOTHING
    sale = Sale(
        sum((day.gross for day in days), Decimal(0)), sum((day.refunded for day in days), Decimal(0)),
        sum((day.fee for day in days), Decimal(0)), sum((day.commission for day in days), Decimal(0)),
    )  # fmt: skip
    base = sale.base(rule.basis)
    if rule.rate is not None:
        (due,) = allocate(sale, [Share(rule.name, rule.receiver, rule.basis, "ratio", rule.rate)])
    else:
        due = (tiers.progressive if rule.way == "progressive" else tiers.flat)(base, rule.tiers)
    return half_up(base), due


def _chosen(rules: Sequence[SplitRule], store: str, day: date) -> Iterable[SplitRule]:
    """Of each agreement and receiver the rule that holds on this day."""
    best: dict[tuple[str, str], SplitRule] = {}
    for rule in rules:
        if rule.store not in {None, store} or not rule.holds_on(day):
            continue
        key = rule.name, rule.receiver
        if key not in best or rule.rank > best[key].rank:
            best[key] = rule
    return best.values()
