"""A look into a table that no importer knows, and a trial of a map on it; all of it in the reading process."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from chainbrain.errors import FileRefused, system_reason
from chainbrain.importers import staging
from chainbrain.importers.base import Context, Sheet
from chainbrain.importers.files import containers
from chainbrain.importers.files.markup import Markup
from chainbrain.importers.files.opening import sheets_of, text_of
from chainbrain.importers.files.passwords import Passwords
from chainbrain.importers.files.textfile import DELIMITERS, TextFile
from chainbrain.importers.files.workbook import Workbook
from chainbrain.importers.harvest import Harvest, decimal_sum
from chainbrain.importers.limits import LISTED_PROBLEMS, Limits
from chainbrain.importers.mapped.mapped_table import MappedTable
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.mapped.mapping_finder import MappingFinder, hit_of
from chainbrain.importers.mapped.sample import Look, Sample, TriedOut, TriedRow
from chainbrain.importers.mapped.suggest import suggest
from chainbrain.importers.tables import cut
from chainbrain.importers.tables.table import LINE, Table
from chainbrain.importers.tables.table_header import Header, guess_header, header_at

SHOWN_ROWS: Final = 20
_LONGEST_CELL: Final = 200

_Opened = TextFile | Workbook | Markup


def look_at(look: Look, salt: bytes, limits: Limits) -> Sample | TriedOut:
    """Answer one look.

    Raises:
        FileRefused: the file cannot be read, or ``mapping.no_table`` when it has nothing like a header.
    """
    try:
        stat = look.path.stat()
    except OSError as error:
        raise FileRefused("import.unreadable", reason=system_reason(error)) from error
    tables = _opened(look.path, look.member, look.passwords, limits, (stat.st_mtime_ns, stat.st_size))
    if look.mapping is not None:
        return _try_out(tables, look, look.mapping, salt, limits)
    return _sample(tables, look, limits)


def forget() -> None:
    """Let the table go that was looked at last, and the passwords that opened it."""
    _opened.cache_clear()


@lru_cache(maxsize=1)
def _opened(
    path: Path, member: str | None, passwords: tuple[str, ...], limits: Limits, _state: tuple[int, int]
) -> _Opened:
    """The tables of a member; kept until another one is looked at, since a dialog asks after every change."""
    if _state[1] > limits.file_bytes:
        raise FileRefused("import.too_large", allowed=limits.file_bytes // 1_000_000)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileRefused("import.unreadable", reason=system_reason(error)) from error
    words = Passwords(passwords)
    kind = containers.kind_of(data)
    if kind == "gzip":
        data = containers.gunzip(data, limits)
        kind = containers.kind_of(data)
    if kind == "zip":
        found = next((one for one in containers.members(data, limits, words) if one.name == member), None)
        if found is None:
            raise FileRefused("import.unreadable", reason=member or "")
        if found.refused is not None:
            raise found.refused
        data, kind = found.data, containers.kind_of(found.data)
    return text_of(data, limits) if kind == "text" else sheets_of(data, kind, limits, words)


@dataclass(frozen=True)
class _Place:
    """Where a table stands: the sheet or the delimiter, and its first rows."""

    tables: _Opened
    rows: list[list[str]]
    sheet: str | None = None
    delimiter: str | None = None

    def cut(self, importer: MappedTable, header: Header, limits: Limits) -> Sheet:
        """The table below a header."""
        hit = hit_of(importer, header, self.delimiter, self.sheet)
        if isinstance(self.tables, TextFile):
            return Sheet(hit.layout, cut.from_text(self.tables, hit, limits))
        return Sheet(hit.layout, cut.from_sheet(self.tables, hit, limits))


def _place(tables: _Opened, wanted: str | None) -> _Place:
    """The sheet that was asked for, or the sheet or delimiter that shows most of a table."""
    if isinstance(tables, TextFile):
        previews = {delimiter: tables.preview(delimiter) for delimiter in DELIMITERS}
        delimiter = max(previews, key=lambda one: _columns(previews[one]))
        return _Place(tables, previews[delimiter], delimiter=delimiter)
    rows = {sheet: tables.preview(sheet) for sheet in tables.sheets}
    if not rows:
        raise FileRefused("import.empty")
    sheet = wanted if wanted in rows else max(rows, key=lambda one: _columns(rows[one]))
    return _Place(tables, rows[sheet], sheet=sheet)


def _columns(rows: Sequence[Sequence[str]]) -> int:
    header = guess_header(rows)
    return len(header.places) if header else 0


def _sample(tables: _Opened, look: Look, limits: Limits) -> Sample:
    place = _place(tables, look.sheet)
    header = guess_header(place.rows) if look.header_row is None else None
    if look.header_row is not None and look.header_row < len(place.rows):
        header = header_at(place.rows, look.header_row, look.header_rows or 1)
    if header is None or not header.places:
        raise FileRefused("mapping.no_table")
    draft = TableMapping("", "payments", header.names, {}, header_rows=header.height)
    table = place.cut(MappedTable(draft), header, limits).table
    shown = table.frame.head(SHOWN_ROWS)
    names = list(header.places)
    return Sample(
        sheets=() if isinstance(tables, TextFile) else tuple(tables.sheets),
        sheet=place.sheet,
        last_header_row=max(len(place.rows) - 2, 0),
        header=header,
        lines=tuple(shown[LINE]),
        rows=tuple({name: (row[name] or "").strip()[:_LONGEST_CELL] for name in names} for row in shown.to_dicts()),
        row_count=table.frame.height + len(table.misshapen),
        suggestion=suggest(table, header, look.kind),
    )


def _try_out(tables: _Opened, look: Look, mapping: TableMapping, salt: bytes, limits: Limits) -> TriedOut:
    place = _place(tables, look.sheet)
    importer = MappedTable(mapping)
    header = _header(place.rows, look, mapping)
    sheet = place.cut(importer, header, limits)
    return _told(importer.read([sheet], Context(salt, look.path.name)), mapping, sheet.table)


def _header(rows: Sequence[Sequence[str]], look: Look, mapping: TableMapping) -> Header:
    """The header that is being looked at, when it is the map's; otherwise the map's own."""
    if look.header_row is not None and look.header_row < len(rows):
        header = header_at(rows, look.header_row, mapping.header_rows)
        if header.signature == mapping.signature:
            return header
    hits = MappingFinder([mapping]).find(rows)
    if not hits:
        raise FileRefused("mapping.other_header")
    return header_at(rows, hits[0].row, mapping.header_rows)


def _told(harvest: Harvest, mapping: TableMapping, table: Table) -> TriedOut:
    frames = harvest.frames.get(mapping.kind, [])
    records = pl.concat(frames) if frames else staging.empty(mapping.kind)
    shown = [int(line) for line in table.frame[LINE].head(SHOWN_ROWS)]
    by_line = {row["line"]: row for row in records.filter(pl.col("line").is_in(shown)).to_dicts()}
    problems = {problem.line: problem for problem in harvest.problems}
    amounts = records["amount"]
    return TriedOut(
        rows=tuple(TriedRow(line, by_line.get(line), problems.get(line)) for line in shown),
        row_count=harvest.row_count,
        records=records.height,
        broken=len(harvest.problems),
        money_in=decimal_sum(amounts.filter(amounts > 0)),
        money_out=decimal_sum(amounts.filter(amounts < 0)),
        fee=decimal_sum(records["fee"]) if "fee" in records.columns else None,
        first_day=harvest.first_day,
        last_day=harvest.last_day,
        controls=tuple(harvest.controls),
        problems=tuple(harvest.problems[:LISTED_PROBLEMS]),
        facts=dict(harvest.facts),
    )
