"""What every importer is: a format's layouts, and how its tables become typed records."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar, Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers import staging
from chainbrain.importers.layout import Layout
from chainbrain.importers.plan import ControlTotal, Coverage, RowProblem
from chainbrain.importers.table import Cells, Table

# A file most of whose numbers a spreadsheet has rounded is to be exported again, not read in part.
_MOSTLY: Final = 0.5


Columns = Mapping[str, pl.Series | str | bool | Decimal | None]
"""Columns of a record by name: a series of the table's height, or one value for all rows."""


@dataclass(frozen=True)
class Sheet:
    """A recognised table with the layout it was recognised by."""

    layout: Layout
    table: Table


@dataclass(frozen=True)
class Context:
    """What an importer may know besides the table: the book's salt and the names of file and member (hints only)."""

    salt: bytes
    name: str


@dataclass
class Harvest:
    """What one data member yields; filled by an importer, written by the reading process."""

    frames: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    controls: list[ControlTotal] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    account_no: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    layout: str | None = None
    row_count: int = 0
    facts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    """Figures for ``Importer.compare_with``; they do not leave the reading process."""

    def take(self, kind: str, cells: Cells, columns: Columns, keep: pl.Series | None = None) -> pl.DataFrame:
        """Stage the sound rows of a table as records of one kind; counts all its rows and lists the broken ones.

        Args:
            kind: a key of ``staging.KINDS``.
            cells: the table the columns were read from.
            columns: series of the table's height, or one value for all rows.
            keep: rows that become records of this kind; the others must be counted by another call.
        """
        self.count(cells)
        return self.add(kind, cells, columns, keep)

    def add(self, kind: str, cells: Cells, columns: Columns, keep: pl.Series | None = None) -> pl.DataFrame:
        """Stage further records from rows that ``take`` or ``count`` has counted.

        A column ``rows`` says for how many rows of the file a record stands, where that is not one: an order that the
        file spreads over its products and charges is one payment, on the line of its first row.
        """
        series = []
        for name, value in columns.items():
            column = value if isinstance(value, pl.Series) else pl.repeat(value, cells.height, eager=True)
            series.append(column.alias(name))
        sheet = pl.repeat(cells.table.sheet, cells.height, dtype=pl.String, eager=True).alias("sheet")
        single = [] if "rows" in columns else [pl.repeat(1, cells.height, dtype=pl.Int64, eager=True).alias("rows")]
        frame = pl.DataFrame([*series, sheet, cells.lines.alias("line"), *single])
        if not cells.flawless:
            frame = frame.filter(cells.sound() if keep is None else cells.sound() & keep)
        elif keep is not None:
            frame = frame.filter(keep)
        frame = staging.conform(kind, frame)
        self.frames.setdefault(kind, []).append(frame)
        return frame

    def count(self, cells: Cells) -> None:
        """Count the rows of a table and list its broken ones, once, when all its columns were read."""
        damaged = cells.damaged_ids()
        if damaged and damaged > _MOSTLY * cells.height:
            raise FileRefused("import.ids_rounded", rows=damaged, total=cells.height)
        problems = cells.problems()
        self.row_count += cells.height + len(cells.table.misshapen)
        self.problems.extend(problems)

    def span(self, column: pl.Series) -> None:
        """Widen the days the file covers by a column of moments or days."""
        days = column.drop_nulls().cast(pl.Date)
        if days.len():
            first, last = _day(days.min()), _day(days.max())
            self.first_day = first if self.first_day is None else min(first, self.first_day)
            self.last_day = last if self.last_day is None else max(last, self.last_day)

    def total(self, name: str, stated: Decimal | int | None, summed: Decimal | int) -> None:
        """Note a figure that the file states about itself, if it does."""
        if stated is not None:
            counted = isinstance(summed, int)
            figures = [_tidy(Decimal(figure), counted=counted) for figure in (stated, summed)]
            self.controls.append(ControlTotal(name, *figures))

    def cover(self, kind: str, channel: str | None, account: str | None, first: date, last: date) -> None:
        """Vouch for all days from the first to the last, both included."""
        self.coverage.append(Coverage(kind, channel, account, first, last))

    def cover_span(self, kind: str, channel: str | None, accounts: Iterable[str | None]) -> None:
        """Vouch for all days from the first to the last, for each of these accounts."""
        if self.first_day is not None and self.last_day is not None:
            for account in accounts:
                self.cover(kind, channel, account, self.first_day, self.last_day)

    def cover_days(self, kind: str, channel: str | None, accounts: pl.Series, days: pl.Series) -> None:
        """Vouch for the days that occur, per account, as runs of consecutive days."""
        pairs = pl.DataFrame({"account": accounts, "day": days}).drop_nulls().unique().sort("account", "day")
        for account, day in pairs.iter_rows():
            last = self.coverage[-1] if self.coverage else None
            follows = last is not None and last.kind == kind and last.account_no == account
            if last is not None and follows and day == last.last_day + timedelta(days=1):
                self.coverage[-1] = Coverage(kind, channel, account, last.first_day, day)
            else:
                self.coverage.append(Coverage(kind, channel, account, day, day))


class Importer(ABC):
    """One format: recognised by its layouts, read column by column."""

    format: ClassVar[str]
    layouts: ClassVar[tuple[Layout, ...]]
    confirmed: ClassVar[bool] = True
    """Whether the format was checked against real files; otherwise the import says so."""

    @property
    def title(self) -> str:
        """Vocabulary key of the format's name."""
        return f"format.{self.format}"

    @abstractmethod
    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """Turn the recognised tables of one data member into records, control totals and coverage."""

    def compare_with(self, harvest: Harvest, others: Sequence[tuple[str, Harvest]]) -> None:  # noqa: B027 -- optional
        """Check against other members of the same archive; most formats have none."""


def decimal_sum(column: pl.Series) -> Decimal:
    """The exact sum of an amount column; 0 when empty."""
    total = column.sum()
    return Decimal(0) if total is None else Decimal(total)


def _tidy(value: Decimal, *, counted: bool) -> Decimal:
    """Counts without, amounts with two decimals unless they really have more."""
    short = value.quantize(Decimal(1) if counted else Decimal("0.01"))
    return short if short == value else value


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
