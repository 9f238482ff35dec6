"""What a person decided about an open plan: per row, per file, or for the whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from chainbrain.importers.plan import RowProblem

LEAVE: Final = "leave"
NEW: Final = "new"
SAME: Final = "same"


@dataclass(frozen=True, order=True)
class RowPlace:
    """Where a row stands: its file, its sheet (empty for text files) and its line, as ``RowProblem`` names them."""

    file_id: str
    line: int
    sheet: str | None = None


@dataclass(frozen=True)
class Decisions:
    """Everything decided about one plan; the default decides nothing.

    Attributes:
        accept_suspect: every suspect row is written as a row of its own, unless ``rows`` says otherwise.
        accept_differences: files whose control totals differ from their rows are taken, marked ``differs``.
        rows: what a suspect row is: ``leave`` (先不写; as good as no decision), ``new`` (是新的: a row of its own) or
            ``same`` (同一笔: counted as seen, and remembered as a sighting of the row it repeats).
        take: ids of single files that are taken though their control totals differ.
        leave_out: ids of files that this import does not take.
        formats: for files that fit several formats, by id: the candidate to read them as.
    """

    accept_suspect: bool = False
    accept_differences: bool = False
    rows: Mapping[RowPlace, str] = field(default_factory=dict)
    take: frozenset[str] = frozenset()
    leave_out: frozenset[str] = frozenset()
    formats: Mapping[str, str] = field(default_factory=dict)

    def open_rows(self, file_id: str, suspects: Sequence[RowProblem]) -> tuple[RowProblem, ...]:
        """Those of a file's suspect rows that are not written."""
        said = {(place.sheet, place.line): word for place, word in self.rows.items() if place.file_id == file_id}
        others = NEW if self.accept_suspect else LEAVE
        return tuple(row for row in suspects if said.get((row.sheet, row.line), others) == LEAVE)

    def takes_differing(self, file_id: str) -> bool:
        """Whether a file is taken though a control total differs from its rows."""
        return self.accept_differences or file_id in self.take

    def same_files(self, other: Decisions) -> bool:
        """Whether both take the same files read in the same way, so that only rows differ."""
        return (self.accept_differences, self.take, self.leave_out, self.formats) == (
            other.accept_differences,
            other.take,
            other.leave_out,
            other.formats,
        )


UNDECIDED: Final = Decisions()
