"""A rule of 分账 as the book keeps it, and what the channels that split owe by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.splits.tiers import Tier

KINDS: Final = ("brand", "region", "franchisee", "supplier", "staff", "platform")
"""What a receiver is to the store; words under ``split_receiver.<key>``."""


@dataclass(frozen=True)
class SplitRule:
    """One row of 分账规则; nothing for a store, channel or category means all.

    ``tiers`` are there only where the way goes by the month. ``turn`` is its place in the table, by which equal
    remainders are given out; ``by_hand`` tells what was written at the desk from what a table brought. ``category`` is
    the group of products whose part of a sale is shared; rules for a group hold beside those for the whole sale.
    """

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
    tiers: tuple[Tier, ...]
    cap: Decimal | None
    valid_from: date | None
    valid_to: date | None
    receiver_kind: str | None = None
    turn: int = 0
    by_hand: bool = False
    category: str | None = None

    @property
    def scope(self) -> tuple[str, str, str | None, str | None, str | None]:
        """What rules have in common that are versions of each other."""
        return self.name, self.receiver, self.store, self.channel, self.category

    def holds_on(self, day: date) -> bool:
        """Whether the rule covers the day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)

    @property
    def rank(self) -> tuple[bool, bool, date]:
        """Of several rules of one agreement and receiver the highest counts: the store's own, then the newest."""
        return self.store is not None, self.channel is not None, self.valid_from or date.min


@dataclass(frozen=True)
class SplitSum:
    """What the channels that split owe one receiver of one store's month by one rule, in yuan.

    ``due`` is ``done`` (split as agreed), ``waiting`` (not over) and ``wrong`` (a difference) together;
    ``executed`` is what really went out, as agreed or not. ``reckoned`` also holds the parts of merchant numbers that
    do not split, which are settled by the month.
    """

    month: date
    store: str | None
    rule_id: str
    rule: str
    receiver: str
    parts: int
    reckoned: Decimal
    due: Decimal
    done: Decimal
    waiting: Decimal
    wrong: Decimal
    executed: Decimal


def chosen(rules: Sequence[SplitRule], store: str, channel: str | None, day: date) -> list[SplitRule]:
    """Of each agreement, receiver and category the rule that holds for a sale: the most special, of these the newest.

    They come in the order of the table.

    Args:
        rules: all rules.
        store: the store's number.
        channel: how it was paid; nothing for what only the till shows, which a rule of one channel never means.
        day: the business day of the sale.
    """
    best: dict[tuple[str, str, str | None], SplitRule] = {}
    for rule in rules:
        if rule.store not in {None, store} or rule.channel not in {None, channel} or not rule.holds_on(day):
            continue
        key = rule.name, rule.receiver, rule.category
        if key not in best or rule.rank > best[key].rank:
            best[key] = rule
    return sorted(best.values(), key=lambda rule: (rule.turn, rule.receiver, rule.rule_id))
