"""How every store's receipts grew over a period, on its days that can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chainbrain.analytics.periods import Change, Period
from chainbrain.analytics.store_sums import StoreSums, store_sums
from chainbrain.own_openings import MATURE_AFTER_DAYS

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Growth:
    """One store in one period, amounts in yuan.

    Attributes:
        change: receipts of the days that can be compared, beside those they are compared with.
        new: whether the store is too young to be compared: its growth would be that of an opening.
        missing_days: days of the period without a till file.
    """

    change: Change
    new: bool
    missing_days: int


def too_young(opened_on: date | None, period: Period, compared_days: int) -> bool:
    """Whether a store is not compared for it had not grown up by the days compared with (``comparable_stores``)."""
    return opened_on is not None and not compared_days and (period.base.first - opened_on).days < MATURE_AFTER_DAYS


def by_store(book: Book, period: Period, stores: Sequence[str] | None = None) -> dict[str, Growth]:
    """The growth of every store of the period, by its number."""
    found = {}
    for row in store_sums(book, period, stores).rows():
        one = StoreSums(*row)
        if one.store_id is not None and one.name is not None:
            new = too_young(one.opened_on, period, one.compared_days)
            found[one.store_id] = Growth(Change(one.now_amount, one.base_amount), new, one.missing_days)
    return found
