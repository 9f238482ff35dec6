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
        ramped: whether the store still ramped up on the days compared with: its growth is that of an opening.
        missing_days: days of the period without a till file.
    """

    change: Change
    ramped: bool
    missing_days: int


def ramped_up(opened_on: date | None, period: Period, compared_days: int) -> bool:
    """Whether a store still ramped up on the days that a period compares it with."""
    return opened_on is not None and compared_days > 0 and (period.base.first - opened_on).days < MATURE_AFTER_DAYS


def by_store(book: Book, period: Period, stores: Sequence[str] | None = None) -> dict[str, Growth]:
    """The growth of every store of the period, by its number."""
    found = {}
    for row in store_sums(book, period, stores).rows():
        one = StoreSums(*row)
        if one.store_id is not None and one.name is not None:
            ramped = ramped_up(one.opened_on, period, one.compared_days)
            found[one.store_id] = Growth(Change(one.now_amount, one.base_amount), ramped, one.missing_days)
    return found
