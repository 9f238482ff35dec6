"""Writes workbooks of the binary kind (xls), which no library of ours does: one sheet of texts, numbers and errors."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR = 512


@dataclass(frozen=True)
class Fault:
    """A cell with an error, by its code (0x17 is #REF!, 0x2A is #N/A); computed by a formula, or a value."""

    code: int
    computed: bool = False


Cell = str | float | Fault | None


def xls(rows: Sequence[Sequence[Cell]], name: str = "Sheet1") -> bytes:
    """A workbook with these cells on its only sheet."""
    width = max(len(row) for row in rows)
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet += _cell(struct.pack("<HHH", number, column, 0), cell)
    sheet += _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6)) + _record(0x0042, b"\xb0\x04")
    title = name.encode("utf-16-le")
    place = len(start) + 4 + 8 + len(title) + 4
    start += _record(0x0085, struct.pack("<IBBBB", place, 0, 0, len(name), 1) + title) + _record(0x000A, b"")
    return _compound(start + sheet)


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _cell(place: bytes, cell: Cell) -> bytes:
    match cell:
        case None:
            return b""
        case str():
            return _record(0x0204, place + struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le"))
        case Fault(code, computed=False):
            return _record(0x0205, place + bytes([code, 1]))
        case Fault(code):
            # Its result, flags, a number of the program's, and the formula: the error as a constant.
            result = bytes([2, 0, code, 0, 0, 0]) + b"\xff\xff"
            return _record(0x0006, place + result + struct.pack("<HIH", 0, 0, 2) + bytes([0x1C, code]))
    return _record(0x0203, place + struct.pack("<d", cell))


def _compound(stream: bytes) -> bytes:
    """The stream ``Workbook`` in a compound file: table of sectors, directory, data."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\0")
    sectors = len(stream) // _SECTOR
    assert sectors + 2 <= 128
    table = [_FAT, _END, *range(3, sectors + 2), _END]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + struct.pack("<I", 0)
    header = header.ljust(_SECTOR, b"\xff")
    entries = _entry("Root Entry", 5, _END, 0, child=1) + _entry("Workbook", 2, 2, len(stream))
    fat = struct.pack(f"<{len(table)}I", *table).ljust(_SECTOR, b"\xff")
    return header + fat + entries.ljust(_SECTOR, b"\0") + stream


def _entry(name: str, kind: int, start: int, size: int, child: int = _FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16x4x16xIQ", len(text), kind, 1, _FREE, _FREE, child, start, size
    )
