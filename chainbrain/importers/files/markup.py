"""Tables in disguise: web pages and XML spreadsheets that are called .xls, as the same sheets as a workbook's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.files import xml_spreadsheet
from chainbrain.importers.files.encoding import decoded
from chainbrain.importers.files.figures import SAFE_INTEGER
from chainbrain.importers.files.grid import Grid
from chainbrain.importers.files.html_tables import Page
from chainbrain.importers.files.workbook import first_rows
from chainbrain.importers.limits import Limits

# What stands before the first element: declarations, remarks, a document type with or without definitions in it.
_PROLOGUE: Final = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^\[>]*(?:\[(?P<definitions>.*?)\]\s*)?>)", re.DOTALL | re.IGNORECASE
)
_WORKBOOK: Final = re.compile(r"\s*<(?:[A-Za-z][\w.-]*:)?Workbook[\s>]")
_ENTITY: Final = re.compile(r"<!entity", re.IGNORECASE)
_CHARSET: Final = re.compile(r"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD: Final = 4_096
# Bytes of these often pass for GB18030, as other characters. Any other declaration is weaker than the bytes.
_FOREIGN: Final = frozenset(
    {
        "big5", "big5-hkscs", "cp950", "windows-950", "euc-tw", "shift_jis", "shift-jis", "sjis", "windows-31j",
        "euc-jp", "iso-2022-jp", "euc-kr", "ks_c_5601-1987", "windows-949", "iso-2022-kr", "iso-2022-cn",
        "hz-gb-2312", "utf-7", "utf-32",
    }
)  # fmt: skip


class Markup:
    """The tables of a page or XML spreadsheet, read once; row 1 of a frame is row 1 of its table.

    Attributes:
        encoding: how the bytes were read, as for text files.
    """

    def __init__(self, encoding: str, grids: list[Grid]) -> None:
        self.encoding = encoding
        self._grids = _named(grids)
        self._frames: dict[str, pl.DataFrame] = {}

    @classmethod
    def open(cls, data: bytes, limits: Limits) -> Markup:
        """Read all tables.

        Raises:
            FileRefused: bytes that are no text, entities, no table, cut off, or more than the limits allow.
        """
        encoding, text = decoded(data)
        declared = _CHARSET.search(text[:_HEAD])
        if declared and declared[1].lower() in _FOREIGN and not text.isascii():
            raise FileRefused("import.markup_charset", charset=declared[1])
        if _root(text):
            return cls(encoding, xml_spreadsheet.read(text, limits))
        return cls(encoding, Page(limits).read(text))

    @property
    def sheets(self) -> list[str]:
        """Names of the tables, in order."""
        return list(self._grids)

    def frame(self, sheet: str) -> pl.DataFrame:
        """All cells of a table as text, columns ``c0``, ``c1`` …."""
        if sheet not in self._frames:
            self._frames[sheet] = self._grids[sheet].frame()
        return self._frames[sheet]

    def preview(self, sheet: str) -> list[list[str]]:
        """The first rows of a table, where a header is looked for."""
        return first_rows(self.frame(sheet))

    def refuse_parted(self, sheet: str, header: Sequence[str], *, recognised: Mapping[str, Sequence[object]]) -> None:
        """Refuse a header without rows that is followed by rows without a header: pages keep it in sight that way.

        Raises:
            FileRefused: the next table is as wide as the header. That its rows belong to it is likely, not proven.
        """
        names = self.sheets
        at = names.index(sheet) + 1
        if at < len(names) and not recognised.get(names[at]) and len(header) == self.frame(names[at]).width:
            raise FileRefused("import.markup_parted", header=sheet, rows=names[at])

    def rounded_numbers(self, sheet: str, column: int) -> pl.Series:
        """Which cells of a column are numbers beyond exact integers: identifiers that a spreadsheet has rounded."""
        texts = self.frame(sheet)[f"c{column}"]
        rows = self._grids[sheet].numbers(column)
        is_number = pl.Series([row in rows for row in range(len(texts))], dtype=pl.Boolean)
        value = texts.cast(pl.Float64, strict=False).abs()
        return is_number & (value >= SAFE_INTEGER).fill_null(value=False)


def _root(text: str) -> bool:
    """Whether the first element is an XML spreadsheet.

    Raises:
        FileRefused: entities are defined before it.
    """
    at = 0
    while found := _PROLOGUE.match(text, at):
        if _ENTITY.search(found["definitions"] or ""):
            raise FileRefused("import.markup_entities")
        at = found.end()
    return _WORKBOOK.match(text, at) is not None


def _named(grids: list[Grid]) -> dict[str, Grid]:
    """Tables by name; a name that comes twice gets its number."""
    found: dict[str, Grid] = {}
    for number, grid in enumerate(grids, 1):
        name = grid.name if grid.name not in found else f"{grid.name} #{number}"
        found[name] = grid
    return found
