"""How much of our time, memory and disk one foreign file may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading process; generous for honest exports, small enough that a hostile file cannot hurt.

    Attributes:
        seconds: wall-clock time for one file, all members of a zip together.
        memory: bytes that the process may add to what it needs when idle.
        file_bytes: size of one file, or of all members of one zip when unpacked.
        zip_entries: members of one zip.
        zip_ratio: how far a member may have been compressed.
        columns: columns of one table.
        cells: cells of one sheet, empty ones between used ones included.
    """

    seconds: float = 180.0
    memory: int = 1_500_000_000
    file_bytes: int = 500_000_000
    zip_entries: int = 200
    zip_ratio: int = 200
    columns: int = 512
    cells: int = 60_000_000


HEADER_ROWS = 40
"""How far down a header is looked for."""

LISTED_PROBLEMS = 5_000
"""A file with more broken rows than this was not read as what it is, and is refused."""
