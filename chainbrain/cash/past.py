"""What was in the bank accounts at the end of every day of the past, counted back from the last known balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from chainbrain.cash.accounts import Account

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class PastDay:
    """One day of one legal entity or of all, in yuan.

    Attributes:
        balance: at its end.
        came: what others paid in.
        went: what was paid to others.
        moved: what own accounts sent each other; nothing in all, unless one of them is not known.
    """

    day: date
    balance: Decimal
    came: Decimal
    went: Decimal
    moved: Decimal


def past_days(
    book: Book, held: Sequence[Account], first: date, entity: str | None = None, *, last: date | None = None
) -> tuple[PastDay, ...]:
    """The days of the past that every account of an entity is known on, the oldest first.

    Args:
        book: the book.
        held: the accounts as they are known now; those without a balance are in none.
        first: no day before this one.
        entity: whose accounts; nothing for all of them.
        last: no day after this one.
    """
    own = {
        one.number: one
        for one in held
        if entity in {None, one.entity} and one.balance is not None and one.day is not None
    }
    if not own:
        return ()
    begun: dict[str, date] = dict(book.rows("cash/begun"))
    start = max(first, *(begun.get(number, one.day or first) for number, one in own.items()))
    end = min(one.day for one in own.values() if one.day is not None)
    sums: dict[date, list[Decimal]] = {}
    later = _ZERO
    for number, day, *moves in book.rows("cash/bank_moves", first=start):
        account = own.get(number)
        if account is None:
            continue
        if account.day is not None and day > end:
            later += moves[0] - moves[1] + moves[2]
        else:
            known = sums.setdefault(day, [_ZERO] * 3)
            sums[day] = [one + other for one, other in zip(known, moves, strict=True)]
    balance = sum((one.balance for one in own.values() if one.balance is not None), _ZERO) - later
    found = []
    day = end
    while day >= start:
        came, went, moved = sums.get(day, [_ZERO] * 3)
        found.append(PastDay(day, balance, came, went, moved))
        balance -= came - went + moved
        day -= timedelta(days=1)
    return tuple(one for one in reversed(found) if last is None or one.day <= last)
