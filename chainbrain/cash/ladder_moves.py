"""A whole plan of idle money as a list of moves: on which day how much goes where or comes back, and why no more."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from chainbrain.cash.ladder_lots import Lot
    from chainbrain.cash.ladder_programme import Placing

IN: Final = "in"
OUT: Final = "out"
"""Words stand under ``move_way.<key>``."""
AT_CALL: Final = "at_call"
"""What is said instead of a day of coming back; words under ``product_back.<key>``."""

_Key = tuple[date, str, str, date | None]


@dataclass(frozen=True)
class Move:
    """One sum on one day.

    Attributes:
        way: ``in`` for what is put into a product, ``out`` for what comes back.
        amount: yuan.
        other: of what goes in the day on which it is back, where it is within the days to come; of what comes back
            nothing.
        binding: the day on which least room is left while it is away.
        limit: what limits it, see ``Lot``.
        at_call: it goes in, can be had at any time and is not needed within the days to come.
    """

    day: date
    product: str
    way: str
    amount: Decimal
    other: date | None
    binding: date
    limit: str
    at_call: bool = False


def moves(placing: Placing, last: date) -> tuple[Move, ...]:
    """The moves of a plan up to the last day of the forecast, by day; what goes in before what comes back.

    What would come back after the last day, or only lies there until then, has no day of coming back: that is decided
    when the forecast reaches it.
    """
    found: dict[_Key, Move] = {}
    for lot in placing.lots:
        back = _back(lot, last)
        _add(found, Move(lot.stay.put_on, lot.product.name, IN, lot.amount, back, lot.binding, lot.limit, lot.at_call))
        if back is not None:
            _add(found, Move(back, lot.product.name, OUT, lot.amount, None, lot.binding, lot.limit))
    return tuple(sorted(found.values(), key=lambda one: (one.day, one.way, one.product, one.other or date.max)))


def _back(lot: Lot, last: date) -> date | None:
    return lot.stay.back_on if lot.stay.back_on <= last else None


def _add(found: dict[_Key, Move], one: Move) -> None:
    key = one.day, one.product, one.way, one.other
    before = found.get(key)
    if before is not None:
        one = replace(before, amount=one.amount + before.amount)
    found[key] = one
