"""How alike stores are: features side by side, in standard deviations of the chain's own stores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chainbrain.expansion.areas.features import KINDS, NUMBERS, Features
from chainbrain.expansion.areas.geometry import Numbers


@dataclass(frozen=True, eq=False)
class Table:
    """Features of stores as columns; unknown numbers are NaN, unknown kinds None."""

    numbers: Numbers
    kinds: tuple[tuple[str | None, ...], ...]

    @classmethod
    def of(cls, stores: Sequence[Features]) -> Table:
        """Line the features up."""
        numbers = [[np.nan if each is None else each for each in one.numbers] for one in stores]
        return cls(
            np.array(numbers, dtype=np.float64).reshape(len(stores), len(NUMBERS)), tuple(one.kinds for one in stores)
        )

    def without(self, number: int) -> Table:
        """All but one store."""
        kept = [*self.kinds[:number], *self.kinds[number + 1 :]]
        return Table(np.delete(self.numbers, number, axis=0), tuple(kept))

    def spread(self) -> tuple[Numbers, Numbers]:
        """Average and standard deviation of each number over the stores that have it; NaN with fewer than two."""
        known = ~np.isnan(self.numbers)
        count = known.sum(axis=0)
        filled = np.where(known, self.numbers, 0.0)
        mean = np.divide(filled.sum(axis=0), count, out=np.full(len(NUMBERS), np.nan), where=count > 1)
        square = np.where(known, (self.numbers - mean) ** 2, 0.0).sum(axis=0)
        deviation = np.sqrt(np.divide(square, count, out=np.full(len(NUMBERS), np.nan), where=count > 1))
        return mean, np.where(deviation > 0, deviation, np.nan)

    def usable(self, site: Features) -> list[bool]:
        """Which features tell stores apart and are known of the site."""
        _, deviation = self.spread()
        told = [value is not None and not np.isnan(deviation[n]) for n, value in enumerate(site.numbers)]
        for n, value in enumerate(site.kinds):
            seen = {one[n] for one in self.kinds if one[n] is not None}
            told.append(value is not None and len(seen) > 1)
        return told

    def beyond(self, site: Features) -> tuple[str, ...]:
        """The usable numbers of a site that lie outside of those of the stores."""
        told = zip(NUMBERS, site.numbers, self.usable(site)[: len(NUMBERS)], self.numbers.T, strict=True)
        return tuple(
            name
            for name, value, usable, column in told
            if usable and value is not None and not np.nanmin(column) <= value <= np.nanmax(column)
        )

    def distances(self, site: Features) -> tuple[Numbers, Numbers]:
        """Root mean square difference over shared features, in standard deviations, and how many are shared.

        Another kind counts as one deviation. A store that shares nothing lies infinitely far.
        """
        usable = self.usable(site)
        _, deviation = self.spread()
        at = np.array([np.nan if one is None else one for one in site.numbers], dtype=np.float64)
        squares = ((self.numbers - at) / deviation) ** 2
        squares[:, [n for n in range(len(NUMBERS)) if not usable[n]]] = np.nan
        kinds = np.array(
            [
                [
                    np.nan if one[n] is None or not usable[len(NUMBERS) + n] else float(one[n] != site.kinds[n])
                    for n in range(len(KINDS))
                ]
                for one in self.kinds
            ],
            dtype=np.float64,
        ).reshape(len(self.kinds), len(KINDS))
        both = np.hstack([squares, kinds])
        shared = (~np.isnan(both)).sum(axis=1)
        total = np.where(np.isnan(both), 0.0, both).sum(axis=1)
        return np.sqrt(np.divide(total, shared, out=np.full(len(total), np.inf), where=shared > 0)), shared
