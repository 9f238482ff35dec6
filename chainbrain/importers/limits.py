"""How much of our time, memory and disk one foreign file may take."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of one reading process; generous for honest exports, small enough that a hostile file cannot hurt.

    Attributes:
        seconds: wall-clock time for one file, all members of a zip together; a longer text has more (``seconds_for``).
        memory: bytes that the process may add to what it needs when idle.
        file_bytes: size of one file that has to be in memory, or of all members of one zip when unpacked.
        text_bytes: size of one text file; it is read in pieces.
        whole_bytes: size of a text that cannot be read in pieces (``Importer.streams``); it takes ten times that.
        piece_bytes: how much text is in memory at a time.
        zip_entries: members of one zip.
        zip_ratio: how far a member may have been compressed.
        columns: columns of one table.
        cells: cells of one sheet, empty ones between used ones included.
    """

    seconds: float = 180.0
    memory: int = 1_500_000_000
    file_bytes: int = 500_000_000
    text_bytes: int = 2_000_000_000
    whole_bytes: int = 100_000_000
    piece_bytes: int = 16_000_000
    zip_entries: int = 200
    zip_ratio: int = 200
    columns: int = 512
    cells: int = 60_000_000

    def seconds_for(self, size: int) -> float:
        """Time for a file of this size: so much for each 200 MB that it has."""
        return self.seconds * max(1.0, size / 200_000_000)


HEADER_ROWS = 40
"""How far down a header is looked for."""

LISTED_PROBLEMS = 5_000
"""A file with more broken rows than this was not read as what it is, and is refused."""
