"""A member that is text: its delimiter, its header, its rows."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from chainbrain.errors import FileRefused
from chainbrain.importers.files.encoding import Opener
from chainbrain.importers.files.textfile import DELIMITERS, TextFile
from chainbrain.importers.found import FINDER, Found, Terms, harvested, undecided_of
from chainbrain.importers.limits import HEADER_ROWS
from chainbrain.importers.plan import MemberReading
from chainbrain.importers.tables import detect
from chainbrain.importers.tables.pieces import read_text


def read_text_member(opened: Opener, blank: MemberReading, terms: Terms) -> Found:
    """Recognise a table of text by its header and read its rows; a copy lies on the desk meanwhile."""
    copy = terms.desk / f"{terms.stem}-text"
    try:
        return _read_lines(TextFile(opened, copy, terms.limits.piece_bytes), blank, terms)
    finally:
        copy.unlink(missing_ok=True)


def _read_lines(text: TextFile, blank: MemberReading, terms: Terms) -> Found:
    blank = replace(blank, encoding=text.encoding)
    previews = {delimiter: text.preview(delimiter) for delimiter in DELIMITERS}
    hits = [hit for delimiter, rows in previews.items() for hit in FINDER.find(rows, delimiter=delimiter)]
    hits = hits or FINDER.find_bare(previews, text.head.head(HEADER_ROWS))
    mapped = [
        terms.maps.find(rows, delimiter=delimiter, beside_format=bool(hits)) for delimiter, rows in previews.items()
    ]
    hits = [hit for found in mapped for hit in found] or hits
    undecided = undecided_of(hits)
    if blank.read_as in undecided:
        blank = replace(blank, candidates=undecided)
        hits = [hit for hit in hits if hit.name == blank.read_as]
    elif undecided:
        return Found(replace(blank, outcome="ambiguous", code=None, candidates=undecided))
    if not hits:
        widest = max(previews.values(), key=lambda rows: max((len(row) for row in rows), default=0))
        for row in widest:
            if len(row) > terms.limits.columns:
                raise FileRefused("import.too_many_columns", columns=len(row), allowed=terms.limits.columns)
        return Found(replace(blank, outcome="unknown", code="import.unknown_format", headers=detect.widest(widest)))
    hit = hits[0]
    blank = replace(blank, fit=detect.header_fit([hit]))
    return harvested(hit.importer, [hit.layout], blank, terms, partial(read_text, text, hit, terms.limits))
