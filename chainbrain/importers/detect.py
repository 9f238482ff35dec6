"""Which format a table is, by its header and nothing else; a tie between formats is said, not decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from chainbrain.importers.base import Importer
from chainbrain.importers.fold import fold
from chainbrain.importers.layout import Fit, Layout
from chainbrain.importers.limits import HEADER_ROWS


@dataclass(frozen=True)
class Hit:
    """A layout found in a table: the header row (from 0) and where its columns stand."""

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


def find(formats: Iterable[Importer], rows: Sequence[Sequence[str]], **where: str | None) -> list[Hit]:
    """The layouts that fit the best header row of a table; one hit per format, or several layouts that tie.

    Args:
        formats: the importers to try.
        rows: the first rows of the table.
        where: ``delimiter`` or ``sheet``, noted in the hits.
    """
    formats = list(formats)
    hits = _search(formats, enumerate(map(tuple, rows[:HEADER_ROWS])), where)
    if not hits:
        # Headers of two rows with merged group cells: the lower name counts, the upper where there is none.
        pairs = pairwise(rows[: HEADER_ROWS + 1])
        hits = _search(formats, ((number + 1, _merged(*pair)) for number, pair in enumerate(pairs)), where)
    best: list[Hit] = []
    for importer in formats:
        own = [hit for hit in hits if hit.importer is importer]
        top = max((hit.fit.score for hit in own), default=0.0)
        leading = [hit for hit in own if hit.fit.score == top]
        # The same layout may be met twice when a header is repeated further down; the first one counts.
        best.extend({hit.layout.id: hit for hit in reversed(leading)}.values())
    return best


def widest(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What most looks like a header in a table that nobody recognised: the first row with the most texts."""
    texts = [[cell.strip()[:60] for cell in row] for row in rows]
    best = max(texts, key=lambda row: sum(1 for cell in row if cell and not cell[:1].isdigit()), default=[])
    return tuple(cell for cell in best if cell)[:60]


def _search(
    formats: Sequence[Importer], rows: Iterable[tuple[int, tuple[str, ...]]], where: dict[str, str | None]
) -> list[Hit]:
    hits = []
    for number, cells in rows:
        folded = [fold(cell) for cell in cells]
        if not any(folded):
            continue
        for importer in formats:
            for layout in importer.layouts:
                fit = layout.fit(folded)
                if fit is not None:
                    hits.append(Hit(importer, layout, number, cells, fit, **where))
    return hits


def _merged(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    width = max(len(upper), len(lower))
    padded = ([*row, *[""] * (width - len(row))] for row in (upper, lower))
    return tuple(low if low.strip() else up for up, low in zip(*padded, strict=True))
