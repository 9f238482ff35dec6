"""A report as JSON for programs: keys instead of words, amounts as strings with two decimals."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from chainbrain.masking import masked
from chainbrain.reports.tables import Report, ReportColumn, ReportTable

_CHUNK = 20_000
_PLACES = {"money": 2, "percent": 6}


def write(report: Report, path: Path, lang: str) -> None:
    """Write all tables; rows are written in chunks, so that a long table never stands in memory twice."""
    head = {
        "report": report.name,
        "title": report.title(lang),
        "first": report.first.isoformat() if report.first else None,
        "after": report.after.isoformat() if report.after else None,
        "base": [day.isoformat() for day in report.base] if report.base else None,
        "filters": dict(report.filters),
    }
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "tables": [')
        for place, table in enumerate(report.tables):
            out.write(",\n" if place else "\n")
            for piece in _table(table, lang):
                out.write(piece)
        out.write("\n ]\n}\n")


def _table(table: ReportTable, lang: str) -> Iterator[str]:
    columns = [{"key": c.key, "kind": c.kind, "title": c.title(lang)} for c in table.columns]
    head = {"name": table.name, "title": table.title(lang), "columns": columns, "total": _plain_total(table)}
    yield "  " + json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    plain = table.rows.select(_plain(column) for column in table.columns)
    first = True
    for chunk in plain.iter_slices(_CHUNK):
        for row in chunk.rows(named=True):
            yield ("\n   " if first else ",\n   ") + json.dumps(row, ensure_ascii=False)
            first = False
    yield "]}" if first else "\n  ]}"


def _plain(column: ReportColumn) -> pl.Expr:
    value = pl.col(column.key)
    match column.kind:
        case "money":
            return value.cast(pl.Decimal(18, 2)).cast(pl.String)
        case "percent":
            return value.cast(pl.String)
        case "date" | "moment":
            return value.dt.to_string("iso:strict" if column.kind == "moment" else "iso")
        case "account":
            return value.cast(pl.String).map_elements(masked, return_dtype=pl.String)
        case "count" | "line" | "clock":
            return value
        case _:
            return value.cast(pl.String)


def _plain_total(table: ReportTable) -> dict[str, Any]:
    kinds = {column.key: column.kind for column in table.columns}
    whole = {"count", "line"}
    figures = table.total().items()
    return {key: int(value) if kinds[key] in whole else f"{value:.{_PLACES[kinds[key]]}f}" for key, value in figures}
