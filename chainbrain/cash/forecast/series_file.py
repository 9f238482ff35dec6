"""Tables of daily series: reads ``series_id, date, value`` from csv or parquet and writes forecasts the same way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl

from chainbrain.cash.forecast.panel import Panel
from chainbrain.errors import UserError, system_reason

TOTAL: Final = "__total__"
"""The series that is the sum of all."""
ENDINGS: Final = (".csv", ".parquet")
PLANNED: Final = ("open", "promo", "promotion", "event", "holiday", "state_holiday", "school_holiday")
"""Columns that are plans by their name: their figures on days to come may be used."""

_NEEDED: Final = ("series_id", "date", "value")
_DATES: Final = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S%.f")
_NO: Final = ("", "0", "false", "no", "n", "否")
# More days than a century are a mistyped year, and would only fill the memory.
_LONGEST: Final = 36_600
# A table that leaves closed days out may end before the longest public holiday; farther on its zeros are invented.
_AFTER: Final = 9


@dataclass(frozen=True)
class SeriesTable:
    """The rows of one file, checked; ``ignored`` are its columns that are no plans."""

    rows: pl.DataFrame
    known: tuple[str, ...]
    ignored: tuple[str, ...]

    @property
    def last(self) -> date | None:
        """The last day with a value."""
        known = self.rows.filter(pl.col("value").is_not_null())
        return None if known.is_empty() else _ends(known["date"])[1]

    def at(self, origin: date, horizon: int) -> Panel:
        """What is known at the end of ``origin``: its values and earlier ones, and plans up to the horizon.

        A series that has no row yet does not exist yet; one that ended earlier than others sold nothing since.

        Raises:
            UserError: ``series.nothing_before``, or ``series.origin_after`` where the table ends long before.
        """
        past = self.rows.filter((pl.col("date") <= origin) & pl.col("value").is_not_null())
        if past.is_empty():
            raise UserError("series.nothing_before", origin=origin, first=_ends(self.rows["date"])[0])
        first = _ends(past["date"])[0]
        # Rows beyond the origin only tell that the table goes on; none of their figures is looked at.
        last = self.last
        if last is not None and (origin - last).days > _AFTER:
            raise UserError("series.origin_after", origin=origin, last=last, most=_AFTER)
        ids = past["series_id"].unique().sort()
        count = (origin - first).days + 1
        values = _dense(past, "value", ids, first, count=count, empty=0.0)
        planned = self.rows.filter((pl.col("date") - origin).dt.total_days() <= horizon)
        known = {
            name: _dense(planned, name, ids, first, count=count + horizon, empty=np.nan)
            for name in self.known
            if planned[name].is_not_null().any()
        }
        return Panel(tuple(ids), first, values, known)


def read(path: Path, known: Sequence[str] | None = None) -> SeriesTable:
    """Read and check a table.

    Args:
        path: a csv (UTF-8) or parquet file.
        known: the columns that are plans, by default those whose name says so (``PLANNED``).

    Raises:
        UserError: ``series.missing``, ``series.ending``, ``series.unreadable``, ``series.no_column``, ``series.empty``,
            ``series.bad_date``, ``series.bad_value``, ``series.no_id``, ``series.reserved``, ``series.twice`` or
            ``series.too_long``.
    """
    table = _raw(path)
    lacking = [name for name in (*_NEEDED, *(known or ())) if name not in table.columns]
    if lacking:
        raise UserError("series.no_column", path=path.name, column=lacking[0], seen=table.columns)
    if table.is_empty():
        raise UserError("series.empty", path=path.name)
    plans = tuple(name for name in table.columns if name in (PLANNED if known is None else known))
    # The header is line 1 of a csv; rows of a parquet file are counted the same way.
    rows = table.with_row_index("line", offset=2).with_columns(pl.col("series_id").cast(pl.String).str.strip_chars())
    _refuse(rows, pl.col("series_id").is_null() | (pl.col("series_id") == ""), "series_id", "series.no_id", path)
    _refuse(rows, pl.col("series_id") == TOTAL, "series_id", "series.reserved", path)
    rows = rows.with_columns(day=_day(table.schema["date"]))
    _refuse(rows, pl.col("day").is_null(), "date", "series.bad_date", path)
    rows = rows.with_columns(figure=_figure("value", table.schema["value"]))
    empty = pl.col("value").is_null() | (pl.col("value").cast(pl.String).str.strip_chars() == "")
    _refuse(rows, ~empty & ~pl.col("figure").is_finite().fill_null(value=False), "value", "series.bad_value", path)
    _refuse(rows, pl.struct("series_id", "day").is_duplicated(), "date", "series.twice", path)
    first, last = _ends(rows["day"])
    if (last - first).days > _LONGEST:
        raise UserError("series.too_long", path=path.name, first=first, last=last)
    checked = rows.select(
        "series_id", date="day", value="figure", **{name: _plan(name, table.schema[name]) for name in plans}
    )
    return SeriesTable(checked, plans, tuple(name for name in table.columns if name not in (*_NEEDED, *plans)))


def write(table: pl.DataFrame, path: Path) -> None:
    """Write a forecast as a whole or not at all.

    Raises:
        UserError: ``series.ending`` or ``series.not_written``.
    """
    ending = _ending(path)
    half = path.with_name(f".{path.name}.part")
    try:
        try:
            if ending == ".csv":
                table.write_csv(half, float_precision=2)
            else:
                table.write_parquet(half)
            half.replace(path)
        finally:
            half.unlink(missing_ok=True)
    except OSError as cause:
        raise UserError("series.not_written", path=str(path), reason=system_reason(cause)) from cause


def check_ending(path: Path) -> None:
    """Refuse a name that says neither csv nor parquet, before the work is done."""
    _ending(path)


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UserError("series.ending", path=path.name, endings=ENDINGS)
    return ending


def _raw(path: Path) -> pl.DataFrame:
    ending = _ending(path)
    try:
        if ending == ".parquet":
            return _flat(pl.read_parquet(path))
        return pl.read_csv(path, infer_schema=False)
    except OSError as cause:
        raise UserError("series.missing", path=str(path), reason=system_reason(cause)) from cause
    except pl.exceptions.NoDataError as cause:
        raise UserError("series.empty", path=path.name) from cause
    except pl.exceptions.PolarsError as cause:
        raise UserError("series.unreadable", path=path.name) from cause


def _flat(table: pl.DataFrame) -> pl.DataFrame:
    """Lists and records within a cell as the text they read as, which is judged like any other."""
    nested = [name for name, kind in table.schema.items() if kind.is_nested()]
    said = {name: [None if cell is None else str(cell) for cell in table[name].to_list()] for name in nested}
    return table.with_columns(pl.Series(name, cells, dtype=pl.String) for name, cells in said.items())


def _refuse(rows: pl.DataFrame, wrong: pl.Expr, column: str, code: str, path: Path) -> None:
    found = rows.filter(wrong)
    if len(found):
        first = found.row(0, named=True)
        raise UserError(
            code, path=path.name, line=first["line"], column=column, value=str(first[column]), count=len(found)
        )


def _day(kind: pl.DataType) -> pl.Expr:
    if kind == pl.Date:
        return pl.col("date")
    if kind == pl.Datetime:
        return pl.col("date").dt.date()
    text = pl.col("date").cast(pl.String).str.strip_chars()
    return pl.coalesce([text.str.to_date(form, strict=False) for form in _DATES])


def _figure(name: str, kind: pl.DataType) -> pl.Expr:
    if kind.is_numeric():
        return pl.col(name).cast(pl.Float64)
    return pl.col(name).cast(pl.String).str.strip_chars().cast(pl.Float64, strict=False)


def _plan(name: str, kind: pl.DataType) -> pl.Expr:
    """A plan as a figure; of words only whether they say something."""
    if kind.is_numeric() or kind == pl.Boolean:
        return pl.col(name).cast(pl.Float64)
    text = pl.col(name).cast(pl.String).str.strip_chars()
    said = pl.when(text.str.to_lowercase().is_in(_NO)).then(0.0).otherwise(1.0)
    return (
        pl.when(text.is_null() | (text == "")).then(None).otherwise(text.cast(pl.Float64, strict=False).fill_null(said))
    )


def _ends(days: pl.Series) -> tuple[date, date]:
    ordered = days.sort()
    return ordered[0], ordered[-1]


def _dense(
    rows: pl.DataFrame, column: str, ids: pl.Series, first: date, *, count: int, empty: float
) -> npt.NDArray[np.float64]:
    """Series × days; what stands outside of either is left out."""
    places = pl.DataFrame({"series_id": ids}).with_row_index("at")
    placed = (
        rows.select("series_id", column, day=(pl.col("date") - first).dt.total_days())
        .filter((pl.col("day") >= 0) & (pl.col("day") < count) & pl.col(column).is_not_null())
        .join(places, on="series_id")
    )
    dense = np.full((len(ids), count), empty)
    dense[placed["at"].to_numpy(), placed["day"].to_numpy()] = placed[column].to_numpy()
    return dense
