"""Which day of which source the book will have once a plan is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from chainbrain.analytics.periods import Period
from chainbrain.importers.plan import Coverage, FilePlan
from ui.widgets.completeness import CellState

if TYPE_CHECKING:
    from chainbrain.workspace import Rooms

BANK, LEDGER = "bank", "ledger"
_ENOUGH_DAYS = 10
_STATES = {
    "full": CellState.FULL,
    "part": CellState.PART,
    "missing": CellState.MISSING,
    "closed": CellState.CLOSED,
    "none": CellState.EMPTY,
}


@dataclass(frozen=True)
class SourceRow:
    """One source (``till``, a channel, ``bank``) and its cells, one per day."""

    source: str
    cells: tuple[CellState, ...]

    @property
    def missing(self) -> int:
        """How many days still lack a file."""
        return sum(state in {CellState.MISSING, CellState.PART, CellState.PART_NEW} for state in self.cells)


@dataclass(frozen=True)
class AfterImport:
    """The days of one month and what each source has on them."""

    days: tuple[date, ...]
    rows: tuple[SourceRow, ...]


def coverage_of(plans: Iterable[FilePlan]) -> tuple[Coverage, ...]:
    """Return what the files that would be written vouch for."""
    return tuple(cover for plan in plans if plan.outcome == "imported" for cover in plan.reading.coverage)


def month_of(covers: Sequence[Coverage]) -> Period | None:
    """Return the last month the files reach into, up to their last day; None when they vouch for no day."""
    last = max((cover.last_day for cover in covers), default=None)
    if last is None:
        return None
    # Early in a month its few days would say little.
    first = last.replace(day=1) if last.day >= _ENOUGH_DAYS else last - timedelta(days=30)
    return Period(first, last + timedelta(days=1))


def after_import(rooms: Rooms, covers: Sequence[Coverage], period: Period) -> AfterImport:
    """Join what the book has with what the files bring.

    Args:
        rooms: the reading rooms.
        covers: what the files vouch for.
        period: the days to show.
    """
    there = {row.key: row.cells for row in rooms.analytics.matrix(period, "source").rows}
    days = tuple(period)
    brought: dict[str, set[date]] = {}
    for cover in covers:
        source = source_of(cover)
        if source:
            first, last = max(cover.first_day, period.first), min(cover.last_day, period.last)
            brought.setdefault(source, set()).update(
                first + timedelta(days=number) for number in range((last - first).days + 1)
            )
    rows = []
    for source in sorted({*there, *brought}, key=_order):
        known = there.get(source)
        cells = tuple(
            joined(_STATES[known[number].state] if known else CellState.EMPTY, day in brought.get(source, set()))
            for number, day in enumerate(days)
        )
        rows.append(SourceRow(source, cells))
    return AfterImport(days, tuple(rows))


def source_of(cover: Coverage) -> str:
    """Return the row of the matrix a coverage belongs to; ledgers only prove what other files brought."""
    if cover.kind == LEDGER:
        return ""
    return cover.channel or cover.kind if cover.kind in {"wallet", "platform"} else cover.kind


def joined(state: CellState, brought: bool) -> CellState:
    """Return a cell's state once the files are written."""
    if not brought or state in {CellState.FULL, CellState.CLOSED}:
        return state
    # With part of the stores there, the files may or may not bring the others: only the book can tell afterwards.
    return CellState.PART_NEW if state is CellState.PART else CellState.NEW


def _order(source: str) -> tuple[int, str]:
    # As the sales go: wallets, platforms, then the till that they are checked against, the bank where they end.
    return {"wechat": 0, "alipay": 1, "till": 3, BANK: 4}.get(source, 2), source
