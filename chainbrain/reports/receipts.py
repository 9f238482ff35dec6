"""The report on receipts to come: sums and days of every line of one level or of all, beside what was taken before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from chainbrain.cash.room import CashRoom
from chainbrain.errors import UserError
from chainbrain.reports.filters import CHANNEL, Column, Filters, frame, money, report
from chainbrain.reports.tables import Report, ReportTable
from chainbrain.rulebook import RuleBook

if TYPE_CHECKING:
    from chainbrain.cash.receipts import Estimate
    from chainbrain.cash.receipts_level import LevelForecast, LevelLine
    from chainbrain.database.book import Book

DAYS: Final = 28
_RANGES: Final = ("estimate", "low_80", "high_80", "low_95", "high_95")
_WHOSE: Final = (Column("forecast_level", "word", "forecast_level"), Column("receipts_of", "names"), CHANNEL)


def receipts(book: Book, filters: Filters) -> Report:
    """What will be taken within four weeks, at every level, of one legal entity or of all; without sales no rows."""
    from chainbrain.cash.receipts_level import OFFERED  # noqa: PLC0415

    calendar, room = RuleBook(book).calendar(), CashRoom(book)
    try:
        # All of one entity is its line among the entities.
        levels = [level for level in OFFERED if filters.entity is None or level != "chain"]
        found = [room.receipts(calendar, level, DAYS, entity=filters.entity) for level in levels]
    except UserError as problem:
        if problem.code != "forecast.no_sales":
            raise
        found = []
    return of_levels(found, filters)


def of_levels(found: Sequence[LevelForecast], filters: Filters) -> Report:
    """Levels that were worked out already, added up and day by day."""
    lines = [(level.level, line) for level in found for line in level.lines]
    return report("receipts", (_sums(lines), _days(lines)), filters)


def _sums(lines: Sequence[tuple[str, LevelLine]]) -> ReportTable:
    columns = (
        *_WHOSE, Column("event_first", "date"), Column("event_last", "date"), *money(*_RANGES, "taken_before"),
    )  # fmt: skip
    rows = []
    for level, line in lines:
        one = line.line.total
        rows.append((*_whose(level, line), one.first, one.last, *_figures(one), line.before))
    return ReportTable("receipts", columns, frame(columns, rows))


def _days(lines: Sequence[tuple[str, LevelLine]]) -> ReportTable:
    columns = (*_WHOSE, Column("day", "date"), *money(*_RANGES))
    rows = [(*_whose(level, line), one.first, *_figures(one)) for level, line in lines for one in line.line.days]
    return ReportTable("receipts_days", columns, frame(columns, rows))


def _whose(level: str, line: LevelLine) -> tuple[str, str | None, str | None]:
    """Level, name and channel; of several companies or none, and of the chain, the words stand for a name."""
    name, channel = line.named
    if level == "entity" and not name:
        name = "cash.no_entity"
    return level, name or None, channel


def _figures(one: Estimate) -> tuple[object, ...]:
    return one.mean, one.p10, one.p90, one.p2_5, one.p97_5
