"""Which of the book's column maps a table belongs to, by its header and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from chainbrain.importers.limits import HEADER_ROWS
from chainbrain.importers.mapped.mapped_table import MappedTable, importer_of
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.tables.detect import Hit
from chainbrain.importers.tables.fold import fold
from chainbrain.importers.tables.layout import Fit, Layout
from chainbrain.importers.tables.table_header import Header, header_at


class MappingFinder:
    """Looks for the headers of all maps; a header is the map's when all its names agree, in any order."""

    def __init__(self, mappings: Sequence[TableMapping]) -> None:
        importers = [importer_of(mapping) for mapping in mappings]
        self._heights = sorted({mapping.header_rows for mapping in mappings})
        self._by_signature: dict[tuple[int, frozenset[str]], list[MappedTable]] = {}
        for importer in importers:
            key = (importer.mapping.header_rows, importer.mapping.signature)
            self._by_signature.setdefault(key, []).append(importer)

    def find(
        self,
        rows: Sequence[Sequence[str]],
        *,
        delimiter: str | None = None,
        sheet: str | None = None,
        beside_format: bool = False,
    ) -> list[Hit]:
        """The maps whose header stands in the first rows of a table; the first such header counts for each.

        Args:
            rows: the first rows of the table.
            delimiter: how the lines were cut, noted in the hits.
            sheet: where the rows stand, noted in the hits.
            beside_format: a built-in format fits the file too, and wins over all maps but the preferred ones.
        """
        found: dict[str, Hit] = {}
        for number in range(min(len(rows), HEADER_ROWS)):
            for height in self._heights:
                header = header_at(rows, number, height)
                for importer in self._by_signature.get((height, header.signature), ()):
                    if importer.mapping.preferred or not beside_format:
                        found.setdefault(importer.mapping.name, hit_of(importer, header, delimiter, sheet))
        return list(found.values())


def hit_of(importer: MappedTable, header: Header, delimiter: str | None, sheet: str | None) -> Hit:
    """A header as the map's own: its columns under the names that the map gives them."""
    by_name = {fold(name): number for name, number in header.places.items()}
    places = {name: by_name[fold(name)] for name in importer.mapping.header if name}
    layout = Layout(importer.mapping.name, tuple(places), tuple(places))
    return Hit(importer, layout, header.row, header.names, Fit(places, 1.0), delimiter, sheet)
