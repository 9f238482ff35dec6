"""What a table of a format looks like: its header, and how its lines are cut into cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from chainbrain.importers.tables.fold import fold

Repair = Callable[[pl.Series, int], pl.DataFrame]
"""Takes lines with surplus delimiters and the number of fields; gives the fields, null where it could not be done."""


@dataclass(frozen=True)
class Dialect:
    """How lines become cells.

    Attributes:
        quoted: double quotes protect delimiters and line ends; otherwise a quote is an ordinary character.
        marked: every value starts with a backtick, so that delimiter and backtick together cut the line.
        ends: first cells that end the data (the header of a summary).
        comment: lines that start like this are remarks.
        repair: how to cut lines that have too many fields.
        shown: so many characters of a line that cannot be cut are shown; they must end before what names the payer.
        opening: what alone is shown of such a line, where a name may stand anywhere in it; nothing when it begins
            otherwise.
    """

    quoted: bool = True
    marked: bool = False
    ends: tuple[str, ...] = ()
    comment: str | None = None
    repair: Repair | None = None
    shown: int = 80
    opening: str | None = None


PLAIN = Dialect()


@dataclass(frozen=True)
class Fit:
    """Where a layout's columns stand in a header, and how well the two agree (1 = the same set of names)."""

    places: Mapping[str, int]
    score: float


@dataclass(frozen=True)
class Bare:
    """How a text table without a header is known: all its columns in order, and the shape of the telling cells.

    Attributes:
        shapes: what a cell of these columns must match as a whole, blanks around it aside.
        spare: how many further fields may follow the named columns.
        widths: bytes of GB18030 of each field, with one blank between two; empty where a delimiter cuts.
    """

    shapes: Mapping[str, str]
    spare: int = 0
    widths: tuple[int, ...] = ()

    def needed(self, columns: Sequence[str]) -> int:
        """The telling columns stand among so many first ones."""
        return 1 + max(columns.index(name) for name in self.shapes)

    def fits(self, columns: Sequence[str], cells: Sequence[str]) -> bool:
        """Whether one line looks like a row of these columns."""
        # A delimiter behind the last field is not a field.
        fields = len(cells) - (len(cells) == len(columns) + 1 and not cells[-1].strip())
        if not len(columns) <= fields <= len(columns) + self.spare:
            return False
        return all(pattern.fullmatch(cells[columns.index(name)].strip()) for name, pattern in self._patterns.items())

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {name: re.compile(shape) for name, shape in self.shapes.items()}


@dataclass(frozen=True)
class Layout:
    """One header of a format. All names as the files print them; they are compared folded.

    Attributes:
        id: its name within the format; ``None`` where the format has only one.
        required: columns without which it is not this layout.
        columns: all columns of the layout, for telling similar layouts apart.
        any_of: at least one of these must be there too.
        forbidden: columns that prove it is something else.
        aliases: other spellings of a column.
        dialect: how text lines are cut.
        role: which part of a workbook this sheet plays.
        bare: how its text files are known that have no header; ``columns`` then names every field in order.
        confirmed: whether it was checked against real files; otherwise the import says so.
    """

    id: str | None
    required: tuple[str, ...]
    columns: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dialect: Dialect = PLAIN
    role: str = ""
    bare: Bare | None = None
    confirmed: bool = True

    def fit(self, header: Sequence[str]) -> Fit | None:
        """Compare with a header row, already folded; ``None`` when something required is missing."""
        present = set(header)
        if any(present.isdisjoint(self.spellings[name]) for name in self.required) or present & self._forbidden:
            return None
        at = {name: number for number, name in reversed(list(enumerate(header))) if name}
        places = {}
        for name, spellings in self.spellings.items():
            number = next((at[spelling] for spelling in spellings if spelling in at), None)
            if number is not None:
                places[name] = number
        if self.any_of and not any(name in places for name in self.any_of):
            return None
        everything = len(self.spellings) + len(set(at)) - len(places)
        return Fit(places, len(places) / everything)

    @cached_property
    def spellings(self) -> dict[str, tuple[str, ...]]:
        """All columns with their folded spellings."""
        names = dict.fromkeys((*self.required, *self.columns, *self.any_of))
        return {name: tuple(fold(text) for text in (name, *self.aliases.get(name, ()))) for name in names}

    @cached_property
    def _forbidden(self) -> frozenset[str]:
        return frozenset(fold(name) for name in self.forbidden)
