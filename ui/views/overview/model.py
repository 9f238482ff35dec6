"""What the overview shows, read in one go in the reading worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from chainbrain.analytics.attention import Attention
from chainbrain.analytics.benchmarks import Benchmark
from chainbrain.analytics.completeness import Freshness
from chainbrain.analytics.growth import Growth
from chainbrain.analytics.overview import Strip
from chainbrain.analytics.periods import PassedOver, Period
from chainbrain.analytics.prepaid import Prepaid
from chainbrain.analytics.transit import Transit
from chainbrain.analytics.trend import Day, StoreSeries
from chainbrain.analytics.unusual import UnusualWord
from ui.views.parts.period import Wanted, period_of
from ui.views.parts.store_scope import ALL_STORES, ShownStores, StoreScope, read_stores

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

TREND_DAYS = 35
SPARK_DAYS = 28


@dataclass(frozen=True)
class OverviewData:
    """One overview; ``stale`` tells that something was imported or decided after the last reconciliation.

    ``stores`` are those that the figures are of: others may have been chosen since.
    ``growth`` is that of every store over a period of several days, empty for a single one.
    ``period`` is nothing for a book without sales; then only ``imported`` says whether there are files at all.
    """

    period: Period | None = None
    span: Period | None = None
    freshness: Freshness | None = None
    strip: Strip | None = None
    passed_over: tuple[PassedOver, ...] = ()
    prepaid: Prepaid | None = None
    trend: tuple[Day, ...] = ()
    sparklines: tuple[StoreSeries, ...] = ()
    growth: Mapping[str, Growth] = field(default_factory=dict)
    transit: Transit | None = None
    attention: Attention | None = None
    unusual_words: tuple[UnusualWord, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()
    imported: bool = False
    stale: bool = False
    stores: ShownStores = ALL_STORES


def load(rooms: Rooms, wanted: Wanted, scope: StoreScope) -> OverviewData:
    """Read everything the overview shows.

    Args:
        rooms: the reading rooms.
        wanted: the period by its name, or days of one's own.
        scope: the chosen stores.
    """
    with rooms.at_one_moment():
        return _load(rooms, wanted, scope)


def _load(rooms: Rooms, wanted: Wanted, scope: StoreScope) -> OverviewData:
    imported, stale = reconciled_state(rooms)
    analytics = rooms.analytics
    period = period_of(rooms, wanted)
    if period is None:
        return OverviewData(imported=imported, stale=stale)
    shown = read_stores(rooms, scope, period)
    stores = shown.numbers
    long = Period(period.after - timedelta(days=max(TREND_DAYS, period.days)), period.after)
    month = analytics.period("month") or period
    return OverviewData(
        period=period,
        span=analytics.span(),
        freshness=analytics.freshness(period.last, stores),
        strip=analytics.strip(period, stores),
        passed_over=analytics.passed_over(period),
        prepaid=analytics.prepaid(period, stores),
        trend=analytics.trend(long, stores),
        sparklines=analytics.sparklines(period.last, SPARK_DAYS, stores),
        growth=analytics.growth(period, stores) if period.days > 1 else {},
        transit=analytics.transit(month if month.days > period.days else period),
        attention=analytics.attention(period.last, stores),
        unusual_words=analytics.unusual_words(),
        benchmarks=analytics.benchmarks(),
        imported=imported,
        stale=stale,
        stores=shown,
    )


def reconciled_state(rooms: Rooms) -> tuple[bool, bool]:
    """Whether anything was imported, and whether something was written after the last reconciliation."""
    info = rooms.info()
    return info.files > 0, info.files > 0 and not info.reconciled
