"""The forecast of receipts of one book: by store, channel, region and chain, from its own daily sales."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.calendar import Calendar
from chainbrain.cash import holidays_ahead, new_stores, sales_panel
from chainbrain.cash.forecast import engine
from chainbrain.cash.forecast.accuracy import Accuracy, accuracies
from chainbrain.cash.forecast.festivals import SpringReach, first_spring_assumed
from chainbrain.cash.forecast.levels import Grain, Ranged, ranged
from chainbrain.cash.holidays_ahead import NOTHING, Unannounced
from chainbrain.cash.new_money import owners_of
from chainbrain.cash.new_stores import NewStores, Start
from chainbrain.cash.receipts_keys import BETWEEN, LEVELS, PAIR, is_of, own_keys, sums_of
from chainbrain.cash.sales_panel import StoreFacts, store_of
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_CENT: Final = Decimal("0.01")
_WEEK: Final = 7


@dataclass(frozen=True)
class Estimate:
    """One estimate in yuan: eight of ten should lie from ``p10`` to ``p90``, 95 of 100 from ``p2_5`` to ``p97_5``."""

    first: date
    last: date
    mean: Decimal
    p2_5: Decimal
    p10: Decimal
    p50: Decimal
    p90: Decimal
    p97_5: Decimal


@dataclass(frozen=True)
class Line:
    """The estimates of one store, channel, region, entity or of the chain; all are estimates, none is a fact."""

    level: str
    key: str
    name: str
    days: tuple[Estimate, ...]
    weeks: tuple[Estimate, ...]
    cumulative: tuple[Estimate, ...]

    @property
    def total(self) -> Estimate:
        """Everything up to the horizon."""
        return self.cumulative[-1]


@dataclass(frozen=True)
class LevelAccuracy:
    """What was measured for one level; see ``Accuracy``."""

    level: str
    measured: Accuracy


@dataclass(frozen=True)
class ReceiptsForecast:
    """The receipts to come.

    Attributes:
        origin: the last day with sales in the book.
        fallback: the simple method that is used because the blend did not beat it; nothing otherwise.
        by_past: stores too young or too rarely open for a model, answered by the range of their past.
        starts: stores that open within the horizon or did lately, answered by the chain's own openings: an assumption.
        idle: stores that sold nothing for days though no closure is known, answered by how others came back.
        unknown: stores that open within the horizon, with too few openings before them; no figure is made up for them.
        filled_days: store-days without a till file, for which the same weekday stood in.
        spring: the days around a Spring Festival while the book has not seen one: what it does to trade is then
            assumed, not measured.
        untaught: whether a promotion is planned while none of the past is known: what it does is not in the figures.
        unannounced: holidays among the days that are projected.
    """

    origin: date
    horizon: int
    lines: tuple[Line, ...]
    accuracy: tuple[LevelAccuracy, ...]
    fallback: str | None
    by_past: tuple[str, ...]
    unknown: tuple[str, ...]
    filled_days: int
    spring: SpringReach | None
    untaught: bool
    starts: tuple[Start, ...] = ()
    idle: tuple[str, ...] = ()
    unannounced: Unannounced = NOTHING

    def line(self, level: str, key: str = "") -> Line:
        """The line of one store, channel, region, entity, or of the chain."""
        return next(one for one in self.lines if one.level == level and one.key == key)


@dataclass(frozen=True)
class Reckoned:
    """What was worked out for every store and sales channel, before it is told by levels.

    Attributes:
        pairs: store and channel of each series.
        values: receipts of the past, series × days from ``first`` to ``last``.
        found: estimates, and the errors of earlier origins; those of new stores stand in ``new``.
        filled_days: store-days without a till file, for which the same weekday stood in.
        spring: see ``ReceiptsForecast``; ``untaught`` and ``unannounced`` likewise.
        owners: the legal entities whose accounts each store has.
        unknown: the days of the past of which no till file says what was taken, series × days; a guess stands there.
    """

    pairs: tuple[tuple[str, str], ...]
    stores: dict[str, StoreFacts]
    first: date
    last: date
    values: npt.NDArray[np.float64]
    found: engine.Forecast
    filled_days: int
    spring: SpringReach | None
    untaught: bool
    new: NewStores
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)
    unknown: npt.NDArray[np.bool_] | None = None
    unannounced: Unannounced = NOTHING


def forecast(
    book: Book, calendar: Calendar, horizon: int, report: Report = silent, *, pairs: bool = False
) -> ReceiptsForecast:
    """Forecast the receipts after the last day with sales; ``pairs``: every store by sales channel, too.

    Raises:
        UserError: ``forecast.no_sales`` or ``forecast.horizon``.
    """
    return told(reckoned(book, calendar, horizon, report), horizon, (PAIR, *LEVELS) if pairs else LEVELS)


def reckoned(book: Book, calendar: Calendar, horizon: int, report: Report = silent) -> Reckoned:
    """Work out the receipts of every store and sales channel after the last day with sales.

    Raises:
        UserError: ``forecast.no_sales`` or ``forecast.horizon``.
    """
    sold = sales_panel.read(book, horizon)
    found = engine.forecast(sold.panel, sold.last, horizon, calendar, report)
    new = new_stores.foreseen(book, sold, found)
    found = new_stores.taken_out(found, sold.pairs, new)
    assumed = first_spring_assumed(calendar, sold.first, sold.last, horizon)
    return Reckoned(
        sold.pairs, sold.stores, sold.first, sold.last, sold.panel.values, found, sold.filled_days, assumed,
        sold.untaught, new, owners_of(book.rows("cash/store_owners")), sold.guessed,
        holidays_ahead.among(calendar, sold.last + _days(1), sold.last + _days(horizon)),
    )  # fmt: skip


def told(one: Reckoned, horizon: int, levels: Sequence[str] = LEVELS, entity: str | None = None) -> ReceiptsForecast:
    """The estimates by store, channel, region, entity and chain, with what was measured of each.

    With an ``entity`` only what is its own, and so is what was measured; see ``receipts_keys``.
    """
    pairs, found = list(one.pairs), one.found
    modelled = {pair[0] for pair, way in zip(pairs, found.methods, strict=True) if way is engine.Method.MODEL}
    sold = {pair[0] for pair in pairs} - {start.store for start in one.new.told}
    lines, accuracy = _levels(one, horizon, levels, entity)
    idle = sold - {pair[0] for pair, one_idle in zip(pairs, found.idle, strict=True) if not one_idle}
    by_past = sold - modelled - idle
    opening = {*one.new.without, *(start.store for start in one.new.told)}
    ours = {store for store in {*sold, *opening} if is_of(one, "store", store, entity)}
    return ReceiptsForecast(
        one.last, horizon, lines, accuracy, found.weights.fallback, tuple(sorted(by_past.intersection(ours))),
        tuple(store for store in one.new.without if store in ours), _filled_days(one, entity), one.spring,
        one.untaught, tuple(start for start in one.new.told if start.store in ours),
        tuple(sorted(idle.intersection(ours))), one.unannounced,
    )  # fmt: skip


def _filled_days(one: Reckoned, entity: str | None) -> int:
    """The store-days without a till file, of one entity or of all."""
    if entity is None or one.unknown is None:
        return one.filled_days
    days = {(one.pairs[row][0], int(day)) for row, day in np.argwhere(one.unknown)}
    return sum(is_of(one, "store", store, entity) for store, _ in days)


def _levels(
    one: Reckoned, horizon: int, levels: Sequence[str], entity: str | None
) -> tuple[tuple[Line, ...], tuple[LevelAccuracy, ...]]:
    """Every level is a sum of the same rounded series, so that all of them agree to the cent."""
    found = replace(one.found, mean=np.round(one.found.mean, 2))
    keys, more = (own_keys(pairs, one, entity) for pairs in (one.pairs, one.new.pairs))
    lines: list[Line] = []
    accuracy: list[LevelAccuracy] = []
    for level in levels:
        names = sorted({name for name in (*keys[level], *more[level]) if name is not None})
        groups, added = (sums_of(names, each[level]) for each in (keys, more))
        parts = {grain: one.new.with_new(ranged(groups, found, grain), added, grain) for grain in Grain}
        ours = [i for i, name in enumerate(names) if is_of(one, level, name, entity)]
        for i in ours:
            told = (_told(parts[grain], i, grain, found.origin, horizon) for grain in Grain)
            lines.append(Line(level, names[i], _spoken(one, level, names[i]), *told))
        measured = accuracies(groups[ours], found.validation, horizon) if ours else []
        accuracy += [LevelAccuracy(level, each) for each in measured]
    return tuple(lines), tuple(accuracy)


def _spoken(one: Reckoned, level: str, key: str) -> str:
    store, between, channel = key.partition(BETWEEN) if level == PAIR else (key, "", "")
    return store_of(one.stores, store).name + between + channel if level in {PAIR, "store"} else key


def _told(part: Ranged, row: int, grain: Grain, origin: date, horizon: int) -> tuple[Estimate, ...]:
    found = []
    for step in range(part.mean.shape[1]):
        last = min((step + 1) * _WEEK, horizon) if grain is Grain.WEEK else step + 1
        first = {Grain.DAY: step + 1, Grain.WEEK: step * _WEEK + 1, Grain.CUMULATIVE: 1}[grain]
        figures = [_yuan(float(figure)) for figure in (part.mean[row, step], *part.quantiles[:, row, step])]
        found.append(Estimate(origin + _days(first), origin + _days(last), *figures))
    return tuple(found)


def _yuan(figure: float) -> Decimal:
    return Decimal(repr(figure)).quantize(_CENT)


def _days(count: int) -> timedelta:
    return timedelta(days=count)
