"""The bank accounts of a book: whose they are, what was in them last, and up to which day that is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chainbrain.database.book import Book


@dataclass(frozen=True)
class Account:
    """One bank account.

    Attributes:
        number: as it is compared.
        entity: the legal entity; empty where nothing tells it.
        balance: the last known one in yuan; nothing where no statement prints one and none was entered.
        day: the last day that its statements reach.
    """

    number: str
    entity: str
    balance: Decimal | None
    day: date | None


def accounts(book: Book, after: date, parties: Iterable[str] = ()) -> tuple[Account, ...]:
    """Every bank account as it is known when a day begins.

    Args:
        book: the book.
        after: the day.
        parties: the legal entities that the plan of payments was begun for. An account of which no table tells whose it
            is belongs to the only one that other bank accounts are of; where those have none, to the only one that has
            a merchant number, else to the only one of these.
    """
    found = [Account(number, entity or "", *rest) for number, entity, *rest in book.rows("cash/accounts", after=after)]
    names = {one.entity for one in found if one.entity}
    if not names:
        named = {name for (name,) in book.rows("cash/owners")}
        names = named if len(named) == 1 else set(parties)
    if len(names) == 1:
        (only,) = names
        found = [one if one.entity else replace(one, entity=only) for one in found]
    return tuple(found)
