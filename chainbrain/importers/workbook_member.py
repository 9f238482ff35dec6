"""A member that is a workbook: one or several tables, recognised sheet by sheet."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import partial

from chainbrain.errors import FileRefused
from chainbrain.importers.base import Sheet
from chainbrain.importers.files.markup import Markup
from chainbrain.importers.files.workbook import Sheets
from chainbrain.importers.found import FINDER, Found, Terms, harvested, refusal, undecided_of
from chainbrain.importers.plan import MemberReading
from chainbrain.importers.tables import cut, detect
from chainbrain.importers.tables.pieces import read_whole


def read_workbook_member(book: Sheets, blank: MemberReading, terms: Terms) -> list[Found]:
    """Recognise every sheet by its header and read them; sheets of one kind are one member."""
    previews = {name: book.preview(name) for name in book.sheets}
    per_sheet = {name: FINDER.find(rows, sheet=name) for name, rows in previews.items()}
    known = any(per_sheet.values())
    per_sheet = {
        name: terms.maps.find(rows, sheet=name, beside_format=known) or per_sheet[name]
        for name, rows in previews.items()
    }
    undecided = {text for hits in per_sheet.values() for text in undecided_of(hits)}
    if blank.read_as in undecided:
        blank = replace(blank, candidates=tuple(sorted(undecided)))
        per_sheet = {
            name: [hit for hit in hits if hit.name == blank.read_as] if undecided_of(hits) else hits
            for name, hits in per_sheet.items()
        }
    elif undecided:
        return [Found(replace(blank, outcome="ambiguous", code=None, candidates=tuple(sorted(undecided))))]
    hits = [hit for found in per_sheet.values() for hit in found]
    if not hits:
        if not any(row for rows in previews.values() for row in rows):
            raise FileRefused("import.empty")
        headers = max((detect.widest(rows) for rows in previews.values()), key=len)
        return [Found(replace(blank, outcome="unknown", code="import.unknown_format", headers=headers))]
    importers = list(dict.fromkeys(hit.importer for hit in hits))
    found = []
    for importer in importers:
        own = [hit for hit in hits if hit.importer is importer]
        named = replace(blank, fit=detect.header_fit(own))
        if len(importers) > 1:
            # Several tables of different kinds in one workbook are several data members, named by their sheets.
            sheets = "+".join(hit.sheet or "" for hit in own)
            digest = hashlib.sha256(f"{blank.sha256}!{sheets}".encode()).hexdigest()
            member = f"{blank.member}!{sheets}" if blank.member else sheets
            named = replace(named, name=f"{blank.name}!{sheets}", member=member, sha256=digest)
        try:
            tables = [Sheet(hit.layout, cut.from_sheet(book, hit, terms.limits)) for hit in own]
            if isinstance(book, Markup):
                for hit, sheet in zip(own, tables, strict=True):
                    if hit.sheet is not None and sheet.table.frame.is_empty():
                        book.refuse_parted(hit.sheet, hit.header, recognised=per_sheet)
            layouts = [hit.layout for hit in own]
            found.append(harvested(importer, layouts, named, terms, partial(read_whole, importer, tables)))
        except FileRefused as refused:
            found.append(Found(refusal(replace(named, format=importer.format), refused)))
    return found
