"""When money arrives: the rule of a merchant number, and the calendar from days of sales to days at the bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from chainbrain.errors import UserError

if TYPE_CHECKING:
    from chainbrain.calendar import Calendar

Number = tuple[str, str]
"""A channel and a merchant number."""


@dataclass(frozen=True)
class Flow:
    """What one merchant number's sales of a day came to, what else moved, and what reached the bank that day, in yuan.

    ``told``: the book has its ledger or its payouts.
    """

    channel: str
    merchant: str
    day: date
    sold: Decimal
    other: Decimal
    received: Decimal
    told: bool


@dataclass(frozen=True)
class Arrival:
    """When the money of one merchant number arrives.

    Attributes:
        rule: such as ``T1``; nothing where neither deposits nor a contract tell it.
        learned: its own deposits show it.
        on_day: the share of its money that came on the very day, over the days that were looked at.
        factor: what is left of its net sales after splits and other moves of the wallet.
    """

    rule: str | None
    learned: bool = False
    on_day: float | None = None
    factor: float = 1.0


class Settling:
    """The calendar of settlements: on which day the sales of a day arrive."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self.arrives = cache(self._arrives)

    def _arrives(self, rule: str, day: date) -> date | None:
        """The day, or nothing for a rule that cannot be read."""
        try:
            return self._calendar.settles_on(rule, datetime.combine(day, time(12)))
        except UserError:
            return None
