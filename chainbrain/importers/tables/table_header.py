"""The header of a table that no importer knows: where it stands, what its columns are called, what tells it again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from chainbrain.importers.limits import HEADER_ROWS
from chainbrain.importers.tables.fold import fold

# What stands in data and hardly ever in a header: figures, days, moments.
_FIGURE: Final = re.compile(r"^[`'=\"\s¥￥+-]*\d[\d,.:/\-年月日\sT]*%?$")
_FEWEST: Final = 2


@dataclass(frozen=True)
class Header:
    """One or two rows that name columns.

    Attributes:
        row: the lower row, from 0.
        height: 1, or 2 where group names stand above the names.
        names: one name per column, each only once; empty where a column has none.
    """

    row: int
    height: int
    names: tuple[str, ...]

    @property
    def signature(self) -> frozenset[str]:
        """The folded names: the same header again, however its columns are ordered and dressed."""
        return signature(self.names)

    @property
    def places(self) -> dict[str, int]:
        """Where each named column stands."""
        return {name: number for number, name in enumerate(self.names) if name}


def signature(names: Sequence[str]) -> frozenset[str]:
    """What tells a header again: its folded names, without order."""
    return frozenset(folded for folded in map(fold, names) if folded)


def header_at(rows: Sequence[Sequence[str]], row: int, height: int = 1) -> Header:
    """The header whose lower row is this one.

    Names that occur twice are told apart by the group above them, or else by a number: 金额, 金额#2.
    """
    lower = [_shown(cell) for cell in rows[row]]
    if height == 2 and row > 0:
        upper = [_shown(cell) for cell in rows[row - 1]]
        width = max(len(lower), len(upper))
        lower += [""] * (width - len(lower))
        upper += [""] * (width - len(upper))
        lower = _grouped(lower, upper)
    return Header(row, height, tuple(_numbered(lower)))


def guess_header(rows: Sequence[Sequence[str]]) -> Header | None:
    """What most looks like a header: many different words, and figures below them."""
    best: tuple[float, int] | None = None
    for number, cells in enumerate(rows[:HEADER_ROWS]):
        filled = [cell for cell in map(_shown, cells) if cell]
        words = {fold(cell) for cell in filled if not _FIGURE.match(cell)}
        if len(words) < _FEWEST or len(words) < len(filled) * 0.8:
            continue
        # Figures right below say more than figures further down.
        follows = [_figures(below) for below in rows[number + 1 : number + 4]]
        weight = 1.0 if follows and follows[0] else 0.5 if any(follows) else 0.0
        score = len(words) * (1 + weight) - number * 0.01
        if best is None or score > best[0]:
            best = (score, number)
    if best is None:
        return None
    row = best[1]
    return header_at(rows, row, _height(rows, row))


def _figures(cells: Sequence[str]) -> int:
    return sum(1 for cell in map(_shown, cells) if _FIGURE.match(cell))


def _height(rows: Sequence[Sequence[str]], row: int) -> int:
    """Two, when a row with fewer names stands right above and the names alone do not tell the columns apart."""
    if row == 0:
        return 1
    upper = [_shown(cell) for cell in rows[row - 1]]
    lower = [_shown(cell) for cell in rows[row]]
    over_names = sum(1 for number, cell in enumerate(upper) if cell and number < len(lower) and lower[number])
    over_gaps = sum(1 for number, cell in enumerate(upper) if cell and (number >= len(lower) or not lower[number]))
    repeated = len({cell for cell in lower if cell}) < sum(1 for cell in lower if cell)
    words = not any(_FIGURE.match(cell) for cell in upper if cell)
    return 2 if words and over_names + over_gaps >= _FEWEST and (repeated or over_gaps) else 1


def _grouped(lower: list[str], upper: list[str]) -> list[str]:
    repeated = {name for name in lower if name and lower.count(name) > 1}
    group, names = "", []
    for low, up in zip(lower, upper, strict=True):
        # A merged cell holds its text in its first column only.
        group = up or group
        names.append(up if not low else f"{group} {low}".strip() if low in repeated else low)
    return names


def _numbered(names: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    told = []
    for name in names:
        folded = fold(name)
        if folded:
            seen[folded] = seen.get(folded, 0) + 1
        told.append(f"{name}#{seen[folded]}" if folded and seen[folded] > 1 else name if folded else "")
    return told


def _shown(cell: str) -> str:
    return re.sub(r"\s+", " ", cell).strip(" `'\ufeff\u200b")
