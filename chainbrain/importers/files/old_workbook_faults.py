"""Cells of a binary workbook (xls) that hold a formula's error: the fast reader shows them as empty.

The records are those of [MS-XLS]: BoundSheet8 2.4.28, BoolErr 2.4.24, Formula 2.4.127 with FormulaValue 2.5.133.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from typing import Final

import olefile

_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS: Final = ("Workbook", "Book")
_END, _SHEET, _VALUE, _FORMULA = 0x000A, 0x0085, 0x0205, 0x0006
# Texts, numbers, truths and formulas; every cell begins with its row, its column and its style.
_CELLS: Final = frozenset({0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})
_PLACE: Final = 6
_WORDS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
# Quick to look for; only where one occurs are the records gone through one by one.
_MARK: Final = re.compile(
    rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01|\x06\x00.{2}.{6}\x02.[\x00\x07\x0f\x17\x1d\x24\x2a].{3}\xff\xff",
    re.DOTALL,
)

Faults = dict[int, dict[tuple[int, int], str]]
"""Per sheet, from 0: row and column, from 0, and the error."""


def faults_of(data: bytes) -> Faults:
    """The cells with an error, of every sheet that has one."""
    if not data.startswith(_MAGIC):
        return {}
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        name = next((name for name in _STREAMS if container.exists(name)), None)
        stream = container.openstream(name).read() if name else b""
    if not _MARK.search(stream):
        return {}
    places = [struct.unpack_from("<I", stream, at)[0] for kind, at, _ in _records(stream, 0) if kind == _SHEET]
    found = {number: _errors(stream, place) for number, place in enumerate(places)}
    return {number: cells for number, cells in found.items() if cells}


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of the records from here to the end of their part; a chart inside has a part of its own."""
    depth = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        if kind == _END:
            depth -= 1
            if depth <= 0:
                return
        elif kind & 0xFF == 0x09 and kind in (0x0809, 0x0409, 0x0209, 0x0009):
            depth += 1
        elif depth == 1:
            yield kind, place + 4, size
        place += 4 + size


def _errors(stream: bytes, place: int) -> dict[tuple[int, int], str]:
    """The errors of one sheet; its columns count from the first that is used, as the fast reader counts them."""
    found: dict[tuple[int, int], str] = {}
    first = None
    for kind, at, size in _records(stream, place):
        if kind not in _CELLS or size < _PLACE:
            continue
        row, column = struct.unpack_from("<HH", stream, at)
        first = column if first is None else min(first, column)
        code = _code(stream, kind, at, size)
        if code is not None:
            found[row, column] = _WORDS.get(code, "#N/A")
    return {(row, column - (first or 0)): word for (row, column), word in found.items()}


def _code(stream: bytes, kind: int, at: int, size: int) -> int | None:
    if kind == _VALUE and size >= _PLACE + 2 and stream[at + 7] == 1:
        return stream[at + 6]
    if kind == _FORMULA and size >= _PLACE + 8 and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
        return stream[at + 8]
    return None
