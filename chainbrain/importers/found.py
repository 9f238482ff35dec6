"""A data member that was found in a file: what holds for reading it, and what it yields when it was recognised."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Final

from chainbrain.errors import FileRefused
from chainbrain.importers.base import Context, Importer
from chainbrain.importers.files.passwords import Passwords
from chainbrain.importers.harvest import Harvest
from chainbrain.importers.limits import LISTED_PROBLEMS, Limits
from chainbrain.importers.mapped import mapping_json
from chainbrain.importers.mapped.mapped_table import MappedTable
from chainbrain.importers.mapped.mapping_finder import MappingFinder
from chainbrain.importers.plan import MemberReading
from chainbrain.importers.registry import FORMATS
from chainbrain.importers.tables import detect
from chainbrain.importers.tables.detect import Hit
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.pieces import Staged

_SAMPLE: Final = 20
FINDER: Final = detect.Finder(FORMATS)


@dataclass(frozen=True)
class Terms:
    """What holds for every member of a file: salt, bounds, what opens it, the book's column maps, the desk."""

    salt: bytes
    limits: Limits
    passwords: Passwords
    maps: MappingFinder
    formats: Mapping[str, str]
    desk: Path
    stem: str
    _numbers: Iterator[int] = field(default_factory=count)

    def start(self) -> Path:
        """Beginning of the names of the next member's staged files."""
        return self.desk / f"{self.stem}-{next(self._numbers)}"


@dataclass(frozen=True)
class Found:
    """A member that was looked at, and what it yields when it was recognised and read."""

    reading: MemberReading
    importer: Importer | None = None
    harvest: Harvest | None = None
    staged: dict[str, Path] = field(default_factory=dict)


def undecided_of(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The formats that a table fits, when it fits more than one."""
    names = sorted({hit.name for hit in hits})
    return tuple(names) if len(names) > 1 else ()


def harvested(
    importer: Importer,
    layouts: Sequence[Layout],
    blank: MemberReading,
    terms: Terms,
    read: Callable[[Context, Path], Staged],
) -> Found:
    """Read a member that was recognised; refused when its format says so, or for more broken rows than are listed.

    Args:
        importer: of its format.
        layouts: of its tables.
        blank: what is known of it so far.
        terms: what holds for every member of the file.
        read: reads its rows into staged files whose names begin with the path.
    """
    confirmed = importer.confirmed and all(layout.confirmed for layout in layouts)
    known = replace(blank, format=importer.format, layout=layouts[0].id, confirmed=confirmed)
    if isinstance(importer, MappedTable):
        known = replace(known, mapping=mapping_json.dumps(importer.mapping))
    try:
        harvest, staged = read(Context(terms.salt, blank.name), terms.start())
    except FileRefused as refused:
        return Found(refusal(known, refused))
    if harvest.broken > LISTED_PROBLEMS:
        facts = {"broken": str(harvest.broken), "rows": str(harvest.row_count)}
        sample = tuple(harvest.problems[:_SAMPLE])
        return Found(replace(known, code="import.too_many_broken", facts=facts, problems=sample))
    return Found(known, importer, harvest, staged)


def refusal(blank: MemberReading, refused: FileRefused) -> MemberReading:
    """The reading of a member that is refused, with the reason."""
    facts = {name: str(value) for name, value in refused.facts.items()}
    return replace(blank, outcome="refused", code=refused.code, facts=facts)
