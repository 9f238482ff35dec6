"""How a store began, week by week, beside the earlier openings of the chain, and what it took from its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain import own_openings
from chainbrain.expansion import neighbours
from chainbrain.expansion.neighbours import LEAST_CONTROLS, SHORTEST_WINDOW, OpeningEffect
from chainbrain.own_openings import MATURE_AFTER_DAYS, OwnStore, median, rounded

if TYPE_CHECKING:
    from chainbrain.database.book import Book

WEEK: Final = 7
# A week of age counts when most of its days are ordinary days in the book.
_LEAST_DAYS: Final = 4


@dataclass(frozen=True)
class WeekCurve:
    """The sales of one opened store by week of age, the first week first.

    Attributes:
        share: an average day as a share of that of the mature stores on the same days; nothing where fewer than four
            ordinary days of the week are known (holidays and missing files).
        finished: whether the store is past its ramp (240 days); otherwise more weeks will come.
    """

    store_id: str
    name: str
    opened_on: date
    share: tuple[Decimal | None, ...]
    finished: bool


@dataclass(frozen=True)
class Edge:
    """What earlier openings sold in one week of age: the lowest, the middle and the highest, of ``stores`` of them."""

    low: Decimal
    middle: Decimal
    high: Decimal
    stores: int


@dataclass(frozen=True)
class StoreOpening:
    """The opening of one store.

    Attributes:
        why_no_curve: empty, or ``no_sales``, ``no_date`` (nobody says when it opened, and it sold from the book's first
            days), ``before_book`` (it opened before the first day of the book), ``no_mature`` (no mature store to hold
            it against) or ``no_week`` (no week of it is known).
        earlier: the openings of the chain before it that the book has whole.
        band: of every week of age that any earlier opening knows.
        why_no_effect: empty, or why nothing can be said of neighbours: the reasons above, ``short_before`` or
            ``short_after`` (fewer than two weeks in the book), ``few_controls``, ``no_neighbours`` or ``no_newcomer``.
        days: days in the book before the opening, and after its first two weeks.
    """

    store_id: str
    name: str
    opened_on: date | None
    first_day: date | None
    curve: WeekCurve | None
    why_no_curve: str
    earlier: tuple[WeekCurve, ...]
    band: tuple[Edge | None, ...]
    effect: OpeningEffect | None
    why_no_effect: str
    days: tuple[int, int] = (0, 0)

    def weeks(self) -> list[tuple[int, Decimal | None, Edge | None]]:
        """Every week of age that this store or an earlier one knows: its number, the own share, the earlier ones'."""
        own = self.curve.share if self.curve is not None else ()
        return [
            (
                week + 1,
                own[week] if week < len(own) else None,
                self.band[week] if week < len(self.band) else None,
            )
            for week in range(max(len(own), len(self.band)))
        ]


@dataclass(frozen=True)
class _Reading:
    """What is read once for all openings: the days of the book, its stores, and their curves."""

    first: date
    after: date
    stores: tuple[OwnStore, ...]
    curves: tuple[WeekCurve, ...]


def opening(book: Book, store_id: str) -> StoreOpening:
    """How one store began; works for every store of the book."""
    names: dict[str, str] = dict(book.rows_of("select store_id, coalesce(name, store_id) from main.stores"))
    name = names.get(store_id, store_id)
    read = _read(book)
    if read is None:
        return StoreOpening(store_id, name, None, None, None, "no_sales", (), (), None, "no_sales")
    return _opening(book, read, store_id, name)


def openings(book: Book) -> tuple[StoreOpening, ...]:
    """Every opening within the book, the newest first."""
    read = _read(book)
    if read is None:
        return ()
    dated = [
        (store.opened_on, store.store_id, store.name)
        for store in read.stores
        if store.opened_on is not None and not _why_not(store, read.first)
    ]
    return tuple(_opening(book, read, store_id, name) for _, store_id, name in sorted(dated, reverse=True))


