"""Tables that a person mapped once: read by the map, under the same checks as every other format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Final

import polars as pl

from chainbrain.channels import PLATFORMS
from chainbrain.importers.base import Context, Importer, Sheet
from chainbrain.importers.harvest import Columns, Harvest, decimal_sum
from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped.mapped_amounts import MappedCells
from chainbrain.importers.mapped.mapped_kinds import Row, columns_of
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.tables import balance, parse
from chainbrain.importers.tables.layout import Layout
from chainbrain.importers.tables.table import Cells, Table


class MappedTable(Importer):
    """One map at work; the layout of its files is the map's name."""

    format = m.FORMAT
    layouts: ClassVar[tuple[Layout, ...]] = ()

    def __init__(self, mapping: TableMapping) -> None:
        self.mapping = mapping

    def read(self, sheets: Sequence[Sheet], context: Context) -> Harvest:
        """One record per row; the running balance and the rows left out are the control totals."""
        harvest = Harvest(layout=self.mapping.name)
        for sheet in sheets:
            table, totals = without_totals(sheet.table, self.mapping.leave_out)
            cells = Cells(table, [name for name in sheet.layout.columns if table.has(name)])
            fields = MappedCells(cells, self.mapping)
            columns = columns_of(Row(self.mapping, fields, table, harvest, context))
            frame = harvest.take(self.mapping.kind, cells, columns)
            self._prove(harvest, cells, columns, totals)
            self._cover(harvest, frame)
            if self.mapping.kind in _ACCOUNT:
                harvest.belongs_to(frame[_ACCOUNT[self.mapping.kind]].drop_nulls().unique())
        return harvest

    def _prove(self, harvest: Harvest, cells: Cells, columns: Columns, totals: pl.DataFrame) -> None:
        """The running balance, and what the rows left out say about the sum of a column."""
        left, amount = columns.get("balance"), columns["amount"]
        name = self.mapping.column("balance")
        if name is not None and isinstance(left, pl.Series) and isinstance(amount, pl.Series):
            account = columns.get("bank_account")
            whose = account.fill_null("") if isinstance(account, pl.Series) else None
            balance.check(harvest, cells, name, amount, left, account=whose)
        control = self.mapping.control
        if control is not None and control in totals.columns:
            places = 5 if self.mapping.columns.get(control) in ("fee", "net") else 2
            stated = _figures(totals[control], places, self.mapping.unit).drop_nulls()
            if stated.len():
                # Subtotals stand above the total of all.
                harvest.total(
                    control, stated[-1], decimal_sum(_figures(cells.text(control), places, self.mapping.unit))
                )

    def _cover(self, harvest: Harvest, frame: pl.DataFrame) -> None:
        """Vouch for the days that occur; a person's map is no promise about the days between them."""
        kind = self.mapping.kind
        when = next((frame[name] for name in _WHEN[kind] if name in frame.columns and frame[name].count()), None)
        if when is None:
            return
        harvest.span(when)
        days = when.cast(pl.Date)
        if kind == "bank_lines":
            harvest.cover_days("bank", None, frame["bank_account"], days)
        elif kind == "orders":
            harvest.cover_days("till", None, frame["store_code"], days)
        elif kind in ("payments", "wallet_lines"):
            for channel in frame["channel"].unique(maintain_order=True).drop_nulls():
                own = frame["channel"] == channel
                covered = "ledger" if kind == "wallet_lines" else "platform" if channel in PLATFORMS else "wallet"
                # A ledger that does not name its merchant is attributed by its business numbers.
                harvest.cover_days(covered, channel, frame["merchant_no"].filter(own), days.filter(own))


class StreamedTable(MappedTable):
    """A map whose rows need nothing of each other, so that a long file may be read piece by piece."""

    streams = True


def importer_of(mapping: TableMapping) -> MappedTable:
    """The reader for a map: the total of a column, and account numbers printed once, need the whole file."""
    whole = mapping.control is not None or (mapping.kind == "bank_lines" and mapping.column("bank_account") is not None)
    return MappedTable(mapping) if whole else StreamedTable(mapping)


def without_totals(table: Table, words: Sequence[str]) -> tuple[Table, pl.DataFrame]:
    """The table without the rows that add up others: those whose first cell starts with one of the words."""
    if not words:
        return table, table.frame.clear()
    starts = "^[`'\"\\s]*(?:" + "|".join(re.escape(word) for word in words) + ")"
    names = [name for name in table.frame.columns if not name.startswith("__")]
    first = pl.coalesce(pl.when(pl.col(name).str.strip_chars() != "").then(pl.col(name)) for name in names)
    kept, totals = table.split_off(first.str.contains(starts))
    misshapen = tuple(problem for problem in kept.misshapen if not re.search(starts, problem.value))
    return replace(kept, misshapen=misshapen), totals


def _figures(column: pl.Series, places: int, unit: str) -> pl.Series:
    plain = parse.cleaned(column.alias("v").to_frame())["v"]
    return parse.fen(plain, places) if unit == "fen" else parse.yuan(plain, places)


_ACCOUNT: Final = {
    "payments": "merchant_no",
    "wallet_lines": "merchant_no",
    "bank_lines": "bank_account",
    "settlement_rows": "merchant_no",
}
_WHEN: Final = {
    "payments": ("occurred_at",),
    "wallet_lines": ("occurred_at",),
    "bank_lines": ("posted_at",),
    "orders": ("business_day", "ordered_at"),
    "tenders": ("paid_at",),
    "settlement_rows": ("bill_day",),
}
