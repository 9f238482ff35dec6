"""What the cells of a column are, and which field of a kind the column may therefore be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped import suggest_hints as hints
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.fold import fold
from chainbrain.importers.tables.table import Table

_LOOKED_AT: Final = 2_000
# Some rows of a table may be broken, or totals, without making it another table.
_MOSTLY: Final = 0.7
_FEW_WORDS: Final = 12
_WORD_LENGTH: Final = 12
_TWO_READINGS: Final = r"^\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}"
_LONG_ID: Final = r"^[0-9A-Za-z_\-*]{6,}$"


@dataclass(frozen=True)
class ColumnFacts:
    """Shares of the filled cells that can be read as each type, and what else they show."""

    name: str
    filled: int
    moment: float
    day: float
    clock: float
    amount: float
    identifier: float
    rate: float
    two_readings: float
    decimals: bool
    negatives: bool
    words: tuple[str, ...]

    @property
    def is_time(self) -> bool:
        """Whether the cells are days or moments, of whatever order."""
        return max(self.moment, self.day, self.two_readings) >= _MOSTLY

    def reads_as(self, type_: str) -> bool:
        """Whether the cells can be read as a field of this type; an empty column says nothing against it."""
        if not self.filled:
            return type_ in (m.TEXT, m.AMOUNT, m.FINE)
        if type_ in (m.MOMENT, m.DAY):
            return self.is_time
        if type_ in (m.AMOUNT, m.FINE):
            return self.amount >= _MOSTLY and not self.is_time
        shares = {m.CLOCK: self.clock, m.RATE: self.rate, m.NUMBER: self.identifier}
        if type_ == m.WORD:
            return bool(self.words)
        return shares.get(type_, 1.0) >= _MOSTLY


def facts_of(table: Table, names: Sequence[str]) -> dict[str, ColumnFacts]:
    """Look at the first rows of every column."""
    cells = parse.cleaned(table.frame.select(names).head(_LOOKED_AT))
    return {name: _facts(name, cells[name].drop_nulls()) for name in names}


def _facts(name: str, cells: pl.Series) -> ColumnFacts:
    def share(found: pl.Series) -> float:
        return found.count() / cells.len() if cells.len() else 0.0

    def matching(pattern: str) -> float:
        return float(cells.str.contains(pattern).sum()) / cells.len() if cells.len() else 0.0

    amounts = parse.yuan(cells, 5)
    distinct = cells.unique(maintain_order=True)
    short = distinct.len() <= _FEW_WORDS and bool((distinct.str.len_chars() <= _WORD_LENGTH).all())
    moments = parse.moments(cells)
    return ColumnFacts(
        name=name,
        filled=cells.len(),
        moment=share(moments),
        day=share(parse.days(cells)),
        clock=share(parse.clocks(parse.plain_clock(cells))),
        amount=share(amounts),
        identifier=max(matching(_LONG_ID), matching(r"^[0-9A-Za-z_\-]+$")),
        rate=share(parse.rates(cells)),
        two_readings=matching(_TWO_READINGS),
        decimals=bool(cells.str.contains(r"\.\d").any()),
        negatives=bool((amounts < 0).any()),
        words=tuple(distinct) if short else (),
    )


def matches(kind: str, facts: Mapping[str, ColumnFacts]) -> dict[str, tuple[str, str]]:
    """The field that each column most likely fills, with ``known`` or ``part``: by a known name or a part of it.

    The more telling name wins a field; a column whose cells cannot be read as the field is not proposed for it.
    """
    wanted = m.FIELDS[kind]
    scored: list[tuple[int, int, str, str]] = []
    for place, (name, column) in enumerate(facts.items()):
        for score, field in _by_name(name, wanted):
            if column.reads_as(wanted[field]):
                scored.append((score, -place, name, field))
    found: dict[str, tuple[str, str]] = {}
    for score, _, name, field in sorted(scored, reverse=True):
        taken = {filled for filled, _ in found.values()}
        if name not in found and (field not in taken or field in m.JOINED):
            found[name] = (field, "known" if score >= 2 * len(hints.COMPILED) else "part")
    return {name: found[name] for name in facts if name in found}


def _by_name(name: str, wanted: Mapping[str, str]) -> list[tuple[int, str]]:
    folded = fold(name)
    best = len(hints.COMPILED)
    when = next((field for field, type_ in wanted.items() if type_ == m.MOMENT), "bill_day")
    found = [(best * 2, field) for field, names in hints.EXACT.items() if folded in names and field in wanted]
    for rank, (field, pattern) in enumerate(hints.COMPILED):
        target = when if field == "time" else field
        if field == "kind" and "kind" not in wanted:
            # Where rows have no kinds, such a column can still say which way the money went.
            target = "direction"
        if target in wanted and pattern.search(folded):
            # The whole name says more than a part of it.
            found.append((best - rank + (best // 2 if pattern.fullmatch(folded) else 0), target))
    return found
