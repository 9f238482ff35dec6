"""The analytics room of one open book: everything the screens and reports ask, by its short name."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from chainbrain import kept_days
from chainbrain.analytics import (
    anomalies,
    attention,
    benchmarks,
    change,
    compare,
    completeness,
    daily,
    growth,
    heatmap,
    mix,
    overview,
    periods,
    prepaid,
    store_groups,
    transit,
    trend,
    unusual,
)
from chainbrain.analytics.anomalies import Anomaly
from chainbrain.analytics.arrivals import Arrival, arrivals
from chainbrain.analytics.attention import Attention
from chainbrain.analytics.benchmarks import Benchmark
from chainbrain.analytics.growth import Growth
from chainbrain.analytics.heatmap import HeatMap
from chainbrain.analytics.mix import Mix
from chainbrain.analytics.prepaid import Prepaid
from chainbrain.analytics.store_groups import GroupedStore, StoreGroup
from chainbrain.analytics.stores import League, StoreOnList, league, stores_of
from chainbrain.analytics.transit import Transit
from chainbrain.analytics.trend import Day, StoreSeries
from chainbrain.analytics.unusual import UnusualWord
from chainbrain.openings import Contained, contained

if TYPE_CHECKING:
    from chainbrain.changes import Changes
    from chainbrain.database.book import Book

Stores = Sequence[str] | None
Told = TypeVar("Told")


class AnalyticsRoom:
    """Answers questions on a reading book; only ``refresh`` writes."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def refresh(self, first: date | None = None, after: date | None = None) -> Changes:
        """Rewrite the daily sales, of all days or of [first, after); see ``daily.refresh``."""
        return daily.refresh(self._book, first, after)

    def follow(self) -> None:
        """Rewrite the daily facts when what they all rest on is another; inside a transaction."""
        daily.rewrite(self._book, daily.moved(self._book, ()))
        kept_days.keep(self._book)

    def span(self) -> periods.Period | None:
        """From the first to the last day with sales; nothing for a book without any."""
        return periods.known(self._book)

    def period(self, name: str) -> periods.Period | None:
        """A period by its name in ``periods.CHOICES``, counted from the last day with sales, with a fair base."""
        span = self.span()
        return self.fair(periods.chosen(name, span)) if span else None

    def fair(self, period: periods.Period) -> periods.Period:
        """The same days, compared with the nearest earlier ones that a holiday does not spoil; see ``periods.fair``."""
        return self._told(periods.fair_in, period)

    def passed_over(self, period: periods.Period) -> tuple[periods.PassedOver, ...]:
        """Why a period is not compared with nearer days than its base; see ``periods.passed_over``."""
        return periods.passed_over_in(self._book, period)

    def freshness(self, day: date | None = None, stores: Stores = None) -> completeness.Freshness | None:
        """What is there on one day, by default the last with sales; nothing for a book without any."""
        span = self.span()
        day = day or (span.last if span else None)
        return self._told(completeness.freshness, day, stores) if day else None

    def matrix(self, period: periods.Period, by: str = "store", stores: Stores = None) -> completeness.Matrix:
        """Which files are there, by store or by source, for every day."""
        return completeness.matrix(self._book, period, by, stores)

    def lacking(self, stores: Stores = None) -> tuple[completeness.Lack, ...]:
        """Every file that lacks from the first day with sales to the last, as runs of days."""
        span = self.span()
        return completeness.lacking(self._book, span, stores) if span else ()

    def strip(self, period: periods.Period, stores: Stores = None) -> overview.Strip:
        """The figures at the top of the overview."""
        return overview.strip(self._book, period, stores)

    def prepaid(self, period: periods.Period, stores: Stores = None) -> Prepaid:
        """What of the receipts was paid from stored value or with coupons: no new money."""
        return prepaid.prepaid(self._book, period, stores)

    def trend(self, period: periods.Period, stores: Stores = None) -> tuple[Day, ...]:
        """Daily receipts beside what was to be expected."""
        return trend.chain(self._book, period, stores)

    def growth(self, period: periods.Period, stores: Stores = None) -> dict[str, Growth]:
        """How every store grew over its days that can be compared, by its number."""
        return growth.by_store(self._book, period, stores)

    def sparklines(self, last: date, days: int = 28, stores: Stores = None) -> tuple[StoreSeries, ...]:
        """Every store's last days, those farthest from the expected first."""
        # A store's line is the same whichever others are looked at.
        told = self._told(trend.by_store, last, days)
        chosen = None if stores is None else frozenset(stores)
        return tuple(one for one in told if chosen is None or one.store_id in chosen)

    def stores(self, period: periods.Period | None = None) -> tuple[StoreOnList, ...]:
        """The stores that sold or should have been open in a period, by default on the last day, by number."""
        period = period or self.period("yesterday")
        return self._told(stores_of, period) if period is not None else ()

    def grouped_stores(self) -> tuple[GroupedStore, ...]:
        """Every store of the book, open or closed, with what it has in common with others, by number."""
        return store_groups.grouped_stores(self._book)

    def grouped(self, text: str) -> tuple[str, ...]:
        """The stores of a group that a person named, like ``city=杭州``.

        Raises:
            UserError: ``stores.group``, or ``stores.group_none`` where no store is of it.
        """
        return store_groups.chosen(self._book, StoreGroup.parse(text))

    def _told(self, ask: Callable[..., Told], *given: Hashable | Stores) -> Told:
        """What ``ask`` tells of the book; a reader is told the same again until something is committed.

        For what stays as it is while somebody looks at one period after another.
        """
        key = (ask, *(tuple(one) if isinstance(one, list) else one for one in given))
        return self._book.told(key, lambda: ask(self._book, *given))

    def league(self, period: periods.Period, stores: Stores = None) -> League:
        """The stores by receipts, and their total."""
        return league(self._book, period, stores)

    def compare(self, period: periods.Period, stores: Sequence[str], grain: str = "day") -> compare.Comparison:
        """Two to six stores beside each other, by ``day`` or ``week``."""
        return compare.compare(self._book, period, stores, grain)

    def mix(self, period: periods.Period, by: str = "channel", stores: Stores = None) -> Mix:
        """The receipts by ``channel``, ``daypart`` or ``method``."""
        return mix.mix(self._book, period, by, stores)

    def heatmap(self, period: periods.Period, stores: Stores = None) -> HeatMap:
        """The average hour of every weekday."""
        return heatmap.heatmap(self._book, period, stores)

    def explain(self, period: periods.Period, stores: Stores = None, by: str = "channel") -> change.Explanation:
        """Why the receipts changed against ``period.base``, by ``channel`` or ``daypart``."""
        return change.explain(self._book, period, stores, by)

    def arrivals(self) -> tuple[Arrival, ...]:
        """What arrived at the bank and what is still open, per merchant number and month of the whole book."""
        return arrivals(self._book)

    def contained(self) -> tuple[Contained, ...]:
        """What opening balances have in them of the receipts of every month, number by number."""
        return contained(self._book)

    def transit(self, period: periods.Period) -> Transit:
        """Money on its way to the bank, with its roll-forward and proof."""
        return self._told(transit.transit, period)

    def in_transit(self) -> Transit:
        """Money on its way as the book stands: rolled forward over everything it knows."""
        return transit.transit(self._book, transit.known(self._book))

    def attention(self, last: date, stores: Stores = None) -> Attention:
        """What needs a hand, the largest amount first."""
        return self._told(attention.attention, last, stores)

    def anomalies(self, last: date, stores: Stores = None) -> tuple[Anomaly, ...]:
        """Stores that sold far more or less than expected on one day; explained ones take no other's place."""
        words = unusual.standing(self._book)
        return anomalies.find(self._book, last, stores, spared=lambda one: unusual.covering(words, one) is not None)

    def benchmarks(self) -> tuple[Benchmark, ...]:
        """What sources say of the industry, as people entered it."""
        return self._told(benchmarks.standing)

    def unusual_words(self) -> tuple[UnusualWord, ...]:
        """What a person said of unusual days, the newest day first."""
        return self._told(unusual.standing)
