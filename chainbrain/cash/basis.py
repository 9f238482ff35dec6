"""What the receipts to come of a cash forecast rest on, or why there are none, and when the money lands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from chainbrain.cash.forecast.accuracy import Accuracy
    from chainbrain.cash.forecast.festivals import SpringReach
    from chainbrain.cash.new_stores import Start


@dataclass(frozen=True)
class ReceiptsBasis:
    """What the receipts to come rest on.

    Attributes:
        sold_to: the last day with sales.
        reaching: the share of the receipts that was measured to reach the bank through wallets and platforms, net of
            what they charge; cash and stored value are in none of it.
        accuracy: how well the chain's receipts were foreseen, by grain and days ahead, beside the naive methods.
        by_past: stores answered by the range of their past, ``idle`` ones by how others came back; ``unknown`` ones
            open within the days to come.
        starts: new stores answered by the chain's own openings, an assumption; of those in ``unplaced`` nobody knows
            whose account their money goes to, so that none of it is counted.
        fallback: the simple method that is used because the blend did not beat it.
        filled_days: store-days without a till file, for which the same weekday stood in.
        spring: the days around a Spring Festival of which nothing was measured; nothing where there is none.
        untaught: whether a promotion is planned while none of the past is known.
    """

    sold_to: date
    reaching: float
    accuracy: tuple[Accuracy, ...]
    by_past: tuple[str, ...]
    unknown: tuple[str, ...]
    fallback: str | None
    filled_days: int
    spring: SpringReach | None
    starts: tuple[Start, ...] = ()
    unplaced: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    untaught: bool = False


@dataclass(frozen=True)
class Unforeseen:
    """Why no receipts to come are in the path: ``no_sales``, ``too_short`` or ``no_arrivals``."""

    reason: str


@dataclass(frozen=True)
class Landing:
    """When the money of one channel arrives and how sure that is: its rules with the numbers that have them."""

    channel: str
    rule: str | None
    learned: bool
    numbers: int
    on_day: float | None
