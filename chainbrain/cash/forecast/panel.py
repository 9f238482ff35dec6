"""Many daily series side by side: rows are series, columns are days without gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

OPEN = "open"
"""The known column that says by 0 that a series will not sell on a day."""


@dataclass(frozen=True)
class Panel:
    """Daily values of many series; a day without a row is 0.

    Attributes:
        ids: one name per row.
        first: the day of column 0.
        values: one column per day that has happened.
        known: figures known beforehand such as promotions, by name; they reach beyond ``values``, and where nothing is
            known they are NaN.
        begins: the first column in which each series existed, and the column after its last (known closures), if said.
    """

    ids: tuple[str, ...]
    first: date
    values: Floats
    known: Mapping[str, Floats] = field(default_factory=dict)
    begins: npt.NDArray[np.int64] | None = None
    ends: npt.NDArray[np.int64] | None = None

    def column(self, day: date) -> int:
        """The number of the column of a day, whether or not it has happened."""
        return (day - self.first).days

    def day(self, column: int) -> date:
        """The day of a column."""
        return self.first + timedelta(days=column)

    def shut(self, columns: npt.NDArray[np.int64]) -> Flags:
        """Where it is known beforehand that a series sells nothing, in columns that may still be to come."""
        shut = np.zeros((len(self.ids), len(columns)), dtype=np.bool_)
        if OPEN in self.known:
            shut |= self.known[OPEN][:, columns] == 0.0
        if self.ends is not None:
            shut |= columns[None, :] >= self.ends[:, None]
        if self.begins is not None:
            shut |= columns[None, :] < self.begins[:, None]
        return shut

    def until(self, origin: int, horizon: int) -> Panel:
        """What was known at the end of day ``origin``: values up to it, known figures up to the horizon."""
        known = {name: _fit(table, origin + horizon + 1) for name, table in self.known.items()}
        return Panel(self.ids, self.first, self.values[:, : origin + 1], known, self.begins, self.ends)


def _fit(table: Floats, columns: int) -> Floats:
    if table.shape[1] >= columns:
        return table[:, :columns]
    return np.pad(table, ((0, 0), (0, columns - table.shape[1])), constant_values=np.nan)
