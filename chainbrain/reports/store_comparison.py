"""Stores put beside each other as a report: figures with their distance to the first, channels, days or weeks."""

from __future__ import annotations

from typing import Any, Final

from chainbrain.analytics.compare import Comparison
from chainbrain.reports.filters import CHANNEL, Column, Filters, frame, money, report
from chainbrain.reports.selling import NOT_ENTERED
from chainbrain.reports.tables import Report, ReportTable

_WHOSE: Final = (Column("store_id", "id"), Column("store"))
_STORES: Final = (*_WHOSE, Column("city"), Column("store_format", "names"), Column("city_tier", "names"))
_FIGURES: Final = (
    *_WHOSE,
    Column("compare_figure", "word", "compare"),
    *money("figure_value", "off_first"),
    *(Column(key, "percent") for key in ("off_ratio", "value_rate", "rate_off")),
)
_CHANNELS: Final = (*_WHOSE, CHANNEL, Column("share", "percent"), Column("rate_off", "percent"))
_SERIES: Final = (Column("first_day", "date"), *_WHOSE, *money("receipts"), Column("indexed", "money"))


def of_comparison(found: Comparison) -> Report:
    """A comparison that was made already as a report; what is not known has no figure."""
    filters = Filters(stores=[row.store_id for row in found.rows])
    return report(
        "store-compare",
        (_figures(found), _channels(found), _series(found), _stores(found)),
        filters,
        found.period,
        compared=True,
    )


def _figures(found: Comparison) -> ReportTable:
    rows: list[tuple[Any, ...]] = []
    for line in found.lines:
        for place, row in enumerate(found.rows):
            if line.channel or line.kind == "words":
                continue
            value, off = line.values[place], line.off(place)
            sums = (
                (None, None, None, value, off)
                if line.kind == "percent"
                else (value, off, line.ratio(place), None, None)
            )
            rows.append((row.store_id, row.name, line.key, *sums))
    return ReportTable("store-compare", _FIGURES, frame(_FIGURES, rows))


def _channels(found: Comparison) -> ReportTable:
    rows = [
        (row.store_id, row.name, line.key, line.values[place], line.off(place))
        for line in found.lines
        if line.channel
        for place, row in enumerate(found.rows)
    ]
    return ReportTable("compare_channels", _CHANNELS, frame(_CHANNELS, rows))


def _stores(found: Comparison) -> ReportTable:
    rows = [
        (row.store_id, row.name, row.city, row.format or NOT_ENTERED, row.city_tier or NOT_ENTERED)
        for row in found.rows
    ]
    return ReportTable("compare_stores", _STORES, frame(_STORES, rows))


def _series(found: Comparison) -> ReportTable:
    rows = [
        (start, row.store_id, row.name, series.values[place], series.indexed[place])
        for row, series in zip(found.rows, found.series, strict=True)
        for place, start in enumerate(found.starts)
    ]
    return ReportTable(f"compare_{found.grain}", _SERIES, frame(_SERIES, rows))
