"""Workbooks as sheets of text cells, checked before the fast reader is let near them."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol
from xml.parsers import expat

import fastexcel
import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.files.containers import ZIP_ERRORS
from chainbrain.importers.files.old_workbook_faults import Faults, faults_of
from chainbrain.importers.files.sheet_xml import SheetCheck, TextCheck
from chainbrain.importers.files.workbook_faults import made_visible
from chainbrain.importers.limits import HEADER_ROWS, Limits

_CHUNK: Final = 1 << 20
_SAFE_INTEGER: Final = 2**53


class Sheets(Protocol):
    """Sheets of text cells, whatever file they come from; row 1 of a frame is row 1 of its sheet."""

    @property
    def sheets(self) -> list[str]:
        """Names of the sheets, in order."""

    def frame(self, sheet: str) -> pl.DataFrame:
        """All cells of a sheet as text, columns ``c0``, ``c1`` …."""

    def preview(self, sheet: str) -> list[list[str]]:
        """The first rows of a sheet, where a header is looked for."""

    def rounded_numbers(self, sheet: str, column: int) -> pl.Series:
        """Which cells of a column are numbers beyond exact integers: identifiers that a spreadsheet has rounded."""


@dataclass
class Workbook:
    """The sheets of one xlsx, xlsb or xls file, loaded once, as text; row 1 of a frame is row 1 of its sheet."""

    reader: fastexcel.ExcelReader
    rounded: bool
    faults: Faults = field(default_factory=dict)
    _frames: dict[str, pl.DataFrame] = field(default_factory=dict)

    @classmethod
    def open(cls, data: bytes, limits: Limits) -> Workbook:
        """Open a workbook.

        Raises:
            FileRefused: damaged, with cells out of all bounds, or more than the limits allow.
        """
        rounded = True
        if data.startswith(b"PK"):
            rounded, faulty = _inspect(data, limits)
            data = made_visible(data, faulty) if faulty else data
        try:
            return cls(fastexcel.read_excel(data), rounded, faults_of(data))
        except (fastexcel.FastExcelError, OSError, struct.error) as error:
            raise FileRefused("import.workbook_damaged") from error

    @property
    def sheets(self) -> list[str]:
        """Names of the sheets, in order."""
        return list(self.reader.sheet_names)

    def frame(self, sheet: str) -> pl.DataFrame:
        """All cells of a sheet as text, columns ``c0``, ``c1`` …; numbers as their shortest text, moments as ISO."""
        if sheet not in self._frames:
            frame = self._load(sheet, "string")
            self._frames[sheet] = _with_faults(frame, self.faults.get(self.sheets.index(sheet), {}))
        return self._frames[sheet]

    def preview(self, sheet: str) -> list[list[str]]:
        """The first rows of a sheet, where a header is looked for."""
        return first_rows(self.frame(sheet))

    def rounded_numbers(self, sheet: str, column: int) -> pl.Series:
        """Which cells of a column are numbers beyond exact integers: identifiers that a spreadsheet has rounded."""
        texts = self.frame(sheet)[f"c{column}"]
        if not self.rounded:
            return pl.repeat(False, len(texts), eager=True)
        # As switches, numbers are true or false and texts are nothing.
        is_number = self._load(sheet, "boolean")[f"c{column}"].is_not_null()
        value = texts.cast(pl.Float64, strict=False).abs()
        return is_number & (value >= _SAFE_INTEGER).fill_null(False)

    def _load(self, sheet: str, kind: Literal["string", "boolean"]) -> pl.DataFrame:
        try:
            loaded = self.reader.load_sheet(sheet, header_row=None, skip_rows=0, dtypes=kind)
            frame: pl.DataFrame = loaded.to_polars()
        except fastexcel.FastExcelError as error:
            raise FileRefused("import.workbook_damaged", sheet=sheet) from error
        frame.columns = [f"c{number}" for number in range(frame.width)]
        return frame


def _with_faults(frame: pl.DataFrame, faults: Mapping[tuple[int, int], str]) -> pl.DataFrame:
    """The sheet with its errors as texts, where the reader left their cells empty."""
    for column in sorted({column for _, column in faults}):
        rows = {row: text for (row, at), text in faults.items() if at == column}
        cells = pl.Series(list(rows.values()), dtype=pl.String)
        frame = frame.with_columns(frame[f"c{column}"].scatter(list(rows), cells))
    return frame


def first_rows(frame: pl.DataFrame) -> list[list[str]]:
    """The rows where a header is looked for, without empty cells at their ends."""
    rows = frame.head(HEADER_ROWS + 1).rows()
    return [_trimmed(["" if cell is None else cell for cell in row]) for row in rows]


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _inspect(data: bytes, limits: Limits) -> tuple[bool, set[str]]:
    """Unpack every part within the limits; whether any cell holds a rounded long number, and sheets with faults."""
    rounded = False
    faulty: set[str] = set()
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_ERRORS as error:
        raise FileRefused("import.workbook_damaged") from error
    if len(archive.infolist()) > limits.zip_entries * 5:
        raise FileRefused("import.zip_too_many", entries=len(archive.infolist()), allowed=limits.zip_entries * 5)
    left = limits.file_bytes
    for entry in archive.infolist():
        if entry.flag_bits & 0x1:
            raise FileRefused("import.encrypted")
        size, long_number, fault = _inspect_part(archive, entry, left, limits)
        left -= size
        rounded = rounded or long_number
        if fault:
            faulty.add(entry.filename)
    return rounded, faulty


def _inspect_part(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, limits: Limits
) -> tuple[int, bool, bool]:
    check = _check_of(entry.filename, limits)
    size = 0
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > left:
                    raise FileRefused("import.too_large", allowed=limits.file_bytes // 1_000_000)
                if check is not None:
                    check.take(chunk)
        if check is not None:
            check.finish()
    except (*ZIP_ERRORS, expat.ExpatError) as error:
        raise FileRefused("import.workbook_damaged") from error
    return size, check is not None and check.rounded, check is not None and check.faulty


def _check_of(name: str, limits: Limits) -> TextCheck | None:
    if not name.endswith(".xml"):
        return None
    if name.startswith("xl/worksheets/"):
        return SheetCheck(limits)
    return TextCheck() if name.startswith("xl/sharedStrings") else None
