"""储值滚动: what members paid in and have not used is owed to them (domain rule: vat-and-prepaid, section 2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from chainbrain.closing.months import last_month, next_month
from chainbrain.closing.steps import Missing, Where
from chainbrain.database.book import Book

ZERO: Final = Decimal("0.00")


@dataclass(frozen=True)
class StoreStored:
    """One store; the opening balance of the whole chain bears none.

    Opening + topped up + bonus − used − refunded = closing.
    ``prior`` is what moved in months that were closed before it came (前期).
    """

    store_id: str | None
    opening: Decimal
    topped_up: Decimal
    bonus: Decimal
    used: Decimal
    refunded: Decimal
    prior: Decimal
    cards: int = 0

    @property
    def closing(self) -> Decimal:
        """What is still owed to members."""
        return self.opening + self.topped_up + self.bonus - self.used - self.refunded + self.prior


@dataclass(frozen=True)
class StoredValue:
    """The stored value of one month.

    Attributes:
        on_cards: the same closing figure added up card by card, openings included; nothing where it is not known.
        cards: how many cards moved so far.
    """

    month: date
    stores: tuple[StoreStored, ...]
    on_cards: Decimal | None
    cards: int
    as_locked: bool = False

    @property
    def used(self) -> bool:
        """Whether the chain has stored value at all."""
        return bool(self.stores)

    @property
    def total(self) -> StoreStored:
        """All stores together."""
        names = ("opening", "topped_up", "bonus", "used", "refunded", "prior")
        opening, topped_up, bonus, used, refunded, prior = (
            sum((getattr(one, name) for one in self.stores), ZERO) for name in names
        )
        return StoreStored(None, opening, topped_up, bonus, used, refunded, prior, self.cards)

    @property
    def gap(self) -> Decimal | None:
        """Closing less what is on the cards; anything but 0.00 is an error to look into."""
        return None if self.on_cards is None else self.total.closing - self.on_cards


def stored_value(book: Book, month: date) -> StoredValue:
    """The roll-forward of a month from the rows; it begins with what the month before was locked with."""
    first, after = month.replace(day=1), next_month(month)
    rows = [StoreStored(*row) for row in book.rows("closing/stored_value", month=first, after=after)]
    locked: dict[str | None, Decimal] = dict(
        book.rows_of(
            "select nullif(f.subject, ''), f.amount::decimal(18,2) from base.month_figures f "
            "join base.standing_closes c on c.entry_id = f.entry_id "
            "where c.month = $month and f.section = 'stored_value' and f.part = 'closing'",
            month=last_month(first),
        )
    )
    found = book.one("closing/stored_value_cards", month=first, after=after)
    assert found is not None
    stores = tuple(_carried(one, locked) if locked else one for one in rows)
    return StoredValue(first, stores, found[1] if rows else None, found[0])


def _carried(one: StoreStored, locked: dict[str | None, Decimal]) -> StoreStored:
    opening = locked.get(one.store_id, ZERO)
    return replace(one, opening=opening, prior=one.prior + one.opening - opening)


def untold(book: Book, month: date) -> tuple[Missing, ...]:
    """Top-ups and cards paid back of which no receipt is known: their money may stand in the revenue too."""
    found: dict[str, list[tuple[str, Decimal, int]]] = {}
    for store, code, amount, items in book.rows("closing/top_ups_untold", first=month, after=next_month(month)):
        found.setdefault(code, []).append((store, amount, items))
    return tuple(
        Missing(
            f"close.{code}",
            {
                "amount": f"{sum((amount for _, amount, _ in rows), ZERO):,.2f}",
                "stores": tuple(store for store, _, _ in rows[:5]),
            },
            "stored_value",
            sum(items for _, _, items in rows),
            sum((amount for _, amount, _ in rows), ZERO),
            Where("list", {"list": "top_ups", "code": code, "step": "stored_value"}),
        )
        for code, rows in found.items()
    )
