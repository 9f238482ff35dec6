"""Which format a table is, by its header, or by the shape of its cells where a format has none; a tie is said."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mode
from typing import Final

import polars as pl

from chainbrain.importers.base import Importer
from chainbrain.importers.limits import HEADER_ROWS
from chainbrain.importers.plan import HeaderFit
from chainbrain.importers.tables import fixed
from chainbrain.importers.tables.fold import fold
from chainbrain.importers.tables.layout import Bare, Fit, Layout

NO_HEADER: Final = -1
# So many of the first lines must have the shape of a format without header; the others are its broken rows.
_LEAST: Final = 0.5
# A row below the header with so many names under its groups is part of it, even where none of them is known.
_GROUPED_NAMES: Final = 3
_FIGURE: Final = re.compile(r"[+\-¥￥]?\d")


@dataclass(frozen=True)
class Hit:
    """A layout found in a table: the header row (from 0, ``NO_HEADER`` without one) and where its columns stand."""

    importer: Importer
    layout: Layout
    row: int
    header: tuple[str, ...]
    fit: Fit
    delimiter: str | None = None
    sheet: str | None = None

    @property
    def name(self) -> str:
        """Format and layout, as reports name them."""
        return f"{self.importer.format}/{self.layout.id}" if self.layout.id else self.importer.format


class Finder:
    """Looks for the layouts of all formats; built once, since a header row is asked for thousands of times."""

    def __init__(self, formats: Sequence[Importer]) -> None:
        self._formats = tuple(formats)
        self._bare = [
            (importer, layout, layout.bare) for importer in formats for layout in importer.layouts if layout.bare
        ]
        # Layouts by the spellings of one required column: a row that has none of them needs no closer look.
        self._by_name: dict[str, list[tuple[Importer, Layout]]] = {}
        for importer in self._formats:
            for layout in importer.layouts:
                for spelling in layout.spellings[layout.required[0]]:
                    self._by_name.setdefault(spelling, []).append((importer, layout))

    def find(
        self, rows: Sequence[Sequence[str]], *, delimiter: str | None = None, sheet: str | None = None
    ) -> list[Hit]:
        """The layouts that fit the best header row of a table; one hit per format, or several layouts that tie.

        Args:
            rows: the first rows of the table.
            delimiter: how the lines were cut, noted in the hits.
            sheet: where the rows stand, noted in the hits.
        """
        folded = [[fold(cell) for cell in row] for row in rows[: HEADER_ROWS + 1]]
        hits = [
            _with_lower_names(hit, rows[number + 1 : number + 2])
            for number, names in enumerate(folded[:HEADER_ROWS])
            for hit in self._fits(names, number, rows[number])
        ]
        if not hits:
            # Headers of two rows with merged group cells: the lower name counts, the upper where there is none.
            for number, pair in enumerate(pairwise(rows[: HEADER_ROWS + 1])):
                if self._may_be_header(folded[number]) or self._may_be_header(folded[number + 1]):
                    cells = _merged(*pair)
                    hits.extend(self._fits([fold(cell) for cell in cells], number + 1, cells))
        best: list[Hit] = []
        for importer in dict.fromkeys(hit.importer for hit in hits):
            own = [hit for hit in hits if hit.importer is importer]
            top = max(hit.fit.score for hit in own)
            leading = [hit for hit in own if hit.fit.score == top]
            # The same layout may be met twice when a header is repeated further down; the first one counts.
            best.extend({hit.layout.id: hit for hit in reversed(leading)}.values())
        return [replace(hit, delimiter=delimiter, sheet=sheet) for hit in best]

    def find_bare(self, previews: Mapping[str, Sequence[Sequence[str]]], lines: pl.Series) -> list[Hit]:
        """The layouts whose rows the first lines are, in a text table without a header.

        Args:
            previews: the first lines as each delimiter cuts them.
            lines: the first lines themselves.
        """
        hits = []
        for importer, layout, bare in self._bare:
            ways: list[tuple[str | None, Sequence[Sequence[str]]]] = list(previews.items())
            if bare.widths:
                cut = fixed.fields(lines, bare.widths, bare.needed(layout.columns))
                ways = [(None, [row if whole else (text,) for *row, whole, text in cut.with_columns(lines).rows()])]
            for delimiter, rows in ways:
                header = _bare_header(layout, bare, [row for row in rows if any(cell.strip() for cell in row)])
                if header:
                    fit = Fit({name: number for number, name in enumerate(layout.columns)}, 1.0)
                    hits.append(Hit(importer, layout, NO_HEADER, header, fit, delimiter))
        return hits

    def _may_be_header(self, names: Sequence[str]) -> bool:
        return any(name in self._by_name for name in names)

    def _fits(self, names: Sequence[str], row: int, cells: Sequence[str]) -> list[Hit]:
        candidates = {id(pair[1]): pair for name in names for pair in self._by_name.get(name, ())}
        hits = []
        for importer, layout in candidates.values():
            fit = layout.fit(names)
            if fit is not None:
                hits.append(Hit(importer, layout, row, tuple(cells), fit))
        return hits


def _with_lower_names(hit: Hit, below: Sequence[Sequence[str]]) -> Hit:
    """The hit in a header of two rows, where the upper one alone has what is required.

    The lower row has names only below the groups, nothing below the required columns, and takes no known column away.
    """
    if not below:
        return hit
    lower = below[0]
    needed = {hit.fit.places[name] for name in hit.layout.required}
    names = [cell.strip() for number, cell in enumerate(lower) if cell.strip() and number not in needed]
    if not names or any(number < len(lower) and lower[number].strip() for number in needed):
        return hit
    if any(_FIGURE.match(name) for name in names):
        return hit
    cells = _merged(hit.header, lower)
    fit = hit.layout.fit([fold(cell) for cell in cells])
    if fit is None or not fit.places.keys() >= hit.fit.places.keys():
        return hit
    if len(fit.places) == len(hit.fit.places) and len(names) < _GROUPED_NAMES:
        return hit
    return replace(hit, row=hit.row + 1, header=cells, fit=fit)


def header_fit(hits: Sequence[Hit]) -> HeaderFit:
    """How the headers of one member's sheets agree with their layouts; each name once, as the format or file has it."""
    found = dict.fromkeys(name for hit in hits for name in hit.fit.places)
    missing: dict[str, None] = {}
    unused: dict[str, None] = {}
    for hit in hits:
        # One of several columns is enough where any of them will do.
        wanted = [name for name in hit.layout.spellings if name not in hit.layout.any_of]
        missing.update((name, None) for name in wanted if name not in found)
        used = set(hit.fit.places.values())
        unused.update((cell.strip(), None) for n, cell in enumerate(hit.header) if cell.strip() and n not in used)
    return HeaderFit(tuple(found), tuple(missing), tuple(unused), any(hit.row == NO_HEADER for hit in hits))


def _bare_header(layout: Layout, bare: Bare, rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The header that these rows would have; nothing when they do not have the layout's shape."""
    fitting = [row for row in rows if bare.fits(layout.columns, row)]
    if not fitting or len(fitting) < _LEAST * len(rows):
        return ()
    # Fields behind the named ones have a number only.
    fields = max(len(layout.columns), mode(len(row) for row in fitting))
    return (*layout.columns, *(str(number + 1) for number in range(len(layout.columns), fields)))


def widest(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What most looks like a header in a table that nobody recognised: the first row with the most texts."""
    texts = [[cell.strip()[:60] for cell in row] for row in rows]
    best = max(texts, key=lambda row: sum(1 for cell in row if cell and not cell[:1].isdigit()), default=[])
    return tuple(cell for cell in best if cell)[:60]


def _merged(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    padded = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    return tuple(low if low.strip() else up for up, low in zip(*padded, strict=True))
