"""The chain's own stores as examples: what mature ones sell, and how openings began month by month of age.

Two rooms learn from them: what a new store may earn, and what it will take in within the days to come.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Final

from chainbrain.errors import Word
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book

MATURE_AFTER_DAYS: Final = 240
MONTH_OF_AGE: Final = 30
DAYS_OF_A_MONTH: Final = Decimal(365) / 12
# Observations below which a figure is shown but has to be confirmed by the owner.
LEAST_STORES: Final = 5
LEAST_OPENINGS: Final = 2
# A month of age counts when most of its days are in the book.
_LEAST_DAYS_OF_AGE: Final = 20
_LEAST_MATURE_DAYS: Final = 28


@dataclass(frozen=True)
class OwnStore:
    """A store as the book knows it; coordinates in degrees of ``datum``, format and city tier in the owner's words."""

    store_id: str
    name: str
    city: str | None
    ownership: str | None
    opened_on: date | None
    closed_on: date | None
    monthly_rent: Decimal | None
    latitude: float | None
    longitude: float | None
    datum: str | None
    format: str | None = None
    city_tier: str | None = None
    area_m2: Decimal | None = None


@dataclass(frozen=True)
class MatureStore:
    """One store past its ramp: average net sales of a month (30.4 days) in yuan, from ``days`` counted days."""

    store_id: str
    name: str
    city: str | None
    ownership: str | None
    days: int
    monthly_sales: Decimal
    format: str | None = None
    city_tier: str | None = None
    area_m2: Decimal | None = None


@dataclass(frozen=True)
class OpeningCurve:
    """The start of one opened store, month of age by month of age.

    Attributes:
        share: sales as a share of mature sales; of the store's own when ``finished``. Otherwise the own level is not
            known yet, and the higher of the average mature store and the own last two weeks stands in.
    """

    store_id: str
    name: str
    opened_on: date
    share: tuple[Decimal, ...]
    finished: bool


@dataclass(frozen=True)
class Traits:
    """What a planned store is like, as the list of stores would say it; nothing where nobody said."""

    format: str | None = None
    ownership: str | None = None
    city: str | None = None
    city_tier: str | None = None

    @property
    def said(self) -> tuple[str, ...]:
        """The names of those that are known, what tells most of a store's sales first."""
        return tuple(one.name for one in fields(self) if getattr(self, one.name))

    def words(self, names: Sequence[str]) -> tuple[str, ...]:
        """Traits as the owner calls them; the way a store is run is a code with a word of its own."""
        values = [str(getattr(self, name)) for name in names]
        return tuple(
            Word(f"ownership.{v}") if name == "ownership" else v for name, v in zip(names, values, strict=True)
        )


@dataclass(frozen=True)
class Pool:
    """The mature stores that stand for a planned one.

    Attributes:
        by: the traits that all of them share with it; nothing when they are all mature stores.
        wanted: what the planned store is like.
        closest: how many mature stores are like it in everything that is known of it.
        least: how many are enough.
    """

    stores: tuple[MatureStore, ...]
    by: tuple[str, ...]
    wanted: Traits
    closest: int
    least: int


def alike(stores: Sequence[MatureStore], wanted: Traits, least: int = LEAST_STORES) -> Pool:
    """The mature stores most like a planned one: those that share most of its traits, else fewer of them, else all.

    A narrower group counts only when it has the least number of stores. A store of which nobody said a trait shares it
    with none.
    """
    closest = len(_sharing(stores, wanted, wanted.said))
    for count in range(len(wanted.said), 0, -1):
        for by in combinations(wanted.said, count):
            group = _sharing(stores, wanted, by)
            if len(group) >= least:
                return Pool(group, by, wanted, closest, least)
    return Pool(tuple(stores), (), wanted, closest, least)


def _sharing(stores: Sequence[MatureStore], wanted: Traits, by: Sequence[str]) -> tuple[MatureStore, ...]:
    return tuple(store for store in stores if all(getattr(store, name) == getattr(wanted, name) for name in by))


def lived(book: Book, first: date, after: date) -> tuple[list[OwnStore], tuple[MatureStore, ...]]:
    """The stores that ever sold, and those of them that are past their ramp by what they sold in [first, after)."""
    stores: list[OwnStore] = []
    mature: list[MatureStore] = []
    for row in book.rows("expansion/stores", first=first, after=after, mature_days=MATURE_AFTER_DAYS):
        *described, days, net = row
        store = OwnStore(*described)
        stores.append(store)
        still_open = store.closed_on is None or store.closed_on >= after
        if days >= _LEAST_MATURE_DAYS and net > 0 and still_open:
            monthly = half_up(net / days * DAYS_OF_A_MONTH)
            mature.append(
                MatureStore(
                    store.store_id, store.name, store.city, store.ownership, days, monthly, store.format,
                    store.city_tier, store.area_m2,
                )
            )  # fmt: skip
    return stores, tuple(mature)


def by_age(
    book: Book, opened: Sequence[OwnStore], first: date, after: date, *, step: int, least_days: int
) -> dict[str, dict[int, Decimal]]:
    """Average sales of a day by age, as a share of the mature stores' on the same days.

    Args:
        book: the book to read.
        opened: stores that opened within it.
        first: the first day to read.
        after: the day after the last one.
        step: days of one step of age; the first step is 1, 0 stands for the last two weeks.
        least_days: a step with fewer counted days is left out, as is one on which no mature store sold.
    """
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    if not opened:
        return found
    for store_id, age, days, net, peers_net, peer_days in book.rows(
        "expansion/ramps",
        stores=[store.store_id for store in opened],
        opened=[store.opened_on for store in opened],
        first=first,
        after=after,
        mature_days=MATURE_AFTER_DAYS,
        step=step,
        least_days=least_days,
    ):
        if peers_net > 0:
            found[store_id][age] = (net / days) / (peers_net / peer_days)
    return found


def curves(book: Book, opened: Sequence[OwnStore], first: date, after: date) -> tuple[OpeningCurve, ...]:
    """The start of each of the stores that opened within the book, month of age by month of age."""
    ratios = by_age(book, opened, first, after, step=MONTH_OF_AGE, least_days=_LEAST_DAYS_OF_AGE)
    found: list[OpeningCurve] = []
    for store in opened:
        ages = ratios[store.store_id]
        known: list[Decimal] = []
        # A gap in the ages ends the curve: what follows cannot be placed.
        while len(known) + 1 in ages:
            known.append(ages[len(known) + 1])
        grown = known[MATURE_AFTER_DAYS // MONTH_OF_AGE :]
        # A store already above the average is measured by itself, or its ramp would look too fast.
        level = sum(grown, Decimal(0)) / len(grown) if grown else max(Decimal(1), ages.get(0, Decimal(1)))
        if known and level > 0 and store.opened_on is not None:
            share = tuple(rounded(ratio / level, 4) for ratio in known)
            found.append(OpeningCurve(store.store_id, store.name, store.opened_on, share, finished=bool(grown)))
    return tuple(found)


def median(values: Sequence[Decimal]) -> Decimal:
    """The middle value, or the mean of the two middle ones."""
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def rounded(value: Decimal, places: int) -> Decimal:
    """Half up to ``places`` decimals, whatever the number of digits before."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
