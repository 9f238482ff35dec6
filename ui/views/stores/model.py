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


def load(rooms: Rooms, wanted: Wanted) -> StoresData:
    """Read the league of a period, given by its name or as days of one's own."""
    with rooms.at_one_moment():
        return _load(rooms, wanted)


def _load(rooms: Rooms, wanted: Wanted) -> StoresData:
    period = period_of(rooms, wanted)
    if period is None:
        return StoresData(imported=rooms.info().files > 0)
    analytics = rooms.analytics
    league, span = analytics.league(period), analytics.span()
    sites, passed_over = rooms.expansion.sites(), analytics.passed_over(period)
    return StoresData(period, league, True, span, sites, analytics.benchmarks(), passed_over)


def load_change(rooms: Rooms, period: Period, store_id: str, by: str) -> Explanation:
    """Read why the receipts of one store, or of all, changed, by channel or daypart."""
    return rooms.analytics.explain(period, (store_id,) if store_id else None, by)


def load_comparison(rooms: Rooms, period: Period, stores: tuple[str, ...], grain: str) -> Comparison:
    """Read two to six stores beside each other."""
    with rooms.at_one_moment():
        return rooms.analytics.compare(period, stores, grain)


@dataclass(frozen=True)
class Rhythm:
    """When one scope is busy, how its receipts divide, how it began; ``store_id`` is empty for all stores.

    ``period`` is what is averaged; ``mix_base`` the days that the parts of the receipts are compared with.
    """

    store_id: str
    period: Period
    heat: HeatMap
    mix: Mix | None
    mix_base: Period
    openings: tuple[StoreOpening, ...] | None = None


def load_rhythm(rooms: Rooms, period: Period, store_id: str, by: str) -> Rhythm:
    """Read the heat map of the last 28 days (or the period when it is longer), and what ``by`` asks for."""
    stores = (store_id,) if store_id else None
    month = rooms.analytics.period("last_28")
    days = month if month is not None and period.days < month.days else period
    mix = rooms.analytics.mix(period, by, stores) if by not in {"busy", "opening"} else None
    openings: tuple[StoreOpening, ...] | None = None
    if by == "opening":
        room = rooms.expansion
        openings = (room.opening(store_id),) if store_id else room.openings()
    return Rhythm(store_id, days, rooms.analytics.heatmap(days, stores), mix, period.base, openings)
