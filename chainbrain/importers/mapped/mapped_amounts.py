"""Amounts, fees and words of a mapped table, with the unit and the signs that its map says."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import polars as pl

from chainbrain.importers.mapped import mapping as m
from chainbrain.importers.mapped.mapping import TableMapping
from chainbrain.importers.tables import parse
from chainbrain.importers.tables.table import Cells
from chainbrain.importers.words import method_of

_ZERO: Final = Decimal(0)
_DATE_ORDER: Final = r"^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(.*)$"
_ORDERED: Final = {"day_first": "${3}-${2}-${1}${4}", "month_first": "${3}-${1}-${2}${4}"}


class MappedCells:
    """The cells of a table by the fields that its map gives them; faults name the file's own columns."""

    def __init__(self, cells: Cells, mapping: TableMapping) -> None:
        self.cells = cells
        self._mapping = mapping

    def text(self, name: str, *, required: bool = False) -> pl.Series:
        """A text column, several joined, or the fixed value."""
        columns = self._mapping.columns_of(name)
        if len(columns) > 1:
            frame = pl.DataFrame([self.cells.text(column).alias(column) for column in columns])
            joined = pl.concat_list(pl.all()).list.drop_nulls().list.unique(maintain_order=True).list.join(" ")
            return frame.select(pl.when(joined != "").then(joined)).to_series()
        if columns:
            return self.cells.text(columns[0], required=required)
        return self._fixed(name)

    def number(self, name: str, *, required: bool = False) -> pl.Series:
        """An external number, or the fixed value."""
        column = self._mapping.column(name)
        return self.cells.identifier(column, required=required) if column else self._fixed(name)

    def rates(self, name: str) -> pl.Series:
        """Rates as fractions."""
        column = self._mapping.column(name)
        return self.cells.rates(column) if column else self.cells.nothing(pl.Decimal(9, 6))

    def yuan(self, name: str, places: int = 2, *, required: bool = False) -> pl.Series:
        """Figures in yuan, whatever unit they are printed in."""
        column = self._mapping.column(name)
        if column is None:
            return self.cells.nothing(pl.Decimal(18, places))
        text = self.cells.text(column, required=required)
        self.cells.says("amount", column, required=required)
        found = parse.fen(text, places) if self._mapping.unit == "fen" else parse.yuan(text, places)
        self.cells.fault(column, "amount", text.is_not_null() & found.is_null())
        return found

    def days(self, name: str, *, required: bool = False) -> pl.Series:
        """Days."""
        column = self._mapping.column(name)
        if column is None:
            return self.cells.nothing(pl.Date)
        text = self._dated(self.cells.text(column, required=required))
        found = parse.days(text)
        self.cells.fault(column, "day", text.is_not_null() & found.is_null())
        return found

    def moments(self, name: str, *, required: bool = False) -> pl.Series:
        """Points in time, from one column or from a day and a time of day."""
        column = self._mapping.column(name)
        if column is None:
            return self.cells.nothing(pl.Datetime("us"))
        text = self._dated(self.cells.text(column, required=required))
        found = parse.moments(text)
        self.cells.fault(column, "moment", text.is_not_null() & found.is_null())
        clock_column = self._mapping.column("clock")
        if clock_column is None:
            return found
        clock_text = self.cells.text(clock_column)
        whole = parse.moments(self._dated(clock_text))
        clock = parse.clocks(parse.plain_clock(clock_text.zip_with(whole.is_null(), self.cells.nothing(pl.String))))
        self.cells.fault(clock_column, "clock", clock_text.is_not_null() & whole.is_null() & clock.is_null())
        day = found.dt.truncate("1d")
        joined = pl.select(
            pl.lit(day) + pl.lit(clock).cast(pl.Duration("us")).fill_null(pl.duration(microseconds=0))
        ).to_series()
        return whole.zip_with(whole.is_not_null(), joined)

    def words(self, name: str, default: str | None, *, required: bool = False) -> pl.Series:
        """What the map says that the words of a column mean; an unknown one is a fault unless there is a default."""
        column = self._mapping.column(name)
        if column is None:
            fixed = self._mapping.fixed.get(name)
            return pl.repeat(fixed, self.cells.height, dtype=pl.String, eager=True)
        text = self.cells.text(column, required=required)
        found = parse.translated(text, dict(self._mapping.words.get(name, {})), default)
        if default is None:
            self.cells.fault(column, "word", text.is_not_null() & found.is_null())
        return found

    def channels(self, name: str, *, required: bool = False) -> pl.Series:
        """Channel codes: as the map says, otherwise as tills usually word them; or the fixed one."""
        column = self._mapping.column(name)
        if column is None:
            return pl.repeat(self._mapping.fixed.get(name), self.cells.height, dtype=pl.String, eager=True)
        text = self.cells.text(column, required=required)
        own = self._mapping.words.get(name, {})
        return parse.translated(
            text, {word: own.get(word) or method_of(word) for word in text.drop_nulls().unique()}, None
        )

    def amounts(self) -> pl.Series:
        """Signed amounts: money towards the business is positive."""
        sign = self._mapping.sign
        if sign in (m.TWO_COLUMNS, m.TWO_SIGNED):
            return self._two_columns(signed=sign == m.TWO_SIGNED)
        printed = self.yuan("amount", required=True)
        if sign == m.REVERSED:
            return -printed
        if sign == m.WORDED:
            # A negative amount beside a word is a reversal on that side; a word without a direction breaks its row.
            return printed.zip_with((self._ways() != "out").fill_null(value=True), -printed)
        return printed

    def fees(self, amount: pl.Series) -> pl.Series:
        """What was charged is positive, what was given back negative.

        A net amount proves the fee, or gives it where no column does; a table with neither charges nothing.
        """
        whole = amount.cast(pl.Decimal(18, 5))
        net_column, fee_column = self._mapping.column("net"), self._mapping.column("fee")
        net = self.yuan("net", 5, required=fee_column is None)
        if fee_column is None:
            return whole - net if net_column else whole - whole
        printed = self.yuan("fee", 5).fill_null(_ZERO)
        fee = -printed if self._mapping.fee == "charged_negative" else printed
        if net_column:
            self.cells.fault(net_column, "net_differs", whole - fee != net)
        return fee

    def _ways(self) -> pl.Series:
        """Which way each row goes, by the words of the direction column or, without one, of the kind column."""
        column = self._mapping.way_column
        if column is None:
            return self.cells.nothing(pl.String)
        text = self.cells.text(column, required=True)
        found = parse.translated(text, dict(self._mapping.words.get("direction", {})), None)
        self.cells.fault(column, "word", text.is_not_null() & found.is_null())
        return found

    def _two_columns(self, *, signed: bool) -> pl.Series:
        into, out = self.yuan("money_in"), self.yuan("money_out")
        column = self._mapping.column("money_in") or ""
        self.cells.fault(column, "missing", into.is_null() & out.is_null())
        received, paid = into.fill_null(_ZERO), out.fill_null(_ZERO)
        return received + paid if signed else received - paid

    def _dated(self, text: pl.Series) -> pl.Series:
        """Dates whose order of day and month the map says, in the order that is never misread."""
        order = self._mapping.dates
        return text if order is None else text.str.replace(_DATE_ORDER, _ORDERED[order])

    def _fixed(self, name: str) -> pl.Series:
        return pl.repeat(self._mapping.fixed.get(name), self.cells.height, dtype=pl.String, eager=True)