def _read(book: Book) -> _Reading | None:
    """What every opening is told from; whoever goes from store to store reads it once until something is written."""
    return book.told(_read, lambda: _reading(book))


def _reading(book: Book) -> _Reading | None:
    window = book.one("expansion/window")
    if window is None or window[0] is None:
        return None
    first, after = window[0], window[1] + timedelta(days=1)
    stores, _ = own_openings.lived(book, first, after)
    return _Reading(first, after, tuple(stores), _curves(book, stores, first, after))


def _opening(book: Book, read: _Reading, store_id: str, name: str) -> StoreOpening:
    store = next((one for one in read.stores if one.store_id == store_id), None)
    why = _why_not(store, read.first)
    if store is None or store.opened_on is None or why:
        opened = store.opened_on if store is not None else None
        return StoreOpening(store_id, name, opened, read.first, None, why, (), (), None, why)
    opened = store.opened_on
    curve = next((one for one in read.curves if one.store_id == store_id), None)
    # Two stores of one day are no example for each other.
    earlier = tuple(one for one in read.curves if one.opened_on < opened)
    measured = neighbours.effects(book, read.stores, read.first, read.after, MATURE_AFTER_DAYS, only=store_id)
    effect = measured[0] if measured else None
    days = neighbours.windows(opened, read.first, read.after)
    return StoreOpening(
        store_id=store_id,
        name=name,
        opened_on=opened,
        first_day=read.first,
        curve=curve,
        why_no_curve="" if curve is not None else _lacks(read.stores, store, read.after),
        earlier=earlier,
        band=_band(earlier),
        effect=effect if effect is not None and effect.share is not None else None,
        why_no_effect=_why_no_effect(effect, days),
        days=days,
    )


def _why_not(store: OwnStore | None, first: date) -> str:
    if store is None:
        return "no_sales"
    if store.opened_on is None:
        return "no_date"
    return "before_book" if store.opened_on < first else ""


def _curves(book: Book, stores: Sequence[OwnStore], first: date, after: date) -> tuple[WeekCurve, ...]:
    opened = [store for store in stores if not _why_not(store, first)]
    ages = own_openings.by_age(book, opened, first, after, step=WEEK, least_days=_LEAST_DAYS)
    found = []
    for store in opened:
        known = {age: share for age, share in ages.get(store.store_id, {}).items() if age > 0}
        if store.opened_on is None or not known:
            continue
        share = tuple(rounded(known[week], 4) if week in known else None for week in range(1, max(known) + 1))
        grown = (after - store.opened_on).days >= MATURE_AFTER_DAYS
        found.append(WeekCurve(store.store_id, store.name, store.opened_on, share, finished=grown))
    return tuple(found)


def _band(earlier: Sequence[WeekCurve]) -> tuple[Edge | None, ...]:
    edges: list[Edge | None] = []
    for week in range(max((len(one.share) for one in earlier), default=0)):
        seen = [share for one in earlier if week < len(one.share) and (share := one.share[week]) is not None]
        edges.append(Edge(min(seen), rounded(median(seen), 4), max(seen), len(seen)) if seen else None)
    return tuple(edges)


def _lacks(stores: Sequence[OwnStore], store: OwnStore, after: date) -> str:
    mature = [
        one for one in stores
        if one is not store and (one.opened_on is None or one.opened_on + timedelta(days=MATURE_AFTER_DAYS) < after)
    ]  # fmt: skip
    return "no_week" if mature else "no_mature"


def _why_no_effect(effect: OpeningEffect | None, days: tuple[int, int]) -> str:
    if days[0] < SHORTEST_WINDOW:
        return "short_before"
    if days[1] < SHORTEST_WINDOW:
        return "short_after"
    if effect is None:
        return "no_newcomer"
    if effect.share is not None:
        return ""
    if effect.controls < LEAST_CONTROLS:
        return "few_controls"
    return "no_newcomer" if effect.neighbours else "no_neighbours"
