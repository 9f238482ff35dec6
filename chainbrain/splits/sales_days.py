"""What a store sold on a day in one channel, and what of it falls on a group of products: agreements rest on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from chainbrain.splits.allocation import UNTAXED


@dataclass(frozen=True)
class SalesDay:
    """One store's business day in one channel, in yuan; without a channel what only the till shows (cash, cards).

    ``by_till`` tells days of the till from those of which only the channels' bills are there; ``vat`` is the store's
    rate on that day, nothing where it is not known.
    """

    store: str
    day: date
    channel: str | None
    by_till: bool
    gross: Decimal
    refunded: Decimal
    fee: Decimal
    commission: Decimal
    vat: Decimal | None = None

    def base(self, basis: str) -> Decimal:
        """What a share is taken of, VAT included; below 0 where more was given back than sold."""
        left = self.gross - self.refunded
        return {
            "gross": self.gross,
            "after_refunds": left,
            "after_fees": left - self.fee,
            "after_commission": left - self.commission,
        }[basis.removesuffix(UNTAXED)]


@dataclass(frozen=True)
class GroupDay:
    """What of a store's day in one channel falls on a group of products, in yuan, as ``SalesDay`` has the whole.

    It says nothing unless it is ``known``: the products of every sale are in the book. ``till`` is whether they are of
    all that the till shows that day.
    """

    store: str
    day: date
    channel: str | None
    category: str
    gross: Decimal
    refunded: Decimal
    fee: Decimal
    commission: Decimal
    known: bool
    till: bool


Groups = Mapping[tuple[str, date, str | None, str], GroupDay]
"""By store, day, channel and category."""
