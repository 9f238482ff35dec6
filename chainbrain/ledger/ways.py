"""Who collects a store's sales: head office (统一结算), the store itself (独立结算), or both, and how that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

WAYS: Final = ("unified", "independent")
"""What a person can say; words under ``collecting.<way>``, also for ``mixed`` and ``unknown``."""

_OF_SIDE: Final = {"head_office": "unified", "store": "independent"}


@dataclass(frozen=True)
class CollectingNumber:
    """One merchant number of a store: whose it is as far as the accounts tell, from when to when."""

    channel: str
    merchant_no: str
    legal_entity: str | None
    side: str | None
    valid_from: date | None
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the contract covers the day."""
        return (self.valid_from or date.min) <= day < (self.valid_to or date.max)


@dataclass(frozen=True)
class CollectingWord:
    """A person's word: from this day on the store's other sales are collected this way."""

    store: str
    way: str
    valid_from: date

    def facts(self) -> dict[str, object]:
        """What the history tells of it."""
        return {"store": self.store, "way": self.way, "valid_from": self.valid_from}


@dataclass(frozen=True)
class StoreWay:
    """How one store's sales are collected on a day.

    ``way`` is unified, independent, mixed or unknown; ``unknown`` are numbers of which neither the accounts nor a word
    say whose they are. ``word`` is the one that stands.
    """

    store: str
    name: str | None
    day: date
    way: str
    numbers: tuple[CollectingNumber, ...]
    unknown: tuple[CollectingNumber, ...]
    word: CollectingWord | None


def way_of(
    store: str, name: str | None, day: date, numbers: list[CollectingNumber], words: list[CollectingWord]
) -> StoreWay:
    """How a store's sales are collected on a day, from its numbers and the words on it."""
    word = max((one for one in words if one.valid_from <= day), key=lambda one: one.valid_from, default=None)
    held = tuple(one for one in numbers if one.holds_on(day))
    silent = tuple(one for one in held if one.side is None)
    ways = {_OF_SIDE[one.side] for one in held if one.side is not None}
    if word is not None and (silent or not held):
        ways.add(word.way)
    unknown = () if word is not None else silent
    way = "unknown" if unknown or not ways else next(iter(ways)) if len(ways) == 1 else "mixed"
    return StoreWay(store, name, day, way, held, unknown, word)
