"""The XML of a workbook's sheets and texts, looked through before the fast reader is let near them."""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

import polars as pl

from chainbrain.errors import FileRefused
from chainbrain.importers.files.workbook_faults import is_marked
from chainbrain.importers.limits import Limits

# A sheet may have holes, but not so many that the rectangle is mostly nothing.
_HOLES: Final = 20
_FREE_ROWS: Final = 10_000
# A number that needs more digits than a float has: an identifier that a spreadsheet has rounded.
_LONG_NUMBER: Final = re.compile(rb"<v>(?:\d{16,}|\d(?:\.\d+)?[eE]\+(?:1[5-9]|[2-9]\d))")
# No mark and no number that is looked for is longer.
_OVERLAP: Final = 64

_ROW_END: Final = "</row>"
_TEXT: Final = r"(?:[^<>&\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]|&(?:amp|lt|gt|quot|apos);)*"
_VALUE: Final = rf'<v>{_TEXT}</v>|<is><t(?: xml:space="preserve")?>{_TEXT}</t></is>'


class TextCheck:
    """Looks whether XML is well-formed; keeps nothing, and takes no document type and so no entity."""

    rounded = False
    """Whether a cell holds a long number that a spreadsheet has rounded."""
    faulty = False
    """Whether a cell is an error, or a formula without its result."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = _refuse_document_type

    def take(self, chunk: bytes) -> None:
        """Look at the next bytes.

        Raises:
            ExpatError: the XML is broken: the fast reader would pass over it, and an amount that is not there counts
                as nothing.
            FileRefused: a document type, or in a sheet a cell out of all bounds.
        """
        self._parser.Parse(chunk, False)

    def finish(self) -> None:
        """Conclude that there is no more; raises as ``take``."""
        self._parser.Parse(b"", True)


class SheetCheck(TextCheck):
    """Looks through one sheet. Plain rows are told by one expression; only what is left is looked at more closely."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._limits = limits
        self._rows = 0
        self._open = b""
        self._tail = self._strange_tail = b""

    def take(self, chunk: bytes) -> None:
        """Look at the next bytes; see ``TextCheck``."""
        seen = self._tail + chunk
        self.rounded = self.rounded or _LONG_NUMBER.search(seen) is not None
        self._tail = seen[-_OVERLAP:]
        text = self._open + chunk
        rows, end, self._open = text.rpartition(_ROW_END.encode())
        if end:
            self._rows += rows.count(b"<row ")
            self._look_closely(_without_plain(rows, len(str(self._bound)) - 1))
        else:
            # Whatever has no rows is not kept until one comes.
            self._open = b""
            self._look_closely(text)

    def finish(self) -> None:
        """Conclude that there is no more; see ``TextCheck``."""
        self._look_closely(self._open)
        super().finish()

    @property
    def _bound(self) -> int:
        """How far down a cell may be, after so many rows."""
        return self._rows * _HOLES + _FREE_ROWS

    def _look_closely(self, strange: bytes) -> None:
        super().take(strange)
        text = self._strange_tail + strange
        self._refuse_far_cells(text)
        self.faulty = self.faulty or is_marked(text)
        self._strange_tail = text[-_OVERLAP:]

    def _refuse_far_cells(self, text: bytes) -> None:
        bound = self._bound
        # Columns from AAA (703) on: a single cell far out makes the reader allocate the whole rectangle and die.
        # Numbers of rows and of cells alike: the reader believes both. Only those with as many digits as the bound
        # matter.
        deep = b""
        for cell in re.finditer(rb' r="(?:([A-Z]{3}\d+)|[A-Z]{0,2}(\d{%d,18}))"' % len(str(bound)), text):
            if cell[1]:
                raise FileRefused("import.sheet_too_wide", cell=cell[1].decode(), allowed=self._limits.columns)
            if not deep and int(cell[2]) > bound:
                # Its row may hold a cell far to the right, which says more.
                deep = cell[2]
        if deep:
            raise FileRefused("import.sheet_too_long", row=deep.decode(), rows=self._rows)


def _without_plain(rows: bytes, digits: int) -> bytes:
    """Rows of a sheet, the last one without its end, but for those in which nothing can be wrong.

    A plain row is well-formed by itself, its cells are near and none of them is an error or a formula, so the rest is
    as good or bad without it.
    """
    try:
        text = rows.decode()
    except UnicodeDecodeError:
        return rows + _ROW_END.encode()
    each = pl.Series([text]).str.split(_ROW_END).explode()
    strange = each.filter(~each.str.contains(_plain_row(digits)))
    return "".join(row + _ROW_END for row in strange).encode()


def _plain_row(digits: int) -> str:
    """A row, without its end, whose number and cells' numbers have at most so many digits."""
    number = rf"[0-9]{{1,{digits}}}"
    cell = rf'<c r="[A-Z]{{1,2}}{number}"(?: s="[0-9]+")?(?: t="(?:s|str|n|b|d|inlineStr)")?(?:/>|>(?:{_VALUE})?</c>)'
    return rf'^<row r="{number}"(?: spans="[0-9: ]*")?(?: ht="[0-9.]+")?(?: customHeight="[01]")?>(?:{cell})*$'


def _refuse_document_type(*_: object) -> None:
    raise FileRefused("import.markup_entities")
