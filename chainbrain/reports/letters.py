"""Cuts a report into letters or statements: one a row of its first table, with those of its last that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import polars as pl

from chainbrain.reports.filters import Column
from chainbrain.reports.tables import Report, ReportTable

# What tells one letter of a layout from another, such as whom it goes to and about which number: the letter says
# it once, its list not again in every row.
ADDRESS: Final = {"letter": ("claim_to", "merchant_no"), "statement": ("store_id", "month")}


def of(report: Report) -> Iterator[tuple[ReportTable, ReportTable]]:
    """The head of each letter as a table of one row, and its list."""
    heads, lists, address = report.tables[0], report.tables[-1], ADDRESS[report.layout]
    for head in heads.rows.iter_slices(1):
        mine = pl.all_horizontal(pl.col(key) == head[key][0] for key in address)
        rows = lists.rows.filter(mine)
        hidden = {*address, *_idle(rows)}
        columns = tuple(column for column in lists.columns if column.key not in hidden)
        totals = tuple(key for key in lists.totals if key not in hidden)
        if "last_day" in hidden:
            # A single day is no beginning of anything.
            columns = tuple(Column("day", "date") if column.key == "first_day" else column for column in columns)
            rows = rows.rename({"first_day": "day"})
        yield replace(heads, rows=head), replace(lists, rows=rows, columns=columns, totals=totals)


def _idle(rows: pl.DataFrame) -> set[str]:
    """What says nothing where every claim is one order of one day; the room is for the order numbers."""
    if "items" not in rows.columns:
        return set()
    single = bool((rows["items"] == 1).all()) and bool((rows["first_day"] == rows["last_day"]).all())
    return {"items", "last_day"} if single else set()
