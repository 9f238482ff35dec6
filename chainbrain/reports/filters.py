"""What a report is narrowed to, and the pieces all reports are built from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from chainbrain.analytics import periods
from chainbrain.analytics.periods import Period
from chainbrain.money import half_up
from chainbrain.reports.tables import Report, ReportColumn, ReportTable

if TYPE_CHECKING:
    from chainbrain.analytics.store_groups import StoreGroup
    from chainbrain.database.book import Book

Column = ReportColumn
CHANNEL: Final = Column("channel", "word", "channel")


@dataclass(frozen=True)
class Filters:
    """What a report is narrowed to; nothing set means everything. ``first`` and ``after`` bound the business days.

    ``group`` says what the ``stores`` have in common, where they were chosen by it.
    """

    first: date | None = None
    after: date | None = None
    stores: Sequence[str] | None = None
    group: StoreGroup | None = None
    channel: str | None = None
    merchant: str | None = None
    code: str | None = None
    state: str | None = None
    kind: str | None = None
    leg: str | None = None
    entity: str | None = None
    payments: str | None = None
    scenario: str | None = None
    step: str | None = None

    def shown(self) -> tuple[tuple[str, str], ...]:
        """The filters as the report prints them; the days stand apart."""
        pairs = [("stores", ", ".join(self.stores))] if self.stores is not None else []
        if self.group is not None:
            pairs = [(self.group.kind, self.group.value)]
        pairs += [
            (key, value)
            for key in ("channel", "merchant", "code", "state", "kind", "leg", "entity", "payments", "scenario", "step")
            if (value := getattr(self, key))
        ]
        return tuple(pairs)

    def whole_months(self) -> Filters:
        """The same over all days of the months that its days touch: what a report by month is of."""
        first = self.first.replace(day=1) if self.first else None
        last = self.after - timedelta(days=1) if self.after else None
        return replace(
            self, first=first, after=(last.replace(day=1) + timedelta(days=32)).replace(day=1) if last else None
        )

    def values(self, *keys: str) -> dict[str, object]:
        """The named filters as values for a statement."""
        found: dict[str, object] = {key: getattr(self, key) for key in keys}
        if "stores" in found and self.stores is not None:
            found["stores"] = list(self.stores)
        return found


def money(*keys: str) -> list[ReportColumn]:
    """Columns in yuan."""
    return [Column(key, "money") for key in keys]


def counts(*keys: str) -> list[ReportColumn]:
    """Columns of whole numbers."""
    return [Column(key, "count") for key in keys]


def period_of(book: Book, filters: Filters, name: str = "all") -> Period | None:
    """The days of a report: as filtered, up to the last that is known, otherwise the named period; compared fairly.

    What is compared needs an earlier period beside it, so those reports show the current month when nobody chose.
    """
    span = periods.known(book)
    usual = periods.chosen(name, span) if span else None
    first = filters.first or (usual.first if usual else None)
    after = filters.after or (usual.after if usual else None)
    if first is None or after is None:
        return None
    asked = Period(first, max(after, first + timedelta(days=1)))
    return periods.fair_in(book, periods.as_known(asked, span) if span else asked)


def report(
    name: str,
    tables: tuple[ReportTable, ...],
    filters: Filters,
    period: Period | None = None,
    *,
    compared: bool = False,
) -> Report:
    """A report over the given days, with the filters it was made with; ``compared`` ones name their base as well."""
    first, after = (period.first, period.after) if period else (filters.first, filters.after)
    base = (period.base.first, period.base.after) if period and compared else None
    return Report(name, tables, first, after, base, filters.shown())


_TYPES: Final[dict[str, Any]] = {
    "money": pl.Decimal(18, 2),
    "percent": pl.Decimal(18, 6),
    "count": pl.Int64,
    "clock": pl.Int64,
    "date": pl.Date,
    "moment": pl.Datetime("us"),
}


def frame(columns: Sequence[ReportColumn], rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    """Rows of a room as columns of the agreed types."""
    quantised = [
        tuple(_fitting(value, column.kind) for value, column in zip(row, columns, strict=True)) for row in rows
    ]
    return pl.DataFrame(quantised, schema={c.key: _TYPES.get(c.kind, pl.String) for c in columns}, orient="row")


def _fitting(value: Any, kind: str) -> Any:
    if isinstance(value, Decimal):
        return half_up(value, 6 if kind == "percent" else 2)
    return value
