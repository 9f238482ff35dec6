"""The tables of a web page, as spreadsheet programs show them. Nothing of the page is run, loaded or followed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from chainbrain.errors import FileRefused
from chainbrain.importers.files.figures import is_figure, plain_figure
from chainbrain.importers.files.grid import TO_THE_END, Grid
from chainbrain.importers.limits import Limits

_NESTED: Final = 50
_BLANKS: Final = re.compile(r"[ \t\r\n\f]+")
_SILENT: Final = frozenset({"script", "style", "title", "template", "noscript"})
_BREAKS: Final = frozenset({"br", "p", "div", "li"})
# What office programs write beside the text of a cell: https://learn.microsoft.com/en-us/previous-versions/office/
# developer/office2000/aa155477(v=office.10)
_VALUE: Final = "x:num"
_TEXT_FORMAT: Final = re.compile(r"mso-number-format\s*:\s*[\"']?\\?@")
_TEXT_VALUE: Final = "x:str"


@dataclass
class _Table:
    """A table that is open; what it holds belongs to the innermost one."""

    grid: Grid
    in_row: bool = False
    cell: dict[str, str | None] | None = None
    pieces: list[str] = field(default_factory=list)
    caption: list[str] | None = None


class Page(HTMLParser):
    """Collects the tables of a page in the order in which they begin, those inside others too."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.grids: list[Grid] = []
        self._limits = limits
        self._open: list[_Table] = []
        self._silent: str | None = None

    def read(self, text: str) -> list[Grid]:
        """All tables that hold anything.

        Raises:
            FileRefused: no table, a table that never ends, tables inside each other without end, or out of the limits.
        """
        try:
            self.feed(text)
            self.close()
        except AssertionError as error:
            # What the parser says to a marked section of a kind that does not exist.
            raise FileRefused("import.markup_damaged", row=str(self.getpos()[0])) from error
        if self._open:
            raise FileRefused("import.markup_cut_off")
        found = [grid for grid in self.grids if not grid.is_empty]
        if not found:
            raise FileRefused("import.markup_no_table")
        return found

    # ------------------------------------------------------------------ what the parser meets
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag opens."""
        if tag in _SILENT:
            self._silent = tag
        elif tag == "table":
            self._begin_table()
        elif self._open:
            self._inside(self._open[-1], tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself, as in XHTML; only a cell can be meant seriously by that."""
        if tag in ("td", "th", *_BREAKS):
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """A tag closes."""
        if tag == self._silent:
            self._silent = None
        if not self._open:
            return
        table = self._open[-1]
        if tag == "table":
            _end_cell(table)
            self._open.pop()
        elif tag in ("tr", "thead", "tbody", "tfoot"):
            _end_cell(table)
            table.in_row = False
        elif tag in ("td", "th"):
            _end_cell(table)
        elif tag == "caption":
            _end_caption(table)

    def handle_data(self, data: str) -> None:
        """Text; that between the cells belongs to nobody."""
        if self._open and self._silent is None:
            table = self._open[-1]
            if table.caption is not None:
                table.caption.append(data)
            elif table.cell is not None:
                table.pieces.append(data)

    def unknown_decl(self, data: str) -> None:
        """Conditional sections of office programs, which the parser would not forgive."""

    # ------------------------------------------------------------------ tables
    def _begin_table(self) -> None:
        if len(self._open) >= _NESTED:
            raise FileRefused("import.markup_too_deep", allowed=_NESTED)
        grid = Grid(f"#{len(self.grids) + 1}", self._limits)
        self.grids.append(grid)
        self._open.append(_Table(grid))

    def _inside(self, table: _Table, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "tr":
            _end_cell(table)
            table.grid.start_row()
            table.in_row = True
        elif tag in ("td", "th"):
            _end_cell(table)
            if not table.in_row:
                table.grid.start_row()
                table.in_row = True
            table.cell = attributes
        elif tag == "caption":
            table.caption = []
        elif tag in _BREAKS and table.cell is not None:
            table.pieces.append(" ")


def _end_caption(table: _Table) -> None:
    if table.caption is not None:
        words = _BLANKS.sub(" ", "".join(table.caption)).strip()
        table.grid.name = f"{table.grid.name} {words[:40]}".strip()
        table.caption = None


def _end_cell(table: _Table) -> None:
    _end_caption(table)
    if table.cell is None:
        return
    text = _BLANKS.sub(" ", "".join(table.pieces)).strip()
    attributes = table.cell
    table.cell = None
    table.pieces.clear()
    number = False
    if (
        _VALUE in attributes
        and _TEXT_VALUE not in attributes
        and not _TEXT_FORMAT.search(attributes.get("style") or "")
    ):
        # The cell shows a number as its format wants it; the number itself may have more digits.
        value = attributes[_VALUE] or text
        if is_figure(text):
            number = True
            text = plain_figure(value)
    down = _span(attributes.get("rowspan"))
    table.grid.place(
        text, across=_span(attributes.get("colspan")) or 1, down=TO_THE_END if down == 0 else down, number=number
    )


def _span(words: str | None) -> int:
    """How many places; what is no number counts as one."""
    digits = (words or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 6 else 1
