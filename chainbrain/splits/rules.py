"""A rule of 分账 as the book keeps it, and what the channels that split owe by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.splits.tiers import Tier


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
    tiers: tuple[Tier, ...]
    cap: Decimal | None
    valid_from: date | None
    valid_to: date | None

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
    """What the channels that split owe one receiver of one store's month, in yuan.

    ``due`` is ``done`` (split as agreed), ``waiting`` (not over) and ``wrong`` (a difference) together. What comes
    through merchant numbers that do not split is part of the month's ``MonthlyDue`` only.
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
