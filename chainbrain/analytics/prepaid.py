"""What of the receipts brought no new money: guests paid with what they had paid in before, or with a coupon."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.analytics.periods import Period
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Prepaid:
    """Parts of the receipts in yuan, as far as tills tell how they were paid; topping a card up is in no receipts."""

    stored_value: Decimal
    coupons: Decimal


def prepaid(book: Book, period: Period, stores: Sequence[str] | None = None) -> Prepaid:
    """What of the receipts of a period was paid from stored value and with coupons, of these stores or of all."""
    chosen = list(stores) if stores is not None else None
    ((stored, coupons),) = book.rows("analytics/prepaid", first=period.first, after=period.after, stores=chosen)
    return Prepaid(stored, coupons)
