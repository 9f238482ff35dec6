"""Own stores most like a site, what they sell, and how wrong this way of predicting was on each own store left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import numpy as np

from chainbrain.expansion.areas.features import KINDS, NUMBERS, Features
from chainbrain.expansion.areas.geometry import Numbers
from chainbrain.expansion.areas.likeness import Table
from chainbrain.money import half_up

NEAREST: Final = 3
LEAST_FOR_REGRESSION: Final = 8
LEAST_STORES: Final = 2
# How strongly the regression is held to the average: with few stores it must not run after single ones.
_RIDGE: Final = 1.0
# Two stores that agree in everything are still not one.
_FLOOR: Final = 0.25


@dataclass(frozen=True)
class Known:
    """A mature own store: its features and its net sales of a month, yuan."""

    store_id: str
    name: str
    features: Features
    sales: Decimal


@dataclass(frozen=True)
class Analogue:
    """One own store beside the site; ``distance`` in standard deviations, ``shared`` features could be compared."""

    store_id: str
    name: str
    distance: float
    shared: int
    sales: Decimal


@dataclass(frozen=True)
class Method:
    """One way to predict.

    Attributes:
        name: ``analogues``, ``regression`` or ``median`` (of all own stores, the yardstick).
        predicted: sales of a month, yuan.
        error: mean absolute error over the average store, each store predicted without itself; None with too few.
        low: the prediction at the P10 of these errors, yuan; None below eight stores.
        high: at the P90.
    """

    name: str
    predicted: Decimal
    error: float | None
    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Analogues:
    """The answer.

    Attributes:
        stores: how many mature own stores could be compared.
        ranked: all of them, the most alike first.
        methods: median and analogues; regression only from eight stores on, and only where no feature is ``beyond``.
        used: features that the site and own stores have.
        missing: features that nothing is known of.
        beyond: numbers of the site outside of what own stores have: a regression would invent what happens there.
    """

    stores: int
    ranked: tuple[Analogue, ...]
    methods: tuple[Method, ...]
    used: tuple[str, ...]
    missing: tuple[str, ...]
    beyond: tuple[str, ...]

    @property
    def best(self) -> Method | None:
        """The way with the smallest error on own stores; of equals the simpler."""
        tried = [one for one in self.methods if one.error is not None]
        return min(tried, key=lambda one: one.error or 0.0) if tried else (self.methods[-1] if self.methods else None)


def compare(site: Features, stores: Sequence[Known]) -> Analogues:
    """Rank own stores by likeness to a site and predict its sales from them."""
    sales = np.array([float(one.sales) for one in stores], dtype=np.float64)
    table = Table.of([one.features for one in stores])
    used = [name for name, there in zip((*NUMBERS, *KINDS), table.usable(site), strict=True) if there]
    missing = tuple(name for name in (*NUMBERS, *KINDS) if name not in used)
    if not len(stores):
        return Analogues(0, (), (), (), missing, ())
    distance, shared = table.distances(site)
    order = sorted(range(len(stores)), key=lambda one: (distance[one], stores[one].store_id))
    ranked = tuple(
        Analogue(stores[one].store_id, stores[one].name, float(distance[one]), int(shared[one]), stores[one].sales)
        for one in order
    )
    beyond = table.beyond(site)
    ways: list[tuple[str, Callable[[Table, Features, Numbers], float]]] = [("median", by_median)]
    if used and len(stores) >= LEAST_STORES:
        ways.append(("analogues", by_likeness))
        if len(stores) >= LEAST_FOR_REGRESSION and not beyond:
            ways.append(("regression", by_regression))
    methods = tuple(_method(named, table, site, sales, [one.features for one in stores]) for named in ways)
    return Analogues(len(stores), ranked, methods, tuple(used), missing, beyond)


def by_median(_table: Table, _site: Features, sales: Numbers) -> float:
    """The middle of all stores, whatever they are like: the yardstick."""
    return float(np.median(sales))


def by_likeness(table: Table, site: Features, sales: Numbers) -> float:
    """The three most alike, the more alike the heavier."""
    distance, _ = table.distances(site)
    order = np.argsort(distance, kind="stable")[:NEAREST]
    order = order[np.isfinite(distance[order])]
    if not len(order):
        return float(np.median(sales))
    return float(np.average(sales[order], weights=1 / (distance[order] + _FLOOR)))


def by_regression(table: Table, site: Features, sales: Numbers) -> float:
    """Ridge regression on standardised numbers and kinds; what is not known counts as average."""
    rows, at = _design(table, site)
    if not rows.shape[1]:
        return float(np.median(sales))
    centre = rows.mean(axis=0)
    level = float(sales.mean())
    plain = rows - centre
    slopes = np.linalg.solve(plain.T @ plain + _RIDGE * np.eye(rows.shape[1]), plain.T @ (sales - level))
    return max(level + float((at - centre) @ slopes), 0.0)


def _design(table: Table, site: Features) -> tuple[Numbers, Numbers]:
    usable = table.usable(site)
    mean, deviation = table.spread()
    columns: list[Numbers] = []
    at: list[float] = []
    for n, value in enumerate(site.numbers):
        if usable[n] and value is not None:
            column = (table.numbers[:, n] - mean[n]) / deviation[n]
            columns.append(np.where(np.isnan(column), 0.0, column))
            at.append((value - float(mean[n])) / float(deviation[n]))
    for n, kind in enumerate(site.kinds):
        # Only whether a store is of the site's own kind: a column for every city would fit every store.
        if usable[len(NUMBERS) + n]:
            columns.append(np.array([float(one[n] == kind) for one in table.kinds]))
            at.append(1.0)
    stacked = np.column_stack(columns) if columns else np.zeros((len(table.kinds), 0))
    return stacked, np.array(at, dtype=np.float64)


def _method(
    named: tuple[str, Callable[[Table, Features, Numbers], float]],
    table: Table,
    site: Features,
    sales: Numbers,
    features: Sequence[Features],
) -> Method:
    name, way = named
    predicted = way(table, site, sales)
    if len(sales) <= LEAST_STORES:
        return Method(name, half_up(Decimal(repr(predicted))), None, None, None)
    out = np.array([way(table.without(n), one, np.delete(sales, n)) for n, one in enumerate(features)])
    error = float(np.abs(sales - out).sum() / np.abs(sales).sum())
    low = high = None
    if len(sales) >= LEAST_FOR_REGRESSION:
        off = np.quantile(sales / np.maximum(out, 1.0), (0.1, 0.9))
        low, high = (half_up(Decimal(repr(predicted * float(each)))) for each in off)
    return Method(name, half_up(Decimal(repr(predicted))), error, low, high)
