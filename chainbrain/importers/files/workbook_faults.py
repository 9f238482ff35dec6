"""Cells of a workbook that hold a fault: the fast reader shows them as empty, and empty may mean 0."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection
from typing import Final

# Each begins with plain text, which is quick to look for; as one expression they take longer than reading the sheet.
_MARKS: Final = (
    re.compile(rb"t=[\"']e[\"']"),
    re.compile(rb"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
    re.compile(rb"<f\b[^>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"),
)
ERRORS: Final = (
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
)
_ERROR: Final = re.compile(rb"(<c\b[^>]*\bt=)([\"'])e\2")
# A program that writes formulas and does not compute them leaves the value out; Excel does so nowhere.
_UNCOMPUTED: Final = re.compile(rb"<c\b([^>]*)>\s*(<f\b[^>]*>([^<]*)</f>|<f\b[^>]*/>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
_KIND: Final = re.compile(rb"\s\bt=([\"'])(\w+)\1")


def is_marked(text: bytes) -> bool:
    """Whether a sheet's XML holds a cell that is an error, or a formula without its result."""
    return any(mark.search(text) for mark in _MARKS)


def made_visible(data: bytes, parts: Collection[str]) -> bytes:
    """The workbook with those cells of these parts as texts: ``#REF!``, or the formula that nobody has computed."""
    source, out = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename in parts:
                content = _UNCOMPUTED.sub(_as_text, _ERROR.sub(rb'\1"str"', content))
            archive.writestr(entry.filename, content)
    return out.getvalue()


def _as_text(cell: re.Match[bytes]) -> bytes:
    attributes, formula, words = cell[1], cell[2], cell[3] or b""
    kind = _KIND.search(attributes)
    if kind and kind[2] == b"str":
        # Computed, and the result is an empty text.
        return cell[0]
    return b"<c" + _KIND.sub(b"", attributes) + b' t="str">' + formula + b"<v>=" + words + b"</v></c>"
