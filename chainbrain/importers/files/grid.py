"""Cells placed one after another, as pages and XML spreadsheets list them, merged ones too."""

from __future__ import annotations

from typing import Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.limits import Limits

# A sheet may have holes, but not so many that the rectangle is mostly nothing.
_HOLES: Final = 20
_FREE_ROWS: Final = 10_000
TO_THE_END: Final = 1 << 31
"""So many rows down: all that follow."""


class Grid:
    """One table in the making.

    A merged cell has its text in its first place and nothing in the others, as in a workbook: an amount that stands
    beside several rows must not be counted several times.
    """

    def __init__(self, name: str, limits: Limits) -> None:
        self.name = name
        self._limits = limits
        self._rows: list[list[str]] = []
        self._numbers: dict[int, set[int]] = {}
        self._taken: dict[int, int] = {}
        self._next = 0
        self._width = 0
        self._filled = 0

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(any(row) for row in self._rows)

    def start_row(self, number: int | None = None) -> None:
        """Begin the next row, or the one of this number (from 1).

        Raises:
            FileRefused: the number lies far behind all rows, or before the last one.
        """
        number = number if number is not None else len(self._rows) + 1
        ahead = number - len(self._rows)
        if ahead < 1:
            raise FileRefused("import.markup_damaged", row=str(number))
        if number > self._filled * _HOLES + _FREE_ROWS:
            raise FileRefused("import.sheet_too_long", row=str(number), rows=self._filled)
        self._rows.extend([] for _ in range(ahead))
        self._taken = {place: rows - ahead for place, rows in self._taken.items() if rows > ahead - 1}
        self._filled += 1
        self._next = 0

    def place(
        self, text: str, *, column: int | None = None, across: int = 1, down: int = 1, number: bool = False
    ) -> None:
        """Put a cell into the next free place of the row, or into this column (from 1).

        Args:
            text: what it shows.
            column: its column, where the file says so.
            across: how many columns it spans.
            down: how many rows it spans.
            number: whether the file holds it as a number that was once a float.

        Raises:
            FileRefused: more columns than the limits allow, or a column before the last one.
        """
        if not self._rows:
            self.start_row()
        if column is None:
            while self._next in self._taken:
                self._next += 1
        elif column - 1 < self._next:
            raise FileRefused("import.markup_damaged", row=str(len(self._rows)))
        else:
            self._next = column - 1
        first, self._next = self._next, self._next + max(across, 1)
        if self._next > self._limits.columns:
            raise FileRefused("import.too_many_columns", columns=self._next, allowed=self._limits.columns)
        row = self._rows[-1]
        row.extend("" for _ in range(first - len(row)))
        row.append(text)
        if number:
            self._numbers.setdefault(first, set()).add(len(self._rows) - 1)
        if down > 1:
            self._taken.update(dict.fromkeys(range(first, self._next), down - 1))
        self._width = max(self._width, self._next)

    def frame(self) -> pl.DataFrame:
        """The cells as columns ``c0``, ``c1`` …; empty ones are null.

        Raises:
            FileRefused: more cells than the limits allow.
        """
        cells = self._width * len(self._rows)
        if cells > self._limits.cells:
            raise FileRefused("import.too_many_cells", cells=cells, allowed=self._limits.cells)
        columns = {
            f"c{number}": pl.Series(
                [row[number] or None if number < len(row) else None for row in self._rows], dtype=pl.String
            )
            for number in range(self._width)
        }
        return pl.DataFrame(columns)

    def numbers(self, column: int) -> set[int]:
        """The rows (from 0) in which this column holds a number."""
        return self._numbers.get(column, set())
