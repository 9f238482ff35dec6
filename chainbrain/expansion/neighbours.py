"""What an opening took from the stores around it, measured against the stores it cannot have touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from chainbrain.expansion import places
from chainbrain.expansion.places import Datum, Place
from chainbrain.money import half_up
from chainbrain.own_openings import OwnStore, median, rounded

if TYPE_CHECKING:
    from chainbrain.database.book import Book

RADIUS_KM: Final = 3.0
_LONGEST_WINDOW: Final = 56
SHORTEST_WINDOW: Final = 14
# The first two weeks of an opening are curiosity, not custom.
SETTLING: Final = 14
LEAST_CONTROLS: Final = 3
_DAYS_OF_A_MONTH: Final = Decimal(365) / 12


@dataclass(frozen=True)
class NeighbourEffect:
    """One store near an opening: its change beyond that of the untouched stores (−0.11 is 11 % lost)."""

    store_id: str
    name: str
    distance_km: Decimal | None
    change: Decimal
    monthly_change: Decimal


@dataclass(frozen=True)
class OpeningEffect:
    """What one opening did around it.

    Attributes:
        days_before: length of the window before the opening, in days.
        days_after: length of the window after the first two weeks.
        controls: number of untouched stores compared with.
        neighbours: stores within 3 km (without coordinates: in the same city), nearest first.
        share: what neighbours lost, as a share of the new store's sales; nothing without neighbours or controls.
        noise: the same share that untouched stores show for no reason (median of its size).
        clear: whether the share is more than twice the noise.
    """

    store_id: str
    name: str
    opened_on: date
    days_before: int
    days_after: int
    controls: int
    neighbours: tuple[NeighbourEffect, ...]
    share: Decimal | None
    noise: Decimal | None
    clear: bool


@dataclass(frozen=True)
class _Level:
    """Average sales of a day before and after, over the weekdays seen in both windows; yuan."""

    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class _Around:
    """One opening with the levels of all stores in its two windows; ``newcomer`` is its own average day after it."""

    opening: OwnStore
    opened: date
    days_before: int
    days_after: int
    newcomer: Decimal
    levels: Mapping[str, _Level]


def distance_km(one: OwnStore, other: OwnStore) -> float | None:
    """Great-circle distance, whatever the two datums; nothing when a coordinate is missing, or the datum of one."""
    # Where nobody wrote a datum down, all coordinates are taken to be in the same one.
    unnamed = Datum.WGS84 if one.datum is None and other.datum is None else None
    first, second = _place(one, unnamed), _place(other, unnamed)
    return None if first is None or second is None else places.distance_km(first, second)


def _place(store: OwnStore, unnamed: Datum | None) -> Place | None:
    datum = unnamed if store.datum is None else Datum(store.datum)
    if store.latitude is None or store.longitude is None or datum is None:
        return None
    return Place(store.latitude, store.longitude, datum)


def effects(
    book: Book, stores: Sequence[OwnStore], first: date, after: date, mature_days: int, *, only: str | None = None
) -> tuple[OpeningEffect, ...]:
    """Measure every opening (or ``only`` this store's) in [first, after) that has two weeks or more on either side."""
    found: list[OpeningEffect] = []
    for opening in stores if only is None else [store for store in stores if store.store_id == only]:
        opened = opening.opened_on
        if opened is None:
            continue
        before, later = windows(opened, first, after)
        if before < SHORTEST_WINDOW or later < SHORTEST_WINDOW:
            continue
        settled = opened + timedelta(days=SETTLING)
        start, end = opened - timedelta(days=before), settled + timedelta(days=later)
        rows = book.rows("expansion/around_opening", opened=opened, settled=settled, first=start, after=end)
        steady = [
            store
            for store in stores
            if store is not opening
            and (store.opened_on is None or store.opened_on + timedelta(days=mature_days) <= start)
            and (store.closed_on is None or store.closed_on >= end)
        ]
        around = _Around(opening, opened, before, later, _newcomer(rows, opening), _levels(rows))
        found.append(_effect(around, steady))
    return tuple(found)


def windows(opened: date, first: date, after: date) -> tuple[int, int]:
    """The days that can be measured before an opening, and those after its first two weeks; below 0 there are none."""
    before = min((opened - first).days, _LONGEST_WINDOW)
    return before, min((after - opened).days - SETTLING, _LONGEST_WINDOW)


def _levels(rows: Sequence[tuple[object, ...]]) -> dict[str, _Level]:
    sums: dict[str, list[tuple[Decimal, Decimal]]] = defaultdict(list)
    for store_id, _, before, days_before, after, days_after in rows:
        assert isinstance(before, Decimal)
        assert isinstance(after, Decimal)
        assert isinstance(days_before, int)
        assert isinstance(days_after, int)
        if days_before and days_after:
            sums[str(store_id)].append((before / days_before, after / days_after))
    return {
        store_id: _Level(
            sum((b for b, _ in days), Decimal(0)) / len(days), sum((a for _, a in days), Decimal(0)) / len(days)
        )
        for store_id, days in sums.items()
    }


def _newcomer(rows: Sequence[tuple[object, ...]], opening: OwnStore) -> Decimal:
    averages: list[Decimal] = []
    for store_id, _, _, _, after, days_after in rows:
        if store_id == opening.store_id and days_after:
            assert isinstance(after, Decimal)
            assert isinstance(days_after, int)
            averages.append(after / days_after)
    return sum(averages, Decimal(0)) / len(averages) if averages else Decimal(0)


def _effect(around: _Around, steady: Sequence[OwnStore]) -> OpeningEffect:
    opening, levels, newcomer = around.opening, around.levels, around.newcomer
    # A store that sold nothing in a window was shut, which no opening explains.
    measurable = [
        s for s in steady if s.store_id in levels and min(levels[s.store_id].before, levels[s.store_id].after) > 0
    ]
    distances = {store.store_id: distance_km(opening, store) for store in measurable}
    near = [store for store in measurable if _is_near(opening, store, distances[store.store_id])]
    far = [store for store in measurable if store not in near and not _is_doubtful(opening, store, distances)]
    neighbours: list[NeighbourEffect] = []
    lost = strays = Decimal(0)
    if len(far) >= LEAST_CONTROLS:
        for store in near:
            controls = _alike(store, far)
            expected = levels[store.store_id].before * _trend(controls, levels)
            change = levels[store.store_id].after - expected
            lost, strays = lost - change, strays + expected * _placebo(controls, levels)
            away = distances[store.store_id]
            neighbours.append(
                NeighbourEffect(
                    store.store_id,
                    store.name,
                    None if away is None else rounded(Decimal(repr(away)), 2),
                    rounded(change / expected, 4),
                    half_up(change * _DAYS_OF_A_MONTH),
                )
            )
    neighbours.sort(key=lambda n: (n.distance_km is None, n.distance_km or 0, n.store_id))
    share = noise = None
    if neighbours and newcomer > 0:
        share = rounded(max(lost, Decimal(0)) / newcomer, 4)
        noise = rounded(strays / newcomer, 4)
    return OpeningEffect(
        store_id=opening.store_id,
        name=opening.name,
        opened_on=around.opened,
        days_before=around.days_before,
        days_after=around.days_after,
        controls=len(far),
        neighbours=tuple(neighbours),
        share=share,
        noise=noise,
        clear=share is not None and noise is not None and share > 2 * noise,
    )


def _is_near(opening: OwnStore, store: OwnStore, away: float | None) -> bool:
    if away is not None:
        return away <= RADIUS_KM
    no_map = opening.latitude is None or store.latitude is None
    return no_map and opening.city is not None and store.city == opening.city


def _is_doubtful(opening: OwnStore, store: OwnStore, distances: Mapping[str, float | None]) -> bool:
    """In the same city, but no distance is known: may be near, so it is neither neighbour nor control."""
    return distances[store.store_id] is None and store.city == opening.city


def _alike(store: OwnStore, others: Sequence[OwnStore]) -> Sequence[OwnStore]:
    """Those of the same ownership, when there are enough: a campaign of the own stores must not look like an effect."""
    alike = [other for other in others if other.ownership == store.ownership]
    return alike if len(alike) >= LEAST_CONTROLS else others


def _trend(stores: Sequence[OwnStore], levels: Mapping[str, _Level]) -> Decimal:
    before = sum((levels[store.store_id].before for store in stores), Decimal(0))
    return sum((levels[store.store_id].after for store in stores), Decimal(0)) / before


def _placebo(controls: Sequence[OwnStore], levels: Mapping[str, _Level]) -> Decimal:
    """How far an untouched store strays from the others by itself: median of the relative change, sign dropped."""
    strays: list[Decimal] = []
    for store in controls:
        others = [other for other in controls if other is not store]
        expected = levels[store.store_id].before * _trend(others, levels)
        if expected > 0:
            strays.append(abs(levels[store.store_id].after / expected - 1))
    return median(strays) if strays else Decimal(0)
