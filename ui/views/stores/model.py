"""What the store screen shows, read in the reading worker: the league, and the details of one scope."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chainbrain.analytics.benchmarks import Benchmark
from chainbrain.analytics.change import Explanation
from chainbrain.analytics.compare import Comparison
from chainbrain.analytics.heatmap import HeatMap
from chainbrain.analytics.mix import Mix
from chainbrain.analytics.periods import PassedOver, Period
from chainbrain.analytics.stores import League
from chainbrain.expansion.openings import StoreOpening
from chainbrain.expansion.sites import Sites
from ui.views.parts.period import Wanted, period_of
from ui.views.parts.store_scope import ALL_STORES, ShownStores, StoreScope, read_stores

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms


@dataclass(frozen=True)
class StoresData:
    """The league of one period; ``period`` is nothing for a book without sales."""

    period: Period | None = None
    league: League | None = None
    imported: bool = False
    span: Period | None = None
    sites: Sites | None = None
    benchmarks: tuple[Benchmark, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    stores: ShownStores = ALL_STORES


def load(rooms: Rooms, wanted: Wanted, scope: StoreScope, store: str = "") -> StoresData:
    """Read the league of the chosen stores in a period, given by its name or as days of one's own.

    ``store`` is to be looked at: where the choice does not have it, all stores are read.
    """
    with rooms.at_one_moment():
        return _load(rooms, wanted, scope, store)


def _load(rooms: Rooms, wanted: Wanted, scope: StoreScope, store: str) -> StoresData:
    period = period_of(rooms, wanted)
    if period is None:
        return StoresData(imported=rooms.info().files > 0)
    analytics = rooms.analytics
    shown = read_stores(rooms, scope, period, store)
    league, span = analytics.league(period, shown.numbers), analytics.span()
    sites, passed_over = rooms.expansion.sites(), analytics.passed_over(period)
    return StoresData(period, league, True, span, sites, analytics.benchmarks(), passed_over, shown)


def load_change(rooms: Rooms, period: Period, stores: tuple[str, ...] | None, by: str) -> Explanation:
    """Read why the receipts of some stores, or of all, changed, by channel or daypart."""
    return rooms.analytics.explain(period, stores, by)


def load_comparison(rooms: Rooms, period: Period, stores: tuple[str, ...], grain: str) -> Comparison:
    """Read two to six stores beside each other."""
    with rooms.at_one_moment():
        return rooms.analytics.compare(period, stores, grain)


@dataclass(frozen=True)
class Rhythm:
    """When stores are busy, how their receipts divide, how they began; ``one`` for a chosen store.

    ``period`` is what is averaged; ``mix_base`` the days that the parts of the receipts are compared with.
    """

    one: bool
    period: Period
    heat: HeatMap
    mix: Mix | None
    mix_base: Period
    openings: tuple[StoreOpening, ...] | None = None


def load_rhythm(rooms: Rooms, period: Period, stores: tuple[str, ...] | None, by: str, *, one: bool) -> Rhythm:
    """Read the heat map of the last 28 days (or the period when it is longer), and what ``by`` asks for."""
    month = rooms.analytics.period("last_28")
    days = month if month is not None and period.days < month.days else period
    mix = rooms.analytics.mix(period, by, stores) if by not in {"busy", "opening"} else None
    openings: tuple[StoreOpening, ...] | None = None
    if by == "opening":
        room = rooms.expansion
        chosen = None if stores is None else frozenset(stores)
        openings = (
            (room.opening(stores[0]),)
            if one and stores
            else tuple(found for found in room.openings() if chosen is None or found.store_id in chosen)
        )
    return Rhythm(one, days, rooms.analytics.heatmap(days, stores), mix, period.base, openings)
