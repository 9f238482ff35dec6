"""A report as CSV for spreadsheets: UTF-8 with BOM, plain numbers, text that can never become a formula."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from chainbrain.reports.tables import NUMBERS, Report, ReportColumn

# A spreadsheet runs a cell that begins with one of these, in either width; an apostrophe makes it text.
_LIVE = r"^[=+\-@\t\r＝＋－＠]"


def write(report: Report, path: Path, lang: str) -> None:
    """Write the main table of a report; the summaries are for Excel, PDF and JSON."""
    table = report.main
    shown = table.worded(lang)
    titles = _unique([column.title(lang) for column in table.columns])
    shown = shown.select(_written(column).alias(title) for column, title in zip(table.columns, titles, strict=True))
    shown.write_csv(path, include_bom=True, line_terminator="\r\n")


def _written(column: ReportColumn) -> pl.Expr:
    value = pl.col(column.key)
    if column.kind == "percent":
        return (value * 100).cast(pl.Decimal(18, 2)).cast(pl.String) + "%"
    if column.kind == "money":
        return value.cast(pl.String)
    if column.kind in NUMBERS or column.kind in {"date", "moment"}:
        return value
    return pl.when(value.str.contains(_LIVE)).then("'" + value).otherwise(value)


def _unique(titles: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    unique = []
    for title in titles:
        seen[title] = seen.get(title, 0) + 1
        unique.append(title if seen[title] == 1 else f"{title} {seen[title]}")
    return unique
