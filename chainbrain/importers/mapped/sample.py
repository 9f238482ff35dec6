"""What is asked about a table that no importer knows, and what the reading process answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.suggest_reason import Suggestion
from chainbrain.importers.plan import ControlTotal, RowProblem
from chainbrain.importers.tables.table_header import Header


@dataclass(frozen=True)
class Look:
    """What to look at.

    Attributes:
        path: the file.
        member: which member of an archive.
        sheet: which sheet; the one that most looks like a table when not said.
        header_row: the lower row of the header, from 0; the most likely one when not said.
        header_rows: how many rows the header has.
        kind: the kind of record to propose fields for.
        mapping: try this map out instead of proposing one.
        passwords: tried in order on whatever is closed.
    """

    path: Path
    member: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    header_rows: int | None = None
    kind: str | None = None
    mapping: TableMapping | None = None
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Sample:
    """What a table looks like: its header, its first rows, and a proposal.

    Attributes:
        sheets: all sheets; empty for a text file.
        sheet: the one shown.
        last_header_row: how far down the header may be moved.
        header: the header found.
        lines: the line of each shown row.
        rows: the first rows, raw, under the names of the header.
        row_count: all rows below the header.
        suggestion: the proposal.
    """

    sheets: tuple[str, ...]
    sheet: str | None
    last_header_row: int
    header: Header
    lines: tuple[int, ...]
    rows: tuple[Mapping[str, str], ...]
    row_count: int
    suggestion: Suggestion


@dataclass(frozen=True)
class TriedRow:
    """One shown row: the record that it becomes, or what is wrong with it; neither where it is left out."""

    line: int
    record: Mapping[str, object] | None = None
    problem: RowProblem | None = None


@dataclass(frozen=True)
class TriedOut:
    """What a map makes of a whole table."""

    rows: tuple[TriedRow, ...]
    row_count: int = 0
    records: int = 0
    broken: int = 0
    money_in: Decimal = Decimal(0)
    money_out: Decimal = Decimal(0)
    fee: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None
    controls: tuple[ControlTotal, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def balance(self) -> bool | None:
        """Whether all control totals agree; nothing where there are none."""
        return all(total.agrees for total in self.controls) if self.controls else None
