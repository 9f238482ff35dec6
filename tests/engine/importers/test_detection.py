"""Every header that a format knows fits that format alone: what one family recognises, no other claims."""

from __future__ import annotations

import pytest

from chainbrain.importers.base import Importer
from chainbrain.importers.registry import FORMATS
from chainbrain.importers.tables.detect import Finder
from chainbrain.importers.tables.layout import Layout

from .conftest import GOLDEN, Reader

FINDER = Finder(FORMATS)
HEADERS = [
    pytest.param(importer, layout, id=f"{importer.format}/{layout.id or layout.role or 'only'}")
    for importer in FORMATS
    for layout in importer.layouts
]
FILES = sorted(
    path
    for path in GOLDEN.rglob("*")
    if path.is_file() and path.suffix not in (".json", ".md", ".txt") and "LICENSES" not in path.parts
)


@pytest.mark.parametrize(("importer", "layout"), HEADERS)
def test_a_header_fits_one_format(importer: Importer, layout: Layout) -> None:
    """The narrowest and the widest header of a layout, in the file's words."""
    for columns in (layout.any_of[:1], (*layout.columns, *layout.any_of)):
        hits = FINDER.find([list(dict.fromkeys((*layout.required, *columns)))])
        assert {hit.importer.format for hit in hits} == {importer.format}
        assert any(hit.layout.role == layout.role for hit in hits)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_no_file_is_ambiguous(path: object, read_path: Reader) -> None:
    found = read_path(path)
    assert found
    assert all(item.reading.outcome != "ambiguous" and item.reading.candidates == () for item in found)
