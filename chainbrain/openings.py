"""What an opening balance has in it: receipts from before its day, which no figure counts again; and overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.errors import Word

if TYPE_CHECKING:
    from chainbrain.database.book import Book

CODE = "opening.contained"
"""The sentence of a ``Contained``, worded in the messages."""


@dataclass(frozen=True)
class Contained:
    """Receipts of one merchant number and month that its opening balance has in it.

    Attributes:
        merchant: the number as it is compared, ``-`` for what cannot be told apart by number.
        day: the day of the opening balance; what was taken before it is in it.
        amount: what was taken, yuan; ``items`` how many receipts.
    """

    channel: str
    merchant: str
    day: date
    month: date
    amount: Decimal
    items: int


def contained(
    book: Book,
    first: date | None = None,
    after: date | None = None,
    *,
    channel: str | None = None,
    merchant: str | None = None,
) -> tuple[Contained, ...]:
    """What opening balances have in them of the receipts of a period, number by number."""
    rows = book.rows("openings/contained", first=first, after=after, channel=channel, merchant=merchant)
    return tuple(Contained(*row) for row in rows)


def by_channel(found: Iterable[Contained]) -> tuple[Contained, ...]:
    """The same by channel and day of the opening, all months together: one sentence each."""
    sums: dict[tuple[str, date], Contained] = {}
    for one in found:
        key = one.channel, one.day
        so_far = sums.get(key) or replace(one, merchant="-", amount=Decimal(0), items=0)
        sums[key] = replace(so_far, amount=so_far.amount + one.amount, items=so_far.items + one.items)
    return tuple(sums.values())


@dataclass(frozen=True)
class Twice:
    """An opening balance of several merchant numbers of which some have a later balance of their own: it counts twice.

    Attributes:
        day: its day.
        numbers: those that have the later balance.
    """

    channel: str
    day: date
    numbers: tuple[str, ...]

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts of the sentence."""
        return {"channel": Word(f"channel.{self.channel}"), "day": self.day, "numbers": self.numbers}


def twice(book: Book, entry: int | None = None) -> tuple[Twice, ...]:
    """Opening balances of which a part counts twice; of an import only those that it brought or added to."""
    return tuple(
        Twice(channel, day, tuple(numbers)) for channel, day, numbers in book.rows("openings/twice", entry=entry)
    )


def facts(one: Contained) -> Mapping[str, object]:
    """The facts of the sentence."""
    return {"channel": Word(f"channel.{one.channel}"), "day": one.day, "amount": f"{one.amount:,.2f}"}
