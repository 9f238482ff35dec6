"""What one data member yields: records, control totals, coverage, and the rows that are broken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers import staging
from chainbrain.importers.limits import LISTED_PROBLEMS
from chainbrain.importers.plan import ControlTotal, Coverage, RowProblem
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.tables.tallies import Sum, Tally

# A file most of whose numbers a spreadsheet has rounded is to be exported again, not read in part.
_MOSTLY: Final = 0.5
Columns = Mapping[str, pl.Series | str | bool | Decimal | None]
"""Columns of a record by name: a series of the table's height, or one value for all rows."""


@dataclass
class Harvest:
    """What one data member yields; filled by an importer, written by the reading process."""

    frames: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    tallies: list[Tally] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    account_no: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    layout: str | None = None
    row_count: int = 0
    broken: int = 0
    facts: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Decimal] = field(default_factory=dict)
    """Sums for ``Importer.compare_with``; they do not leave the reading process."""
    accounts: set[str] = field(default_factory=set)
    """Whose rows these are, where the rows say it (``belongs_to``)."""
    _spans: dict[tuple[str, str | None], list[str | None]] = field(default_factory=dict)
    _damaged: dict[str | None, tuple[int, int]] = field(default_factory=dict)

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
        damaged, height = self._damaged.get(cells.table.sheet, (0, 0))
        self._damaged[cells.table.sheet] = (damaged + cells.damaged_ids(), height + cells.height)
        problems = cells.problems()
        cells.close()
        self.row_count += cells.height + len(cells.table.misshapen)
        self.broken += len(problems)
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
            self.tallies.append(Sum(name, Decimal(stated), Decimal(summed), isinstance(summed, int)))

    def belongs_to(self, accounts: Iterable[str]) -> None:
        """Note whose rows these are; the file has an account when all its rows are of one."""
        self.accounts.update(accounts)
        self.account_no = next(iter(self.accounts)) if len(self.accounts) == 1 else None

    def cover(self, kind: str, channel: str | None, account: str | None, first: date, last: date) -> None:
        """Vouch for all days from the first to the last, both included."""
        self.coverage.append(Coverage(kind, channel, account, first, last))

    def cover_span(self, kind: str, channel: str | None, accounts: Iterable[str | None]) -> None:
        """Vouch for all days from the file's first to its last, for each of these accounts."""
        known = self._spans.setdefault((kind, channel), [])
        known.extend(account for account in dict.fromkeys(accounts) if account not in known)

    def cover_days(self, kind: str, channel: str | None, accounts: pl.Series, days: pl.Series) -> None:
        """Vouch for the days that occur, per account, as runs of consecutive days."""
        pairs = pl.DataFrame({"account": accounts, "day": days}).drop_nulls().unique().sort("account", "day")
        for account, day in pairs.iter_rows():
            last = self.coverage[-1] if self.coverage else None
            follows = last is not None and last.kind == kind and last.account_no == account
            if last is not None and follows and day == _next(last.last_day):
                self.coverage[-1] = Coverage(kind, channel, account, last.first_day, day)
            else:
                self.coverage.append(Coverage(kind, channel, account, day, day))

    # ------------------------------------------------------------------ the whole file
    def join(self, later: Harvest) -> None:
        """Take over what the following piece of the same table yielded; its frames are written by the caller."""
        if len(self.tallies) != len(later.tallies):
            raise ValueError("pieces of one file compare different figures")
        self.tallies = [one.joined(other) for one, other in zip(self.tallies, later.tallies, strict=True)]
        self.coverage = _united([*self.coverage, *later.coverage])
        # A file with more broken rows than are listed is refused; their number is enough then.
        self.problems.extend(later.problems[: LISTED_PROBLEMS - len(self.problems)])
        self.row_count += later.row_count
        self.broken += later.broken
        if later.first_day is not None and later.last_day is not None:
            self.first_day = later.first_day if self.first_day is None else min(self.first_day, later.first_day)
            self.last_day = later.last_day if self.last_day is None else max(self.last_day, later.last_day)
        self.facts = {**later.facts, **self.facts}
        for name, figure in later.notes.items():
            self.notes[name] = self.notes.get(name, Decimal(0)) + figure
        if self.accounts or later.accounts:
            self.belongs_to(later.accounts)
        for source, accounts in later._spans.items():
            both = {*self._spans.get(source, ()), *accounts}
            self._spans[source] = sorted(both, key=lambda account: (account is not None, account or ""))
        for sheet, (damaged, height) in later._damaged.items():
            before = self._damaged.get(sheet, (0, 0))
            self._damaged[sheet] = (before[0] + damaged, before[1] + height)

    def finish(self) -> None:
        """Conclude what only the whole file can say.

        Raises:
            FileRefused: a spreadsheet has rounded most of its numbers.
        """
        for damaged, height in self._damaged.values():
            if damaged and damaged > _MOSTLY * height:
                raise FileRefused("import.ids_rounded", rows=damaged, total=height)
        for (kind, channel), accounts in self._spans.items():
            if self.first_day is not None and self.last_day is not None:
                for account in accounts:
                    self.cover(kind, channel, account, self.first_day, self.last_day)
        self._spans = {}
        for tally in self.tallies:
            self.facts.update(tally.facts())

    @property
    def controls(self) -> list[ControlTotal]:
        """The figures that the file states about itself, each beside what its rows say."""
        return [total for tally in self.tallies for total in tally.totals()]


def decimal_sum(column: pl.Series) -> Decimal:
    """The exact sum of an amount column; 0 when empty."""
    total = column.sum()
    return Decimal(0) if total is None else Decimal(total)


def _united(coverage: Iterable[Coverage]) -> list[Coverage]:
    """The same days in as few spans as possible."""
    found: list[Coverage] = []
    for cover in sorted(coverage, key=_place):
        last = found[-1] if found else None
        if last is not None and _place(last)[:-1] == _place(cover)[:-1] and cover.first_day <= _next(last.last_day):
            found[-1] = replace(last, last_day=max(last.last_day, cover.last_day))
        else:
            found.append(cover)
    return found


def _place(cover: Coverage) -> tuple[str, str, str, date]:
    return cover.kind, cover.channel or "", cover.account_no or "", cover.first_day


def _next(day: date) -> date:
    return day + timedelta(days=1)


def _day(value: object) -> date:
    assert isinstance(value, date)
    return value
