"""Days on which a store sold far more or less than it should have, few enough to look at."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

from chainbrain.analytics import trend
from chainbrain.analytics.overview import ZERO
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book

WINDOW = 56  # days of residuals that say what is usual
_MONTH = 28  # days that say how large the store is
_FEWEST = 14  # below this many comparable days nothing is said


@dataclass(frozen=True)
class Limits:
    """When a day is worth an alarm.

    Attributes:
        z: smallest robust z-score, either way.
        share: smallest deviation as a share of the store's last 28 days.
        yuan: smallest deviation in yuan.
        most: most alarms a day, the largest deviations first.
        false_share: accepted share of false alarms over all stores (Benjamini–Hochberg).
    """

    z: Decimal = Decimal("3.5")
    share: Decimal = Decimal("0.02")
    yuan: Decimal = Decimal(300)
    most: int = 5
    false_share: float = 0.10


@dataclass(frozen=True)
class Anomaly:
    """One store on one day: yuan sold, yuan expected, and since when it runs on the same side.

    ``run_amount`` adds up what the ``run_days`` last days together lie off (negative: sold too little).
    """

    store_id: str
    name: str
    day: date
    actual: Decimal
    expected: Decimal
    z: Decimal
    run_days: int
    run_amount: Decimal

    @property
    def off(self) -> Decimal:
        """Yuan sold beyond (+) or short of (−) what was expected on the day."""
        return self.actual - self.expected


def robust_z(values: Sequence[Decimal], x: Decimal) -> Decimal | None:
    """How many robust standard deviations ``x`` lies from the median of ``values``, to two places.

    The median absolute deviation is the ruler; where more than half of the values are equal it is zero, and the mean
    absolute deviation × 1.2533 takes its place. Nothing when all values are equal.
    """
    if not values:
        return None
    middle = median(values)
    distances = [abs(value - middle) for value in values]
    spread = median(distances)
    if spread:
        return half_up(Decimal("0.6745") * (x - middle) / spread)
    mean = sum(distances, Decimal(0)) / len(distances)
    return half_up((x - middle) / (mean * Decimal("1.2533"))) if mean else None


def limits_of(book: Book) -> Limits:
    """The limits as the book's newest rules ``analytics.anomaly.<name>`` say them; ours where there is no rule."""
    edited: dict[str, str] = dict(book.rows("rules/newest", prefix="analytics.anomaly."))
    ours = Limits()
    return Limits(
        z=Decimal(edited.get("z", ours.z)),
        share=Decimal(edited.get("share", ours.share)),
        yuan=Decimal(edited.get("yuan", ours.yuan)),
        most=int(edited.get("most", ours.most)),
        false_share=float(edited.get("false_share", ours.false_share)),
    )


def find(
    book: Book,
    last: date,
    stores: Sequence[str] | None = None,
    limits: Limits | None = None,
    *,
    series: Sequence[trend.StoreSeries] | None = None,
    spared: Callable[[Anomaly], bool] = lambda _one: False,
) -> tuple[Anomaly, ...]:
    """The alarms of one day, the largest deviation first.

    Expected is the middle of the last eight comparable days of the same weekday, times the store's recent trend. Alarms
    that are ``spared`` are found as well but take no place among the ``limits.most`` of the day. ``series`` are the
    stores' last ``WINDOW`` days, where the caller has read them already.
    """
    limits = limits or limits_of(book)
    candidates = []
    for one in series if series is not None else trend.by_store(book, last, WINDOW, stores):
        found = _judge(one)
        if found is not None:
            candidates.append((found, _month(one)))
    significant = _controlled([anomaly for anomaly, _ in candidates], limits.false_share)
    alarms = [
        anomaly
        for anomaly, month in candidates
        if anomaly in significant
        and abs(anomaly.z) >= limits.z
        and abs(anomaly.off) >= max(limits.yuan, limits.share * month)
    ]
    counted = [alarm for alarm in alarms if not spared(alarm)]
    kept = {id(alarm) for alarm in sorted(counted, key=_by_size)[: limits.most]}
    return tuple(sorted((one for one in alarms if id(one) in kept or spared(one)), key=_by_size))


def _by_size(alarm: Anomaly) -> tuple[Decimal, str]:
    return -abs(alarm.off), alarm.store_id


def _judge(series: trend.StoreSeries) -> Anomaly | None:
    residuals: list[tuple[date, Decimal, Decimal, Decimal]] = []
    for day in series.days:
        if day.amount is None or not day.complete or day.expected is None or not day.expected.middle:
            continue
        expected = day.expected.middle
        residuals.append((day.day, day.amount, expected, day.amount - expected))
    if len(residuals) < _FEWEST or residuals[-1][0] != series.days[-1].day:
        return None
    day_, actual, expected, off = residuals[-1]
    z = robust_z([residual for *_, residual in residuals], off)
    if z is None:
        return None
    run = 0
    while run < len(residuals) and residuals[-1 - run][3] * off > 0:
        run += 1
    together = sum((residual for *_, residual in residuals[len(residuals) - run :]), ZERO)
    return Anomaly(series.store_id, series.name, day_, actual, expected, z, run, together)


def _month(series: trend.StoreSeries) -> Decimal:
    return sum((day.amount or ZERO for day in series.days[-_MONTH:]), ZERO)


def _controlled(anomalies: Sequence[Anomaly], false_share: float) -> frozenset[Anomaly]:
    # Benjamini–Hochberg: of the alarms raised over all stores, at most this share should be chance.
    ranked = sorted(anomalies, key=lambda a: (-abs(a.z), a.store_id))
    kept = 0
    for place, anomaly in enumerate(ranked, start=1):
        if math.erfc(abs(float(anomaly.z)) / math.sqrt(2)) <= false_share * place / len(ranked):
            kept = place
    return frozenset(ranked[:kept])
