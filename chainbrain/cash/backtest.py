"""How well the receipts would have been foreseen: the forecast repeated at origins of the past, and what then came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from chainbrain.calendar import Calendar
from chainbrain.cash import sales_panel
from chainbrain.cash.forecast import engine, past
from chainbrain.cash.forecast.features import HISTORY
from chainbrain.cash.forecast.levels import Grain, added, ranged
from chainbrain.cash.measures import Measure, measure
from chainbrain.cash.sales_panel import SalesPanel, store_of
from chainbrain.errors import UserError
from chainbrain.progress import Report, silent

if TYPE_CHECKING:
    from chainbrain.database.book import Book

Floats = npt.NDArray[np.float64]

HORIZON: Final = 28
LONGEST: Final = 8
"""The most origins that are tried, as many as a claim of 95 % needs."""
_WEEK: Final = 7
_TEN: Final = 10
# First and last day ahead of each row that is told, by what is added up.
_BANDS: Final = {
    Grain.DAY: ((1, 7), (8, 14), (15, 28)),
    Grain.WEEK: ((1, 7), (8, 14), (15, 28)),
    Grain.CUMULATIVE: ((28, 28),),
}


@dataclass(frozen=True)
class Backtest:
    """The forecast as it would have been.

    Attributes:
        origins: the last known days from which it was repeated, the newest first; four weeks apart.
        fallbacks: how often the blend was not better than the simple method ``fallback``, which then answered.
        by_past: stores that are answered by the range of their past today.
        filled_days: store-days without a till file, for which the same weekday stands in.
        left_out: store-days after the origins that are not counted: their till file is missing, or their closure was
            told afterwards.
        no_history: stores that open after the last day: there is nothing of theirs to measure.
    """

    origins: tuple[date, ...]
    measures: tuple[Measure, ...]
    fallbacks: int
    fallback: str | None
    by_past: tuple[str, ...]
    filled_days: int
    left_out: int = 0
    no_history: tuple[str, ...] = ()

    @property
    def tried(self) -> str:
        """The code of the sentence on its days: of a single one chance weighs much."""
        return "forecast.tried" if len(self.origins) > 1 else "forecast.tried_once"


@dataclass(frozen=True)
class _Tried:
    found: engine.Forecast
    left_out: npt.NDArray[np.bool_]
    came: Floats
    naive: Floats
    median: Floats


def backtest(book: Book, calendar: Calendar, report: Report = silent) -> Backtest:
    """Repeat the forecast at up to ``LONGEST`` origins; at each of them nothing later is looked at.

    Raises:
        UserError: ``forecast.no_sales``, or ``forecast.too_short`` for fewer than twelve weeks of sales.
    """
    sold = sales_panel.read(book, HORIZON)
    columns = _origins(sold.first, sold.last)
    tried = []
    for number, column in enumerate(columns):

        def told(done: int, total: int, label: str, before: int = number) -> None:
            report(before * total + done, len(columns) * total, label)

        tried.append(_at(sold, column, calendar, told))
    measures = tuple(one for level, groups in _groups(sold) for one in _of_level(level, groups, tried))
    fallen = [each.found.weights.fallback for each in tried if each.found.weights.fallback]
    return Backtest(
        tuple(each.found.origin for each in tried), measures, len(fallen), fallen[0] if fallen else None,
        _by_past(sold), sold.filled_days, sum(_store_days(sold, each.left_out) for each in tried),
        _to_open(sold),
    )  # fmt: skip


def check(book: Book) -> None:
    """Refuse what ``backtest`` would refuse, without measuring.

    Raises:
        UserError: ``forecast.no_sales`` or ``forecast.too_short``.
    """
    first, last = book.rows("cash/sales_span")[0]
    if first is None:
        raise UserError("forecast.no_sales")
    _origins(first, last)


def _origins(first: date, last: date) -> list[int]:
    """The last known columns of the panel from which the forecast is repeated, the newest first."""
    width = (last - first).days + 1
    columns = [width - 1 - HORIZON * (number + 1) for number in range(LONGEST)]
    columns = [column for column in columns if column >= HISTORY - 1]
    if not columns:
        raise UserError("forecast.too_short", first=first, last=last, weeks=(HISTORY + HORIZON) // _WEEK)
    return columns


def _at(sold: SalesPanel, column: int, calendar: Calendar, report: Report) -> _Tried:
    panel = sold.then(column, HORIZON)
    origin = sold.first + timedelta(days=column)
    found = engine.forecast(panel, origin, HORIZON, calendar, report)
    targets = np.arange(column + 1, column + 1 + HORIZON)
    weeks = panel.values[:, -HISTORY:].reshape(len(panel.ids), -1, _WEEK)
    shut, left_out = panel.shut(targets), sold.untold(panel, targets)
    naive, median = (
        np.where(shut | left_out, 0.0, np.tile(one, HORIZON // _WEEK))
        for one in (weeks[:, -1], np.median(weeks, axis=1))
    )
    counted = replace(
        found, mean=np.where(left_out, 0.0, found.mean), quantiles=np.where(left_out[None], 0.0, found.quantiles)
    )
    return _Tried(counted, left_out, np.where(left_out, 0.0, sold.receipts[:, targets]), naive, median)


def _store_days(sold: SalesPanel, left_out: npt.NDArray[np.bool_]) -> int:
    return len({(sold.pairs[line][0], int(day)) for line, day in np.argwhere(left_out)})


def _groups(sold: SalesPanel) -> Iterator[tuple[str, Floats]]:
    """The sums of each level that is told, as sums × series."""
    stores = [store for store, _ in sold.pairs]
    names = sorted(set(stores))
    yield "store", _sums(stores, names)
    if len(names) >= 2 * _TEN:
        tens = {name: number // _TEN for number, name in enumerate(names[: len(names) // _TEN * _TEN])}
        yield "ten", _sums([tens.get(store, -1) for store in stores], sorted(set(tens.values())))
    regions = [store_of(sold.stores, store).region or "" for store in stores]
    if len(set(regions)) > 1:
        yield "region", _sums(regions, sorted(set(regions)))
    yield "chain", np.ones((1, len(stores)))


def _sums(keys: list[str] | list[int], names: list[str] | list[int]) -> Floats:
    return np.array([[float(key == name) for key in keys] for name in names])


def _of_level(level: str, groups: Floats, tried: list[_Tried]) -> Iterator[Measure]:
    for grain, bands in _BANDS.items():
        if (level == "ten" and grain is Grain.DAY) or (level == "store" and grain is Grain.CUMULATIVE):
            continue
        ends = [ranged(groups, each.found, grain).quantiles for each in tried]
        for first, last in bands:
            steps = slice((first - 1) // _WEEK, last // _WEEK) if grain is Grain.WEEK else slice(first - 1, last)
            yield measure(level, grain, (first, last), [_compared(groups, each, grain, steps) for each in tried],
                           [one[:, :, steps] for one in ends])  # fmt: skip


def _compared(groups: Floats, each: _Tried, grain: Grain, steps: slice) -> Floats:
    """What came, what was said, and what the simple methods would have said, along the first axis."""
    tables = (each.came, each.found.mean, each.naive, each.median)
    return np.stack([added(groups @ table, grain)[:, steps] for table in tables])


def _to_open(sold: SalesPanel) -> tuple[str, ...]:
    sells = {store for store, _ in sold.pairs}
    unsold = ((key, one.opened_on) for key, one in sold.stores.items() if key not in sells)
    return tuple(key for key, opens_on in unsold if opens_on is not None and opens_on > sold.last)


def _by_past(sold: SalesPanel) -> tuple[str, ...]:
    """The stores without any channel that sells often and long enough for a model."""
    values = sold.panel.values
    recent = values[:, -HISTORY:] > 0
    shut = sold.panel.shut(np.arange(values.shape[1]))[:, -HISTORY:]
    begins = np.where((values > 0).any(axis=1), (values > 0).argmax(axis=1), values.shape[1])
    often = past.often(recent, shut) & (begins <= values.shape[1] - HISTORY)
    modelled = {store for (store, _), one in zip(sold.pairs, often, strict=True) if one}
    return tuple(sorted({store for store, _ in sold.pairs} - modelled))
