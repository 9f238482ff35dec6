"""Figures of the industry as a report: what sources say, and the chain's and every store's own figure beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from chainbrain.analytics import benchmarks, stores
from chainbrain.analytics.benchmarks import Benchmark
from chainbrain.analytics.stores import LeagueRow
from chainbrain.reports.filters import Column, Filters, frame, period_of, report
from chainbrain.reports.tables import Report, ReportTable

if TYPE_CHECKING:
    from chainbrain.database.book import Book

_YUAN: Final = "ticket"
_CHAIN: Final = "stores.all"
_CHOSEN: Final = "stores.chosen"
_HEAD: Final = (Column("store_id", "id"), Column("store", "names"), Column("metric", "word", "benchmark"))
_SAID: Final = (
    Column("trade"),
    Column("city"),
    Column("said_of"),
    Column("source"),
    Column("dated", "date"),
)


def industry(book: Book, filters: Filters) -> Report:
    """Shares in one table, yuan in another; a figure that nobody tells of the industry stands alone."""
    period = period_of(book, filters, "last_28")
    league = stores.league(book, period, filters.stores) if period is not None else None
    rows = league.rows if league is not None else ()
    if league is not None and len(rows) > 1:
        # As on the screen as long as no single store is chosen there.
        rows = (league.total, *rows)
    known, whole = benchmarks.standing(book), _CHAIN if filters.stores is None else _CHOSEN
    tables = (
        _table("industry", "percent", [one for one in _rows(rows, known, whole) if one[2] != _YUAN]),
        _table("industry_yuan", "money", [one for one in _rows(rows, known, whole) if one[2] == _YUAN]),
    )
    return report("industry", tables, filters, period)


def _rows(rows: Sequence[LeagueRow], known: Sequence[Benchmark], whole: str = _CHAIN) -> Iterator[tuple[Any, ...]]:
    for said in known if not rows else ():
        # A book without sales still knows what was imported.
        of = (said.trade, said.city, said.period, said.source, said.dated)
        yield (None, None, said.metric, None, None, None, said.low, said.median, said.high, None, *of)
    for row in rows:
        for one in benchmarks.compared(row, known):
            own = one.own
            head = (row.store_id or None, row.name if row.store_id else whole, own.metric, own.value, own.month)
            lacks = f"benchmark_lacks.{own.lacks}" if own.lacks else None
            for said in one.benchmarks:
                place = None if own.value is None else f"benchmark_at.{benchmarks.position(own.value, said)}"
                of = (said.trade, said.city, said.period, said.source, said.dated)
                yield (*head, lacks, said.low, said.median, said.high, place, *of)
            if not one.benchmarks:
                yield (*head, lacks, None, None, None, "benchmark.none", *(None,) * len(_SAID))


def _table(name: str, kind: str, rows: Sequence[tuple[Any, ...]]) -> ReportTable:
    columns = (
        *_HEAD,
        Column("own_value", kind),
        Column("own_month", "date"),
        Column("lacks", "names"),
        Column("low_quartile", kind),
        Column("median", kind),
        Column("high_quartile", kind),
        Column("stands", "names"),
        *_SAID,
    )
    return ReportTable(name, columns, frame(columns, rows))
