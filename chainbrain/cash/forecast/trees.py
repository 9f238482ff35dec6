"""Gradient-boosted trees on histograms, small enough to ship and the same to the last bit on every computer.

The method is that of Friedman, "Greedy Function Approximation" (2001), on binned columns as in Ke et al., "LightGBM"
(2017). LightGBM itself would bring SciPy (140 MB installed) and, on a Mac, an OpenMP library that has to be installed
by hand; on the tables of this room it took as long, and its error was two parts in a hundred smaller.

Gradients are whole numbers, and gradient and count share one float of 53 bits: the sums of a histogram are exact, so
neither their order nor the processor's instructions can change a split.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bins = npt.NDArray[np.uint8]

_BINS: Final = 64
_COUNT_BITS: Final = 21
_GRADIENT: Final = 2000
"""The largest gradient as a whole number."""
_CUT: Final = 0.7
_CUT_TO_MEDIAN: Final = 0.5


@dataclass(frozen=True)
class Shape:
    """How large a forest grows."""

    trees: int = 120
    depth: int = 5
    rate: float = 0.08
    least: int = 40
    """Rows that a leaf needs."""
    columns: float = 0.4
    rows: float = 0.5
    ridge: float = 20.0
    median: bool = False
    """Whether a leaf says the median of its rows: least in absolute error, but unsteady where rows are few."""


@dataclass(frozen=True)
class Forest:
    """Fitted trees; ``predict`` adds up their leaves."""

    edges: tuple[Floats, ...]
    columns: tuple[Ints, ...]
    cuts: tuple[Ints, ...]
    leaves: tuple[Floats, ...]

    def predict(self, table: Floats) -> Floats:
        """One figure per row of the table."""
        binned = _binned(table, self.edges)
        total = np.zeros(len(table))
        for columns, cuts, leaves in zip(self.columns, self.cuts, self.leaves, strict=True):
            total += leaves[_walk(binned, columns, cuts)]
        return total


def fit(
    table: Floats, wanted: Floats, seed: int, shape: Shape | None = None, told: Callable[[int], None] = lambda _: None
) -> Forest:
    """Learn ``wanted`` from the columns of ``table``, where NaN means unknown; far errors pull no harder than near.

    ``told`` hears the number of every tree and may raise.
    """
    shape = shape or Shape()
    draw = np.random.Generator(np.random.PCG64(seed))
    edges = tuple(_edges(column) for column in table.T)
    binned = _binned(table, edges)
    wide = binned.astype(np.int64)
    count = len(table)
    current = np.zeros(count)
    found: list[tuple[Ints, Ints, Floats]] = []
    for number in range(shape.trees):
        told(number)
        chosen = np.sort(draw.choice(wide.shape[0], max(int(wide.shape[0] * shape.columns), 1), replace=False))
        bag = np.flatnonzero(draw.random(count) < shape.rows) if shape.rows < 1 else np.arange(count)
        rest = wanted[bag] - current[bag]
        # The largest errors are cut to the size of a middling one: close to least absolute error, yet smooth.
        bound = float(np.quantile(np.abs(rest), _CUT_TO_MEDIAN if shape.median else _CUT)) or 1.0
        whole = np.rint(np.clip(rest, -bound, bound) * (_GRADIENT / bound)).astype(np.int64)
        columns, cuts, sums, sizes, leaf = _grow(wide, chosen, bag, whole, shape)
        if shape.median:
            leaves = shape.rate * _medians(rest, leaf, len(sizes)) * sizes / (sizes + shape.ridge)
        else:
            leaves = shape.rate * sums * (bound / _GRADIENT) / (sizes + shape.ridge)
        current += leaves[_walk(binned, columns, cuts)]
        found.append((columns, cuts, leaves))
    return Forest(edges, *(tuple(part[i] for part in found) for i in range(3)))  # type: ignore[arg-type]


def _grow(wide: Ints, chosen: Ints, bag: Ints, whole: Ints, shape: Shape) -> tuple[Ints, Ints, Floats, Floats, Ints]:
    """One tree, level by level, and the leaf of each row of the bag; a node without a useful cut sends all left."""
    packed = (whole * (1 << _COUNT_BITS) + 1).astype(np.float64)
    rows = wide[np.ix_(chosen, bag)]
    node = np.zeros(len(bag), dtype=np.int64)
    columns = np.zeros((1 << shape.depth) - 1, dtype=np.int64)
    cuts = np.full((1 << shape.depth) - 1, _BINS, dtype=np.int64)
    for level in range(shape.depth):
        nodes = 1 << level
        shifted = node * _BINS
        sums = np.empty((len(chosen), nodes, _BINS))
        sizes = np.empty_like(sums)
        for i in range(len(chosen)):
            total = np.bincount(shifted + rows[i], weights=packed, minlength=nodes * _BINS).reshape(nodes, _BINS)
            sums[i], sizes[i] = _unpacked(total)
        sums, sizes = sums.cumsum(axis=2), sizes.cumsum(axis=2)
        all_sum, all_size = sums[:, :, -1:], sizes[:, :, -1:]
        right, behind = all_sum - sums, all_size - sizes
        gain = (
            sums**2 / (sizes + shape.ridge) + right**2 / (behind + shape.ridge) - all_sum**2 / (all_size + shape.ridge)
        )
        gain[(sizes < shape.least) | (behind < shape.least)] = 0.0
        flat = gain.transpose(1, 0, 2).reshape(nodes, -1)
        best = flat.argmax(axis=1)
        useful = flat[np.arange(nodes), best] > 0
        at = nodes - 1 + np.arange(nodes)
        own = np.where(useful, best // _BINS, 0)
        columns[at] = chosen[own]
        cuts[at] = np.where(useful, best % _BINS, _BINS)
        node = 2 * node + (rows[own[node], np.arange(len(bag))] > cuts[at][node])
    total = np.bincount(node, weights=packed, minlength=1 << shape.depth)
    return columns, cuts, *_unpacked(total), node


def _medians(rest: Floats, leaf: Ints, leaves: int) -> Floats:
    """The median of what is in each leaf."""
    ordered = np.append(rest[np.lexsort((rest, leaf))], 0.0)
    sizes = np.bincount(leaf, minlength=leaves)
    ends = np.cumsum(sizes)
    # Of an empty leaf whatever stands there: its size is 0.
    first, second = np.maximum(ends - sizes + ends - 1, 0) // 2, (ends - sizes + ends) // 2
    middle: Floats = (ordered[first] + ordered[second]) / 2
    return middle


def _unpacked(total: npt.NDArray[np.number]) -> tuple[Floats, Floats]:
    whole = total.astype(np.int64)
    sizes = whole & ((1 << _COUNT_BITS) - 1)
    return ((whole - sizes) >> _COUNT_BITS).astype(np.float64), sizes.astype(np.float64)


def _walk(binned: Bins, columns: Ints, cuts: Ints) -> Ints:
    """The leaf of every row."""
    depth = (len(columns) + 1).bit_length() - 1
    row = np.arange(binned.shape[1])
    node = np.zeros(binned.shape[1], dtype=np.int64)
    for _ in range(depth):
        node = 2 * node + 1 + (binned[columns[node], row] > cuts[node])
    return node - len(columns)


def _edges(column: Floats) -> Floats:
    """The upper ends of the bins, at equal shares of the rows; few values get a bin each."""
    seen = column[np.isfinite(column)]
    values = np.unique(seen)
    if len(values) <= _BINS - 2:
        return (values[:-1] + values[1:]) / 2
    return np.unique(np.quantile(seen, np.arange(1, _BINS - 1) / (_BINS - 1)))


def _binned(table: Floats, edges: tuple[Floats, ...]) -> Bins:
    """One row per column, as bin numbers; what is not known has bin 0."""
    found = np.empty((len(edges), len(table)), dtype=np.uint8)
    for i, ends in enumerate(edges):
        column = table[:, i]
        found[i] = np.where(np.isfinite(column), np.searchsorted(ends, column, side="left") + 1, 0)
    return found
