"""Days on which a store sold far more or less than it should have, few enough to look at."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING

import polars as pl

from chainbrain import day_lines
from chainbrain.analytics.completeness import store_names
from chainbrain.analytics.periods import ending
from chainbrain.money import half_up

if TYPE_CHECKING:
    from chainbrain.database.book import Book, Row

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
    spared: Callable[[Anomaly], bool] = lambda _one: False,
) -> tuple[Anomaly, ...]:
    """The alarms of one day, the largest deviation first.

    Expected is the middle of the last eight comparable days of the same weekday, times the store's recent trend. Alarms
    that are ``spared`` are found as well but take no place among the ``limits.most`` of the day.
    """
    limits = limits or limits_of(book)
    judged = book.told((_judged, last), lambda: _judged(book, last))
    chosen = None if stores is None else frozenset(stores)
    candidates = [one for one in judged if chosen is None or one[0].store_id in chosen]
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


def _judged(book: Book, last: date) -> tuple[tuple[Anomaly, Decimal], ...]:
    """Every store that can be judged on the day, with what it sold in its last 28 days: what it is measured by is its
    own past, whichever other stores are looked at."""
    period = ending(last, WINDOW)
    flat = day_lines.frame(book, "analytics/residuals", period.first, period.after, None, by_store=True)
    rows = (
        flat.group_by("line", maintain_order=True)
        .agg(
            pl.last("day", "cents", "amount", "middle"),
            pl.col("cents").drop_nulls().alias("all_cents"),
            pl.col("amount").tail(_MONTH).sum().alias("month"),
        )
        .filter(pl.col("day") == last, pl.col("cents").is_not_null())
        .select("line", "amount", "middle", "all_cents", "month")
        .rows()
    )
    names = store_names(book)
    found = ((_judge(row, names, last), row[-1]) for row in rows)
    return tuple((anomaly, month) for anomaly, month in found if anomaly is not None)


def _by_size(alarm: Anomaly) -> tuple[Decimal, str]:
    return -abs(alarm.off), alarm.store_id


def _judge(row: Row, names: Mapping[str, str], last: date) -> Anomaly | None:
    store, actual, expected, cents, _ = row
    if len(cents) < _FEWEST:
        return None
    # In cents: the score is a ratio.
    z = robust_z([Decimal(one) for one in cents], Decimal(cents[-1]))
    if z is None:
        return None
    run = 0
    while run < len(cents) and cents[-1 - run] * cents[-1] > 0:
        run += 1
    together = Decimal(sum(cents[len(cents) - run :])).scaleb(-2)
    return Anomaly(store, names.get(store, store), last, actual, expected, z, run, together)


def _controlled(anomalies: Sequence[Anomaly], false_share: float) -> frozenset[Anomaly]:
    # Benjamini–Hochberg: of the alarms raised over all stores, at most this share should be chance.
    ranked = sorted(anomalies, key=lambda a: (-abs(a.z), a.store_id))
    kept = 0
    for place, anomaly in enumerate(ranked, start=1):
        if math.erfc(abs(float(anomaly.z)) / math.sqrt(2)) <= false_share * place / len(ranked):
            kept = place
    return frozenset(ranked[:kept])
